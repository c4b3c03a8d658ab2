"""Launches: the launch, its items, the leads of its functions, its dates and its votes; boards that are pinned."""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCOPED = ("launch_items", "launch_leads", "launch_moves", "launch_votes", "launches")


def upgrade() -> None:
    """Make the tables; on PostgreSQL fence each with row-level security."""
    create_tables()
    op.add_column("boards", sa.Column("pin", sa.Boolean(), nullable=False, server_default=sa.false()))
    fence(*SCOPED)


def create_tables() -> None:
    """One table per concept; the comments are in `storage/launches/tables.py`."""
    op.create_table(
        "launches",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gate", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("required", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decision", sa.Integer(), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("launches_by_state", "launches", ["workspace", "state", "on"], unique=False)
    op.create_index("launches_to_tell", "launches", ["workspace", "tell_at"], unique=False)
    op.create_index("launches_in_channel", "launches", ["workspace", "channel"], unique=False)
    op.create_table(
        "launch_items",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("t_minus", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("condition", sa.Boolean(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "launch", "number"),
    )
    op.create_index("launch_items_owner", "launch_items", ["workspace", "owner", "state"], unique=False)
    op.create_index("launch_items_ask", "launch_items", ["workspace", "ask_on"], unique=False)
    op.create_table(
        "launch_leads",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "launch", "function"),
    )
    op.create_index(op.f("ix_launch_leads_person"), "launch_leads", ["person"], unique=False)
    op.create_table(
        "launch_moves",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "launch", "number"),
    )
    op.create_table(
        "launch_votes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("launch", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("vote", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "launch", "number"),
    )
