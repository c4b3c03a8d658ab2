"""Links between things, the ripples that run along them, and what boards show."""

import sqlalchemy as sa
from alembic import op

from migrations.fences import fence

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, fenced; titles are found in any case from now on."""
    op.create_table(
        "links",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("other_letter", sa.String(length=2), nullable=False),
        sa.Column("other_number", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "letter", "number", "other_letter", "other_number"),
    )
    op.create_index("links_back", "links", ["workspace", "other_letter", "other_number"], unique=False)
    op.create_table(
        "ripples",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("known", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("apart", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    fence("links", "ripples")
    op.add_column("things", sa.Column("folded", sa.String(), nullable=True))
    op.execute("UPDATE things SET folded = lower(title)")
    op.add_column("boards", sa.Column("about", sa.String(length=32), nullable=True))
    op.create_index("boards_about", "boards", ["workspace", "about"], unique=False)
