"""The function somebody works in: what their title says, and what they chose."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known until Slack tells their title again, which it does at the next start."""
    op.add_column("people", sa.Column("function", sa.String(), nullable=True))
    op.add_column("people", sa.Column("own_function", sa.String(), nullable=True))
