"""What the hot queries cost does not grow with what is over: sent calls, answered asks, feedback taken back.

On SQLite the cost is the steps of its virtual machine, on PostgreSQL the pages a statement touches.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, insert

from storage.asks import queries as asks
from storage.asks.tables import AskRow
from storage.asks.values import AskKind, AskState
from storage.audit import queries as audit
from storage.audit.tables import AuditRow
from storage.database import Clock, Database, Tx
from storage.deliveries import queries as deliveries
from storage.deliveries.tables import DeliveryRow
from storage.feedback import queries as feedbacks
from storage.feedback import reactions
from storage.feedback.tables import FeedbackRow, ReactionRow
from storage.feedback.values import FeedbackState, Kind, MessageRef, Source, WordsState
from storage.outbox import boards, calls, claims, letters
from storage.outbox.tables import BoardRow, OutboxRow
from storage.outbox.values import Place, State
from storage.people.tables import MemberRow, PersonRow
from storage.recurrence import weekdays
from storage.schedules import claims as slots
from storage.schedules import log
from storage.schedules.tables import OccurrenceRow, SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.schedules.values import OccurrenceState, Series, Slot
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference, Viewer
from storage.values import AudienceKind, ChannelId, PersonId, PersonKind
from tests.storage.works import A
from tests.storage.world import MORNING, pace

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
CHANNEL = ChannelId("C0SALES")
MESSAGE = MessageRef(CHANNEL, "1700000000.000100")
VIEWER = Viewer(MAYA, PersonKind.MEMBER)
FEW, MANY = 50, 3_000
SLACK = {"sqlite": 1.2, "postgresql": 1.2}
MORE = {"sqlite": 60, "postgresql": 20}
"""What a deeper tree may add: far less than looking at three thousand rows."""

SERIES = Series("s", "standup", "Standup", weekdays(MORNING.date(), time(9)), {}, MAYA, per_person=True)
SLOT = Slot(SERIES, "UTC", MORNING.date() + timedelta(days=1), MORNING)

HOT: dict[str, Callable[[Tx], object]] = {
    "claim": lambda tx: claims.claim(tx, 10, timedelta(seconds=60), pace),
    "next wake": claims.next_wake,
    "busy": claims.busy,
    "owner died": lambda tx: claims.owner_died(tx, timedelta(), timedelta(minutes=5)),
    "resume a channel": lambda tx: claims.resume_channel(tx, CHANNEL),
    "resume after": lambda tx: claims.resume_after(tx, ["token_revoked"]),
    "forget calls": claims.forget,
    "a letter": lambda tx: letters.send(tx, "new", MAYA, "words", []),
    "release": lambda tx: calls.release(tx, MAYA, ChannelId("D0MAYA")),
    "give up": lambda tx: calls.give_up(tx, MAYA, "user_disabled"),
    "boards wanting": lambda tx: boards.wanting(tx, 10),
    "due here": asks.due_here,
    "due of": lambda tx: asks.due_of(tx, MAYA),
    "open of": lambda tx: asks.open_of(tx, MAYA),
    "spent": lambda tx: asks.spent(tx, MAYA, MORNING - timedelta(minutes=100)),
    "of one round": lambda tx: asks.beginning(tx, "waitingask00000"),
    "last asks": lambda tx: asks.last_of(tx, MAYA, 10),
    "release asks": lambda tx: asks.release(tx, MAYA),
    "due slot": slots.due_slot,
    "unasked": lambda tx: slots.unasked(tx, SLOT),
    "under way": slots.under_way,
    "due occurrences": lambda tx: slots.due(tx, 20),
    "last occurrences": lambda tx: log.of(tx, MAYA, 10),
    "a round": lambda tx: log.on(tx, "s", MORNING.date()),
    "of a message": lambda tx: feedbacks.of_message(tx, MESSAGE),
    "mine": lambda tx: feedbacks.mine(tx, VIEWER, 5),
    "said by": lambda tx: feedbacks.said_by(tx, VIEWER, 5),
    "emoji on a message": lambda tx: reactions.on(tx, MESSAGE),
    "visible": lambda tx: things.visible(tx, Reference(Letter.FEEDBACK, 7), VIEWER),
    "a delivery": lambda tx: deliveries.claim(tx, "new"),
    "forget deliveries": deliveries.forget,
    "history": lambda tx: audit.of(tx, "F-7"),
}
ACROSS = {"claim", "next wake", "busy", "owner died", "forget calls", "boards wanting", "forget deliveries"}
ENDED = [State.SENT, State.DEAD, State.LATE]


def call(number: int, state: State) -> dict[str, Any]:
    row = dict.fromkeys(OutboxRow.__table__.c.keys())
    mark = f"{state}{number:06}"
    return row | {
        "workspace": A, "id": mark, "key": mark, "method": "chat.postMessage", "arguments": {"channel": CHANNEL},
        "was_plainer": False, "lane": "post:C0SALES", "thread": "C0SALES:", "to": MAYA, "state": state,
        "wake_at": MORNING, "attempt": 1, "tries": 1, "about": {}, "created_at": MORNING + timedelta(days=90),
        "lease_until": MORNING,
    }  # fmt: skip


def board(number: int, *, gone: bool, stale: bool) -> dict[str, Any]:
    return {
        "workspace": A, "key": f"{gone}{stale}{number}", "renderer": "r", "subject": {}, "place": Place.MESSAGE,
        "person": SAM, "channel": CHANNEL, "ts": "1.1", "wanted": 2, "sent": 1, "stale": stale, "on_its_way": False,
        "gone": gone, "digest": None, "pin": False,
    }  # fmt: skip


def ask(number: int, state: AskState, kind: AskKind) -> dict[str, Any]:
    return {
        **dict.fromkeys(AskRow.__table__.c.keys()),
        "workspace": A, "key": f"{state}{kind}{number:06}", "person": MAYA, "recipient": MAYA, "kind": kind,
        "summary": "", "blocks": [], "covered": False, "due_at": MORNING, "state": state,
        "created_at": MORNING + timedelta(minutes=number), "sent_at": MORNING - timedelta(minutes=number),
    }  # fmt: skip


def feedback(number: int, state: FeedbackState) -> dict[str, Any]:
    return {
        "workspace": A, "number": number, "kind": Kind.IDEA, "state": state,
        "words": None, "words_state": WordsState.PENDING,
        "account": None, "source": Source.EMOJI, "channel": CHANNEL, "message_ts": f"17{number:08}.000100",
        "author": MAYA if number % 2 else SAM, "captured_by": SAM if number % 2 else MAYA, "captured_at": MORNING,
        "touched": False, "version": 1,
    }  # fmt: skip


def thing(number: int) -> dict[str, Any]:
    return {
        "workspace": A, "letter": "F", "number": number, "title": "", "state": "new", "owner": SAM, "permalink": None,
        "version": 1, "audience": AudienceKind.CHANNEL, "audience_channel": CHANNEL, "created_at": MORNING,
    }  # fmt: skip


def occurrence(number: int, state: OccurrenceState) -> dict[str, Any]:
    day = MORNING - timedelta(days=number)
    return {
        "workspace": A, "series": "s", "local_date": day.date(), "recipient": MAYA, "zone": "UTC", "due_at": day,
        "wake_at": day, "tries": 0, "state": state, "why": None, "settled_at": None,
    }  # fmt: skip


def series(number: int) -> dict[str, Any]:
    return {
        "workspace": A, "key": "s" if number == 0 else f"s{number}", "kind": "standup", "title": "Standup",
        "rule": SERIES.recurrence.rule, "start": MORNING.date(), "at": time(9), "zone": None, "per_person": True,
        "subject": {}, "owner": MAYA, "state": "ended" if number else "active", "skips": [], "missed_from": None,
        "missed_until": None, "created_at": MORNING,
    }  # fmt: skip


def history(count: int) -> dict[Any, list[dict[str, Any]]]:
    """A little that is open, and `count` of everything that is over."""
    over = range(100, 100 + count)
    return {
        OutboxRow: [call(n, state) for state in State for n in range(3)]
        + [call(n, ENDED[n % 3]) for n in over],
        BoardRow: [board(n, gone=False, stale=True) for n in range(3)]
        + [board(n, gone=bool(n % 2), stale=bool(n % 2)) for n in over],
        AskRow: [ask(n, state, AskKind.ASK) for state in (AskState.WAITING, AskState.SENT) for n in range(3)]
        + [ask(n, AskState.ANSWERED, AskKind.ASK) if n % 2 else ask(n, AskState.SENT, AskKind.TELL) for n in over],
        FeedbackRow: [feedback(n, FeedbackState.NEW) for n in range(10)]
        + [feedback(n, FeedbackState.UNDONE) for n in over],
        SeriesRow: [series(n) for n in (0, *over)],
        SeriesZoneRow: [{"workspace": A, "series": "s", "zone": "UTC", "next_date": MORNING.date(), "due_at": MORNING}],
        SeriesPersonRow: [{"workspace": A, "series": "s", "person": MAYA}],
        PersonRow: [
            {"workspace": A, "id": MAYA, "name": "Maya", "kind": PersonKind.MEMBER, "admin": False, "zone": "UTC",
             "dm": None, "learned_at": MORNING}
        ],
        OccurrenceRow: [occurrence(n, OccurrenceState.WAITING) for n in range(3)]
        + [occurrence(n, OccurrenceState.DONE) for n in over],
        ThingRow: [thing(n) for n in (*range(10), *over)],
        MemberRow: [{"workspace": A, "channel": f"C{n}", "person": MAYA} for n in over]
        + [{"workspace": A, "channel": CHANNEL, "person": f"U{n}"} for n in over]
        + [{"workspace": A, "channel": CHANNEL, "person": MAYA}],
        ReactionRow: [
            {"workspace": A, "channel": CHANNEL, "message_ts": f"17{n:08}.000100", "person": MAYA,
             "emoji": "bulb", "active": True, "event_ts": "1"} for n in over
        ],
        DeliveryRow: [{"workspace": A, "key": f"k{n}", "reply": None, "at": MORNING + timedelta(days=90)} for n in over],
        AuditRow: [
            {"workspace": A, "id": f"{n:06}", "at": MORNING, "actor": None, "verb": "v", "thing": f"F-{n}", "details": {}}
            for n in over
        ],
    }  # fmt: skip


@contextmanager
def owner(url: str) -> Iterator[Engine]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def fill(url: str, count: int) -> None:
    with owner(url) as engine, engine.connect() as connection:
        for row, rows in history(count).items():
            table: Table = row.__table__
            connection.execute(delete(table))
            connection.exec_driver_sql("BEGIN")
            connection.execute(insert(table), rows)
            connection.exec_driver_sql("COMMIT")
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")


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
    """How many pages PostgreSQL touches for the statements of the work."""
    said: list[tuple[str, Any]] = []

    def note(_c: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        said.append((statement, values[0] if many else values))

    event.listen(tx._connection, "before_cursor_execute", note)
    try:
        with tx.savepoint():
            work(tx)
            raise Enough(0)
    except Enough:
        event.remove(tx._connection, "before_cursor_execute", note)
    touched = 0
    raw: Any = tx._connection.connection.driver_connection
    for statement, values in said:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            answer = raw.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values).fetchone()[0]
            plan = answer[0]["Plan"]
            touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return touched


async def cost(url: str, name: str) -> int:
    database = Database(url, Clock())
    measure = steps if database.dialect == "sqlite" else pages

    def work(tx: Tx) -> None:
        raise Enough(measure(tx, HOT[name]))

    run = database.transact_everywhere(work) if name in ACROSS else database.transact(A, work)
    try:
        await run
    except Enough as enough:
        return enough.cost
    finally:
        await database.close()
    raise AssertionError("unreachable")


def test_what_is_over_costs_nothing(database_url: str) -> None:
    """Sixty times as much history, the same few things to do: the same cost."""
    dialect = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    costs: dict[int, dict[str, int]] = {}
    for count in (FEW, MANY):
        fill(database_url, count)
        costs[count] = {name: asyncio.run(cost(database_url, name)) for name in HOT}

    grown = {
        name: (costs[FEW][name], many)
        for name, many in costs[MANY].items()
        if many > SLACK[dialect] * costs[FEW][name] + MORE[dialect]
    }
    assert grown == {}, json.dumps(costs, indent=1)
