"""What Alembic runs: one transaction per step, on either database, one process at a time.

pysqlite would begin no transaction for a change of the schema, and half a step would stay behind: here every
BEGIN is ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, pool

from migrations.models import is_model, metadata
from storage.database.sqlite import locked

LOCK = 7041_2026  # any number, as long as every Throughline uses the same


def run() -> None:
    """Apply the steps asked for."""
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        _begin_ourselves(engine)
    with _alone(engine), engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=is_model,
            transaction_per_migration=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Nobody else migrates meanwhile; on SQLite nobody else has the file at all."""
    if engine.dialect.name == "sqlite":
        with locked(Path(engine.url.database or "")):
            yield
        return
    with (
        engine.connect() as holding
    ):  # a session of its own: each step's COMMIT would end a lock of its transaction
        holding.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
        holding.commit()
        yield


def _begin_ourselves(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


run()
