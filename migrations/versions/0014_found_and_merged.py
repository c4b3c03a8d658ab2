"""Feedback is found by its words, and two pieces of it become one.

What was said so far is put into the index a thousand at a time.
"""

import hashlib
import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.fences import fence

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INDEXING = (
    """CREATE VIRTUAL TABLE feedback_search_fts USING fts5(words, content='feedback_search', content_rowid='at',
    detail='none', columnsize=0, tokenize="ascii tokenchars '@'")""",
    """CREATE TRIGGER feedback_search_kept AFTER INSERT ON feedback_search BEGIN
    INSERT INTO feedback_search_fts(rowid, words) VALUES (new.at, new.words); END""",
    """CREATE TRIGGER feedback_search_changed AFTER UPDATE ON feedback_search BEGIN
    INSERT INTO feedback_search_fts(feedback_search_fts, rowid, words) VALUES ('delete', old.at, old.words);
    INSERT INTO feedback_search_fts(rowid, words) VALUES (new.at, new.words); END""",
    """CREATE TRIGGER feedback_search_forgotten AFTER DELETE ON feedback_search BEGIN
    INSERT INTO feedback_search_fts(feedback_search_fts, rowid, words) VALUES ('delete', old.at, old.words); END""",
)


def upgrade() -> None:
    """Make the tables and the index, and read in what was said."""
    op.create_table(
        "feedback_search",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for each in _INDEXING:
            op.get_bind().exec_driver_sql(each)
    _read_in()
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("feedback_search_words", "feedback_search", ["words"], postgresql_using="gin")
    op.create_table(
        "feedback_merges",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("links", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    op.create_index("feedback_merges_into", "feedback_merges", ["workspace", "into"])
    op.add_column("things", sa.Column("part_of", sa.Integer(), nullable=True))
    part = sa.column("part_of").is_not(None)
    op.create_index(
        "things_parts",
        "things",
        ["workspace", "letter", "part_of"],
        sqlite_where=part,
        postgresql_where=part,
    )
    op.create_index("feedback_stands", "feedback", ["workspace", "state", "number"])
    op.create_index("feedback_about", "feedback", ["workspace", "area", "number"])
    fence("feedback_search", "feedback_merges")


_feedback = sa.table("feedback", *map(sa.column, ("workspace", "number", "words")))
_asked = sa.table("feedback_asked", *map(sa.column, ("workspace", "number", "words")))
_search = sa.table("feedback_search", *map(sa.column, ("workspace", "number", "at", "words")))
_NEXT = (
    sa.select(_feedback.c.workspace, _feedback.c.number, _feedback.c.words)
    .where(
        sa.tuple_(_feedback.c.workspace, _feedback.c.number)
        > sa.tuple_(sa.bindparam("workspace"), sa.bindparam("number"))
    )
    .order_by(_feedback.c.workspace, _feedback.c.number)
    .limit(1_000)
)
_ASKED = sa.select(_asked.c.words).where(
    _asked.c.workspace == sa.bindparam("of"),
    _asked.c.number == sa.bindparam("which"),
    _asked.c.words.is_not(None),
)
_SOME_ASKED = sa.select(_asked.c.workspace, _asked.c.number).where(_asked.c.words.is_not(None)).distinct()


def _read_in() -> None:
    bind, after = op.get_bind(), ("", 0)
    if bind.dialect.name == "postgresql":
        bind.exec_driver_sql(
            "SET LOCAL throughline.workspace = '*'"
        )  # an owner who is no superuser is fenced, too
    asked = {(row.workspace, row.number) for row in bind.execute(_SOME_ASKED)}
    while rows := bind.execute(_NEXT, {"workspace": after[0], "number": after[1]}).all():
        kept = []
        for workspace, number, said in rows:
            texts = [said] if said else []
            if (workspace, number) in asked:
                texts += bind.execute(_ASKED, {"of": workspace, "which": number}).scalars()
            if words := sorted({one for text in texts for one in _words_in(text)})[:3_000]:
                token = f"@{workspace.casefold()}"
                kept.append(
                    {
                        "workspace": workspace,
                        "number": number,
                        "at": _place(workspace, number),
                        "words": " ".join([token, *words]),
                    }
                )
        if kept:
            bind.execute(_KEEP[bind.dialect.name], kept)
        after = rows[-1].workspace, rows[-1].number


_KEEP = {
    "sqlite": sa.insert(_search),
    "postgresql": sa.insert(_search).values(
        words=sa.cast(sa.bindparam("words", type_=sa.String), postgresql.TSVECTOR)
    ),
}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_APOSTROPHE = re.compile(r"['’]s\b|['’]")


def _words_in(text: str) -> list[str]:
    said = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    said = "".join(one for one in said if not unicodedata.combining(one))
    return [one[:60] for one in _WORD.findall(_APOSTROPHE.sub("", said))]


def _place(workspace: str, number: int) -> int:
    digest = hashlib.blake2b(workspace.encode(), digest_size=4).digest()
    return (int.from_bytes(digest) << 31 | number) & ((1 << 63) - 1)
