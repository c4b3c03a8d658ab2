"""The roles of decisions as rows of their own, that can be renamed, split, merged and retired.

A workspace that changed none has no rows. Somebody named in a decision says which other role than the first of its
rule they were named in; until today nobody was.
"""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and room for the role somebody is named in."""
    op.create_table(
        "decision_roles",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part_of", sa.String(length=32), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("past", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_index("decision_roles_named", "decision_roles", ["workspace", "folded"], unique=True)
    fence("decision_roles")
    with op.batch_alter_table("decision_people") as table:
        table.add_column(sa.Column("known_as", sa.String(length=32), nullable=True))
