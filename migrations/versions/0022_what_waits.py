"""The indexes of what is due hold what waits, not all that was ever asked."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whatever waits in the database already is found by it, too."""
    waits = sa.column("state") == sa.literal("waiting", literal_execute=True)
    for table, due in (("asks", "due_at"), ("occurrences", "wake_at")):
        op.drop_index(f"{table}_due", table_name=table)
        op.create_index(f"{table}_due", table, ["workspace", due], sqlite_where=waits, postgresql_where=waits)
