"""Who asked, for which account, who looks after it, and what somebody said becomes of it.

What was typed as an account becomes a row, written as it was typed first.
"""

import hashlib
import re
import unicodedata
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; accounts are filled from what was typed, and feedback names its account by them."""
    op.create_table(
        "accounts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("accounts_named", "accounts", ["workspace", "folded"], unique=True)
    op.create_index("accounts_owned", "accounts", ["workspace", "owner"])
    _name_accounts()
    with op.batch_alter_table("feedback") as table:
        table.alter_column("account", existing_type=sa.String(), type_=sa.String(length=32))
        table.add_column(sa.Column("account_state", sa.String(), nullable=True))
        table.add_column(sa.Column("area", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("same", sa.String(length=64), nullable=True))
    op.create_index("feedback_for", "feedback", ["workspace", "account"])
    op.create_index("feedback_same", "feedback", ["workspace", "same"])
    _fill_same()
    _make_asks()
    _make_areas()
    fence("accounts", "areas", "area_channels", "feedback_asked", "feedback_standings")


def _make_asks() -> None:
    """Who asked for the same, for whom, in which words; and what somebody said becomes of it."""
    op.create_table(
        "feedback_asked",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=True),
        sa.Column("account_state", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("feedback_asked_of", "feedback_asked", ["workspace", "number"])
    op.create_index("feedback_asked_for", "feedback_asked", ["workspace", "account"])
    op.create_index("feedback_asked_by", "feedback_asked", ["workspace", "person", "number"])
    op.create_table(
        "feedback_standings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )


def _make_areas() -> None:
    op.create_table(
        "areas",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("triage", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("areas_named", "areas", ["workspace", "folded"], unique=True)
    op.create_table(
        "area_channels",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel"),
    )


_feedback = sa.table("feedback", *map(sa.column, ("workspace", "number", "account", "words", "same")))
_SAID = (
    sa.select(_feedback.c.workspace, _feedback.c.number, _feedback.c.words)
    .where(
        _feedback.c.words.is_not(None),
        sa.tuple_(_feedback.c.workspace, _feedback.c.number)
        > sa.tuple_(sa.bindparam("workspace"), sa.bindparam("number")),
    )
    .order_by(_feedback.c.workspace, _feedback.c.number)
    .limit(1_000)
)
_SAME = (
    sa.update(_feedback)
    .where(_feedback.c.workspace == sa.bindparam("of"), _feedback.c.number == sa.bindparam("which"))
    .values(same=sa.bindparam("is"))
)
_things = sa.table("things", *map(sa.column, ("workspace", "letter", "number", "audience")))
_accounts = sa.table("accounts", *map(sa.column, ("workspace", "id", "name", "folded", "public")))
_its_thing = sa.and_(
    _things.c.workspace == _feedback.c.workspace,
    _things.c.letter == "F",
    _things.c.number == _feedback.c.number,
)
_TYPED = (
    sa.select(
        _feedback.c.workspace,
        _feedback.c.number,
        _feedback.c.account,
        (_things.c.audience == "workspace").label("public"),
    )
    .join_from(_feedback, _things, _its_thing)
    .where(_feedback.c.account.is_not(None))
    .order_by(_feedback.c.workspace, _feedback.c.number)
)
_POINT = (
    sa.update(_feedback)
    .where(_feedback.c.workspace == sa.bindparam("of"), _feedback.c.number == sa.bindparam("which"))
    .values(account=sa.bindparam("id"))
)


def _fill_same() -> None:
    """What two of the same words have in common, for what was said before it was kept."""
    bind, after = op.get_bind(), ("", 0)
    while rows := bind.execute(_SAID, {"workspace": after[0], "number": after[1]}).all():
        bind.execute(
            _SAME, [{"of": row.workspace, "which": row.number, "is": _same(row.words)} for row in rows]
        )
        after = rows[-1].workspace, rows[-1].number


def _same(words: str) -> str | None:
    said = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", words).casefold()))
    return hashlib.sha256(said.encode()).hexdigest() if said else None


def _name_accounts() -> None:
    """One account for each name, however it was written; everybody is offered those that all could read."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        bind.exec_driver_sql(
            "SET LOCAL throughline.workspace = '*'"
        )  # an owner who is no superuser is fenced, too
    found: dict[tuple[str, str], dict[str, object]] = {}
    rows = bind.execute(_TYPED).all()
    for row in rows:
        key = row.workspace, _folded(row.account)
        new = {"workspace": row.workspace, "id": uuid4().hex[:22], "name": row.account, "folded": key[1]}
        made = found.setdefault(key, {**new, "public": False})
        made["public"] = made["public"] or bool(row.public)
    if found:
        bind.execute(sa.insert(_accounts), list(found.values()))
        pointing = [
            {
                "of": row.workspace,
                "which": row.number,
                "id": found[row.workspace, _folded(row.account)]["id"],
            }
            for row in rows
        ]
        bind.execute(_POINT, pointing)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
