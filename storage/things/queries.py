"""Make, change and find things; `VISIBLE` is the one condition for who may see them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    String,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx, given, looked_up
from storage.people.tables import MemberRow, PersonRow
from storage.things.tables import AudienceRow, CounterRow, FollowerRow, ThingRow
from storage.things.values import LEFT_OUT, TAKEN_BACK, Letter, Reference, Thing, Viewer
from storage.values import Audience, AudienceKind, ChannelId, PersonId, PersonKind


def _there_is(*such: ColumnElement[bool]) -> Exists:
    return exists().where(*such)


def _visible_to(
    viewer: ColumnElement[str],
    full: ColumnElement[bool],
    there_is: Callable[..., Exists] = _there_is,
) -> ColumnElement[bool]:
    """Who may see a thing: the one condition."""
    return or_(
        and_(ThingRow.audience == AudienceKind.WORKSPACE, full),
        ThingRow.owner == viewer,
        ThingRow.audience_channel == viewer,
        there_is(
            MemberRow.workspace == OURS,
            MemberRow.channel == ThingRow.audience_channel,
            MemberRow.person == viewer,
        ),
        there_is(
            AudienceRow.workspace == OURS,
            AudienceRow.letter == ThingRow.letter,
            AudienceRow.number == ThingRow.number,
            AudienceRow.person == viewer,
        ),
    )


VISIBLE = _visible_to(bindparam("viewer"), bindparam("viewer_full").is_(True))
"""The condition in every query that shows a thing; bound by `viewing(viewer)` or `viewing_in(channel)`."""

_counter = insert(CounterRow).values(workspace=OURS, last=1)
_NUMBER = _counter.on_conflict_do_update(
    index_elements=["workspace", "letter"], set_={"last": CounterRow.last + 1}
).returning(CounterRow.last)
_ADD = insert(ThingRow).values(workspace=OURS, version=1)
_ADD_AUDIENCE = insert(AudienceRow).values(workspace=OURS).on_conflict_do_nothing()
_this = and_(
    ThingRow.workspace == OURS, ThingRow.letter == bindparam("of"), ThingRow.number == bindparam("which")
)
_CHANGE = (
    update(ThingRow)
    .where(_this)
    .values(
        title=bindparam("new_title"),
        folded=bindparam("new_folded"),
        state=bindparam("new_state"),
        version=ThingRow.version + 1,
    )
)
_LINK = update(ThingRow).where(_this).values(permalink=bindparam("link"))
_HAND_OVER = update(ThingRow).where(_this).values(owner=bindparam("new_owner"))
_AUDIENCE = select(ThingRow.audience, ThingRow.audience_channel).where(_this)
_ADMITTED = select(AudienceRow.person).where(
    AudienceRow.workspace == OURS,
    AudienceRow.letter == bindparam("of"),
    AudienceRow.number == bindparam("which"),
)
_RENUMBER = (
    update(ThingRow)
    .where(ThingRow.workspace == OURS, ThingRow.audience_channel == bindparam("old"))
    .values(audience_channel=bindparam("new"))
)
_SEE = select(ThingRow.number).where(_this, VISIBLE)
_SEEN_BY = (
    select(PersonRow.id)
    .join(ThingRow, ThingRow.workspace == PersonRow.workspace)
    .where(_this, PersonRow.id.in_(bindparam("ids", expanding=True)))
    .where(_visible_to(type_coerce(PersonRow.id, String), PersonRow.kind == PersonKind.MEMBER, looked_up))
)
FIELDS = (
    ThingRow.letter,
    ThingRow.number,
    ThingRow.title,
    ThingRow.state,
    ThingRow.owner,
    ThingRow.permalink,
    ThingRow.created_at,
)
"""The columns of a `Thing`; see `thing_of`."""
_FIND = select(*FIELDS).where(_this, ThingRow.state.not_in(TAKEN_BACK), VISIBLE)
MOST_WORDS = 6
"""Words of a search that count."""
_of_letter = select(*FIELDS).where(ThingRow.workspace == OURS, ThingRow.letter == bindparam("of"))
_SEARCH = (
    _of_letter.where(ThingRow.state.not_in(LEFT_OUT), VISIBLE)
    .where(*[ThingRow.folded.like(bindparam(f"word{at}"), escape="\\") for at in range(MOST_WORDS)])
    .order_by(ThingRow.number.desc())
    .limit(bindparam("limit"))
)
_SOME = _of_letter.where(ThingRow.number.in_(bindparam("numbers", expanding=True)))
_FOLLOW = insert(FollowerRow).values(workspace=OURS).on_conflict_do_nothing()
_its_followers = and_(
    FollowerRow.workspace == OURS,
    FollowerRow.letter == bindparam("of"),
    FollowerRow.number == bindparam("which"),
)
_UNFOLLOW = delete(FollowerRow).where(_its_followers, FollowerRow.person == bindparam("who"))
_FOLLOWERS = select(FollowerRow.person).where(_its_followers).order_by(FollowerRow.person)


def is_thing(letter: Letter, row: Any) -> ColumnElement[bool]:
    """The thing of that letter is the one this table's row is about: how every feature finds its own."""
    return and_(
        ThingRow.workspace == row.workspace, ThingRow.letter == letter, ThingRow.number == given(row.number)
    )


def viewing(viewer: Viewer) -> dict[str, object]:
    """The values `VISIBLE` is bound to."""
    return {"viewer": viewer.person, "viewer_full": viewer.kind is PersonKind.MEMBER}


def viewing_in(channel: ChannelId, *, full: bool) -> dict[str, object]:
    """The values `VISIBLE` is bound to for what is said aloud in a channel: all its members may see it.

    What is open to the whole workspace is only so where all of them are `full` members of it.
    """
    return {"viewer": channel, "viewer_full": full}


def create(
    tx: Tx, letter: Letter, title: str, state: str, owner: PersonId | None, audience: Audience
) -> Reference:
    """Give a new thing its number and keep what everybody needs of it."""
    number = tx.scalar(_NUMBER, letter=letter)
    assert number is not None
    tx.put(
        _ADD,
        letter=letter,
        number=number,
        title=title,
        state=state,
        owner=owner,
        permalink=None,
        audience=audience.kind,
        audience_channel=audience.channel,
        created_at=tx.now,
        folded=title.casefold(),
    )
    tx.run_many(
        _ADD_AUDIENCE, [{"letter": letter, "number": number, "person": one} for one in audience.people]
    )
    return Reference(letter, number)


def change(tx: Tx, reference: Reference, title: str, state: str) -> None:
    """The thing's title or state is another one now."""
    which = {"of": reference.letter, "which": reference.number}
    tx.put(_CHANGE, **which, new_title=title, new_folded=title.casefold(), new_state=state)


def link(tx: Tx, reference: Reference, permalink: str) -> None:
    """Where the thing can be seen in Slack."""
    tx.put(_LINK, of=reference.letter, which=reference.number, link=permalink)


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """Slack gave a channel another id for good: its members still see what was made in it."""
    tx.put(_RENUMBER, old=old, new=new)


def visible(tx: Tx, reference: Reference, viewer: Viewer) -> bool:
    """Whether this person may see the thing."""
    return tx.first(_SEE, of=reference.letter, which=reference.number, **viewing(viewer)) is not None


def visible_in(tx: Tx, reference: Reference, channel: ChannelId, *, full: bool) -> bool:
    """Whether all members of the channel may see the thing; `full` where all of them are full members."""
    seen = viewing_in(channel, full=full)
    return tx.first(_SEE, of=reference.letter, which=reference.number, **seen) is not None


def seen_by(tx: Tx, reference: Reference, people: Sequence[PersonId]) -> Callable[[], set[PersonId]]:
    """Those of these people, all of whom we know, who may see the thing; asked now and taken later."""
    found = tx.ask(_SEEN_BY, of=reference.letter, which=reference.number, ids=list(people))
    return lambda: {PersonId(row.id) for row in found()}


def hand_over(tx: Tx, reference: Reference, owner: PersonId) -> None:
    """Somebody else owns the thing from now on."""
    tx.put(_HAND_OVER, of=reference.letter, which=reference.number, new_owner=owner)


def audience(tx: Tx, reference: Reference) -> Audience:
    """Who may see the thing, apart from its owner."""
    found = tx.first(_AUDIENCE, of=reference.letter, which=reference.number)
    assert found is not None
    kind, channel = AudienceKind(found[0]), found[1]
    admitted = tx.all(_ADMITTED, of=reference.letter, which=reference.number)
    named = tuple(PersonId(person) for (person,) in admitted)
    return Audience(kind, None if channel is None else ChannelId(channel), named)


def admit(tx: Tx, reference: Reference, people: Sequence[PersonId]) -> None:
    """These people may see the thing from now on, too."""
    rows = [{"letter": reference.letter, "number": reference.number, "person": one} for one in people]
    tx.run_many(_ADD_AUDIENCE, rows)


def find(tx: Tx, reference: Reference, viewer: Viewer) -> Thing | None:
    """The thing, if this person may see it and nobody took it back."""
    row = tx.first(_FIND, of=reference.letter, which=reference.number, **viewing(viewer))
    return None if row is None else thing_of(row)


def search(tx: Tx, viewer: Viewer, letter: Letter, words: str, limit: int) -> list[Thing]:
    """What this person may see of that letter that has all of these words in its title, newest first.

    For what there are thousands of at most; feedback has an index of its words (`storage.feedback.finding`).
    """
    wanted = [*words.casefold().split(), *[""] * MOST_WORDS][:MOST_WORDS]
    patterns = {f"word{at}": f"%{literal(word)}%" for at, word in enumerate(wanted)}
    return [thing_of(row) for row in tx.all(_SEARCH, of=letter, limit=limit, **patterns, **viewing(viewer))]


def some(tx: Tx, letter: Letter, numbers: Sequence[int]) -> list[Thing]:
    """These things of that letter, whoever asks, in no order."""
    return [thing_of(row) for row in tx.all(_SOME, of=letter, numbers=list(numbers))] if numbers else []


def follow(tx: Tx, reference: Reference, person: PersonId) -> None:
    """Tell this person what becomes of the thing."""
    tx.put(_FOLLOW, letter=reference.letter, number=reference.number, person=person)


def unfollow(tx: Tx, reference: Reference, person: PersonId) -> None:
    """This person need not be told any more."""
    tx.put(_UNFOLLOW, of=reference.letter, which=reference.number, who=person)


def followers(tx: Tx, reference: Reference) -> list[PersonId]:
    """Who is told what becomes of the thing."""
    return [PersonId(one) for (one,) in tx.all(_FOLLOWERS, of=reference.letter, which=reference.number)]


def thing_of(row: Any) -> Thing:
    """The thing in a row of `FIELDS`."""
    reference = Reference(Letter(row.letter), row.number)
    owner = None if row.owner is None else PersonId(row.owner)
    return Thing(reference, row.title, row.state, owner, row.permalink, row.created_at)


def literal(word: str) -> str:
    """A word as a pattern finds it, its own signs taken for what they are."""
    for sign in "\\%_":
        word = word.replace(sign, f"\\{sign}")
    return word
