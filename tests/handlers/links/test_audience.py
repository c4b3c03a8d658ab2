"""Nobody reads of a thing they may not see: not on cards, not in the picker, and no change of it reaches them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.decisions import cards as decision_cards
from handlers.decisions import modals as decision_modals
from handlers.feedback import cards as feedback_cards
from handlers.feedback import views as feedback_views
from handlers.kit.requests import OptionsRequest, Who
from handlers.kit.words import words_of
from handlers.links import modals, service
from handlers.links.listeners import Listeners
from handlers.links.service import Change
from storage.asks import queries as asks
from storage.database import Database, Tx
from storage.decisions import queries as decisions
from storage.decisions.values import DecisionState, Details, NewDecision
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, NewFeedback, Source
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import Audience, AudienceKind, ChannelId, PersonId, PersonKind, WorkspaceId

NUMBERS = count()
CHANNELS = (ChannelId("C0OPEN"), ChannelId("G0CLOSED"), ChannelId("G0SECRET"))
PEOPLE = tuple(PersonId(f"U{one}") for one in range(4))
GUEST = PersonId("U3")
Members = frozenset[tuple[ChannelId, PersonId]]


@dataclass(frozen=True)
class Made:
    """A thing: whose, who may see it, who follows it."""

    letter: Letter
    owner: PersonId
    audience: Audience
    followers: frozenset[PersonId]


somebody = st.sampled_from(PEOPLE)
audiences = st.one_of(
    st.just(Audience.workspace()),
    st.sampled_from(CHANNELS).map(Audience.of_channel),
    st.lists(somebody, max_size=2).map(lambda named: Audience.of_people(*named)),
)
made = st.builds(
    Made, st.sampled_from((Letter.FEEDBACK, Letter.DECISION)), somebody, audiences, st.frozensets(somebody)
)
memberships = st.frozensets(st.tuples(st.sampled_from(CHANNELS), somebody))


def who(person: PersonId, workspace: WorkspaceId) -> Who:
    kind = PersonKind.GUEST if person == GUEST else PersonKind.MEMBER
    return Who(workspace, person, kind, "UTC", admin=False)


def may_see(one: Made, person: PersonId, members: Members) -> bool:
    """Written apart from the code on purpose."""
    if person == one.owner:
        return True
    match one.audience.kind:
        case AudienceKind.WORKSPACE:
            return person != GUEST
        case AudienceKind.CHANNEL:
            return (one.audience.channel, person) in members
        case AudienceKind.PEOPLE:
            return person in one.audience.people


def make(tx: Tx, one: Made, words: str) -> Reference:
    """The thing, as its feature keeps it; its words name all others."""
    if one.letter is Letter.FEEDBACK:
        new = NewFeedback(Kind.IDEA, Source.COMMAND, one.owner, words)
        found = feedbacks.add(tx, new, words, one.audience).reference
    else:
        decided = NewDecision(Details(words, one.owner), DecisionState.DECIDED, one.owner, None, None, None)
        found = decisions.add(tx, decided, words, one.audience).reference
    for person in one.followers:
        things.follow(tx, found, person)
    return found


def settle_in(tx: Tx, all_made: list[Made], members: Members) -> list[Reference]:
    """People, channels, and things that are linked each to each."""
    people.learn(tx, [Person(one, f"Person {one}", who(one, tx.workspace).kind) for one in PEOPLE])
    people.keep_channels(tx, [Channel(one, one.lower(), ChannelKind.PRIVATE, ours=True) for one in CHANNELS])
    for channel, person in sorted(members):
        people.join(tx, channel, [person])
    found = [make(tx, one, f"secret{at}") for at, one in enumerate(all_made)]
    for one, other in combinations(found, 2):
        service.join(tx, one, other, PEOPLE[0])
    return found


def found_by(person: PersonId, references: list[Reference], tx: Tx) -> list[str]:
    """Everything this person finds, wherever links are shown."""
    return [*looked_for(tx, who(person, tx.workspace), references)]


def looked_for(tx: Tx, asking: Who, references: list[Reference]) -> Iterator[str]:
    for words in ("secret", *map(str, references)):
        offered = Listeners({}).found(tx, OptionsRequest(asking, "links.to", words))
        yield " ".join(label for label, _ in offered.choices)
    for one in references:
        card = service.joint(tx, one, asking)
        yield "" if card is None else words_of(modals.joint(card))
        viewer = service.viewer_of(asking)
        if one.letter is Letter.FEEDBACK and (wish := feedbacks.see(tx, one.number, viewer)) is not None:
            yield words_of(
                {"blocks": feedback_views.card_blocks(feedback_cards.card(tx, wish, asking.person))}
            )
        elif one.letter is Letter.DECISION and (found := decisions.see(tx, one.number, viewer)) is not None:
            yield words_of(decision_modals.shown(decision_cards.card(tx, found, asking)))


@given(st.lists(made, min_size=2, max_size=4), memberships)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nobody_finds_what_they_may_not_see(
    database: Database, all_made: list[Made], members: Members
) -> None:
    """The picker, the one card of everything, and the lines on cards show a thing exactly to those who may see it."""
    workspace = WorkspaceId(f"T{next(NUMBERS)}")
    references = await database.transact(workspace, lambda tx: settle_in(tx, all_made, members))

    for person in PEOPLE:
        found = await database.read(workspace, partial(found_by, person, references))
        for at, one in enumerate(all_made):
            seen = any(f"secret{at}" in text for text in found)
            assert seen == may_see(one, person, members), (person, one)


@given(st.lists(made, min_size=2, max_size=4), memberships, st.none() | somebody)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_change_reaches_exactly_those_it_concerns(
    database: Database, all_made: list[Made], members: Members, by: PersonId | None
) -> None:
    """Owners and followers of what is linked, followers of the thing: who may see both, once; not who did it."""
    workspace = WorkspaceId(f"T{next(NUMBERS)}")

    first, *_ = await database.transact(workspace, lambda tx: settle_in(tx, all_made, members))

    def work(tx: Tx) -> list[tuple[PersonId, str]]:
        for _ in range(2):
            service.ripple(tx, first, Change("it", "It changed", by=by))
        return [(one.person, words_of({"blocks": one.blocks})) for one in asks.beginning(tx, "ripple:it:")]

    told = dict(await database.transact(workspace, work))

    changed, *others = all_made
    for person in PEOPLE:
        theirs = [
            at
            for at, one in enumerate(others, 1)
            if person in (one.owner, *one.followers, *_supporters(one)) and may_see(one, person, members)
        ]
        follows = person in (*changed.followers, *_supporters(changed))
        expected = may_see(changed, person, members) and bool(theirs or follows) and person != by
        assert (person in told) == expected, (person, changed)
        for at in range(1, len(all_made)) if expected else ():
            assert (f"secret{at}" in told[person]) == (at in theirs)


def _supporters(one: Made) -> tuple[PersonId, ...]:
    """Whoever captured feedback wants it, too."""
    return (one.owner,) if one.letter is Letter.FEEDBACK else ()
