"""Fence new tables with row-level security on PostgreSQL, as the first step did with its own."""

from alembic import op
from sqlalchemy import Connection

ROLE = "throughline"
_OWN = "current_setting('throughline.workspace', true) IN (workspace, '*')"


def fence(*tables: str) -> None:
    """Rows are seen only by a transaction that named their workspace; nothing to do on SQLite."""
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    for table in tables:
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        bind.exec_driver_sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        bind.exec_driver_sql(f"CREATE POLICY own_workspace ON {table} USING ({_OWN})")
        if _unbound(bind):
            bind.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")


def window(name: str, table: str, columns: str) -> None:
    """A view of a fenced table that says the fence's condition itself, so that any index may serve what it is asked.

    It shows the same rows as the fence. Row-level security has its own condition looked at first, except by
    operators PostgreSQL knows to tell nothing, and those of full-text search are none of them. The owner's own
    policy is for the view, which reads as its owner.
    """
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    bind.exec_driver_sql(f"CREATE POLICY {name} ON {table} FOR SELECT TO CURRENT_USER USING (true)")
    bind.exec_driver_sql(f"CREATE VIEW {name} AS SELECT {columns} FROM {table} WHERE {_OWN}")  # noqa: S608 - our own names
    if _unbound(bind):
        bind.exec_driver_sql(f"GRANT SELECT ON {name} TO {ROLE}")


def _unbound(bind: Connection) -> bool:
    """Whether row-level security does not bind whoever migrates: then the plain role runs what is asked."""
    return bool(
        bind.exec_driver_sql(
            "SELECT rolsuper OR rolbypassrls AND rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).scalar_one()
    )
