"""Who may see a thing: one SQL condition, held against plain Python over random people, channels and audiences."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from storage.accounts.tables import AccountRow
from storage.database import Clock, Database, Tx
from storage.feedback import accounts, asking, finding, likes
from storage.feedback import queries as feedbacks
from storage.feedback.tables import FeedbackRow, SupporterRow
from storage.feedback.values import Feedback, FeedbackState, Filters, Kind, NewFeedback, Source
from storage.people import queries as people
from storage.people.tables import MemberRow
from storage.search.tables import SearchRow
from storage.search.words import AnyOf
from storage.things import queries as things
from storage.things.tables import AudienceRow, CounterRow, ThingRow
from storage.things.values import Letter, Reference, Viewer
from storage.values import Audience, AudienceKind, ChannelId, PersonId, PersonKind
from tests.storage.works import A, B

PEOPLE = [PersonId(f"U{number}") for number in range(4)]
CHANNELS = [ChannelId(f"C{number}") for number in range(3)]
EVERYBODY = [Viewer(person, kind) for person, kind in product(PEOPLE, PersonKind)]

somebody = st.sampled_from(PEOPLE)
audiences = st.one_of(
    st.just(Audience.workspace()),
    st.sampled_from(CHANNELS).map(Audience.of_channel),
    st.lists(somebody, max_size=3).map(lambda named: Audience.of_people(*named)),
)
memberships = st.sets(st.tuples(st.sampled_from(CHANNELS), somebody))


APART = (FeedbackState.UNDONE, FeedbackState.OBJECTED, FeedbackState.MERGED)
KEPT = tuple(one for one in FeedbackState if one not in APART)
"""What a list of somebody's feedback shows: what was taken back or objected to is not in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A thing, or a piece of feedback: `by` owns it, `author` said it."""

    by: PersonId | None
    audience: Audience
    author: PersonId | None = None
    state: FeedbackState = FeedbackState.NEW


def may_see(said: Said, viewer: Viewer, members: set[tuple[ChannelId, PersonId]]) -> bool:
    """The same in plain Python."""
    if said.by == viewer.person:
        return True
    match said.audience.kind:
        case AudienceKind.WORKSPACE:
            return viewer.kind is PersonKind.MEMBER
        case AudienceKind.CHANNEL:
            return (said.audience.channel, viewer.person) in members
        case AudienceKind.PEOPLE:
            return viewer.person in said.audience.people


def people_it(tx: Tx, members: set[tuple[ChannelId, PersonId]]) -> None:
    for channel, person in sorted(members):
        people.join(tx, channel, [person])


async def clean(database: Database) -> None:
    for row in (
        MemberRow,
        ThingRow,
        AudienceRow,
        CounterRow,
        FeedbackRow,
        SupporterRow,
        AccountRow,
        SearchRow,
    ):
        await database.transact_everywhere(lambda tx, row=row: tx.run(delete(row)))  # type: ignore[misc]


async def check_things(
    database: Database, said: Sequence[Said], members: set[tuple[ChannelId, PersonId]]
) -> None:
    await clean(database)

    def make(tx: Tx) -> list[Reference]:
        people_it(tx, members)
        return [things.create(tx, Letter.FEEDBACK, "", "new", one.by, one.audience) for one in said]

    def look(tx: Tx, references: list[Reference]) -> list[list[bool]]:
        return [[things.visible(tx, one, viewer) for viewer in EVERYBODY] for one in references]

    def elsewhere(tx: Tx) -> None:
        people_it(tx, set(product(CHANNELS, PEOPLE)) - members)
        for _ in said:
            things.create(tx, Letter.FEEDBACK, "", "new", PEOPLE[0], Audience.of_people(*PEOPLE))

    references = await database.transact(A, make)
    await database.transact(B, elsewhere)

    seen = await database.read(A, lambda tx: look(tx, references))
    assert seen == [[may_see(one, viewer, members) for viewer in EVERYBODY] for one in said]


async def check_feedback(
    database: Database, said: Sequence[Said], members: set[tuple[ChannelId, PersonId]]
) -> None:
    await clean(database)

    def make(tx: Tx) -> list[int]:
        people_it(tx, members)
        return [keep(tx, one, number).number for number, one in enumerate(said, 1)]

    numbers = await database.transact(A, make)
    assert numbers == list(range(1, len(said) + 1))
    for viewer in EVERYBODY:
        visible = {n for n, one in zip(numbers, said, strict=True) if may_see(one, viewer, members)}
        kept = {n for n, one in zip(numbers, said, strict=True) if one.state in KEPT}
        mine = {n for n, one in zip(numbers, said, strict=True) if one.by == viewer.person}
        of_mine = {n for n, one in zip(numbers, said, strict=True) if one.author == viewer.person} - mine

        seen, listed, told = await database.read(A, lambda tx, viewer=viewer: look_at(tx, numbers, viewer))  # type: ignore[misc]

        assert seen == visible
        assert listed == sorted(visible & kept & mine, reverse=True)
        assert told == sorted(visible & kept & of_mine, reverse=True)
        for filters in (Filters(), Filters(words="word")):
            find = partial(found, viewer=viewer, filters=filters)
            assert await database.read(A, find) == sorted(visible & kept, reverse=True)
        looking = partial(look_for, numbers=numbers, viewer=viewer)
        compared, same, offered = await database.read(A, looking)
        assert compared == sorted(visible & kept, reverse=True)
        assert same == visible & kept
        assert offered == visible


def keep(tx: Tx, one: Said, number: int) -> Feedback:
    """In words of its own, for an account of its own."""
    assert one.by is not None
    found = feedbacks.add(
        tx,
        NewFeedback(Kind.IDEA, Source.TYPED, one.by, f"words {number}", f"a{number}", author=one.author),
        "",
        one.audience,
    )
    if one.state is not FeedbackState.NEW:
        feedbacks.set_state(tx, found, one.state, "")
    return found


def look_at(tx: Tx, numbers: list[int], viewer: Viewer) -> tuple[set[int], list[int], list[int]]:
    seen = {n for n in numbers if feedbacks.see(tx, n, viewer) is not None}
    return seen, paged(tx, feedbacks.mine, viewer), paged(tx, feedbacks.said_by, viewer)


def found(tx: Tx, viewer: Viewer, filters: Filters) -> list[int]:
    """What the list, or the search, shows this person, page by page."""
    page, before = finding.find(tx, viewer, filters, 2)
    listed = [one.number for one in page]
    while before is not None:
        page, before = finding.find(tx, viewer, filters, 2, before)
        listed += [one.number for one in page]
    return listed


def look_for(tx: Tx, numbers: list[int], viewer: Viewer) -> tuple[list[int], set[int], set[int]]:
    """What new words are compared with, what the very same words find, and which accounts are offered."""
    compared = [number for number, _, _ in likes.said(tx, things.viewing(viewer), AnyOf(("words",)), None)]
    for number in numbers:  # by the account alone, too
        by_account = {
            one for one, _, _ in likes.said(tx, things.viewing(viewer), AnyOf(("nothing",)), f"A{number}")
        }
        assert by_account == {number} & set(compared)
    same = {n for n in numbers if asking.equal(tx, viewer, f"WORDS, {n}!") == n}
    offered = accounts.offered(tx, viewer, "a", 100)
    return compared, same, {int(one.name.removeprefix("a")) for one in offered}


def paged(tx: Tx, query: Callable[..., list[Feedback]], viewer: Viewer) -> list[int]:
    """The whole list, two at a time."""
    found: list[int] = []
    before = feedbacks.NEWEST
    while page := query(tx, viewer, 2, before):
        assert len(page) <= 2
        found += [one.number for one in page]
        before = found[-1]
    return found


def test_things(database_url: str) -> None:
    """Owner, workspace, channel, named people; members, guests, outsiders, bots and people who left."""
    database = Database(database_url, Clock())
    with asyncio.Runner() as runner:

        @settings(max_examples=30, deadline=None)
        @given(st.lists(st.builds(Said, st.none() | somebody, audiences), max_size=5), memberships)
        def check(said: list[Said], members: set[tuple[ChannelId, PersonId]]) -> None:
            runner.run(check_things(database, said, members))

        check()
        runner.run(database.close())


def test_feedback(database_url: str) -> None:
    """`see` one, `mine`, what I am quoted with, what is compared or offered: only what I may see, newest first."""
    database = Database(database_url, Clock())
    said = st.builds(Said, somebody, audiences, st.none() | somebody, st.sampled_from(FeedbackState))
    with asyncio.Runner() as runner:

        @settings(max_examples=20, deadline=None)
        @given(st.lists(said, max_size=5), memberships)
        def check(said: list[Said], members: set[tuple[ChannelId, PersonId]]) -> None:
            runner.run(check_feedback(database, said, members))

        check()
        runner.run(database.close())
