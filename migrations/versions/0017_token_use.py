"""When a token opened something last."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody knows it of those there are."""
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
