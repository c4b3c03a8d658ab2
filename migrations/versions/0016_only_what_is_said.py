"""Feedback without an account, without words or without a key elsewhere needs no place in the indexes of those."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INDEXES = {
    "feedback_for": ("account", "number"),
    "feedback_same": ("same",),
    "feedback_outside": ("outside", "number"),
}


def upgrade() -> None:
    """Make the three indexes anew, of the rows that have something to find."""
    for name, columns in INDEXES.items():
        said = sa.column(columns[0]).is_not(None)
        op.drop_index(name, "feedback")
        op.create_index(name, "feedback", ["workspace", *columns], sqlite_where=said, postgresql_where=said)
