"""What a text names, what is the reason for what, and who may undo a link. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from handlers.kit import references
from handlers.kit.permissions import allowed
from storage.things.values import Letter, Link, LinkState, Reference, Thing
from storage.values import PersonId

MOST_NAMED = 10
"""References in one text that are linked; a list of more is a list and no remark."""
_RANK = {Letter.FEEDBACK: 0, Letter.CHECKIN: 1, Letter.BLOCKER: 1, Letter.DECISION: 2, Letter.LAUNCH: 3}


@dataclass(frozen=True, slots=True)
class Change:
    """Something happened to a thing that the people of linked things should hear.

    Args:
        key: Names this change for ever, such as `superseded:D-7`: nobody is told of it twice.
        headline: One plain sentence that says what happened and stands alone ("L-4 moved to 10 March").
        words: More about it in plain words, people's own or ours; may be empty.
        by: Who did it; they are not told.
        known: Others who are told it in another way.
        apart: Linked things whose people are told it in another way.
    """

    key: str
    headline: str
    words: str = ""
    by: PersonId | None = None
    known: Collection[PersonId] = ()
    apart: Collection[Reference] = ()


def reference_of(text: str) -> Reference | None:
    """The thing a word names; an item (`L-4/12`) names its launch."""
    found = references.parse_reference(text)
    return None if found is None else Reference(Letter(found.letter), found.number)


def named_in(text: str, about: Reference) -> tuple[Reference, ...]:
    """Every other thing a text about this one names, once."""
    found = (Reference(Letter(one.letter), one.number) for one in references.find_references(text))
    return tuple(dict.fromkeys(one for one in found if one != about))[:MOST_NAMED]


def is_reason(one: Thing, for_: Thing) -> bool:
    """Whether the one is why the other exists: what people said is a reason for all else, then what is older.

    Of two that are equally old, decisions lead to launches and not the other way round.
    """
    return _order(one) < _order(for_)


def _order(thing: Thing) -> tuple[bool, datetime, int, int]:
    letter, number = thing.reference.letter, thing.reference.number
    return letter is not Letter.FEEDBACK, thing.created_at, _RANK[letter], number


def may_undo(link: Link, person: PersonId, *, owners: Collection[PersonId | None], admin: bool) -> bool:
    """What nobody confirmed anybody takes away who sees both; else whoever made it, or owns one of them."""
    return link.state is LinkState.OPEN or allowed(person, roles=(link.by, *owners), admin=admin)


def pair_of(value: str) -> tuple[Reference, Reference] | None:
    """The two things a button is about, or None for a value we do not understand."""
    one, _, other = value.partition("|")
    first, second = reference_of(one), reference_of(other)
    return None if first is None or second is None or first == second else (first, second)
