"""The index of what is due holds what waits, not all that was ever asked."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whatever waits in the database already is found by it, too."""
    op.drop_index("asks_due", table_name="asks")
    waits = sa.column("state") == sa.literal("waiting", literal_execute=True)
    op.create_index("asks_due", "asks", ["workspace", "due_at"], sqlite_where=waits, postgresql_where=waits)
