"""Nothing reaches anybody who may not see it: every list, search, card, form, option, Home, letter and post.

Things are made with a canary in their words, in every kind of place, by random people; then everybody's
memberships change. What each person can get at is walked through the registry itself, so that a new feature is
walked as soon as it is registered; what was sent is read in the outbox.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import Who
from handlers.registry import registry
from storage.asks.tables import AskRow
from storage.database import OURS, Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox.tables import OutboxRow
from storage.outbox.values import SAYING
from storage.people import queries as people
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import ChannelId, PersonId, WorkspaceId
from tests.handlers.audience import walk
from tests.handlers.audience.desk import TYPED, Desk, Pressable
from tests.handlers.audience.makers import MAKERS as MADE_BY
from tests.handlers.audience.makers import Maker
from tests.handlers.audience.places import (
    ADMIN,
    CHANNELS,
    KINDS,
    MAKERS,
    PLACES,
    Memberships,
    Place,
    Secret,
    channels,
)
from tests.handlers.audience.places import people as everybody

NUMBERS = count()
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
EXAMPLES = 4
WORKS = 60
REGISTRY = registry()


@dataclass(frozen=True)
class Made:
    """Something to be made: how, by whom and where."""

    maker: Maker
    by: PersonId
    place: Place


ANY_MAKER = st.sampled_from([maker for some in MADE_BY.values() for maker in some])
MADE = st.lists(
    st.builds(Made, ANY_MAKER, st.sampled_from(MAKERS), st.sampled_from(PLACES)), min_size=1, max_size=5
)
MEMBERSHIPS = st.frozensets(
    st.tuples(st.sampled_from([one.id for one in CHANNELS]), st.sampled_from(sorted(KINDS)))
)


def test_every_surface_has_its_way_in() -> None:
    """A renderer nobody walks, or a kind of thing nobody makes, would be proved by nothing."""
    assert walk.missing(REGISTRY) == []
    named = {
        word for command in REGISTRY.commands.values() for one in command.usage for word in one.words.split()
    }
    assert {one for one in Letter if any(word.startswith(f"{one}-") for word in named)} <= set(MADE_BY)


def test_nobody_gets_at_what_they_may_not_see(database_url: str) -> None:
    """Whoever looks, wherever, whatever they press: no canary of somebody else's."""
    database = Database(database_url, VirtualClock(MONDAY))
    with asyncio.Runner() as runner:

        @given(MADE, MEMBERSHIPS, MEMBERSHIPS)
        @settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], derandomize=True)
        def check(made: list[Made], before: Memberships, after: Memberships) -> None:
            runner.run(prove(database, made, before, after))

        check()
        runner.run(database.close())


async def test_the_walk_reaches_everything_and_would_see_a_leak(database_url: str) -> None:
    """One of each in every place: every renderer has something to draw, and a wrong model of who is where is found."""
    here = WorkspaceId(f"T{next(NUMBERS)}")
    database = Database(database_url, VirtualClock(MONDAY))
    everywhere = frozenset((place.id, person) for place in CHANNELS for person in KINDS)
    alice = [Made(one, MAKERS[0], place) for some in MADE_BY.values() for one in some for place in PLACES]

    def begin(tx: Tx) -> dict[str, Secret]:
        settle_in(tx, everywhere)
        made = {str(reference): secret for reference, secret in make(tx, alice)}
        work_on(tx)
        return made

    def reached(tx: Tx, secrets: Mapping[str, Secret]) -> None:
        assert {name for name in walk.RENDERED if not walk.RENDERED[name](tx)} == set(walk.UNMADE)
        assert found_out(tx, secrets, everywhere) == []
        wrong = " ".join(found_out(tx, secrets, frozenset()))
        for surface in ("saw", "/capture show", "/decision list", "/decision search"):
            assert surface in wrong

    secrets = await database.transact(here, begin)
    await database.transact(here, lambda tx: reached(tx, secrets))
    await database.close()


async def prove(database: Database, made: Sequence[Made], before: Memberships, after: Memberships) -> None:
    """Make it all, let people move, and look."""
    here = WorkspaceId(f"T{next(NUMBERS)}")

    def begin(tx: Tx) -> dict[str, Secret]:
        settle_in(tx, before)
        return {str(reference): secret for reference, secret in make(tx, made)}

    secrets = await database.transact(here, begin)
    assert len(secrets) == len(made)
    assert [one for one in secrets.values() if one.too_open] == []
    assert await database.read(here, lambda tx: overheard(tx, secrets, before)) == []
    await database.transact(here, lambda tx: move(tx, after))
    await database.transact(here, work_on)
    assert await database.transact(here, lambda tx: found_out(tx, secrets, after)) == []


def settle_in(tx: Tx, members: Memberships) -> None:
    """Everybody is known, and who is where."""
    people.learn(tx, everybody())
    people.keep_channels(tx, channels())
    for channel, person in sorted(members):
        people.join(tx, ChannelId(channel), [person])


def move(tx: Tx, members: Memberships) -> None:
    """Everybody's memberships are others now."""
    for channel in CHANNELS:
        people.empty(tx, ChannelId(channel.id))
    settle_in(tx, members)


def make(tx: Tx, made: Sequence[Made]) -> Iterator[tuple[Reference, Secret]]:
    """Each with a canary of its own."""
    for number, one in enumerate(made, 1):
        canary = f"canary{number}x"
        one.maker(Desk(tx, REGISTRY, who(tx, one.by)), one.place, f"{TYPED} {canary}")
        for row in tx.all(_NAMED):
            if canary in row.title:
                reference = Reference(Letter(row.letter), row.number)
                yield reference, Secret(canary, row.owner, things.audience(tx, reference), one.place)


def work_on(tx: Tx) -> None:
    """Time goes by: every job does what it finds to do."""
    for job in REGISTRY.jobs:
        for _ in range(WORKS):
            if not job.run(tx):
                break


def found_out(tx: Tx, secrets: Mapping[str, Secret], members: Memberships) -> list[str]:
    """Every canary somebody saw whom it was not for."""
    leaks: list[str] = []
    desks = [Desk(tx, REGISTRY, who(tx, person)) for person in KINDS]
    for desk in desks:
        walk.look(desk, secrets)
        desk.look_at("Home", REGISTRY.renderers["home"](tx, {"person": desk.who.person}))
    done: set[Pressable] = set()
    for _ in range(walk.ROUNDS):
        seen = {one for desk in desks for one in desk.found} - done
        for desk in desks:
            walk.follow(desk, sorted(seen, key=repr))
        done |= seen
    for desk in desks:
        for secret in secrets.values():
            where = [surface for surface, said in desk.said if secret.canary in said]
            if secret.open_to(desk.who.person, members):
                leaks += (
                    [] if where or desk.who.kind not in PEOPLE_HERE else [f"{desk.who.person} lost {secret}"]
                )
            else:
                leaks += [f"{desk.who.person} saw {secret} at {surface}" for surface in where]  # fmt: skip
    return [*leaks, *overheard(tx, secrets, members)]


def overheard(tx: Tx, secrets: Mapping[str, Secret], members: Memberships) -> list[str]:
    """Every canary in a message or a board that is not for who reads it."""
    said = [*sent(tx), *walk.boards(tx, REGISTRY)]
    return [
        f"{name} says {secret} to {to}"
        for name, to, content in said
        for secret in secrets.values()
        if secret.canary in json.dumps(content, default=str) and not may_read(secret, to, members)
    ]


def may_read(secret: Secret, to: str, members: Memberships) -> bool:
    """Whether a person, or everybody in a channel, may read it."""
    if to in KINDS:
        return secret.open_to(PersonId(to), members)
    return secret.may_stand_in(to)


def sent(tx: Tx) -> Iterator[tuple[str, str, object]]:
    """Everything on its way to somebody or some channel."""
    for row in tx.all(_ASKED):
        yield row.key, row.recipient, [row.summary, row.blocks]
    for call in tx.all(_CALLS):
        to = call.to or call.arguments.get("user") or call.arguments.get("channel")
        if to is not None:
            yield call.key, str(to), [call.arguments, call.plainer]


def who(tx: Tx, person: PersonId) -> Who:
    """Somebody of ours, at their desk."""
    return Who(tx.workspace, person, KINDS[person], "Europe/London", person == ADMIN)


_NAMED = select(ThingRow.letter, ThingRow.number, ThingRow.title, ThingRow.owner).where(
    ThingRow.workspace == OURS
)
_ASKED = select(AskRow.key, AskRow.recipient, AskRow.summary, AskRow.blocks).where(AskRow.workspace == OURS)
_CALLS = select(OutboxRow.key, OutboxRow.to, OutboxRow.arguments, OutboxRow.plainer).where(
    OutboxRow.workspace == OURS, OutboxRow.method.in_(SAYING)
)
