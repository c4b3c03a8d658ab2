"""The words of things as search reads them, and how each database finds them."""

from typing import Any

from sqlalchemy import DDL, BigInteger, Dialect, Index, Table, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from storage.database import Base, Scoped


class _Words(TypeDecorator[str]):
    """Words with a space between: `tsvector` on PostgreSQL."""

    impl = Text
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())


class SearchRow(Scoped, Base):
    """The words of one thing as search reads them; `at` is its row in SQLite's index."""

    __tablename__ = "feedback_search"
    __table_args__ = (
        Index("feedback_search_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    words: Mapped[str] = mapped_column(_Words)


INDEX, INDEXES = "feedback_search_fts", "feedback_search_"
"""SQLite's index, and how the names of all that is index begin."""
INDEXING = (
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
"""SQLite's index, and what keeps it equal to the table; the migration says the same."""
FOUND = "feedback_found"
WINDOW = """CREATE VIEW feedback_found AS SELECT workspace, number, words FROM feedback_search
    WHERE current_setting('throughline.workspace', true) IN (workspace, '*')"""
"""What PostgreSQL looks in (`migrations.fences.window` says why), as the migration makes it."""
_TABLE = SearchRow.__table__
assert isinstance(_TABLE, Table)
for _each, _dialect in (*((one, "sqlite") for one in INDEXING), (WINDOW, "postgresql")):
    event.listen(_TABLE, "after_create", DDL(_each).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]  # SQLAlchemy did not annotate it
