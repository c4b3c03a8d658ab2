"""Nothing reaches anybody who may not see it: whatever anybody can open, press or submit, and every letter and post.

Things are made with a canary in their words, in every kind of place, by random people; then everybody's
memberships change. What each person can get at is walked through the registry itself, so that a new feature is
walked as soon as it is registered; what was sent is read in the outbox. Whole histories through the
front door are in `test_finding.py`; `runs.py` says how more cases are drawn, and one again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise, product

from hypothesis import given, note, seed
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import Who
from handlers.links import service
from handlers.links.service import Outcome
from handlers.registry import registry
from storage.areas import queries as areas
from storage.areas.values import Cards
from storage.database import OURS, Database, Tx
from storage.database.clock import VirtualClock
from storage.people import queries as people
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId
from tests.front import switch_everything_on
from tests.handlers.audience import walk
from tests.handlers.audience.desk import TYPED, Desk, Pressable, Sent, sent
from tests.handlers.audience.makers import MAKERS as MADE_BY
from tests.handlers.audience.makers import POSTERS, Maker
from tests.handlers.audience.places import (
    ABROAD,
    ADMIN,
    CHANNELS,
    KINDS,
    MAKERS,
    OPEN,
    PLACES,
    PRIVATE,
    SECRET,
    TALK,
    Memberships,
    Place,
    Secret,
    channels,
)
from tests.handlers.audience.places import people as everybody
from tests.handlers.audience.runs import SETTINGS, any_seed

NUMBERS = count()
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORKS = 60
VARIOUS = 2
SOME = (OPEN, ABROAD, TALK)
REGISTRY = registry()


@dataclass(frozen=True)
class Made:
    """Something to be made: how, by whom and where."""

    maker: Maker
    by: PersonId
    place: Place


ANYWHERE = st.sampled_from(PLACES)
AT_HOME = st.sampled_from([one for one in CHANNELS if not one.shared])
FULL = st.sampled_from([one for one in MAKERS if KINDS[one] is PersonKind.MEMBER])
MADE = st.tuples(
    *[
        st.builds(Made, st.just(maker), st.sampled_from(MAKERS), ANYWHERE)
        if letter in (Letter.FEEDBACK, Letter.DECISION)
        else st.builds(Made, st.just(maker), FULL, AT_HOME)
        for letter, makers in MADE_BY.items()
        for maker in makers
    ]
).filter(lambda made: len({one.place for one in made}) > VARIOUS)
"""One of everything: launches and check-ins where full members make them; not all in the same two places."""
MEMBERSHIPS = st.frozensets(
    st.tuples(st.sampled_from([one.id for one in CHANNELS]), st.sampled_from(sorted(KINDS))), min_size=4
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
    chosen = any_seed()
    with asyncio.Runner() as runner:

        @seed(chosen)
        @SETTINGS
        @given(MADE, MEMBERSHIPS, MEMBERSHIPS)
        def check(
            made: tuple[Made, ...], before: frozenset[tuple[str, PersonId]], after: Memberships
        ) -> None:
            note(f"AUDIENCE_SEED={chosen}")
            there = frozenset((one.place.id, one.by) for one in made)
            runner.run(prove(database_url, made, before | there, after))

        check()


async def test_the_walk_reaches_everything_and_would_see_a_leak(database_url: str) -> None:
    """One of each in every place: every renderer has something to draw, and a wrong model of who is where is found."""
    here = WorkspaceId(f"T{next(NUMBERS)}")
    database = Database(database_url, VirtualClock(MONDAY))
    everywhere = frozenset((place.id, person) for place in CHANNELS for person in KINDS)
    alice = [Made(one, MAKERS[0], place) for some in MADE_BY.values() for one in some for place in SOME]

    def begin(tx: Tx) -> dict[str, Secret]:
        settle_in(tx, everywhere)
        made = {str(reference): secret for reference, secret in make(tx, alice)}
        link(tx, made)
        work_on(tx, everywhere)
        return made

    def reached(tx: Tx, secrets: Mapping[str, Secret]) -> None:
        assert {name for name in walk.RENDERED if not walk.RENDERED[name](tx)} == set(walk.UNMADE)
        desks = walked(tx, secrets)
        assert list(leaks(desks, secrets, everywhere)) == []
        assert {str(kind) for kind in MADE_BY} == {name[0] for name in secrets}
        wrong = " ".join(leaks(desks, secrets, frozenset()))
        for surface in ("/capture show", "/decision list", "/decision search"):
            assert surface in wrong

    secrets = await database.transact(here, begin)
    await database.transact(here, lambda tx: reached(tx, secrets))
    await database.close()


async def prove(url: str, made: Sequence[Made], before: Memberships, after: Memberships) -> None:
    """Make it all, let people move, let a day go by, and look."""
    here, clock = WorkspaceId(f"T{next(NUMBERS)}"), VirtualClock(MONDAY)

    def begin(tx: Tx) -> dict[str, Secret]:
        settle_in(tx, before)
        found = {str(reference): secret for reference, secret in make(tx, made)}
        link(tx, found)
        return found

    async with opened(url, clock) as database:
        secrets = await database.transact(here, begin)
        assert {name[0] for name in secrets} == {str(one) for one in MADE_BY}
        assert [one for one in secrets.values() if one.too_open] == []
        assert overheard(await database.read(here, standing), secrets, before) == []
        said_before = {one.key for one in await database.read(here, sent)}
        await database.transact(here, lambda tx: move(tx, after))
        for _ in range(2):
            clock.pass_time(timedelta(days=1))
            await database.transact(here, lambda tx: work_on(tx, after))
        new = [one for one in await database.read(here, standing) if one.key not in said_before]
        assert overheard(new, secrets, after) == []
        assert (
            await database.transact(here, lambda tx: list(leaks(walked(tx, secrets), secrets, after))) == []
        )


@asynccontextmanager
async def opened(url: str, clock: VirtualClock) -> AsyncIterator[Database]:
    """The database, closed whatever happens: a case that fails is tried again."""
    database = Database(url, clock)
    try:
        yield database
    finally:
        await database.close()


def settle_in(tx: Tx, members: Memberships) -> None:
    """Everybody is known, and who is where."""
    switch_everything_on(tx)
    people.learn(tx, everybody())
    people.keep_channels(tx, channels())
    for channel, person in sorted(members):
        people.join(tx, ChannelId(channel), [person])
    if not areas.every(tx):
        look_after(tx)


def look_after(tx: Tx) -> None:
    """What is said is sorted aloud: some of it where it was said, some where others read along, some once a day."""
    alice, boris = MAKERS[:2]
    for name, owner, where, triage, cards in (
        ("All", alice, None, OPEN, Cards.EACH),
        ("Private", boris, PRIVATE, PRIVATE, Cards.DAILY),
        ("Secret", alice, SECRET, OPEN, Cards.EACH),
        ("Abroad", alice, ABROAD, SECRET, Cards.DAILY),
    ):
        area = replace(areas.add(tx, name), owner=owner, triage=ChannelId(triage.id), cards=cards)
        areas.change(tx, area)
        areas.assign(tx, area.id, [] if where is None else [ChannelId(where.id)])


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


def link(tx: Tx, secrets: Mapping[str, Secret]) -> None:
    """Each is linked to the next by whoever may see both: what becomes of one ripples to the other's people."""
    for one, other in pairwise(sorted(map(reference_of, secrets), key=str)):
        any(service.choose(tx, one, other, who(tx, person)) is Outcome.DONE for person in MAKERS)


def reference_of(name: str) -> Reference:
    """`F-12`."""
    return Reference(Letter(name[0]), int(name[2:]))


def work_on(tx: Tx, members: Memberships) -> None:
    """Time goes by: channels are told what they are told, and every job does what it finds to do."""
    for post, place in product(POSTERS, CHANNELS):
        there = [one for one in MAKERS if (place.id, one) in members]
        if there:
            post(Desk(tx, REGISTRY, who(tx, there[0])), place)
    for job in REGISTRY.jobs:
        for _ in range(WORKS):
            if not job.run(tx):
                break


def walked(tx: Tx, secrets: Mapping[str, Secret]) -> list[Desk]:
    """Everybody has looked everywhere, and used whatever anybody saw."""
    desks = [Desk(tx, REGISTRY, who(tx, person)) for person in KINDS]
    for desk in desks:
        walk.look(desk, secrets)
        desk.look_at("Home", REGISTRY.renderers["home"](tx, {"person": desk.who.person}))
    done: set[Pressable] = set()
    for _ in range(walk.ROUNDS):
        seen = walk.some({one for desk in desks for one in desk.found} - done)
        for desk in desks:
            walk.follow(desk, seen)
        done.update(seen)
    return desks


def leaks(desks: Sequence[Desk], secrets: Mapping[str, Secret], members: Memberships) -> Iterator[str]:
    """Every canary somebody saw whom it was not for, and every one somebody should have seen and did not."""
    for desk, secret in product(desks, secrets.values()):
        seen = [surface for surface, said in desk.said if secret.canary in said]
        if not secret.open_to(desk.who.person, members):
            yield from (
                f"{desk.who.person} saw {secret} at {one}" for one in seen if one not in walk.ADMITTING
            )
        elif not seen and desk.who.kind in PEOPLE_HERE:
            yield f"{desk.who.person} lost {secret}"
        yield from overheard(desk.sent, {"": secret}, members)


def overheard(said: Iterable[Sent], secrets: Mapping[str, Secret], members: Memberships) -> list[str]:
    """Every canary in a message or a board that is not for who reads it."""
    return [
        f"{one.key} says {secret} to {one.to}"
        for one in said
        for secret in secrets.values()
        if secret.canary in json.dumps(one.content, default=str) and not may_read(secret, one.to, members)
    ]


def standing(tx: Tx) -> list[Sent]:
    """Everything that was said, and every board as it would be drawn now."""
    return [*sent(tx), *walk.boards(tx, REGISTRY)]


def may_read(secret: Secret, to: str, members: Memberships) -> bool:
    """Whether a person, or everybody in a channel, may read it."""
    if to in KINDS:
        return secret.open_to(PersonId(to), members)
    return secret.may_stand_in(to, members)


def who(tx: Tx, person: PersonId) -> Who:
    """Somebody of ours, at their desk."""
    return Who(tx.workspace, person, KINDS[person], "Europe/London", person == ADMIN)


_NAMED = select(ThingRow.letter, ThingRow.number, ThingRow.title, ThingRow.owner).where(
    ThingRow.workspace == OURS
)
