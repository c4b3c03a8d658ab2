"""The transaction: committed means kept, raised means undone, and no work is in another's way."""

import asyncio
import threading
from functools import partial

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database import OURS, Clock, Database, FileInUse, Tx
from storage.database.sqlite import wal_bug_present
from storage.settings import queries as settings
from storage.settings.tables import SettingRow
from storage.values import WorkspaceId

A, B = WorkspaceId("TA"), WorkspaceId("TB")


async def test_what_was_committed_is_read_back(database: Database) -> None:
    """A work's effect is there after its await, for the next work and for a reader."""
    await database.transact(A, lambda tx: settings.put(tx, "greeting", {"words": "hei"}, None))

    assert await database.transact(A, lambda tx: settings.find(tx, "greeting")) == {"words": "hei"}
    assert await database.read(A, lambda tx: settings.find(tx, "greeting")) == {"words": "hei"}


async def test_a_work_that_raises_leaves_nothing_and_disturbs_nobody(database: Database) -> None:
    """Of many works in one group, only the one that raised is undone."""

    def work(tx: Tx, number: int) -> int:
        settings.put(tx, f"n{number}", {"n": number}, None)
        if number == 7:
            raise LookupError("seven")
        return number

    outcomes = await asyncio.gather(
        *(database.transact(A, partial(work, number=n)) for n in range(20)), return_exceptions=True
    )

    assert [type(one) for one in outcomes if isinstance(one, BaseException)] == [LookupError]
    kept = await database.read(A, lambda tx: [n for n in range(20) if settings.find(tx, f"n{n}")])
    assert kept == [n for n in range(20) if n != 7]


async def test_a_savepoint_undoes_only_itself(database: Database) -> None:
    """What went before the savepoint stays."""

    def work(tx: Tx) -> None:
        settings.put(tx, "before", {}, None)
        try:
            with tx.savepoint():
                settings.put(tx, "inside", {}, None)
                raise LookupError
        except LookupError:
            settings.put(tx, "after", {}, None)

    await database.transact(A, work)

    found = await database.read(A, lambda tx: [settings.find(tx, n) for n in ("before", "inside", "after")])
    assert found == [{}, None, {}]


_NEW = insert(SettingRow).values(workspace=OURS, value={}, set_by=None)
_NAMED = select(SettingRow.name).where(SettingRow.workspace == OURS, SettingRow.name == bindparam("wanted"))


async def test_what_is_put_and_refused_undoes_the_work_and_harms_no_later_one(database: Database) -> None:
    """A change nobody asks the count of travels with the next statement; both are undone, as often as it happens."""

    def work(tx: Tx) -> None:
        for name in ("before", "twice", "twice"):
            tx.put(_NEW, name=name, set_at=tx.now)
        tx.all(_NAMED, wanted="before")

    for _ in range(12):
        with pytest.raises(IntegrityError):
            await database.transact(A, work)

    def harmless(tx: Tx) -> object:
        tx.put(_NEW, name="after", set_at=tx.now)
        return tx.all(_NAMED, wanted="after"), tx.all(_NAMED, wanted="before")

    assert await database.transact(A, harmless) == ([("after",)], [])


async def test_a_savepoint_undoes_what_was_put_inside(database: Database) -> None:
    """Whether it has travelled by then or not."""

    def work(tx: Tx) -> None:
        tx.put(_NEW, name="before", set_at=tx.now)
        try:
            with tx.savepoint():
                tx.put(_NEW, name="before", set_at=tx.now)
        except IntegrityError:
            tx.put(_NEW, name="after", set_at=tx.now)

    await database.transact(A, work)

    found = await database.read(A, lambda tx: [settings.find(tx, n) for n in ("before", "after")])
    assert found == [{}, {}]


async def test_a_transaction_inside_a_work_is_refused(database: Database) -> None:
    """It could only deadlock, so it raises at once and says what to do."""
    with pytest.raises(RuntimeError, match="do both in one work"):
        await database.transact(A, lambda tx: bool(database.transact(A, lambda inner: None)))


async def test_a_reader_cannot_write(database: Database) -> None:
    """`read` is one snapshot and changes nothing."""
    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await database.read(A, lambda tx: settings.put(tx, "x", {}, None))

    assert await database.read(A, lambda tx: settings.find(tx, "x")) is None


async def test_one_workspace_never_sees_another(database: Database) -> None:
    """The same key in two workspaces is two rows."""
    await asyncio.gather(
        database.transact(A, lambda tx: settings.put(tx, "k", {"of": "A"}, None)),
        database.transact(B, lambda tx: settings.put(tx, "k", {"of": "B"}, None)),
    )

    assert await database.read(A, lambda tx: settings.find(tx, "k")) == {"of": "A"}
    assert await database.read(B, lambda tx: settings.find(tx, "k")) == {"of": "B"}


async def test_the_database_itself_fences_workspaces(database: Database) -> None:
    """On PostgreSQL a statement that slipped past the tripwire still sees only its own workspace."""
    if database.dialect == "sqlite":
        return
    await database.transact(A, lambda tx: settings.put(tx, "k", {"of": "A"}, None))
    everything = select(SettingRow.name)

    slipped = await database.read(B, lambda tx: tx._connection.execute(everything).all())

    assert slipped == []


async def test_what_is_woken_is_woken_after_the_commit(database: Database) -> None:
    """A loop that is woken finds the row that woke it; one that raised wakes nobody."""
    woken = asyncio.Event()
    database.on_wake("courier", woken.set)

    def failing(tx: Tx) -> None:
        tx.wake("courier")
        raise LookupError

    with pytest.raises(LookupError):
        await database.transact(A, failing)
    assert not woken.is_set()
    await database.transact(A, lambda tx: tx.wake("courier"))
    await asyncio.wait_for(woken.wait(), 1)


async def test_works_of_a_cancelled_caller_are_still_committed(database: Database) -> None:
    """Giving up waiting does not undo what was asked for."""
    held = threading.Event()

    def slow(tx: Tx) -> None:
        held.wait(2)
        settings.put(tx, "late", {}, None)

    waiting = asyncio.ensure_future(database.transact(A, slow))
    await asyncio.sleep(0.01)
    waiting.cancel()
    held.set()

    for _ in range(100):
        if await database.read(A, lambda tx: settings.find(tx, "late")) is not None:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the cancelled caller's work was lost")


async def test_a_second_process_on_one_sqlite_file_is_refused(database: Database) -> None:
    """Two writers on one file are an accident; the error says what to do instead."""
    if database.dialect != "sqlite":
        return
    with pytest.raises(FileInUse, match="PostgreSQL"):
        Database(database.url, Clock())
    beside = Database(database.url, Clock(), reading_only=True)
    assert await beside.read(A, lambda tx: settings.find(tx, "nothing")) is None
    await beside.close()


async def test_one_thread_writes_and_checkpoints(database: Database) -> None:
    """SQLite's WAL-reset bug needs two connections that write; all our works run on one thread."""
    if database.dialect != "sqlite":
        return
    names = await asyncio.gather(
        *(database.transact(A, lambda tx: threading.current_thread().name) for _ in range(50))
    )
    assert set(names) == {"sqlite-writer"}


@pytest.mark.parametrize(
    ("version", "present"),
    [
        ((3, 6, 23), False),
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
    ],
)
def test_which_sqlite_has_the_wal_bug(version: tuple[int, int, int], *, present: bool) -> None:
    """3.7.0 to 3.51.2, but for the two releases the fix was carried back to."""
    assert wal_bug_present(version) is present
