"""What may be called next is found lane by lane, whatever waits in each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """An index of the calls by lane, one of when they may go, and one of when lanes are free."""
    op.drop_index("outbox_doable", table_name="outbox")
    _index("outbox_lanes", ["workspace", "method", "lane", "id"])
    _index("outbox_wakes", ["wake_at"])
    op.create_index("paces_free", "paces", ["free_at"])


def _index(name: str, columns: list[str]) -> None:
    doable = sa.column("state").in_(("pending", "sending", "unknown"))
    op.create_index(name, "outbox", columns, sqlite_where=doable, postgresql_where=doable)
