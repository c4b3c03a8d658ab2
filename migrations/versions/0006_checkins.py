"""Check-ins, their rounds and answers, and blockers."""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCOPED = (
    "blocker_texts",
    "blockers",
    "checkin_answer_texts",
    "checkin_answers",
    "checkin_reminders",
    "checkin_rounds",
    "checkins",
)


def upgrade() -> None:
    """Make the tables; what they are for is in storage/checkins/tables.py."""
    _checkins()
    _answers()
    _blockers()
    fence(*SCOPED)


def _checkins() -> None:
    op.create_table(
        "checkins",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=128), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("questions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("closes_at", sa.Time(), nullable=False),
        sa.Column("closes_zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("checkins_channel", "checkins", ["workspace", "channel"])
    op.create_table(
        "checkin_rounds",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("questions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary_ts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "number", "on_date"),
    )
    op.create_index("checkin_rounds_due", "checkin_rounds", ["workspace", "state", "closes_at"])
    op.create_table(
        "checkin_reminders",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "on_date", "person"),
    )
    op.create_index("checkin_reminders_due", "checkin_reminders", ["workspace", "remind_at"])


def _answers() -> None:
    op.create_table(
        "checkin_answers",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "on_date", "person"),
    )
    op.create_index("checkin_answers_of", "checkin_answers", ["workspace", "person", "number", "on_date"])
    op.create_table(
        "checkin_answer_texts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "on_date", "person", "version", "question"),
    )


def _blockers() -> None:
    op.create_table(
        "blockers",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("checkin", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("blocked", sa.String(length=32), nullable=False),
        sa.Column("waits", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("asked", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    for name, columns in (
        ("blockers_blocked", ["blocked", "state"]),
        ("blockers_asked", ["asked", "state"]),
        ("blockers_round", ["checkin", "on_date"]),
        ("blockers_state", ["state", "number"]),
    ):
        op.create_index(name, "blockers", ["workspace", *columns])
    op.create_table(
        "blocker_texts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("outside", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "version"),
    )
