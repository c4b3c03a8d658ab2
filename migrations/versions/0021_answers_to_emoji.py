"""Whoever wants something by an emoji is answered, and what was said to an offer is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who wants something already is not answered now, and nobody was offered anything yet."""
    op.add_column("feedback_supporters", sa.Column("answer_at", sa.DateTime(timezone=True), nullable=True))
    due = sa.column("answer_at").is_not(None)
    columns = ["workspace", "person"]
    op.create_index(
        "feedback_unanswered", "feedback_supporters", columns, sqlite_where=due, postgresql_where=due
    )
    op.add_column("feedback_triage", sa.Column("spurned", sa.String(length=8), nullable=True))
