"""Something may hold up an item of a launch, without a check-in in which it was said."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A blocker need not come from a round, and says what it holds up."""
    with op.batch_alter_table("blockers") as table:
        table.alter_column("checkin", existing_type=sa.Integer(), nullable=True)
        table.alter_column("on_date", existing_type=sa.Date(), nullable=True)
        table.add_column(sa.Column("about", sa.String(), nullable=True))
    op.create_index("blockers_about", "blockers", ["workspace", "about"])
