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

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SchemaState:
    """Which schema a database has (`None`: none of ours) and which this version of Throughline wants."""

    current: str | None
    wanted: str
    empty: bool

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
    """Look at the database at `url` without changing it."""
    wanted = ScriptDirectory.from_config(_config(url)).get_current_head()
    assert wanted is not None
    engine = create_engine(url)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return SchemaState(None, wanted, empty=True)  # looking would make the file
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            empty = not inspect(connection).get_table_names()
    finally:
        engine.dispose()
    return SchemaState(current, wanted, empty)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config
