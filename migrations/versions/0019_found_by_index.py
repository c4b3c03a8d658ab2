"""What is looked for in a workspace is found by an index, however much there is.

On PostgreSQL words are found through a window in the fence: row-level security lets no index answer `@@`, which
might tell of rows that are somebody else's, and so every search read all that a workspace has ever said.
"""

import sqlalchemy as sa
from alembic import op

from migrations.fences import window

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LONGER = (
    ("checkins_channel", "checkins", ["workspace", "channel", "number"]),
    ("blockers_round", "blockers", ["workspace", "checkin", "on_date", "number"]),
    ("decisions_source", "decisions", ["workspace", "channel", "message_ts", "number"]),
)


def upgrade() -> None:
    """Make the window; have three indexes give their order, too; and index what was read through to be found."""
    window("feedback_found", "feedback_search", "workspace, number, words")
    for name, table, columns in _LONGER:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
    op.create_index("series_owned", "series", ["workspace", "owner"])
    op.create_index("feedback_closed", "feedback_closings", ["workspace", "at"])
    op.drop_index("blockers_about", "blockers")
    _where_said("blockers_about", "blockers", "about", ["workspace", "about"])
    _where_said("blockers_settled", "blockers", "settled_at", ["workspace", "settled_at"])
    _where_said("series_missed", "series", "missed_from", ["workspace", "owner", "key"])
    _where_said("deliveries_replies", "deliveries", "reply", ["workspace", "at"])


def _where_said(name: str, table: str, said: str, columns: list[str]) -> None:
    """An index of the rows in which something is said there."""
    has = sa.column(said).is_not(None)
    op.create_index(name, table, columns, sqlite_where=has, postgresql_where=has)
