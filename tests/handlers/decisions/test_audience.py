"""Nothing decided in a private channel or a private talk shows to anybody else, whoever comes and goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.decisions import home, listing, recording
from handlers.kit.replies import OpenModal, Text
from handlers.kit.requests import CommandRequest, MessageShortcutRequest, SubmitRequest, Who
from handlers.kit.words import words_of
from storage.database import Database, Tx
from storage.decisions import queries as decisions
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId

NUMBERS = count()
PUBLIC, PRIVATE, SECRET, TALK = "C0OPEN", "C0PRIVATE", "G0SECRET", "D0TALK"
NAMES = {PUBLIC: "open", PRIVATE: "privategroup", SECRET: "privategroup", TALK: "directmessage"}
KINDS = {PUBLIC: ChannelKind.PUBLIC, PRIVATE: ChannelKind.PRIVATE, SECRET: ChannelKind.PRIVATE}
PEOPLE = tuple(PersonId(f"U{one}") for one in range(4))
GUEST = PersonId("U3")


@dataclass(frozen=True)
class Made:
    """A decision that was recorded: by whom, where, and whether by the message shortcut."""

    by: PersonId
    where: str
    on_message: bool


MADE = st.builds(Made, st.sampled_from(PEOPLE), st.sampled_from(sorted(NAMES)), st.booleans())
MEMBERSHIPS = st.frozensets(st.tuples(st.sampled_from((PRIVATE, SECRET, PUBLIC)), st.sampled_from(PEOPLE)))


def who(person: PersonId, workspace: WorkspaceId) -> Who:
    kind = PersonKind.GUEST if person == GUEST else PersonKind.MEMBER
    return Who(workspace, person, kind, "UTC", admin=False)


def settle_in(tx: Tx, known: frozenset[str], members: frozenset[tuple[str, PersonId]]) -> None:
    """Four people, the last a guest; of some channels Slack has told us what they are, and who is in them."""
    people.learn(tx, [Person(one, f"Person {one}", who(one, tx.workspace).kind) for one in PEOPLE])
    people.keep_channels(
        tx, [Channel(ChannelId(one), one.lower(), KINDS[one], ours=True) for one in sorted(known)]
    )
    for channel, person in sorted(members):
        people.join(tx, ChannelId(channel), [person])


def record(tx: Tx, made: Made, words: str) -> None:
    """As Slack would have us do it: the form is opened where it was made, and submitted."""
    asking, channel = who(made.by, tx.workspace), ChannelId(made.where)
    opened: object
    if made.on_message:
        message = {"ts": words.rsplit(" ", 1)[1], "text": words}
        opened = recording.on_message(tx, MessageShortcutRequest(asking, channel, NAMES[made.where], message))
    else:
        opened = recording.command(tx, CommandRequest(asking, "decision", words, channel, NAMES[made.where]))
    assert isinstance(opened, OpenModal)
    state = {"what": {"what": {"type": "plain_text_input", "value": words}}}
    recording.submitted(tx, SubmitRequest("", str(opened.view["private_metadata"]), state, asking))


def may_see(made: Made, person: PersonId, members: frozenset[tuple[str, PersonId]]) -> bool:
    """Written apart from the code on purpose."""
    if person == made.by:
        return True
    if made.where == PUBLIC:
        return person != GUEST
    return made.where != TALK and (made.where, person) in members


def found_by(person: PersonId, numbers: int, tx: Tx) -> list[str]:
    """Everything this person finds, in every way there is to look."""
    return [*looked_for(tx, person, numbers)]


def looked_for(tx: Tx, person: PersonId, numbers: int) -> Iterator[str]:
    asking = who(person, tx.workspace)
    for words in ("", "secret"):
        page = listing.listed(tx, asking, words)
        yield page.text + words_of({"blocks": [*page.blocks]})
    for section in (home.needs_you, home.waiting, home.information):
        yield words_of({"blocks": section(tx, asking)})
    yield words_of(listing.export(tx, asking, decisions.NEWEST))
    for number in range(1, numbers + 1):
        card = listing.show(tx, asking, f"D-{number}")
        yield (
            words_of(card.view)
            if isinstance(card, OpenModal)
            else card.text
            if isinstance(card, Text)
            else ""
        )
    for channel, name in NAMES.items():
        for at in range(1, numbers + 1):
            message = {"ts": f"1.{at}", "text": "x"}
            request = MessageShortcutRequest(asking, ChannelId(channel), name, message)
            form = recording.on_message(tx, request)
            yield words_of(form.view) if isinstance(form, OpenModal) else ""


@given(
    st.lists(MADE, min_size=1, max_size=5),
    MEMBERSHIPS,
    MEMBERSHIPS,
    st.frozensets(st.sampled_from(sorted(KINDS))),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nobody_finds_what_they_may_not_see(
    database: Database,
    all_made: list[Made],
    before: frozenset[tuple[str, PersonId]],
    after: frozenset[tuple[str, PersonId]],
    known: frozenset[str],
) -> None:
    """List, search, card, export, Home and the message's menu, after everybody's memberships changed."""
    workspace = WorkspaceId(f"T{next(NUMBERS)}")

    def make(tx: Tx) -> None:
        settle_in(tx, known, before)
        for at, made in enumerate(all_made, 1):
            record(tx, made, f"secret 1.{at}")

    def move(tx: Tx) -> None:
        for channel in KINDS:
            people.empty(tx, ChannelId(channel))
        settle_in(tx, known, after)

    await database.transact(workspace, make)
    await database.transact(workspace, move)

    for person in PEOPLE:
        found = await database.read(workspace, partial(found_by, person, len(all_made)))
        for at, made in enumerate(all_made, 1):
            seen = [one for one in found if f"secret 1.{at}" in one.replace("\n", " ")]
            assert bool(seen) == may_see(made, person, after), (person, made, seen)
