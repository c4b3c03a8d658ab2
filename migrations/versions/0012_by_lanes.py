"""What may be called next is found lane by lane, whatever waits in each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of the calls by lane, one of when they may go, and one of when lanes are free.

    That of threads begins with the thread: what asks for a lane can then not be answered by reading it all.
    """
    op.drop_index("outbox_doable", table_name="outbox")
    op.drop_index("outbox_thread", table_name="outbox")
    doable = ("pending", "sending", "unknown")
    _index("outbox_lanes", ["workspace", "method", "lane", "id"], doable)
    _index("outbox_wakes", ["wake_at"], doable)
    _index("outbox_thread", ["thread", "workspace", "id"], ("parked", *doable))
    op.create_index("paces_free", "paces", ["free_at"])


def _index(name: str, columns: list[str], states: tuple[str, ...]) -> None:
    open_ones = sa.column("state").in_(states)
    op.create_index(name, "outbox", columns, sqlite_where=open_ones, postgresql_where=open_ones)
