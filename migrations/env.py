"""What Alembic runs: one transaction per step, on either database."""

from alembic import context
from sqlalchemy import create_engine, event, pool

from migrations.models import metadata

LOCK = 7041_2026  # any number, as long as every Throughline uses the same


def run() -> None:
    """Apply the steps asked for; on PostgreSQL one process at a time."""
    url = context.config.attributes["url"]
    engine = create_engine(url, poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA journal_mode=WAL"))
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
        with context.begin_transaction():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            context.run_migrations()
    engine.dispose()


run()
