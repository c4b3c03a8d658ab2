"""Whose something is, found within the workspace.

An index on the person alone was passed over by SQLite, which looked through the whole workspace instead.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OF = {
    "channel_members": ["channel"],
    "decision_drafts": ["number"],
    "decision_people": ["number"],
    "feedback_supporters": ["number"],
    "launch_leads": ["launch"],
    "series_people": ["series"],
    "thing_followers": ["letter", "number"],
}


def upgrade() -> None:
    """Index them by workspace and person, and what is then asked for."""
    for table, columns in OF.items():
        op.drop_index(f"ix_{table}_person", table)
        op.create_index(f"{table}_of", table, ["workspace", "person", *columns])
