"""Keep and find feedback."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, and_, bindparam, exists, func, select, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.accounts.tables import AccountRow
from storage.accounts.values import AccountState
from storage.areas.values import AreaId
from storage.database import OURS, Tx
from storage.feedback import accounts, texts
from storage.feedback.family import FAMILY
from storage.feedback.tables import FeedbackRow, SupporterRow
from storage.feedback.values import (
    CARRIED,
    KEPT,
    Feedback,
    FeedbackState,
    Kind,
    MessageRef,
    NewFeedback,
    Source,
    WordsState,
    same,
)
from storage.search import queries as search
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Reference, Viewer
from storage.values import Audience, ChannelId, PersonId

FIELDS = (
    FeedbackRow.number,
    FeedbackRow.kind,
    FeedbackRow.state,
    FeedbackRow.words,
    FeedbackRow.words_state,
    AccountRow.name.label("account"),
    FeedbackRow.source,
    FeedbackRow.channel,
    FeedbackRow.message_ts,
    ThingRow.permalink,
    FeedbackRow.author,
    FeedbackRow.captured_by,
    FeedbackRow.captured_at,
    FeedbackRow.touched,
    FeedbackRow.version,
    FeedbackRow.account_state,
    FeedbackRow.area,
    FeedbackRow.outside,
)
"""The columns of a `Feedback`; see `feedback_of`. Its thing and its account are joined."""
_whole = (
    select(*FIELDS)
    .join(ThingRow, things.is_thing(Letter.FEEDBACK, FeedbackRow))
    .join(AccountRow, accounts.ITS_ACCOUNT, isouter=True)
)
_ours = _whole.where(FeedbackRow.workspace == OURS)
_ONE = _ours.where(FeedbackRow.number == bindparam("number"))
_SEEN = _ONE.where(things.VISIBLE)
_OF_MESSAGE = _ours.where(
    FeedbackRow.channel == bindparam("in_channel"), FeedbackRow.message_ts == bindparam("ts")
)
_ONE_HELD = _ONE.with_for_update(of=FeedbackRow)
_SEEN_HELD = _SEEN.with_for_update(of=FeedbackRow)
_OF_MESSAGE_HELD = _OF_MESSAGE.with_for_update(of=FeedbackRow)
_each = aliased(FeedbackRow)
_kept = select(_each.number).where(
    _each.workspace == OURS,
    _each.state.in_(KEPT),
    _each.number < bindparam("before"),
)
_newest = _ours.where(things.VISIBLE).order_by(FeedbackRow.number.desc()).limit(bindparam("limit"))
# Whose it is is looked up by index before any is looked at.
_stands_for = and_(
    ThingRow.workspace == OURS, ThingRow.letter == Letter.FEEDBACK, ThingRow.part_of < bindparam("before")
)
_captured = (
    _kept.where(_each.captured_by == bindparam("viewer")),
    select(ThingRow.part_of)
    .join(_each, and_(_each.workspace == OURS, _each.number == ThingRow.number))
    .where(_stands_for, _each.state == FeedbackState.MERGED, _each.captured_by == bindparam("viewer")),
)
_MINE = _newest.where(FeedbackRow.state.in_(KEPT), FeedbackRow.number.in_(union(*_captured)))
_wanted: CompoundSelect[Any] = union(
    *_captured,
    select(SupporterRow.number).where(
        SupporterRow.workspace == OURS,
        SupporterRow.person == bindparam("viewer"),
        SupporterRow.number < bindparam("before"),
    ),
    select(ThingRow.part_of)
    .join(SupporterRow, and_(SupporterRow.workspace == OURS, SupporterRow.number == ThingRow.number))
    .where(_stands_for, SupporterRow.person == bindparam("viewer")),
)
_WANTED = _newest.where(FeedbackRow.state.in_(KEPT), FeedbackRow.number.in_(_wanted))
_SAID_BY = _newest.where(
    FeedbackRow.number.in_(
        _kept.where(_each.author == bindparam("viewer"), _each.captured_by != bindparam("viewer"))
    )
)
_ADD = insert(FeedbackRow).values(workspace=OURS, state=FeedbackState.NEW, touched=False, version=1)
_this = and_(FeedbackRow.workspace == OURS, FeedbackRow.number == bindparam("which"))
_SET_STATE = (
    update(FeedbackRow)
    .where(_this, FeedbackRow.state != bindparam("new_state"))
    .values(state=bindparam("new_state"), version=FeedbackRow.version + 1)
)
_FILL_WORDS = (
    update(FeedbackRow)
    .where(_this, FeedbackRow.words_state != WordsState.KNOWN, FeedbackRow.state != FeedbackState.OBJECTED)
    .values(
        words=bindparam("new_words"),
        same=bindparam("new_same"),
        words_state=bindparam("new_words_state"),
        version=FeedbackRow.version + 1,
    )
    .returning(FeedbackRow.state)
)
_EDIT = (
    update(FeedbackRow)
    .where(_this, FeedbackRow.version == bindparam("seen"))
    .values(
        words=bindparam("new_words"),
        same=bindparam("new_same"),
        words_state=WordsState.KNOWN,
        account=bindparam("new_account"),
        account_state=bindparam("new_account_state"),
        kind=bindparam("new_kind"),
        touched=True,
        version=FeedbackRow.version + 1,
    )
)
_SET_KIND = (
    update(FeedbackRow).where(_this).values(kind=bindparam("new_kind"), version=FeedbackRow.version + 1)
)
_TOUCHED = update(FeedbackRow).where(_this).values(touched=True)
_HAND_TO = (
    update(FeedbackRow)
    .where(_this)
    .values(captured_by=bindparam("new_captor"), version=FeedbackRow.version + 1)
)
_SET_ACCOUNT = (
    update(FeedbackRow)
    .where(_this)
    .values(
        account=bindparam("new_account"),
        account_state=bindparam("new_account_state"),
        touched=True,
        version=FeedbackRow.version + 1,
    )
)
_ABOUT = (
    select(FeedbackRow.number)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.area == bindparam("in_area"),
        FeedbackRow.number < bindparam("before"),
    )
    .order_by(FeedbackRow.number.desc())
    .limit(bindparam("limit"))
)
_SET_AREA = update(FeedbackRow).where(_this).values(area=bindparam("new_area"))
_SET_OUTSIDE = update(FeedbackRow).where(_this).values(outside=bindparam("new_outside"))
_WITH_KEY = (
    select(FeedbackRow.number)
    .where(
        FeedbackRow.workspace == OURS,
        FeedbackRow.outside == bindparam("outside_key"),
        FeedbackRow.state.in_(KEPT),
        FeedbackRow.number > bindparam("after"),
    )
    .order_by(FeedbackRow.number)
    .limit(bindparam("limit"))
)
_ERASE_WORDS = (
    update(FeedbackRow)
    .where(_this)
    .values(
        words=None,
        words_state=WordsState.UNREADABLE,
        same=None,
        account=None,
        account_state=None,
        outside=None,
    )
)
_SUPPORT = insert(SupporterRow).values(workspace=OURS).on_conflict_do_nothing()
_its = and_(SupporterRow.workspace == OURS, SupporterRow.number == bindparam("of"))
_SUPPORTERS = select(SupporterRow.person).where(_its).order_by(SupporterRow.since, SupporterRow.person)
_COUNT = select(func.count(SupporterRow.person.distinct())).where(
    SupporterRow.workspace == OURS, SupporterRow.number.in_(FAMILY)
)

_there = aliased(FeedbackRow)
_RENUMBER = (
    update(FeedbackRow)
    .where(FeedbackRow.workspace == OURS, FeedbackRow.channel == bindparam("old"))
    .where(
        ~exists().where(
            _there.workspace == OURS,
            _there.channel == bindparam("new"),
            _there.message_ts == FeedbackRow.message_ts,
        )
    )
    .values(channel=bindparam("new"))
)

NEWEST = 2**31 - 1
"""A number above all: the first page of a list starts below it."""


def add(tx: Tx, new: NewFeedback, title: str, audience: Audience) -> Feedback:
    """Give it a number and keep it; the captor owns the thing and is its first supporter."""
    named = accounts.asked_named_in(tx, new.account, audience)
    reference = things.create(tx, Letter.FEEDBACK, title, FeedbackState.NEW, new.captured_by, audience)
    known = WordsState.PENDING if new.words is None else WordsState.KNOWN
    message, account = new.message, named()
    tx.put(
        _ADD,
        number=reference.number,
        kind=new.kind,
        words=new.words,
        same=same(new.words),
        area=new.area,
        words_state=known,
        account=None if account is None else account.id,
        account_state=None if account is None else account.state,
        source=new.source,
        channel=None if message is None else message.channel,
        message_ts=None if message is None else message.ts,
        author=new.author,
        captured_by=new.captured_by,
        captured_at=tx.now,
        outside=new.outside,
    )
    if new.words:
        search.keep(tx, reference.number, [new.words])
    if new.source not in CARRIED:
        tx.put(_SUPPORT, number=reference.number, person=new.captured_by, since=tx.now, answer_at=None)
        things.follow(tx, reference, new.captured_by)
    return Feedback(
        reference.number,
        new.kind,
        FeedbackState.NEW,
        new.words,
        known,
        None if account is None else account.name,
        new.source,
        message,
        None,
        new.author,
        new.captured_by,
        tx.now,
        touched=False,
        version=1,
        account_state=None if account is None else account.state,
        area=new.area,
        outside=new.outside,
    )


def get(tx: Tx, number: int) -> Feedback | None:
    """That piece of feedback, whoever asks; for work of our own."""
    return _one(tx.first(_ONE, number=number))


def see(tx: Tx, number: int, viewer: Viewer) -> Feedback | None:
    """That piece of feedback, if this person may see it."""
    return _one(tx.first(_SEEN, number=number, **things.viewing(viewer)))


def hold(tx: Tx, number: int) -> Feedback | None:
    """That piece of feedback, to be changed: others who would change it wait until we are done."""
    return _one(tx.first(_ONE_HELD, number=number))


def see_to_change(tx: Tx, number: int, viewer: Viewer) -> Feedback | None:
    """That piece of feedback, if this person may see it, held until we are done."""
    return _one(tx.first(_SEEN_HELD, number=number, **things.viewing(viewer)))


def of_message(tx: Tx, message: MessageRef) -> Feedback | None:
    """What was captured from this message."""
    return _one(tx.first(_OF_MESSAGE, in_channel=message.channel, ts=message.ts))


def hold_message(tx: Tx, message: MessageRef) -> Callable[[], Feedback | None]:
    """What was captured from this message, held until we are done with it; asked now and taken later."""
    found = tx.ask(_OF_MESSAGE_HELD, in_channel=message.channel, ts=message.ts)
    return lambda: _one(next(iter(found()), None))


def mine(tx: Tx, viewer: Viewer, limit: int, before: int = NEWEST) -> list[Feedback]:
    """What this person captured, newest first, below the number `before`."""
    return [feedback_of(row) for row in tx.all(_MINE, limit=limit, before=before, **things.viewing(viewer))]


def wanted(tx: Tx, viewer: Viewer, limit: int, before: int = NEWEST) -> list[Feedback]:
    """What this person captured or wants, too, newest first, below the number `before`."""
    return [feedback_of(row) for row in tx.all(_WANTED, limit=limit, before=before, **things.viewing(viewer))]


def said_by(tx: Tx, viewer: Viewer, limit: int, before: int = NEWEST) -> list[Feedback]:
    """What others captured from this person's messages, newest first."""
    return [
        feedback_of(row) for row in tx.all(_SAID_BY, limit=limit, before=before, **things.viewing(viewer))
    ]


def set_state(tx: Tx, feedback: Feedback, state: FeedbackState, title: str) -> bool:
    """Move it to another state; False when it already is there."""
    moved = tx.run(_SET_STATE, which=feedback.number, new_state=state) == 1
    if moved:
        things.change(tx, feedback.reference, title, state)
    return moved


def fill_words(tx: Tx, feedback: Feedback, words: str | None, title: str) -> bool:
    """Slack told us the words (None: it will not).

    A person's own wording is never overwritten, and what its author objected to stays erased.
    """
    known = WordsState.UNREADABLE if words is None else WordsState.KNOWN
    state = tx.scalar(
        _FILL_WORDS, which=feedback.number, new_words=words, new_same=same(words), new_words_state=known
    )
    if state is not None and words is not None:
        things.change(tx, feedback.reference, title, state)
        texts.refresh(tx, feedback.number)
    return state is not None


def edit(
    tx: Tx,
    feedback: Feedback,
    kind: Kind,
    words: str,
    account: str | None,
    title: str,
    seen: int,
) -> bool:
    """A person changed it; False when it changed since version `seen`."""
    values = {
        "seen": seen,
        "new_kind": kind,
        "new_words": words,
        "new_same": same(words),
        **accounts.naming(tx, feedback.number, account),
    }
    done = tx.run(_EDIT, which=feedback.number, **values)
    if done:
        things.change(tx, feedback.reference, title, feedback.state)
        texts.refresh(tx, feedback.number)
    return done == 1


def set_kind(tx: Tx, feedback: Feedback, kind: Kind, title: str) -> None:
    """It is of this kind."""
    tx.put(_SET_KIND, which=feedback.number, new_kind=kind)
    things.change(tx, feedback.reference, title, feedback.state)


def mark_touched(tx: Tx, number: int) -> None:
    """A person decided something about it: it outlives its emoji."""
    tx.put(_TOUCHED, which=number)


def hand_to(tx: Tx, feedback: Feedback, captor: PersonId) -> None:
    """Somebody captured anew what its captor had taken back: it is theirs now."""
    tx.put(_HAND_TO, which=feedback.number, new_captor=captor)
    things.hand_over(tx, feedback.reference, captor)


def set_account(tx: Tx, number: int, account: str | None) -> None:
    """Which account it was for; None is the answer `none`, and an answer too."""
    tx.put(_SET_ACCOUNT, which=number, **accounts.naming(tx, number, account))


def set_area(tx: Tx, number: int, area: AreaId) -> None:
    """It is about this part of the product."""
    tx.put(_SET_AREA, which=number, new_area=area)


def about(tx: Tx, these: Sequence[AreaId], before: int, limit: int) -> list[int]:
    """The newest numbers of what is about these areas, below the number `before`; each is read in its own order."""
    found = [row.number for one in these for row in tx.all(_ABOUT, in_area=one, before=before, limit=limit)]
    return sorted(found, reverse=True)[:limit]


def set_outside(tx: Tx, number: int, key: str | None) -> None:
    """The same work has this key in another tracker."""
    tx.put(_SET_OUTSIDE, which=number, new_outside=key)


def with_key(tx: Tx, key: str, after: int, limit: int) -> list[int]:
    """What has this key in another tracker, beginning behind the number `after`."""
    return [number for (number,) in tx.all(_WITH_KEY, outside_key=key, after=after, limit=limit)]


def erase_words(tx: Tx, feedback: Feedback) -> None:
    """Nothing of what was said is kept, nor an account of which nothing but this is known."""
    account = accounts.of(tx, feedback.number)
    tx.put(_ERASE_WORDS, which=feedback.number)
    texts.refresh(tx, feedback.number)
    if account is not None:
        accounts.forget_unused(tx, account)


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id; its messages keep their times."""
    tx.put(_RENUMBER, old=old, new=new)


def support(tx: Tx, number: int, person: PersonId, answer_at: datetime | None = None) -> bool:
    """This person wants it too, and hears what becomes of it; False when that was known.

    Who has not been answered by now is from `answer_at` on (`wanting`).
    """
    new = tx.run(_SUPPORT, number=number, person=person, since=tx.now, answer_at=answer_at) == 1
    if new:
        things.follow(tx, Reference(Letter.FEEDBACK, number), person)
    return new


def supporters(tx: Tx, number: int) -> list[PersonId]:
    """Who wants this one itself, first come first; what was merged into it has its own."""
    return [PersonId(person) for (person,) in tx.all(_SUPPORTERS, of=number)]


def supporter_count(tx: Tx, number: int) -> int:
    """How many people want it, or what was merged into it; each counts once."""
    return tx.scalar(_COUNT, of=number) or 0


def _one(row: Any) -> Feedback | None:
    return None if row is None else feedback_of(row)


def feedback_of(row: Any) -> Feedback:
    """The feedback in a row of `FIELDS`."""
    message = None if row.channel is None else MessageRef(ChannelId(row.channel), row.message_ts)
    return Feedback(
        row.number,
        Kind(row.kind),
        FeedbackState(row.state),
        row.words,
        WordsState(row.words_state),
        row.account,
        Source(row.source),
        message,
        row.permalink,
        None if row.author is None else PersonId(row.author),
        PersonId(row.captured_by),
        row.captured_at,
        row.touched,
        row.version,
        None if row.account_state is None else AccountState(row.account_state),
        None if row.area is None else AreaId(row.area),
        row.outside,
    )
