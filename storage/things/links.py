"""Link things, find what is linked to one, and whom a change of it concerns.

A pair is kept once, whichever way it was linked. What is at the other end shows only to those who may see it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, union, union_all, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Instant, Tx
from storage.people import queries as people
from storage.things.queries import FIELDS, VISIBLE, thing_of, viewing, viewing_in
from storage.things.tables import FollowerRow, LinkRow, RippleRow, ThingRow
from storage.things.values import (
    LEFT_OUT,
    How,
    Letter,
    Link,
    Linked,
    LinkState,
    Reference,
    Ripple,
    Viewer,
)
from storage.values import ChannelId, PersonId

_pair = and_(
    LinkRow.workspace == OURS,
    LinkRow.letter == bindparam("first"),
    LinkRow.number == bindparam("first_number"),
    LinkRow.other_letter == bindparam("second"),
    LinkRow.other_number == bindparam("second_number"),
)
_facts = (LinkRow.state, LinkRow.how, LinkRow.by, LinkRow.at)
_new = insert(LinkRow).values(workspace=OURS)
_TYPE = _new.on_conflict_do_nothing()
_CHOOSE = _new.on_conflict_do_update(
    index_elements=["workspace", "letter", "number", "other_letter", "other_number"],
    set_={"how": How.CHOSEN, "state": LinkState.CONFIRMED, "by": _new.excluded.by, "at": _new.excluded.at},
    where=LinkRow.state != LinkState.CONFIRMED,
)
_SET = (
    update(LinkRow).where(_pair, LinkRow.state != bindparam("new_state")).values(state=bindparam("new_state"))
)
_ONE = select(*_facts).where(_pair)
_FORGET = delete(LinkRow).where(
    _pair,
    LinkRow.by == bindparam("maker"),
    LinkRow.at == bindparam("made_at", type_=Instant()),
    LinkRow.state == LinkState.CONFIRMED,
)

_stands = and_(LinkRow.workspace == OURS, LinkRow.state != LinkState.UNDONE)
# Materialized, for SQLite would look for the ends of each thing there is, instead of the things at the ends.
_ends = (
    union_all(
        select(LinkRow.other_letter.label("letter"), LinkRow.other_number.label("number"), *_facts).where(
            _stands, LinkRow.letter == bindparam("of"), LinkRow.number == bindparam("which")
        ),
        select(LinkRow.letter.label("letter"), LinkRow.number.label("number"), *_facts).where(
            _stands, LinkRow.other_letter == bindparam("of"), LinkRow.other_number == bindparam("which")
        ),
    )
    .cte("ends")
    .prefix_with("MATERIALIZED")
)
_end = and_(ThingRow.workspace == OURS, ThingRow.letter == _ends.c.letter, ThingRow.number == _ends.c.number)
_REFERENCES = select(_ends.c.letter, _ends.c.number, _ends.c.state).order_by(_ends.c.letter, _ends.c.number)
_things = (
    select(*FIELDS, _ends.c.state.label("link_state"), _ends.c.how, _ends.c.by, _ends.c.at)
    .join_from(_ends, ThingRow, _end)
    .where(ThingRow.state.not_in(LEFT_OUT))
    .order_by(_ends.c.letter, _ends.c.number)
)
_LINKED = _things.where(VISIBLE).limit(bindparam("limit"))
_theirs = (
    FollowerRow.workspace == OURS,
    FollowerRow.letter == ThingRow.letter,
    FollowerRow.number == ThingRow.number,
    FollowerRow.person == bindparam("viewer"),
)
_CONCERNING = _LINKED.where(
    _ends.c.state == LinkState.CONFIRMED,
    (ThingRow.owner == bindparam("viewer")) | select(FollowerRow.person).where(*_theirs).exists(),
)
_parts = select(ThingRow.number).where(
    ThingRow.workspace == OURS, ThingRow.letter == bindparam("of"), ThingRow.part_of == bindparam("which")
)
_hearers = union(
    select(ThingRow.owner.label("person"))
    .join_from(_ends, ThingRow, _end)
    .where(_ends.c.state == LinkState.CONFIRMED),
    select(FollowerRow.person.label("person"))
    .join_from(
        _ends,
        FollowerRow,
        and_(
            FollowerRow.workspace == OURS,
            FollowerRow.letter == _ends.c.letter,
            FollowerRow.number == _ends.c.number,
        ),
    )
    .where(_ends.c.state == LinkState.CONFIRMED),
    select(FollowerRow.person.label("person")).where(
        FollowerRow.workspace == OURS,
        FollowerRow.letter == bindparam("of"),
        or_(FollowerRow.number == bindparam("which"), FollowerRow.number.in_(_parts)),
    ),
).subquery("hearers")
_HEARERS = (
    select(_hearers.c.person)
    .where(_hearers.c.person > bindparam("after"))
    .order_by(_hearers.c.person)
    .limit(bindparam("limit"))
)
_KEEP = insert(RippleRow).values(workspace=OURS).on_conflict_do_nothing()
_WAITING = (
    select(
        RippleRow.key,
        RippleRow.letter,
        RippleRow.number,
        RippleRow.headline,
        RippleRow.words,
        RippleRow.known,
        RippleRow.apart,
        RippleRow.after,
    )
    .where(RippleRow.workspace == OURS)
    .order_by(RippleRow.key)
    .limit(1)
    .with_for_update()
)
_its_ripple = and_(RippleRow.workspace == OURS, RippleRow.key == bindparam("which"))
_MOVE = update(RippleRow).where(_its_ripple).values(after=bindparam("to"))
_DONE = delete(RippleRow).where(_its_ripple)

MOST = 100
"""Links of one thing that are looked at."""


def type_(tx: Tx, about: Reference, named: Reference, by: PersonId) -> bool:
    """What somebody wrote about the one names the other; False when that is known, or was undone before."""
    return tx.run(_TYPE, **_values(about, named), how=How.TYPED, state=LinkState.OPEN, by=by, at=tx.now) == 1


def choose(tx: Tx, one: Reference, other: Reference, by: PersonId) -> bool:
    """Somebody says that they belong together; False when that is known."""
    values = _values(one, other)
    return tx.run(_CHOOSE, **values, how=How.CHOSEN, state=LinkState.CONFIRMED, by=by, at=tx.now) == 1


def forget(tx: Tx, one: Reference, other: Reference, by: PersonId, at: datetime) -> None:
    """As if they had never been linked, if it is still the link this person made then."""
    tx.put(_FORGET, **_which(one, other), maker=by, made_at=at)


def settle(tx: Tx, one: Reference, other: Reference, state: LinkState) -> bool:
    """The link is confirmed or undone from now on; False when it was already."""
    return tx.run(_SET, **_which(one, other), new_state=state) == 1


def between(tx: Tx, one: Reference, other: Reference) -> Link | None:
    """The link of these two, if they ever had one."""
    row = tx.first(_ONE, **_which(one, other))
    return None if row is None else Link(LinkState(row.state), How(row.how), PersonId(row.by), row.at)


def linked(tx: Tx, about: Reference, viewer: Viewer, limit: int = MOST) -> list[Linked]:
    """What is linked to it and this person may see."""
    rows = tx.all(_LINKED, of=about.letter, which=about.number, limit=limit, **viewing(viewer))
    return [_linked(row) for row in rows]


def linked_in(tx: Tx, about: Reference, channel: ChannelId, limit: int = MOST) -> list[Linked]:
    """What is linked to it and everybody in this channel may see."""
    seen = viewing_in(channel, full=people.all_full(tx, channel))
    rows = tx.all(_LINKED, of=about.letter, which=about.number, limit=limit, **seen)
    return [_linked(row) for row in rows]


def ends(tx: Tx, about: Reference) -> list[tuple[Reference, LinkState]]:
    """What is linked to it, whoever may see it; for work of our own."""
    return asked_ends(tx, about)()


def asked_ends(tx: Tx, about: Reference) -> Callable[[], list[tuple[Reference, LinkState]]]:
    """The same, asked now and taken later."""
    found = tx.ask(_REFERENCES, of=about.letter, which=about.number)
    return lambda: [(Reference(Letter(row.letter), row.number), LinkState(row.state)) for row in found()]


def hearers(tx: Tx, about: Reference, after: str, limit: int) -> list[PersonId]:
    """Its followers, and owners and followers of what is linked to it for sure; who may hear is not looked at."""
    rows = tx.all(_HEARERS, of=about.letter, which=about.number, after=after, limit=limit)
    return [PersonId(person) for (person,) in rows]


def concerning(tx: Tx, about: Reference, viewer: Viewer) -> list[Linked]:
    """Of what is linked to it for sure: what this person owns or follows, and may see."""
    rows = tx.all(_CONCERNING, of=about.letter, which=about.number, limit=MOST, **viewing(viewer))
    return [_linked(row) for row in rows]


def keep(tx: Tx, ripple: Ripple, after: str) -> None:
    """More people are to be told than one work tells: the rest, beyond `after`, waits for the job."""
    tx.put(
        _KEEP,
        key=ripple.key,
        letter=ripple.about.letter,
        number=ripple.about.number,
        headline=ripple.headline,
        words=ripple.words,
        known=sorted(ripple.known),
        apart=sorted(ripple.apart),
        after=after,
    )


def waiting(tx: Tx) -> tuple[Ripple, str] | None:
    """A ripple of which somebody is still to be told, and who was last; held until we are done."""
    row = tx.first(_WAITING)
    if row is None:
        return None
    about = Reference(Letter(row.letter), row.number)
    known = tuple(PersonId(str(one)) for one in row.known)
    return Ripple(row.key, about, row.headline, row.words, known, tuple(map(str, row.apart))), row.after


def move(tx: Tx, ripple: Ripple, after: str | None) -> None:
    """Everybody up to `after` has been told; None: everybody has."""
    if after is None:
        tx.put(_DONE, which=ripple.key)
    else:
        tx.put(_MOVE, which=ripple.key, to=after)


# ---------------------------------------------------------------------------------------------------------


def _in_order(one: Reference, other: Reference) -> tuple[Reference, Reference]:
    first, second = sorted((one, other), key=lambda found: (found.letter, found.number))
    return first, second


def _values(one: Reference, other: Reference) -> dict[str, object]:
    first, second = _in_order(one, other)
    return {
        "letter": first.letter,
        "number": first.number,
        "other_letter": second.letter,
        "other_number": second.number,
    }


def _which(one: Reference, other: Reference) -> dict[str, object]:
    first, second = _in_order(one, other)
    return {
        "first": first.letter,
        "first_number": first.number,
        "second": second.letter,
        "second_number": second.number,
    }


def _linked(row: Any) -> Linked:
    return Linked(thing_of(row), Link(LinkState(row.link_state), How(row.how), PersonId(row.by), row.at))
