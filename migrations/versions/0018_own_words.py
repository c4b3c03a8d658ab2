"""Themes as rows of their own, that can be renamed, merged and retired; areas the same.

What was written as a theme becomes one: open to everybody where anything everybody sees has it, else to those who
read that.
"""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_triage = sa.table("feedback_triage", *map(sa.column, ("workspace", "number", "theme", "folded", "about")))
_things = sa.table(
    "things", *map(sa.column, ("workspace", "letter", "number", "audience", "audience_channel", "owner"))
)
_themes = sa.table(
    "themes", *map(sa.column, ("workspace", "id", "name", "folded", "place", "retired", "version"))
)
_PART, _REDRAW = sa.column("part_of").is_not(None), sa.column("redraw").is_not(None)


def upgrade() -> None:
    """Make the table, and fill it from what is written."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL throughline.workspace = '*'")  # an owner who is no superuser is fenced, too
    op.create_table(
        "themes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=32), nullable=True),
        sa.Column("part_of", sa.String(length=32), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.Column("redraw", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("themes_named", "themes", ["workspace", "place", "folded"], unique=True)
    op.create_index(
        "themes_parts", "themes", ["workspace", "part_of"], sqlite_where=_PART, postgresql_where=_PART
    )
    op.create_index("themes_redraw", "themes", ["workspace"], sqlite_where=_REDRAW, postgresql_where=_REDRAW)
    fence("themes")
    op.drop_index("feedback_triage_theme", "feedback_triage")
    written = _written()
    op.execute("ALTER TABLE feedback_triage RENAME COLUMN folded TO about")
    _fill(written)
    op.create_index("feedback_triage_theme", "feedback_triage", ["workspace", "about", "number"])
    with op.batch_alter_table("areas") as table:
        table.add_column(sa.Column("part_of", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("changed_by", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("redraw", sa.Integer(), nullable=True))
    with op.batch_alter_table("areas") as table:
        table.alter_column("retired", server_default=None)
        table.alter_column("version", server_default=None)


def _written() -> list[Any]:
    """What was written, with whoever may read it, what everybody may first."""
    its = sa.and_(
        _things.c.workspace == _triage.c.workspace,
        _things.c.letter == "F",
        _things.c.number == _triage.c.number,
    )
    found = (
        sa.select(
            _triage.c.workspace, _triage.c.number, _triage.c.theme, _triage.c.folded,
            _things.c.audience, _things.c.audience_channel, _things.c.owner,
        )
        .join_from(_triage, _things, its)
        .where(_triage.c.theme.is_not(None))
        .order_by(_triage.c.number)
    )  # fmt: skip
    return sorted(op.get_bind().execute(found), key=lambda one: one.audience != "workspace")


def _fill(written: list[Any]) -> None:
    known: dict[tuple[str, str, str], str] = {}
    made: list[dict[str, object]] = []
    named: list[dict[str, object]] = []
    for one in written:
        place = {"workspace": "", "channel": one.audience_channel}.get(
            one.audience, one.owner or f"F-{one.number}"
        )
        theme = known.get((one.workspace, "", one.folded)) or known.get((one.workspace, place, one.folded))
        if theme is None:
            theme = known[one.workspace, place, one.folded] = uuid4().hex
            made.append(
                {"workspace": one.workspace, "id": theme, "name": one.theme, "folded": one.folded,
                 "place": place, "retired": False, "version": 1}
            )  # fmt: skip
        named.append({"in_workspace": one.workspace, "of": one.number, "new_about": theme})
    op.execute(_triage.update().values(about=None))
    if made:
        op.get_bind().execute(_themes.insert(), made)
        op.get_bind().execute(
            _triage.update()
            .where(
                _triage.c.workspace == sa.bindparam("in_workspace"), _triage.c.number == sa.bindparam("of")
            )
            .values(about=sa.bindparam("new_about")),
            named,
        )
