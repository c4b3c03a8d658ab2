"""Feedback that comes from elsewhere, the key of the same work in another tracker, and other programs' tokens."""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and a place for the key."""
    op.create_table(
        "feedback_origins",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "origin"),
    )
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("outside", sa.String(length=80), nullable=True))
    op.create_index("feedback_outside", "feedback", ["workspace", "outside", "number"])
    op.create_table(
        "tokens",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("tokens_written", "tokens", ["workspace", "digest"], unique=True)
    fence("feedback_origins", "tokens")
