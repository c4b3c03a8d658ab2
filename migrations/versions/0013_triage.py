"""Every turn of what becomes of feedback, whom each is told, when what was declined is looked at again, and triage.

What was said last becomes the first turn; that it shipped, which people were told of before, is turn 0.
"""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAMES = ("workspace", "number", "planned_for", "sentence", "reason", "by", "at")
_feedback = sa.table("feedback", *map(sa.column, ("workspace", "number", "state")))
_standings = sa.table("feedback_standings", *map(sa.column, _NAMES))
_turns = sa.table("feedback_standings_new", *map(sa.column, (*_NAMES, "turn", "state")))
_told = sa.table("feedback_told", *map(sa.column, ("workspace", "number", "person", "telling")))
_each = sa.table("feedback_told_new", *map(sa.column, (*_told.c.keys(), "turn", "due")))
_closings = sa.table("feedback_closings", *map(sa.column, ("workspace", "number", "at")))


def upgrade() -> None:
    """Make the tables, and fill them from what there is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL throughline.workspace = '*'")  # an owner who is no superuser is fenced, too
    _keep_turns()
    _tell_of_turns()
    op.create_table(
        "feedback_reopenings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("feedback_reopenings_due", "feedback_reopenings", ["workspace", "look_at"])
    op.create_table(
        "feedback_triage",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=True),
        sa.Column("triaged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("later", sa.Date(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("folded", sa.String(), nullable=True),
        sa.Column("impact", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("feedback_triage_at", "feedback_triage", ["workspace", "triaged_at"])
    op.create_index("feedback_triage_theme", "feedback_triage", ["workspace", "folded"])
    fence("feedback_reopenings", "feedback_triage")
    with op.batch_alter_table("areas") as table:
        table.add_column(sa.Column("cards", sa.String(), nullable=True))
        table.add_column(sa.Column("carded", sa.Date(), nullable=True))
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("lead", sa.String(length=32), nullable=True))


def _keep_turns() -> None:
    op.create_table(
        "feedback_standings_new",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "turn"),
    )
    fence("feedback_standings_new")
    its = sa.and_(_feedback.c.workspace == _standings.c.workspace, _feedback.c.number == _standings.c.number)
    said = sa.select(*_standings.c, sa.literal(1), _feedback.c.state).join_from(_standings, _feedback, its)
    op.get_bind().execute(_turns.insert().from_select([*_NAMES, "turn", "state"], said))
    _put_in_place("feedback_standings")


def _tell_of_turns() -> None:
    op.drop_index("feedback_untold", "feedback_told")
    op.create_table(
        "feedback_told_new",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("telling", sa.String(), nullable=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number", "person", "turn"),
    )
    fence("feedback_told_new")
    its = sa.and_(_closings.c.workspace == _told.c.workspace, _closings.c.number == _told.c.number)
    told = sa.select(*_told.c, sa.literal(0), _closings.c.at).join_from(_told, _closings, its)
    op.get_bind().execute(_each.insert().from_select([*_told.c.keys(), "turn", "due"], told))
    _put_in_place("feedback_told")
    untold = sa.column("telling").is_(None)
    op.create_index(
        "feedback_untold",
        "feedback_told",
        ["workspace", "person"],
        unique=False,
        sqlite_where=untold,
        postgresql_where=untold,
    )


def _put_in_place(name: str) -> None:
    """The new one takes the place of the old one, and its name."""
    op.drop_table(name)
    op.rename_table(f"{name}_new", name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX {name}_new_pkey RENAME TO {name}_pkey")
