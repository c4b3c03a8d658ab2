"""Merging, taking apart, asking, taking back, emoji and shipping in any order, and several at once.

Hypothesis draws what happens; what must hold is counted from what each person was promised, in plain Python. Nobody is
lost, nobody and no account counts twice, and nobody is told twice.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select
from typing_extensions import override

from handlers.feedback import joining, merging, outcomes, service
from handlers.feedback.outcomes import Outcome
from handlers.kit.requests import Who
from migrations.models import metadata
from storage.database import OURS, Database, Tx
from storage.database.clock import VirtualClock
from storage.feedback import asking, closing, family, reactions
from storage.feedback import queries as feedbacks
from storage.feedback.tables import ToldRow
from storage.feedback.values import (
    KEPT,
    OPEN,
    FeedbackState,
    Kind,
    NewFeedback,
    Shipment,
    Source,
    Standing,
)
from storage.people import queries as people
from storage.people.values import Person
from storage.values import Audience, PersonId, PersonKind
from tests.storage.works import A

PEOPLE = [PersonId(f"U{number}") for number in range(9)]
ACCOUNTS = ["Acme", "BP", "Globex"]
MAYA = PersonId("U0MAYA")
BEGINS = datetime(2026, 3, 2, 10, tzinfo=UTC)
STEPS = 25
_TOLD = select(ToldRow.number, ToldRow.turn, ToldRow.person).where(ToldRow.workspace == OURS)

Work = Callable[[Tx], object]
somebody = st.sampled_from(PEOPLE)
account = st.sampled_from(ACCOUNTS) | st.none()
which = st.integers(0, 6)


def who(person: PersonId) -> Who:
    return Who(A, person, PersonKind.MEMBER, "UTC", admin=person == MAYA)


@dataclass(slots=True)
class Promised:
    """What one piece of feedback has of its own, whatever it is merged with."""

    captor: PersonId
    wanted_by: set[PersonId]
    accounts: set[str]


@dataclass(slots=True)
class World:
    """A database, and what everybody in it was promised."""

    database: Database
    clock: VirtualClock
    runner: asyncio.Runner
    items: dict[int, Promised] = field(default_factory=dict)
    told: set[tuple[int, int, PersonId]] = field(default_factory=set)

    def all(self, works: Iterable[Work]) -> list[object]:
        """All at once."""

        async def run() -> list[object]:
            return [*await asyncio.gather(*(self.database.transact(A, one) for one in works))]

        return self.runner.run(run())

    def read(self, work: Work) -> object:
        """What there is now."""

        async def run() -> object:
            return await self.database.read(A, work)

        return self.runner.run(run())


def capture(tx: Tx, person: PersonId, account: str | None, words: str) -> int:
    new = NewFeedback(Kind.IDEA, Source.COMMAND, person, words, account)
    return service.capture(tx, new, Audience.workspace()).feedback.number


def ask(tx: Tx, number: int, person: PersonId, account: str | None, words: str) -> int | None:
    """They ask for it, or for what it is part of; which one that was."""
    feedback = feedbacks.hold(tx, family.whole(tx, number))
    if feedback is None or feedback.state not in KEPT:
        return None
    joining.join(tx, feedback, NewFeedback(Kind.IDEA, Source.COMMAND, person, words, account))
    return feedback.number


def want(tx: Tx, number: int, person: PersonId) -> int | None:
    """As by an emoji on its own message: this one itself, whatever it is part of."""
    feedback = feedbacks.hold(tx, number)
    if feedback is None or feedback.state not in (*OPEN, FeedbackState.MERGED):
        return None
    feedbacks.support(tx, number, person)
    return number


def leave(tx: Tx, number: int, person: PersonId) -> bool:
    return reactions.unsupport(tx, number, person)


def merge(tx: Tx, part: int, into: int) -> object:
    return merging.merge(tx, part, into, who(MAYA))


def apart(tx: Tx, number: int) -> object:
    return service.part(tx, number, who(MAYA))


def plan(tx: Tx, number: int) -> object:
    feedback = feedbacks.hold(tx, number)
    if feedback is None or feedback.state not in OPEN:
        return None
    return outcomes.say(
        tx, feedback, Outcome(FeedbackState.PLANNED, Standing(None, "Soon.", None, MAYA, tx.now))
    )


def ship(tx: Tx, number: int) -> set[PersonId] | None:
    """It has shipped, and everybody who wanted it is to be told; who that is."""
    feedback = feedbacks.hold(tx, number)
    if feedback is None or feedback.state not in OPEN:
        return None
    shipment = Shipment(number, MAYA, tx.now)
    closing.ship(tx, shipment)
    closing.close(tx, feedback, shipment, "It is there.", MAYA)
    feedbacks.set_state(tx, feedback, FeedbackState.SHIPPED, "")
    return {*closing.told(tx, number)}


def counted(tx: Tx, numbers: Iterable[int]) -> dict[int, tuple[FeedbackState, int, int, int, set[PersonId]]]:
    """How each stands, what it counts under, how many want it, how many accounts asked, and its own supporters."""
    found = {}
    for number in numbers:
        feedback = feedbacks.get(tx, number)
        assert feedback is not None
        found[number] = (
            feedback.state,
            family.whole(tx, number),
            feedbacks.supporter_count(tx, number),
            asking.reach(tx, number, MAYA).accounts,
            {*feedbacks.supporters(tx, number)},
        )
    return found


class Merging(RuleBasedStateMachine):
    """What people do."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.words = 0
        self.world.items.clear()
        self.world.told.clear()
        self.world.all([_empty])
        for person in PEOPLE[:3]:
            self._capture(person, ACCOUNTS[len(self.world.items)])

    @rule(person=somebody, account=account)
    @precondition(lambda self: len(self.world.items) < 7)
    def captures(self, person: PersonId, account: str | None) -> None:
        self._capture(person, account)

    @rule(drawn=st.lists(st.tuples(st.sampled_from(["merge", "merge", "apart", "ask", "want", "leave", "plan", "ship"]),
                                   which, which, somebody, account), min_size=1, max_size=4))  # fmt: skip
    def happens(self, drawn: list[tuple[str, int, int, PersonId, str | None]]) -> None:
        """One thing, or several at the same time."""
        numbers = sorted(self.world.items)
        before = {number: {*one.wanted_by} for number, one in self.world.items.items()}
        left: set[tuple[int, PersonId]] = set()
        works: list[Work] = []
        for deed, first, second, person, account in drawn:
            one, other = numbers[first % len(numbers)], numbers[second % len(numbers)]
            self.words += 1
            works.append(self._work(deed, one, other, person, account))
            if deed == "leave":
                left.add((one, person))
        grown = [*zip(drawn, self.world.all(works), strict=True)]
        for (deed, first, _, person, account), result in grown:
            self._note(deed, numbers[first % len(numbers)], person, account, result)
        for number, person in left:
            self._settle(number, person)
        for (deed, first, _, _, _), result in grown:
            if deed == "ship" and isinstance(result, set):
                self._shipped(numbers[first % len(numbers)], result, before, left)

    @rule(number=which)
    def takes_back(self, number: int) -> None:
        """Its captor takes it back; what was merged into it stays."""
        one = sorted(self.world.items)[number % len(self.world.items)]
        by = who(self.world.items[one].captor)
        self.world.all([lambda tx: service.undo(tx, one, by)])

    @rule()
    def time_passes(self) -> None:
        """Those who are to be told are."""
        self.world.clock.pass_time(outcomes.IN_ONE * 2)

    @invariant()
    def nobody_is_lost_or_counts_twice(self) -> None:
        found = self.world.read(lambda tx: counted(tx, self.world.items))
        assert isinstance(found, dict)
        for number, (state, whole, wanted, accounts, own) in found.items():
            assert own == self.world.items[number].wanted_by, number
            assert (state is FeedbackState.MERGED) == (whole != number), (number, state, whole)
            assert found[whole][0] is not FeedbackState.MERGED
            if whole == number:
                parts = [one for one, (_, under, *_) in found.items() if under == number]
                members = [self.world.items[one] for one in parts]
                assert wanted == len({person for one in members for person in one.wanted_by}), number
                assert accounts == len({each for one in members for each in one.accounts}), number

    @invariant()
    def nobody_is_told_twice(self) -> None:
        rows = self.world.read(lambda tx: [(r.number, r.turn, PersonId(r.person)) for r in tx.all(_TOLD)])
        assert isinstance(rows, list)
        for _, group in groupby(sorted(rows), key=lambda row: row[:2]):
            told = [person for _, _, person in group]
            assert len(told) == len({*told})
        assert self.world.told <= {*rows}

    @invariant()
    def whoever_counts_with_what_shipped_is_told(self) -> None:
        found = self.world.read(lambda tx: counted(tx, self.world.items))
        assert isinstance(found, dict)
        told = {(number, person) for number, turn, person in self.world.told if turn == closing.SHIPPED}
        for number, (_, whole, *_) in found.items():
            if found[whole][0] is FeedbackState.SHIPPED:
                assert (whole, self.world.items[number].captor) in told, (number, whole)

    def _capture(self, person: PersonId, account: str | None) -> None:
        self.words += 1
        words = f"wish{self.words} thing{self.words}"
        (number,) = self.world.all([partial(capture, person=person, account=account, words=words)])
        assert isinstance(number, int)
        self.world.items[number] = Promised(person, {person}, {account} if account else set())

    def _work(self, deed: str, one: int, other: int, person: PersonId, account: str | None) -> Work:
        words = f"ask{self.words}"
        works: dict[str, Work] = {
            "merge": partial(merge, part=one, into=other),
            "apart": partial(apart, number=one),
            "ask": partial(ask, number=one, person=person, account=account, words=words),
            "want": partial(want, number=one, person=person),
            "leave": partial(leave, number=one, person=person),
            "plan": partial(plan, number=one),
            "ship": partial(ship, number=one),
        }
        return works[deed]

    def _note(self, deed: str, one: int, person: PersonId, account: str | None, result: object) -> None:
        """What somebody was promised when their request was answered."""
        if deed in ("ask", "want") and isinstance(result, int):
            promised = self.world.items[result]
            promised.wanted_by.add(person)
            if deed == "ask" and account:
                promised.accounts.add(account)
        elif deed == "leave" and result:
            self.world.items[one].wanted_by.discard(person)

    def _settle(self, number: int, person: PersonId) -> None:
        """Who asks and leaves at the same time may come out either way: what is kept says which was last."""
        own = self.world.read(lambda tx: {*feedbacks.supporters(tx, number)})
        assert isinstance(own, set)
        if person in own:
            self.world.items[number].wanted_by.add(person)
        else:
            self.world.items[number].wanted_by.discard(person)

    def _shipped(
        self,
        number: int,
        told: set[PersonId],
        before: dict[int, set[PersonId]],
        left: set[tuple[int, PersonId]],
    ) -> None:
        """Everybody who had wanted it, or what was part of it, is told; and nobody who never did."""
        found = self.world.read(lambda tx: [number, *family.parts(tx, number)])
        assert isinstance(found, list)
        sure = {person for one in found for person in before.get(one, set()) if (one, person) not in left}
        captors = {self.world.items[one].captor for one in found}
        assert (sure | captors) - {MAYA} <= told, (number, sure, told)
        may = {person for one in found for person in self.world.items[one].wanted_by | before.get(one, set())}
        assert told <= may | captors | set(PEOPLE)
        self.world.told |= {(number, closing.SHIPPED, person) for person in told}

    @override
    def teardown(self) -> None:
        """The next life begins with an empty database."""


def _empty(tx: Tx) -> None:
    for table in reversed(metadata.sorted_tables):
        if "workspace" in table.c:
            tx.run(delete(table).where(table.c.workspace == OURS))
    people.learn(
        tx, [Person(one, one.title(), PersonKind.MEMBER, admin=one == MAYA) for one in (*PEOPLE, MAYA)]
    )


def test_any_order_and_several_at_once(database_url: str) -> None:
    """No supporter is lost or counted twice, no account counts twice, nobody is told twice; on both databases."""
    clock = VirtualClock(BEGINS)
    with asyncio.Runner() as runner:

        async def opened() -> Database:
            return Database(database_url, clock)

        database = runner.run(opened())
        world = World(database, clock, runner)
        machine = type("MergingHere", (Merging,), {"world": world})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=15, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate]
            ),
        )
        runner.run(database.close())
