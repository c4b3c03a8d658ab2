"""Digests, and the indexes that their one read goes by."""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the indexes; on PostgreSQL fence the table with row-level security."""
    op.create_table(
        "digests",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel"),
    )
    op.create_index("feedback_captured", "feedback", ["workspace", "state", "captured_at"])
    op.create_index("decisions_decided", "decisions", ["workspace", "state", "decided_at"])
    op.create_index("decisions_review", "decisions", ["workspace", "review_on"])
    fence("digests")
