"""What a query costs, in the database's own count: the same however busy the machine is.

On SQLite the steps of its virtual machine, on PostgreSQL the pages it looks at.
"""

from collections.abc import Callable
from typing import Any

from storage.database import Clock, Database, Tx
from tests.storage.works import A

_PAGES = """
    SELECT sum(pg_stat_get_xact_blocks_fetched(oid)) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')
"""


class Enough(Exception):
    """The work has been measured; nothing of it is to stay."""

    def __init__(self, cost: int) -> None:
        super().__init__(cost)
        self.cost = cost


def steps(tx: Tx, work: Callable[[Tx], object]) -> int:
    """How many instructions of SQLite's virtual machine it takes."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    raw: Any = tx._connection.connection.driver_connection
    raw.set_progress_handler(count, 1)
    try:
        work(tx)
    finally:
        raw.set_progress_handler(None, 0)
    return counted


def pages(tx: Tx, work: Callable[[Tx], object]) -> int:
    """How many pages of our tables and indexes PostgreSQL looks at, by its own count."""
    before = tx._connection.exec_driver_sql(_PAGES).scalar_one()
    work(tx)
    return int(tx._connection.exec_driver_sql(_PAGES).scalar_one() - before)


async def cost(url: str, query: Callable[[Tx], object], *, across: bool = False) -> int:
    """What a query costs on the database at `url`; whatever it changed is taken back."""
    database = Database(url, Clock())
    measure = steps if database.dialect == "sqlite" else pages

    def work(tx: Tx) -> None:
        raise Enough(measure(tx, query))

    run = database.transact_everywhere(work) if across else database.transact(A, work)
    try:
        await run
    except Enough as enough:
        return enough.cost
    finally:
        await database.close()
    raise AssertionError("unreachable")
