"""Whether a transaction has changed something: the databases know, for not every statement passes SQLAlchemy."""

from typing import Any

_NUMBERED = "SELECT pg_current_xact_id_if_assigned()"


def marks(connection: Any) -> object:
    """Something that is another one once a row was changed on this connection."""
    if connection.dialect.name == "sqlite":
        return connection.connection.dbapi_connection.total_changes
    with connection.connection.cursor() as cursor:
        return cursor.execute(_NUMBERED).fetchone()[0]
