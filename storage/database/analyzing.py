"""Have the database look again at how much it holds, after much has come in at once."""

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url


def analyze(url: str) -> None:
    """On PostgreSQL: tables that grew are looked at now and not within a minute. SQLite plans by its schema alone."""
    if make_url(url).get_backend_name() != "postgresql":
        return
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()
