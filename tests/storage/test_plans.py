"""What the hot queries cost does not grow with what is over: sent calls, answered asks, feedback taken back."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine, Table, create_engine, delete, insert

from storage.asks import queries as asks
from storage.asks.tables import AskRow
from storage.asks.values import AskKind, AskState
from storage.audit import queries as audit
from storage.audit.tables import AuditRow
from storage.checkins import blockers, rounds
from storage.checkins.tables import AnswerRow, BlockerRow, BlockerTextRow, RoundRow
from storage.checkins.values import BlockerState, RoundState, Waits
from storage.database import Base, Tx
from storage.database.schema import Instant
from storage.decisions import dues as decision_dues
from storage.decisions import lists as decisions
from storage.decisions.tables import DecisionRow, DraftRow, DueRow, RoleRow
from storage.decisions.values import DecisionState, Reminder
from storage.deliveries import queries as deliveries
from storage.deliveries.tables import DeliveryRow
from storage.feedback import asking, family, reactions, wanting
from storage.feedback import queries as feedbacks
from storage.feedback.tables import FeedbackRow, MergeRow, ReactionRow, SupporterRow
from storage.feedback.values import FeedbackState, Kind, MessageRef, Source, WordsState
from storage.launches import dues as launch_dues
from storage.launches import lists as launches
from storage.launches.tables import ItemRow, LaunchRow
from storage.launches.values import Asked, Gate, ItemState, LaunchState, Tier
from storage.outbox import boards, calls, claims, letters, turns
from storage.outbox.tables import BoardRow, OutboxRow, PaceRow
from storage.outbox.values import Ended, Place, State
from storage.people.tables import MemberRow, PersonRow
from storage.recurrence import weekdays
from storage.roles.values import Rule
from storage.schedules import claims as slots
from storage.schedules import log
from storage.schedules.tables import OccurrenceRow, SeriesPersonRow, SeriesRow, SeriesZoneRow
from storage.schedules.values import OccurrenceState, Series, Slot
from storage.things import links
from storage.things import queries as things
from storage.things.tables import FollowerRow, LinkRow, ThingRow
from storage.things.values import How, Letter, LinkState, Reference, Viewer
from storage.values import AudienceKind, ChannelId, PersonId, PersonKind
from tests.storage.costs import cost
from tests.storage.works import A
from tests.storage.world import MORNING, pace, taken

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
CHANNEL = ChannelId("C0SALES")
MESSAGE = MessageRef(CHANNEL, "1700000000.000100")
VIEWER = Viewer(MAYA, PersonKind.MEMBER)
F7 = Reference(Letter.FEEDBACK, 7)
FEW, MANY = 50, 3_000
SLACK = {"sqlite": 1.2, "postgresql": 1.2}
MORE = {"sqlite": 60, "postgresql": 30}
"""What a deeper tree may add: far less than looking at three thousand rows."""

SERIES = Series("s", "standup", "Standup", weekdays(MORNING.date(), time(9)), {}, MAYA, per_person=True)
SLOT = Slot(SERIES, "UTC", MORNING.date() + timedelta(days=1), MORNING)

HOT: dict[str, Callable[[Tx], object]] = {
    "claim": lambda tx: claims.claim(tx, 10, timedelta(seconds=60), pace),
    "finish": lambda tx: claims.finish(tx, [Ended(taken(n), State.SENT, "", "1.1") for n in range(3)]),
    "next wake": turns.next_wake,
    "busy": claims.busy,
    "oldest": claims.oldest,
    "owner died": lambda tx: claims.owner_died(tx, timedelta(), timedelta(minutes=5)),
    "resume a channel": lambda tx: claims.resume_channel(tx, CHANNEL),
    "resume after": lambda tx: claims.resume_after(tx, ["token_revoked"]),
    "forget calls": claims.forget,
    "a letter": lambda tx: letters.send(tx, "new", MAYA, "words", []),
    "release": lambda tx: calls.release(tx, MAYA, ChannelId("D0MAYA")),
    "give up": lambda tx: calls.give_up(tx, MAYA, "user_disabled"),
    "boards wanting": lambda tx: boards.wanting(tx, 10),
    "due here": lambda tx: asks.due_here(tx, 20),
    "due of": lambda tx: asks.due_of(tx, [MAYA]),
    "open of": lambda tx: asks.open_of(tx, MAYA),
    "spent": lambda tx: asks.spent(tx, {MAYA: MORNING - timedelta(minutes=100)}),
    "of one round": lambda tx: asks.beginning(tx, "waitingask00000"),
    "last asks": lambda tx: asks.last_of(tx, MAYA, 10),
    "release asks": lambda tx: asks.release(tx, MAYA),
    "due slots": lambda tx: slots.due_slots(tx, 10),
    "unasked": lambda tx: slots.unasked(tx, SLOT),
    "under way": slots.under_way,
    "due occurrences": lambda tx: slots.due(tx, 20),
    "last occurrences": lambda tx: log.of(tx, MAYA, 10),
    "a round": lambda tx: log.on(tx, "s", MORNING.date()),
    "of a message": lambda tx: feedbacks.of_message(tx, MESSAGE),
    "with a key": lambda tx: feedbacks.with_key(tx, "PAY-1", 0, 20),
    "mine": lambda tx: feedbacks.mine(tx, VIEWER, 5),
    "its family": lambda tx: family.relatives(tx, 7),
    "what is merged into it": lambda tx: family.direct(tx, 7),
    "said in the same words": lambda tx: asking.equal(tx, VIEWER, "Words 7"),
    "said by": lambda tx: feedbacks.said_by(tx, VIEWER, 5),
    "who wants it and is to be answered": lambda tx: wanting.waiting(tx, 15),
    "what somebody is to be answered": lambda tx: wanting.of(tx, MAYA, 8),
    "answers put off": lambda tx: wanting.put_off(tx, MAYA, MORNING),
    "emoji on a message": lambda tx: reactions.on(tx, MESSAGE)(),
    "visible": lambda tx: things.visible(tx, F7, VIEWER),
    "seen by": lambda tx: things.seen_by(tx, F7, [MAYA])(),
    "a delivery": lambda tx: deliveries.claim(tx, "new")(),
    "forget deliveries": deliveries.forget,
    "history": lambda tx: audit.of(tx, "F-7"),
    "linked": lambda tx: links.linked(tx, F7, VIEWER),
    "links that concern somebody": lambda tx: links.concerning(tx, F7, VIEWER),
    "who hears of it": lambda tx: links.hearers(tx, F7, "", 100),
    "its ends": lambda tx: links.ends(tx, F7),
    "a round to close": rounds.due,
    "reminders": lambda tx: rounds.reminders_due(tx, 20),
    "last answer": lambda tx: rounds.last_answer(tx, 1, MORNING.date(), MAYA),
    "blockers of somebody": lambda tx: blockers.open_of(tx, MAYA, 10),
    "blockers that wait": lambda tx: blockers.waiting_on(tx, MAYA, 10),
    "waited for": lambda tx: blockers.waited_for(tx, [MAYA]),
    "open blockers": lambda tx: blockers.open_ones(tx, VIEWER, 10),
    "how many open blockers": lambda tx: blockers.count_open(tx, VIEWER),
    "zones of items": launch_dues.item_zones,
    "items to ask": lambda tx: launch_dues.items_in(tx, "UTC", MORNING.date(), 20),
    "zones of launches": launch_dues.launch_zones,
    "boards of yesterday": lambda tx: launch_dues.shown_yesterday(tx, "UTC", MORNING.date(), 20),
    "a move to tell": launch_dues.to_tell,
    "what is stuck in my launches": lambda tx: launches.stuck(tx, VIEWER, MORNING.date(), 10),
    "launches ahead": lambda tx: launches.upcoming(tx, VIEWER, MORNING.date(), 10),
    "my items": lambda tx: launches.mine(tx, VIEWER, 10),
    "zones of decisions": decision_dues.zones,
    "decisions due": lambda tx: decision_dues.due(tx, "UTC", MORNING.date(), 20),
    "decisions waiting": lambda tx: decisions.waiting(tx, VIEWER, 10),
    "decisions needing": lambda tx: decisions.needing(tx, VIEWER, MORNING.date(), 10),
}
ACROSS = {
    "claim",
    "next wake",
    "busy",
    "oldest",
    "owner died",
    "forget calls",
    "boards wanting",
    "forget deliveries",
}
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
        "source": Source.EMOJI, "channel": CHANNEL, "message_ts": f"17{number:08}.000100",
        "author": MAYA if number % 2 else SAM, "captured_by": SAM if number % 2 else MAYA, "captured_at": MORNING,
        "touched": False, "version": 1, "outside": f"PAY-{number}", "same": f"words {number}", "account": f"a{number}",
    }  # fmt: skip


def thing(number: int, letter: Letter = Letter.FEEDBACK) -> dict[str, Any]:
    return {
        "workspace": A, "letter": letter, "number": number, "title": "", "state": "new", "owner": SAM, "permalink": None,
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


PLAIN: dict[type, Any] = {
    str: "x", int: 1, bool: False, datetime: MORNING, date: MORNING.date(), time: MORNING.time()
}  # fmt: skip


def row(of: type[Base], **given: Any) -> dict[str, Any]:
    """A row of that table: what is given, NULL where that may be, and something plain in every other column."""
    columns = of.__table__.c
    kinds = {
        one.key: MORNING if isinstance(one.type, Instant) else PLAIN.get(one.type.python_type, [])
        for one in columns
    }
    plain = {one.key: None if one.nullable else kinds[one.key] for one in columns}
    return plain | {"workspace": A} | given


def later(count: int) -> dict[Any, list[dict[str, Any]]]:
    """Check-ins, launches and decisions: one of each is open, all others are over."""
    over = range(100, 100 + count)
    day = MORNING.date()
    return {
        LinkRow: [
            row(LinkRow, letter="F", number=n, other_letter="D", other_number=n, state=LinkState.CONFIRMED, how=How.CHOSEN)
            for n in (7, *over)
        ],
        FollowerRow: [row(FollowerRow, letter="D", number=n, person=MAYA) for n in (7, *over)],
        RoundRow: [row(RoundRow, on_date=day, state=RoundState.OPEN)]
        + [row(RoundRow, on_date=day - timedelta(days=n), state=RoundState.SUMMED_UP) for n in over],
        AnswerRow: [row(AnswerRow, on_date=day - timedelta(days=n), person=MAYA) for n in (1, *over)],
        BlockerRow: [
            row(BlockerRow, number=n, blocked=MAYA, asked=MAYA, waits=Waits.PERSON,
                state=BlockerState.OPEN if n == 7 else BlockerState.CLEARED) for n in (7, *over)
        ],
        BlockerTextRow: [row(BlockerTextRow, number=n, version=1) for n in (7, *over)],
        LaunchRow: [
            row(LaunchRow, number=n, owner=MAYA, tier=Tier.NORMAL, gate=Gate.NONE, on=day, shown_on=day - timedelta(days=1),
                state=LaunchState.PLANNED if n == 7 else LaunchState.SHIPPED,
                tell_at=MORNING if n == 7 else None) for n in (7, *over)
        ],
        ItemRow: [
            row(ItemRow, launch=n, number=1, owner=MAYA, asked=Asked.NOTHING, function=None,
                state=ItemState.TODO if n == 7 else ItemState.DONE, ask_on=day if n == 7 else None) for n in (7, *over)
        ],
        RoleRow: [row(RoleRow, number=n, role=Rule.CONTRIBUTOR, person=f"U{n}") for n in over],
        DraftRow: [row(DraftRow, number=n, person=f"U{n}") for n in over],
        DueRow: [row(DueRow, number=7, kind=Reminder.REVIEW, person=MAYA, due_on=day)],
        DecisionRow: [
            row(DecisionRow, number=n, driver=MAYA if n == 7 else f"U{n}", approver=MAYA,
                state=DecisionState.PROPOSED if n == 7 else DecisionState.DECIDED) for n in (7, *over)
        ],
    }  # fmt: skip


def supporter(n: int, answer_at: datetime | None) -> dict[str, Any]:
    return {"workspace": A, "number": n, "person": MAYA, "since": MORNING, "answer_at": answer_at}


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
        MergeRow: [
            {"workspace": A, "number": n, "into": n + 1, "was": "new", "by": MAYA, "at": MORNING, "links": []} for n in over
        ],
        SeriesRow: [series(n) for n in (0, *over)],
        SeriesZoneRow: [{"workspace": A, "series": "s", "zone": "UTC", "next_date": MORNING.date(), "due_at": MORNING}],
        SeriesPersonRow: [{"workspace": A, "series": "s", "person": MAYA}],
        PersonRow: [
            {"workspace": A, "id": MAYA, "name": "Maya", "kind": PersonKind.MEMBER, "admin": False, "zone": "UTC",
             "dm": None, "learned_at": MORNING}
        ],
        OccurrenceRow: [occurrence(n, OccurrenceState.WAITING) for n in range(3)]
        + [occurrence(n, OccurrenceState.DONE) for n in over],
        ThingRow: [thing(n) for n in (*range(10), *over)]
        + [thing(n, letter) for letter in Letter if letter is not Letter.FEEDBACK for n in (7, *over)],
        MemberRow: [{"workspace": A, "channel": f"C{n}", "person": MAYA} for n in over]
        + [{"workspace": A, "channel": CHANNEL, "person": f"U{n}"} for n in over]
        + [{"workspace": A, "channel": CHANNEL, "person": MAYA}],
        SupporterRow: [supporter(n, MORNING) for n in range(3)] + [supporter(n, None) for n in over],
        ReactionRow: [
            {"workspace": A, "channel": CHANNEL, "message_ts": f"17{n:08}.000100", "person": MAYA,
             "emoji": "bulb", "active": True, "event_ts": "1"} for n in over
        ],
        DeliveryRow: [{"workspace": A, "key": f"k{n}", "reply": None, "at": MORNING + timedelta(days=90)} for n in over],
        AuditRow: [
            {"workspace": A, "id": f"{n:06}", "at": MORNING, "actor": None, "verb": "v", "thing": f"F-{n}", "details": {}}
            for n in over
        ],
        **later(count),
    }  # fmt: skip


@contextmanager
def owner(url: str) -> Iterator[Engine]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


def fill(url: str, what: dict[Any, list[dict[str, Any]]]) -> None:
    with owner(url) as engine, engine.connect() as connection:
        for row, rows in what.items():
            table: Table = row.__table__
            connection.execute(delete(table))
            connection.exec_driver_sql("BEGIN")
            connection.execute(insert(table), rows)
            connection.exec_driver_sql("COMMIT")
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")


def test_what_is_over_costs_nothing(database_url: str) -> None:
    """Sixty times as much history, the same few things to do: the same cost."""
    dialect = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    costs: dict[int, dict[str, int]] = {}
    for count in (FEW, MANY):
        fill(database_url, history(count))
        costs[count] = {
            name: asyncio.run(cost(database_url, query, across=name in ACROSS)) for name, query in HOT.items()
        }

    assert grown(costs, dialect) == {}, json.dumps(costs, indent=1)


def grown(costs: dict[int, dict[str, int]], dialect: str) -> dict[str, tuple[int, int]]:
    """What costs more where there are many: what it cost, and what it costs."""
    return {
        name: (costs[FEW][name], many)
        for name, many in costs[MANY].items()
        if many > SLACK[dialect] * costs[FEW][name] + MORE[dialect]
    }


def queue(count: int) -> list[dict[str, Any]]:
    """So much waits: in a busy channel in order, in a free one behind what is tried again later, and for a budget."""
    rows = [call(n, State.PENDING) for n in range(3 * count)]
    for number, one in enumerate(rows):
        one["lane"], one["thread"] = (("busy", "t"), ("free", None), ("post:C1", None))[number % 3]
        if one["lane"] == "free" and number > 1:
            one["wake_at"] = MORNING + timedelta(days=400)
        if one["lane"] == "post:C1":
            one["method"] = one["lane"] = "chat.update"
    return rows


WAITING = ("claim", "next wake", "busy")


def test_what_waits_costs_nothing(database_url: str) -> None:
    """Sixty times as much waits in the same lanes, the same few calls can be made: the same cost."""
    dialect = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    taken = [
        {"workspace": A, "lane": lane, "free_at": MORNING + timedelta(days=300)}
        for lane in ("busy", "chat.update")
    ]
    costs: dict[int, dict[str, int]] = {}
    for count in (FEW, MANY):
        fill(database_url, {OutboxRow: queue(count), PaceRow: taken})
        costs[count] = {name: asyncio.run(cost(database_url, HOT[name], across=True)) for name in WAITING}

    assert grown(costs, dialect) == {}, json.dumps(costs, indent=1)
