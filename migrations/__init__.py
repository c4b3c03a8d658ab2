"""The database schema, step by step (Alembic): up from empty and from every released schema; no down.

`throughline migrate`, `run` on an empty database, and the tests call `upgrade`; `state` tells which schema a
database has.
"""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

HERE = Path(__file__).parent


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
    command.upgrade(_config(url), "head")


def state(url: str) -> SchemaState:
    """Look at the database at `url` without changing it, or NoDatabase."""
    steps = ScriptDirectory.from_config(_config(url))
    wanted = steps.get_current_head()
    assert wanted is not None
    try:
        current, empty = _look(url)
    except (SQLAlchemyError, ImportError) as error:
        raise NoDatabase(
            f"{_named(url)}: {str(getattr(error, 'orig', None) or error).splitlines()[0]}"
        ) from error
    known = {step.revision for step in steps.walk_revisions()}
    return SchemaState(current, wanted, empty, newer=current is not None and current not in known)


def _look(url: str) -> tuple[str | None, bool]:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return None, True  # looking would make the file
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            return current, not inspect(connection).get_table_names()
    finally:
        engine.dispose()


def _named(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "THROUGHLINE_DATABASE_URL"


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
