"""A digest never shows what some member of its channel may not see, whoever comes and goes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.digests import needing, reading, views
from handlers.digests.examples import MONDAYS
from handlers.kit.words import words_of
from storage.checkins import blockers
from storage.checkins.blockers import NewBlocker
from storage.checkins.values import Party, Waits
from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.decisions import queries as decisions
from storage.decisions.values import DecisionState, Details, NewDecision
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, NewFeedback, Source
from storage.launches import queries as launches
from storage.launches.values import NewLaunch, Tier
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import Audience, ChannelId, PersonId, PersonKind, WorkspaceId
from tests.front import switch_everything_on

NUMBERS = count()
CHANNELS = {
    ChannelId("C0OPEN"): ChannelKind.PUBLIC,
    ChannelId("C0PRIVATE"): ChannelKind.PRIVATE,
    ChannelId("G0SECRET"): ChannelKind.PRIVATE,
}
PEOPLE = tuple(PersonId(f"U{one}") for one in range(4))
GUEST, UNHEARD_OF = PersonId("U3"), PersonId("U9")
LONG_AGO = date(2026, 1, 7)
AUDIENCES = st.one_of(
    st.just(Audience.workspace()),
    st.sampled_from(sorted(CHANNELS)).map(Audience.of_channel),
    st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(lambda some: Audience.of_people(*some)),
)


@dataclass(frozen=True)
class Made:
    """Something that was made: decided, proposed or captured, by whom, and who may see it."""

    what: str
    by: PersonId
    audience: Audience


MADE = st.builds(
    Made,
    st.sampled_from(("decided", "proposed", "feedback", "launch", "blocker")),
    st.sampled_from(PEOPLE),
    AUDIENCES,
)
MEMBERSHIPS = st.frozensets(
    st.tuples(st.sampled_from(sorted(CHANNELS)), st.sampled_from((*PEOPLE, UNHEARD_OF))), max_size=9
)


def kind(person: PersonId) -> PersonKind:
    return PersonKind.GUEST if person == GUEST else PersonKind.MEMBER


def settle_in(tx: Tx, members: frozenset[tuple[ChannelId, PersonId]]) -> None:
    """Four people, one of them a guest, and now and then somebody Slack has not told us of."""
    people.learn(tx, [Person(one, f"Person {one}", kind(one)) for one in PEOPLE])
    people.keep_channels(tx, [Channel(one, one, CHANNELS[one], ours=True) for one in CHANNELS])
    for channel, person in sorted(members):
        people.join(tx, channel, [person])


def make(tx: Tx, made: Made, title: str) -> None:
    if made.what == "launch":
        day = date(2026, 3, 4)
        new = NewLaunch(title, day, Tier.SMALL, made.by, None, (), (), day)
        launches.add(tx, new, made.audience)
        return
    if made.what == "blocker":
        waits = Party(Waits.OUTSIDE, outside="Acme")
        channel = made.audience.channel or ChannelId("C0OPEN")
        blockers.add(tx, NewBlocker(1, LONG_AGO, channel, made.by, title, waits, None), title)
        return
    if made.what == "feedback":
        feedbacks.add(tx, NewFeedback(Kind.IDEA, Source.COMMAND, made.by, title), title, made.audience)
        return
    state = DecisionState.DECIDED if made.what == "decided" else DecisionState.PROPOSED
    details = Details(title, made.by, due_on=LONG_AGO if made.what == "proposed" else None)
    decisions.add(tx, NewDecision(details, state, made.by), title, made.audience)


def may_see(made: Made, person: PersonId, members: frozenset[tuple[ChannelId, PersonId]]) -> bool:
    """Written apart from the code on purpose."""
    if made.what == "blocker":
        return person == made.by or (made.audience.channel or ChannelId("C0OPEN"), person) in members
    if person == made.by or person in made.audience.people:
        return True
    if made.audience == Audience.workspace():
        return person in PEOPLE and person != GUEST
    return (made.audience.channel, person) in members


def told(tx: Tx, channel: ChannelId, since: datetime) -> str:
    """Everything a digest there says: the message, its text, and the list behind it."""
    edition = reading.edition(tx, channel, MONDAYS, since)
    content = views.digest(edition)
    pages = words_of(needing.all_needs(edition))
    return "\n".join([content.text, words_of({"blocks": content.blocks}), pages])


@pytest.fixture
async def aging(database_url: str) -> AsyncIterator[tuple[Database, VirtualClock]]:
    """A database in which time can pass."""
    clock = VirtualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    database = Database(database_url, clock)
    yield database, clock
    await database.close()


@given(st.lists(MADE, min_size=1, max_size=4), MEMBERSHIPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_digest_tells_nobody_what_they_may_not_see(
    aging: tuple[Database, VirtualClock], all_made: list[Made], members: frozenset[tuple[ChannelId, PersonId]]
) -> None:
    """Whatever was decided, proposed or captured: said in a channel only if every one of its members may see it.

    What is open to the channel itself is always told there.
    """
    database, clock = aging
    workspace, since = WorkspaceId(f"T{next(NUMBERS)}"), clock.now() - timedelta(seconds=1)

    def begin(tx: Tx) -> None:
        settle_in(tx, members)
        switch_everything_on(tx)
        for at, made in enumerate(all_made, 1):
            make(tx, made, f"secret {at}.")

    await database.transact(workspace, begin)
    clock.pass_time(timedelta(days=20))
    for channel in CHANNELS:
        said = await database.read(workspace, partial(told, channel=channel, since=since))
        there = [person for where, person in members if where == channel]
        for at, made in enumerate(all_made, 1):
            seen = f"secret {at}." in said
            assert not seen or all(may_see(made, person, members) for person in there), (channel, made, there)
            if made.what != "feedback" and made.audience == Audience.of_channel(channel):
                assert seen, (channel, made)
