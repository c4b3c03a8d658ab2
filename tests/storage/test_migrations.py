"""The schema: made step by step, equal to the models on both databases, all or nothing, and fenced on PostgreSQL."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, inspect

import migrations
from migrations.models import is_model, metadata
from storage.database import Clock, Database, FileInUse
from storage.database.schema import scoped_names
from storage.search import queries as search
from storage.settings import queries as settings
from storage.settings.tables import SettingRow
from tests.storage.works import A, B, on_postgresql, on_sqlite

VERSIONS = migrations.HERE / "versions"
HOUSE = Path(__file__).parents[2]
MOMENT = datetime(2026, 3, 2, 10, tzinfo=UTC)
Row = dict[str, object]


@contextmanager
def engine_at(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def another(url: str, name: str) -> Iterator[str]:
    """An empty database beside the one at `url`."""
    if url.startswith("sqlite"):
        yield url.replace("throughline.db", f"{name}.db")
        return
    beside = re.sub(r"/t\d+\?", f"/{name}?", url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield beside
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_there_is_one_head() -> None:
    """Nobody has to choose between two newest schemas."""
    config = Config()
    config.set_main_option("script_location", str(migrations.HERE))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_files_are_named_by_their_revision() -> None:
    """`0001_one_thread.py` holds revision 0001, follows the number before it, and has no way down."""
    found = {path.name: path.read_text() for path in sorted(VERSIONS.glob("*.py"))}

    for number, (name, text) in enumerate(found.items(), start=1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", name)
        assert f'revision = "{number:04}"' in text
        before = "None" if number == 1 else f'"{number - 1:04}"'
        assert f"down_revision = {before}" in text
        assert "def downgrade" not in text


def catalog(url: str) -> list[str]:
    """Everything a database says of its schema, as it says it; SQLite puts a name in quotes when a table is remade."""
    with engine_at(url) as engine, engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            said = connection.exec_driver_sql(
                "SELECT type, name, replace(coalesce(sql, ''), '\"', '') FROM sqlite_master"
                " WHERE name NOT LIKE 'alembic%'"
                " AND name NOT LIKE 'sqlite_autoindex_alembic%'"
            )
        else:
            said = connection.exec_driver_sql(
                "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length,"
                " ordinal_position, column_default FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
                " UNION ALL SELECT indexname, indexdef, '', '', 0, 0, '' FROM pg_indexes"
                " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
        return sorted(re.sub(r"\s+", " ", " | ".join(map(str, row))) for row in said)


def test_the_schema_is_what_the_models_say(database_url: str) -> None:
    """Migrated from empty or made from the models: the same tables, columns, keys and indexes, in the same order."""
    with another(database_url, "modelled") as modelled:
        with engine_at(modelled) as engine:
            metadata.create_all(engine)
        assert catalog(database_url) == catalog(modelled)


def test_alembic_finds_nothing_to_change(database_url: str) -> None:
    """The next `alembic revision --autogenerate` would be empty."""
    with engine_at(database_url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_object": is_model},
        )
        assert compare_metadata(context, metadata) == []


def test_what_a_database_is(database_url: str) -> None:
    """Empty, ours, or something else: looking tells them apart and changes nothing."""
    wanted = migrations.state(database_url).wanted
    with another(database_url, "elsewhere") as url:
        nothing = migrations.state(url)
        assert (nothing.current, nothing.empty, nothing.ready) == (None, True, False)
        assert not url.startswith("sqlite") or not Path(url.removeprefix("sqlite:///")).exists()

        with engine_at(url) as engine, engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE invoices (id INTEGER PRIMARY KEY)")
        foreign = migrations.state(url)
        assert (foreign.current, foreign.empty, foreign.ready) == (None, False, False)

        with engine_at(url) as engine, engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('9f3a')")
        newer = migrations.state(url)
        assert (newer.current, newer.empty, newer.ready) == ("9f3a", False, False)

    ours = migrations.state(database_url)
    assert (ours.current, ours.empty, ours.ready) == (wanted, False, True)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    """`throughline migrate` on a current database is harmless."""
    before = catalog(database_url)
    migrations.upgrade(database_url)
    assert catalog(database_url) == before
    assert migrations.state(database_url).ready


@contextmanager
def fenced(url: str, name: str) -> Iterator[str]:
    """An empty database whose owner, on PostgreSQL, is no superuser: the fences hold for migrations, too."""
    with another(url, name) as beside:
        if url.startswith("sqlite"):
            yield beside
            return
        with psycopg.connect(beside, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN CREATEROLE")
            connection.execute(f"ALTER DATABASE {name} OWNER TO {name}")
        yield beside.replace("postgres:@", f"{name}:@")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP ROLE {name}")


def typed(workspace: str, number: int, account: str | None, audience: str) -> tuple[Row, Row]:
    """Feedback as it was kept when an account was a text, and its thing."""
    feedback: Row = {
        "workspace": workspace, "number": number, "kind": "idea", "state": "new", "words": "Invoices",
        "words_state": "known", "account": account, "source": "command", "captured_by": "U0SAM",
        "captured_at": MOMENT, "touched": False, "version": 1,
    }  # fmt: skip
    thing: Row = {
        "workspace": workspace, "letter": "F", "number": number, "title": "Invoices", "state": "new",
        "owner": "U0SAM", "version": 1, "audience": audience, "created_at": MOMENT,
    }  # fmt: skip
    return feedback, thing


def test_accounts_that_were_typed_become_rows(database_url: str) -> None:
    """One account for each name of a workspace however it was written; what only few could read stays with them."""
    rows = [
        typed("TA", 1, "Acme  GmbH", "channel"),
        typed("TA", 2, "ACME GmbH", "workspace"),
        typed("TA", 3, None, "workspace"),
        typed("TA", 4, "BP", "people"),
        typed("TB", 1, "acme gmbh", "workspace"),
    ]
    with fenced(database_url, "typed") as url:
        command.upgrade(migrations.config(url), "0009")
        with engine_at(url) as engine:
            old = MetaData()
            old.reflect(engine, only=["feedback", "things"])
            with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
                connection.execute(old.tables["feedback"].insert(), [feedback for feedback, _ in rows])
                connection.execute(old.tables["things"].insert(), [thing for _, thing in rows])

        migrations.upgrade(url)

        with engine_at(url) as engine, engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
            known = connection.exec_driver_sql(
                "SELECT workspace, name, folded, public, id FROM accounts"
            ).all()
            kept = connection.exec_driver_sql("SELECT workspace, number, account FROM feedback").all()
    ids = {(row[0], row[2]): row[4] for row in known}
    assert sorted((*row[:3], bool(row[3])) for row in known) == [
        ("TA", "Acme  GmbH", "acme gmbh", True),
        ("TA", "BP", "bp", False),
        ("TB", "acme gmbh", "acme gmbh", True),
    ]
    assert {(row[0], row[1]): row[2] for row in kept} == {
        ("TA", 1): ids["TA", "acme gmbh"],
        ("TA", 2): ids["TA", "acme gmbh"],
        ("TA", 3): None,
        ("TA", 4): ids["TA", "bp"],
        ("TB", 1): ids["TB", "acme gmbh"],
    }


def test_themes_that_were_written_become_rows(database_url: str) -> None:
    """One for each name, however it was written; what nobody else could read is a theme of those who could."""
    rows = [
        ("TA", 1, "Billing", "channel", "C1"),
        ("TA", 2, "BILLING", "workspace", None),
        ("TA", 3, None, "workspace", None),
        ("TA", 4, "Project Zebra", "channel", "C1"),
        ("TA", 5, "project zebra", "channel", "C2"),
        ("TA", 6, "Zebra", "people", None),
        ("TB", 1, "billing", "workspace", None),
    ]
    with fenced(database_url, "written") as url:
        command.upgrade(migrations.config(url), "0017")
        with engine_at(url) as engine:
            old = MetaData()
            old.reflect(engine, only=["feedback_triage", "things", "areas"])
            with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
                for workspace, number, theme, audience, channel in rows:
                    folded = theme and theme.casefold()
                    its = {"workspace": workspace, "number": number}
                    sorted_ = old.tables["feedback_triage"].insert()
                    connection.execute(sorted_.values(**its, theme=theme, folded=folded))
                    thing = {"title": "", "state": "new", "owner": "U1", "version": 1, "created_at": MOMENT}
                    whose = {"letter": "F", "audience": audience, "audience_channel": channel}
                    connection.execute(old.tables["things"].insert().values(**its, **thing, **whose))
                area = {"workspace": "TA", "id": "a", "name": "Payments", "folded": "payments"}
                connection.execute(old.tables["areas"].insert().values(area))

        migrations.upgrade(url)

        with engine_at(url) as engine, engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
            known = connection.exec_driver_sql("SELECT workspace, name, place, id FROM themes").all()
            kept = connection.exec_driver_sql(
                "SELECT workspace, number, theme, about FROM feedback_triage"
            ).all()
            areas = connection.exec_driver_sql("SELECT id, version, retired FROM areas").all()
    named = {row[3]: tuple(row[:3]) for row in known}
    assert {(row[0], row[1]): (row[2], named.get(row[3])) for row in kept} == {
        ("TA", 1): ("Billing", ("TA", "BILLING", "")),
        ("TA", 2): ("BILLING", ("TA", "BILLING", "")),
        ("TA", 3): (None, None),
        ("TA", 4): ("Project Zebra", ("TA", "Project Zebra", "C1")),
        ("TA", 5): ("project zebra", ("TA", "project zebra", "C2")),
        ("TA", 6): ("Zebra", ("TA", "Zebra", "U1")),
        ("TB", 1): ("billing", ("TB", "billing", "")),
    }
    assert [(row[0], row[1], bool(row[2])) for row in areas] == [("a", 1, False)]


def test_names_of_functions_become_rows(database_url: str) -> None:
    """Where a workspace named any all six are kept, the others under their first names; else none is."""
    with fenced(database_url, "named") as url:
        command.upgrade(migrations.config(url), "0018")
        with engine_at(url) as engine:
            old = MetaData()
            old.reflect(engine, only=["settings"])
            with engine.begin() as connection:
                if engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
                value = {"names": {"sales": "Ｒevenue"}, "version": 3, "by": "U1"}
                for workspace, name, kept in (("TA", "function_names", value), ("TB", "budget", {"a": 1})):
                    set_ = {"set_by": "U1", "set_at": MOMENT}
                    connection.execute(
                        old.tables["settings"]
                        .insert()
                        .values(workspace=workspace, name=name, value=kept, **set_)
                    )

        migrations.upgrade(url)

        with engine_at(url) as engine, engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL throughline.workspace = '*'")
            rows = connection.exec_driver_sql(
                "SELECT workspace, id, name, folded, changed_by FROM functions ORDER BY place"
            ).all()
            left = connection.exec_driver_sql("SELECT workspace, name FROM settings").all()
    assert [tuple(row) for row in rows] == [
        ("TA", "product", "Product", "product", "U1"),
        ("TA", "engineering", "Engineering", "engineering", "U1"),
        ("TA", "design", "Design", "design", "U1"),
        ("TA", "marketing", "Marketing", "marketing", "U1"),
        ("TA", "sales", "Ｒevenue", "revenue", "U1"),
        ("TA", "customer_success", "Customer Success", "customer success", "U1"),
    ]
    assert [tuple(row) for row in left] == [("TB", "budget")]


BROKEN = '''
"""A step that breaks in its middle."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("settings", sa.Column("half", sa.String(), nullable=True))
    op.execute("INSERT INTO half VALUES (1)")
    op.execute("SELECT nonsense FROM nowhere")
'''


def test_a_step_that_fails_leaves_the_schema_it_found(database_url: str, tmp_path: Path) -> None:
    """No half of it stays behind, and the step can be taken once it is mended."""
    before, head = catalog(database_url), migrations.state(database_url).wanted
    broken = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, broken)
    step = broken / "versions" / "9999_broken.py"
    step.write_text(BROKEN.format(head=head))
    config = migrations.config(database_url)
    config.set_main_option("script_location", str(broken))

    with pytest.raises(Exception, match="nowhere"):
        command.upgrade(config, "head")

    assert catalog(database_url) == before
    assert migrations.state(database_url).current == head
    step.write_text(step.read_text().replace('op.execute("SELECT nonsense FROM nowhere")', ""))
    command.upgrade(config, "head")
    with engine_at(database_url) as engine:
        assert "half" in inspect(engine).get_table_names()


MIGRATE = "import sys, migrations; sys.stdin.readline(); migrations.upgrade(sys.argv[1])"


@on_postgresql
def test_two_processes_migrate_at_once(database_url: str) -> None:
    """Two workers that start on an empty database take turns, and both find it ready."""
    with another(database_url, "contested") as url:
        processes = [
            subprocess.Popen([sys.executable, "-c", MIGRATE, url], stdin=subprocess.PIPE, cwd=HOUSE)
            for _ in range(3)
        ]
        for process in processes:
            assert process.stdin is not None
            process.stdin.close()
        assert [process.wait(60) for process in processes] == [0, 0, 0]
        assert migrations.state(url).ready
        assert catalog(url) == catalog(database_url)


@on_sqlite
async def test_a_file_in_use_is_not_migrated(database_url: str) -> None:
    """The bot has to be stopped first; the error says so."""
    database = Database(database_url, Clock())
    with pytest.raises(FileInUse, match="stop the other"):
        migrations.upgrade(database_url)
    await database.close()
    migrations.upgrade(database_url)


# -- fences -----------------------------------------------------------------------------------------------


@on_postgresql
def test_every_table_of_a_workspace_is_fenced(database_url: str) -> None:
    """Row-level security is on, binds the owner too, and lets a transaction see only what it named."""
    with psycopg.connect(database_url) as connection:
        fenced = connection.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        ).fetchall()
        policies = connection.execute(
            "SELECT tablename, cmd, permissive FROM pg_policies WHERE policyname = 'own_workspace'"
        ).fetchall()

    assert {name for (name,) in fenced} == scoped_names() == {name for name, _, _ in policies}
    assert {(cmd, permissive) for _, cmd, permissive in policies} == {("ALL", "PERMISSIVE")}


@on_postgresql
async def test_words_are_found_by_index_inside_the_fence(database: Database) -> None:
    """By hand, as the plain role: the window shows one's own words, nobody else's, and none of nobody's."""
    for workspace in (A, B):
        await database.transact(workspace, lambda tx: search.keep(tx, 1, ["secret"]))
    seen = "SELECT workspace FROM feedback_found WHERE words @@ 'secret'::tsquery"
    with psycopg.connect(database.url) as connection:
        connection.execute("SET ROLE throughline")
        assert connection.execute(seen).fetchall() == []
        connection.execute("SET LOCAL throughline.workspace = 'TA'")
        assert connection.execute(seen).fetchall() == [("TA",)]
        connection.execute("SET LOCAL enable_seqscan = off")
        plan = str(connection.execute(f"EXPLAIN {seen}".encode()).fetchall())
        assert "Bitmap Index Scan on feedback_search_words" in plan, plan


@on_postgresql
async def test_so_they_are_where_the_owner_is_no_superuser(database_url: str) -> None:
    """Whom the fences bind finds by index as well, and only their own."""
    with fenced(database_url, "bound") as url:
        migrations.upgrade(url)
        database = Database(url, Clock())
        for workspace in (A, B):
            await database.transact(workspace, lambda tx: search.keep(tx, 1, ["secret"]))
        await database.close()
        seen = "SELECT workspace FROM feedback_found WHERE words @@ 'secret'::tsquery"
        with psycopg.connect(url) as connection:
            connection.execute("SET LOCAL throughline.workspace = 'TA'")
            connection.execute("SET LOCAL enable_seqscan = off")
            assert connection.execute(seen).fetchall() == [("TA",)]
            plan = str(connection.execute(f"EXPLAIN {seen}".encode()).fetchall())
        assert "Bitmap Index Scan on feedback_search_words" in plan, plan


@on_postgresql
async def test_the_plain_role_sees_its_own_workspace_only(database: Database) -> None:
    """By hand, without the tripwire: reading finds nothing of others, changing them changes nothing."""
    for workspace in (A, B):
        await database.transact(workspace, lambda tx: settings.put(tx, "k", {"of": tx.workspace}, None))
    with psycopg.connect(database.url) as connection:
        connection.execute("SET ROLE throughline")
        assert connection.execute("SELECT * FROM settings").fetchall() == []
        connection.execute("SET LOCAL throughline.workspace = 'TA'")
        assert connection.execute("SELECT workspace FROM settings").fetchall() == [("TA",)]
        assert connection.execute("UPDATE settings SET name = 'x' WHERE workspace = 'TB'").rowcount == 0
        assert connection.execute("DELETE FROM settings WHERE workspace = 'TB'").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connection.execute("UPDATE settings SET workspace = 'TB'")


@on_postgresql
async def test_an_owner_who_is_no_superuser_is_bound_himself(database_url: str) -> None:
    """A managed PostgreSQL gives no superuser: its owner migrates, runs, and cannot look past a workspace either."""
    with another(database_url, "managed") as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP ROLE IF EXISTS landlord")
            connection.execute("CREATE ROLE landlord LOGIN CREATEROLE")
            connection.execute("ALTER DATABASE managed OWNER TO landlord")
        theirs = url.replace("postgres:@", "landlord:@")
        migrations.upgrade(theirs)
        database = Database(theirs, Clock())
        await database.transact(A, lambda tx: settings.put(tx, "k", {}, None))

        everything = SettingRow.__table__.select()
        slipped = await database.read(B, lambda tx: tx._connection.execute(everything).all())
        own = await database.read(A, lambda tx: tx._connection.execute(everything).all())

        assert (slipped, len(own)) == ([], 1)
        await database.close()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DROP ROLE landlord")
