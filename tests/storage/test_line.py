"""PostgreSQL's line: however much is sent on before anybody waits, each answer is the right one, and no error is lost."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from storage.database import OURS, Database, Tx
from storage.database.line import MOST
from storage.settings.tables import SettingRow
from tests.storage.works import A, kept, on_postgresql, put

MANY = MOST * 5 // 2
"""Some are answered, some the server was asked for, and some are still on their way."""

HOW_MANY = select(func.count()).select_from(SettingRow).where(SettingRow.workspace == OURS)

pytestmark = on_postgresql


@pytest.mark.parametrize("behind", [0, 1, MOST - 1, MOST, MOST + 1, MANY])
async def test_an_answer_waits_until_it_is_wanted(database: Database, behind: int) -> None:
    """What was asked before many changes says what was there before them, what is asked after them what is there then."""

    def work(tx: Tx) -> tuple[int, int]:
        put(tx, "first")
        before = tx.ask(HOW_MANY)
        for number in range(behind):
            put(tx, f"n{number}")
        after = tx.ask(HOW_MANY)
        return before()[0][0], after()[0][0]

    assert await database.transact(A, work) == (1, 1 + behind)


@pytest.mark.parametrize("before", [0, MOST - 1, MOST, MANY])
@pytest.mark.parametrize("behind", [0, MOST + 1, MANY])
async def test_an_error_in_between_is_told(database: Database, before: int, behind: int) -> None:
    """Nothing of such a work is kept, and the connection serves the next one."""

    def work(tx: Tx) -> None:
        for number in range(before):
            put(tx, f"before{number}")
        put(tx, "long" * 1000)
        for number in range(behind):
            put(tx, f"behind{number}")

    with pytest.raises(DBAPIError, match="too long"):
        await database.transact(A, work)
    await database.transact(A, lambda tx: put(tx, "next"))
    assert await kept(database, ["before0", "behind0", "next"]) == ["next"]


async def test_an_error_inside_a_savepoint_undoes_what_stands_in_it(database: Database) -> None:
    """However far the server was by then; what stood before it is kept."""

    def fails(tx: Tx) -> None:
        with tx.savepoint():
            for number in range(MANY):
                put(tx, f"n{number}" if number != MOST // 2 else "long" * 1000)

    def work(tx: Tx) -> None:
        put(tx, "kept")
        with pytest.raises(DBAPIError, match="too long"):
            fails(tx)

    await database.transact(A, work)
    assert await kept(database, ["kept", "n0", f"n{MANY - 1}"]) == ["kept"]
