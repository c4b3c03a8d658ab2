"""Fence new tables with row-level security on PostgreSQL, as the first step did with its own."""

from alembic import op

ROLE = "throughline"


def fence(*tables: str) -> None:
    """Rows are seen only by a transaction that named their workspace; nothing to do on SQLite."""
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    unbound = bind.exec_driver_sql(
        "SELECT rolsuper OR rolbypassrls AND rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).scalar_one()
    for table in tables:
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        bind.exec_driver_sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        bind.exec_driver_sql(
            f"CREATE POLICY own_workspace ON {table} USING"
            " (current_setting('throughline.workspace', true) IN (workspace, '*'))"
        )
        if unbound:
            bind.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE}")
