"""Feedback: kept once per message, changed by nobody unawares, and erased for good when its author says so."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from storage.database import OURS, Database, Tx
from storage.feedback import listening, reactions
from storage.feedback import queries as feedbacks
from storage.feedback.values import (
    Feedback,
    FeedbackState,
    Kind,
    Listening,
    ListeningState,
    MessageRef,
    NewFeedback,
    Source,
    WordsState,
)
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference
from storage.values import Audience, ChannelId, PersonId
from tests.storage.works import A, B, on_postgresql

MAYA, SAM, LIN = PersonId("U0MAYA"), PersonId("U0SAM"), PersonId("U0LIN")
SALES, NEW = ChannelId("C0SALES"), ChannelId("C0NEW")
MESSAGE = MessageRef(SALES, "1700000000.000100")
EMOJI = NewFeedback(Kind.IDEA, Source.EMOJI, MAYA, message=MESSAGE, author=SAM)
TYPED = NewFeedback(Kind.PROBLEM, Source.COMMAND, MAYA, words="It is slow", account="Acme")
_THING = select(ThingRow.title, ThingRow.state).where(ThingRow.workspace == OURS, ThingRow.number == 1)


def add(tx: Tx, new: NewFeedback) -> Feedback:
    return feedbacks.add(tx, new, new.words or "An idea", Audience.workspace())


async def again(database: Database, number: int = 1) -> Feedback:
    found = await database.read(A, lambda tx: feedbacks.get(tx, number))
    assert found is not None
    return found


async def thing(database: Database) -> tuple[str, str]:
    row = await database.read(A, lambda tx: tx.first(_THING))
    assert row is not None
    return (row.title, row.state)


async def test_it_is_kept_as_it_was_said(database: Database) -> None:
    """What `add` answers is what is there; the captor is its first supporter."""
    for number, new in enumerate((EMOJI, TYPED), start=1):
        made = await database.transact(A, partial(add, new=new))
        assert await again(database, number) == made
        assert made.reference == Reference(Letter.FEEDBACK, number)
        assert made.words_state is (WordsState.PENDING if new.words is None else WordsState.KNOWN)
        assert await database.read(A, partial(feedbacks.supporters, number=number)) == [MAYA]
    await database.transact(A, lambda tx: things.link(tx, Reference(Letter.FEEDBACK, 1), "https://x"))
    assert (await again(database)).permalink == "https://x"
    assert await database.read(B, lambda tx: feedbacks.get(tx, 1)) is None


async def test_one_message_is_captured_once(database: Database) -> None:
    """It is found by its message, in its workspace; a second capture of it is refused, typed ones are many."""
    made = await database.transact(A, partial(add, new=EMOJI))
    assert await database.read(A, lambda tx: feedbacks.of_message(tx, MESSAGE)) == made
    assert await database.read(A, lambda tx: feedbacks.of_message(tx, replace(MESSAGE, ts="1.1"))) is None
    with pytest.raises(IntegrityError):
        await database.transact(A, partial(add, new=EMOJI))
    for _ in range(2):
        await database.transact(A, partial(add, new=TYPED))
    await database.transact(B, partial(add, new=EMOJI))


@on_postgresql
async def test_two_who_capture_at_once_share_it(database: Database) -> None:
    """Neither sees the other's transaction: the one that loses runs again and finds it."""

    def capture(tx: Tx, by: PersonId) -> int:
        known = feedbacks.of_message(tx, MESSAGE)
        found = known or add(tx, replace(EMOJI, captured_by=by))
        feedbacks.support(tx, found.number, by)
        return found.number

    numbers = await asyncio.gather(
        *(database.transact(A, partial(capture, by=PersonId(f"U{n}"))) for n in range(12))
    )
    assert set(numbers) == {1}
    assert await database.read(A, lambda tx: feedbacks.supporter_count(tx, 1)) == 12


async def test_states_move_once(database: Database) -> None:
    """The thing says the same; moving to where it is already, is said to be no news."""
    made = await database.transact(A, partial(add, new=TYPED))
    assert await database.transact(
        A, lambda tx: feedbacks.set_state(tx, made, FeedbackState.UNDONE, "Undone")
    )
    assert not await database.transact(A, lambda tx: feedbacks.set_state(tx, made, FeedbackState.UNDONE, "x"))
    found = await again(database)
    assert (found.state, found.version) == (FeedbackState.UNDONE, 2)
    assert await thing(database) == ("Undone", FeedbackState.UNDONE)


async def test_slack_s_words_fill_what_nobody_worded(database: Database) -> None:
    """They come late, or not at all, or at last; a person's own wording stays."""
    made = await database.transact(A, partial(add, new=EMOJI))
    fill = partial(feedbacks.fill_words, feedback=made)
    assert await database.transact(A, lambda tx: fill(tx, words=None, title="?"))
    assert (await again(database)).words_state is WordsState.UNREADABLE
    assert await thing(database) == ("An idea", "new")
    assert await database.transact(A, lambda tx: fill(tx, words="It hangs", title="It hangs"))
    assert not await database.transact(A, lambda tx: fill(tx, words="later", title="later"))
    found = await again(database)
    assert (found.words, found.words_state, found.touched) == ("It hangs", WordsState.KNOWN, False)
    assert await thing(database) == ("It hangs", "new")


async def test_words_do_not_come_back(database: Database) -> None:
    """Its author objected while Slack was being asked: what was erased stays erased, whatever Slack says then."""
    made = await database.transact(A, partial(add, new=replace(EMOJI, account="Acme")))

    def objected(tx: Tx) -> None:
        feedbacks.set_state(tx, made, FeedbackState.OBJECTED, "An idea")
        feedbacks.erase_words(tx, made)

    await database.transact(A, objected)
    assert not await database.transact(A, lambda tx: feedbacks.fill_words(tx, made, "It hangs", "It hangs"))
    found = await again(database)
    assert (found.words, found.account, found.state) == (None, None, FeedbackState.OBJECTED)
    assert await thing(database) == ("An idea", FeedbackState.OBJECTED)


async def test_words_change_no_state(database: Database) -> None:
    """They arrive for feedback that was taken back meanwhile: the thing still says so."""
    made = await database.transact(A, partial(add, new=EMOJI))
    await database.transact(A, lambda tx: feedbacks.set_state(tx, made, FeedbackState.UNDONE, "Undone"))
    assert await database.transact(A, lambda tx: feedbacks.fill_words(tx, made, "It hangs", "It hangs"))
    assert await thing(database) == ("It hangs", FeedbackState.UNDONE)


async def test_an_edit_meets_what_it_saw_or_nothing(database: Database) -> None:
    """The second of two edits of one version is refused and changes nothing."""
    made = await database.transact(A, partial(add, new=TYPED))

    def edit(tx: Tx, words: str, seen: int) -> bool:
        return feedbacks.edit(tx, made, Kind.PRAISE, words, None, words, seen)

    assert await database.transact(A, partial(edit, words="Fast", seen=1))
    assert not await database.transact(A, partial(edit, words="Slow", seen=1))
    found = await again(database)
    assert (found.words, found.account, found.kind, found.touched, found.version) == (
        "Fast", None, Kind.PRAISE, True, 2,
    )  # fmt: skip
    assert await thing(database) == ("Fast", "new")
    assert await database.transact(A, partial(edit, words="Slow", seen=2))


async def test_an_answer_is_kept(database: Database) -> None:
    """The account somebody gave, or that there is none, counts as touched; a kind alone does not."""
    await database.transact(A, partial(add, new=EMOJI))
    before = await again(database)
    await database.transact(A, lambda tx: feedbacks.set_kind(tx, before, Kind.PROBLEM, "a problem"))
    assert not (await again(database)).touched
    for account in ("Acme", None):
        await database.transact(A, partial(feedbacks.set_account, number=1, account=account))
        found = await again(database)
        assert (found.account, found.touched, found.kind) == (account, True, Kind.PROBLEM)
    assert found.version == 4


async def test_supporters_come_first_come_first(database: Database) -> None:
    """Each once, until they change their mind; of this feedback only."""
    for new in (EMOJI, TYPED):
        await database.transact(A, partial(add, new=new))
    for person in (SAM, LIN, SAM):
        await database.transact(A, partial(feedbacks.support, number=1, person=person))
    assert not await database.transact(A, partial(feedbacks.support, number=1, person=SAM))
    assert await database.read(A, lambda tx: feedbacks.supporters(tx, 1)) == [MAYA, SAM, LIN]
    assert await database.transact(A, partial(reactions.unsupport, number=1, person=SAM))
    assert not await database.transact(A, partial(reactions.unsupport, number=1, person=SAM))
    assert await database.read(A, lambda tx: feedbacks.supporters(tx, 1)) == [MAYA, LIN]
    assert await database.read(A, lambda tx: feedbacks.supporters(tx, 2)) == [MAYA]
    assert await database.read(A, lambda tx: feedbacks.supporter_count(tx, 3)) == 0


# -- where an emoji captures ------------------------------------------------------------------------------


async def test_listening_is_what_somebody_switched(database: Database) -> None:
    """On, about to be, off: as it was switched last; what happens to us changes nothing that is off."""
    await database.transact(
        A, lambda tx: people.keep_channels(tx, [Channel(SALES, "sales", ChannelKind.PUBLIC)])
    )
    find = partial(listening.find, channel=SALES)
    assert await database.read(A, find) is None
    assert not await database.transact(A, lambda tx: listening.change(tx, SALES, ListeningState.ON))
    await database.transact(A, lambda tx: listening.switch(tx, SALES, ListeningState.JOINING, MAYA))
    assert await database.read(A, find) == Listening(SALES, "sales", ListeningState.JOINING, MAYA)
    assert await database.read(A, lambda tx: listening.where_on(tx, SALES)) is None
    assert await database.transact(A, lambda tx: listening.change(tx, SALES, ListeningState.ON))
    assert await database.read(A, lambda tx: listening.where_on(tx, SALES)) is not None
    assert await database.read(A, listening.every) == [Listening(SALES, "sales", ListeningState.ON, MAYA)]
    await database.transact(A, lambda tx: people.set_shared(tx, SALES, shared=True))
    assert await database.read(A, lambda tx: listening.where_on(tx, SALES)) is None

    await database.transact(A, lambda tx: listening.switch(tx, SALES, ListeningState.OFF, SAM))
    assert not await database.transact(A, lambda tx: listening.change(tx, SALES, ListeningState.ON))
    assert await database.read(A, find) == Listening(SALES, "sales", ListeningState.OFF, SAM, shared=True)
    assert await database.read(A, listening.every) == []
    assert await database.read(B, find) is None


@pytest.mark.parametrize("switched", [False, True])
async def test_listening_moves_with_the_channel_s_id(database: Database, *, switched: bool) -> None:
    """Unless somebody has switched it under the new id already."""
    await database.transact(A, lambda tx: listening.switch(tx, SALES, ListeningState.ON, MAYA))
    if switched:
        await database.transact(A, lambda tx: listening.switch(tx, NEW, ListeningState.OFF, SAM))
    await database.transact(A, lambda tx: listening.renumber(tx, SALES, NEW))
    found = await database.read(A, lambda tx: listening.find(tx, NEW))
    expected = (ListeningState.OFF, SAM) if switched else (ListeningState.ON, MAYA)
    assert found is not None
    assert (found.state, found.by) == expected
