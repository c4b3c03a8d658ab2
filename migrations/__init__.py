"""The database schema, step by step (Alembic): up from empty and from every released schema; no down.

`throughline migrate`, `run` on an empty database, and the tests call `upgrade`; `state` tells which schema a
database has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Inspector,
    String,
    Table,
    UniqueConstraint,
    column,
    create_engine,
    inspect,
    select,
    table,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
_CURRENT = select(column("version_num", String)).select_from(table("alembic_version"))


class NoDatabase(Exception):
    """There is no database to be had at that URL; the text says why, without the password."""


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which schema a database has (`None`: none of ours) and which this version of Throughline wants."""

    current: str | None
    wanted: str
    empty: bool
    newer: bool = False
    """A later version of Throughline wrote it; this one cannot know what it means."""

    @property
    def ready(self) -> bool:
        """Whether this version can run on it."""
        return self.current == self.wanted


def upgrade(url: str) -> None:
    """Bring the database at `url` to the wanted schema; a step that fails leaves the schema it found.

    Processes that migrate one PostgreSQL database at once take turns; a SQLite file that is in use is FileInUse.
    """
    from alembic import command  # noqa: PLC0415 - twelve megabytes that a bot on a current schema need not hold

    command.upgrade(config(url), "head")


def config(url: str, scripts: Path = HERE) -> "Config":
    """How Alembic is run on that database, with the steps in `scripts`."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    made = Config()
    made.set_main_option("script_location", str(scripts))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = url
    return made


def state(url: str) -> SchemaState:
    """Look at the database at `url` without changing it, or NoDatabase."""
    known = steps()
    try:
        current, empty = _look(url)
    except (SQLAlchemyError, ImportError) as error:
        raise NoDatabase(
            f"{_named(url)}: {str(getattr(error, 'orig', None) or error).splitlines()[0]}"
        ) from error
    return SchemaState(current, known[-1], empty, newer=current is not None and current not in known)


def missing(url: str) -> list[str]:
    """What the models want and the database at `url` does not have: tables, columns, keys, unique columns."""
    from migrations.models import metadata  # noqa: PLC0415 - all tables, which most callers need not hold

    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            look = inspect(connection)
            there = set(look.get_table_names())
            lost = [f"table {one.name}" for one in metadata.sorted_tables if one.name not in there]
            for one in metadata.sorted_tables:
                if one.name in there:
                    lost += [f"{one.name}: {what}" for what in _wanted(one) - _kept(look, one.name)]
            return sorted(lost)
    finally:
        engine.dispose()


def _wanted(one: Table) -> set[str]:
    unique = [
        *(each.columns for each in one.constraints if isinstance(each, UniqueConstraint)),
        *(each.columns for each in one.indexes if each.unique),
    ]
    return {
        *(f"column {column.name}" for column in one.columns),
        f"key {_list(column.name for column in one.primary_key)}",
        *(f"unique {_list(column.name for column in columns)}" for columns in unique),
    }


def _kept(look: Inspector, name: str) -> set[str]:
    unique: list[Sequence[str | None]] = [each["column_names"] for each in look.get_unique_constraints(name)]
    unique += [each["column_names"] for each in look.get_indexes(name) if each["unique"]]
    return {
        *(f"column {column['name']}" for column in look.get_columns(name)),
        f"key {_list(look.get_pk_constraint(name)['constrained_columns'])}",
        *(f"unique {_list(columns)}" for columns in unique),
    }


def _list(names: Iterable[str | None]) -> str:
    return ", ".join(sorted(str(name) for name in names))


def steps() -> list[str]:
    """The revisions there are, first to last; a step's file begins with its revision (a test holds that)."""
    return sorted(path.name.split("_", 1)[0] for path in (HERE / "versions").glob("[0-9]*_*.py"))


def _look(url: str) -> tuple[str | None, bool]:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return None, True  # looking would make the file
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            if "alembic_version" not in tables:
                return None, not tables
            return connection.execute(_CURRENT).scalar(), False
    finally:
        engine.dispose()


def _named(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "THROUGHLINE_DATABASE_URL"
