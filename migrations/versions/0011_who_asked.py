"""Accounts are rows: what was typed as an account becomes one, written as it was typed first."""

import unicodedata
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, fill it from what was typed, and let feedback name its account by it."""
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
    op.create_index("feedback_for", "feedback", ["workspace", "account"])
    fence("accounts")


_feedback = sa.table("feedback", *map(sa.column, ("workspace", "number", "account")))
_things = sa.table("things", *map(sa.column, ("workspace", "letter", "number", "audience")))
_accounts = sa.table("accounts", *map(sa.column, ("workspace", "id", "name", "folded", "public")))
_its_thing = sa.and_(
    _things.c.workspace == _feedback.c.workspace,
    _things.c.letter == "F",
    _things.c.number == _feedback.c.number,
)
_TYPED = (
    sa.select(*_feedback.c, (_things.c.audience == "workspace").label("public"))
    .join_from(_feedback, _things, _its_thing)
    .where(_feedback.c.account.is_not(None))
    .order_by(_feedback.c.workspace, _feedback.c.number)
)
_POINT = (
    sa.update(_feedback)
    .where(_feedback.c.workspace == sa.bindparam("of"), _feedback.c.number == sa.bindparam("which"))
    .values(account=sa.bindparam("id"))
)


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
