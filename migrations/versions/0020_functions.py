"""Functions as rows of their own, that can be added, renamed, merged, split and retired.

What a workspace called the six until now was one setting; only a workspace that named any gets rows.
"""

from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_AT_FIRST = {
    "product": "Product",
    "engineering": "Engineering",
    "design": "Design",
    "marketing": "Marketing",
    "sales": "Sales",
    "customer_success": "Customer Success",
}
_settings = sa.table(
    "settings",
    sa.column("workspace"),
    sa.column("name"),
    sa.column("value", sa.JSON()),
    sa.column("set_by"),
)


def upgrade() -> None:
    """Make the table, and fill it from what is set."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL throughline.workspace = '*'")  # an owner who is no superuser is fenced, too
    functions = op.create_table(
        "functions",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part_of", sa.String(length=32), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("takes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("past", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.Column("unsettled", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("functions_named", "functions", ["workspace", "folded"], unique=True)
    fence("functions")
    named = sa.select(_settings).where(_settings.c.name == "function_names")
    made = [row for kept in op.get_bind().execute(named).all() for row in _rows(kept)]
    if made:
        op.bulk_insert(functions, made)
    op.execute(_settings.delete().where(_settings.c.name == "function_names"))


def _rows(kept: Any) -> list[dict[str, object]]:
    names = kept.value.get("names") or {}
    return [
        {
            "workspace": kept.workspace,
            "id": one,
            "name": names.get(one, name),
            "folded": " ".join(normalize("NFKC", names.get(one, name)).casefold().split()),
            "place": place,
            "part_of": None,
            "retired": False,
            "takes": [],
            "past": [],
            "version": 1,
            "changed_by": kept.set_by,
            "unsettled": None,
        }
        for place, (one, name) in enumerate(_AT_FIRST.items(), 1)
    ]
