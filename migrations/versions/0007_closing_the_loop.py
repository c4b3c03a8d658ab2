"""What has shipped, the feedback it closes, and who is told."""

import sqlalchemy as sa
from alembic import op

from migrations import fences

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, fenced."""
    op.create_table(
        "feedback_closings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_table(
        "feedback_shipments",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "launch"),
    )
    op.create_table(
        "feedback_told",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("telling", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "number", "person"),
    )
    untold = sa.column("telling").is_(None)
    op.create_index(
        "feedback_untold",
        "feedback_told",
        ["workspace", "person"],
        unique=False,
        sqlite_where=untold,
        postgresql_where=untold,
    )
    fences.fence("feedback_closings", "feedback_shipments", "feedback_told")
