"""What somebody was to be asked or told of a thing they may see no more: they left its channel in between."""

from collections.abc import Iterable

from handlers.kit.references import find_references
from storage.asks.values import Ask
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import Person
from storage.things import queries as things
from storage.things.values import Letter, Reference, Viewer
from storage.values import PersonId, PersonKind

LETTERS = frozenset(Letter)


def hidden(tx: Tx, person: PersonId, found: Iterable[Ask]) -> frozenset[str]:
    """The keys of those that name a thing this person may not see now."""
    named = {one.key: one.about for one in found if one.about is not None}
    if not named:
        return frozenset()
    known = people.person(tx, person)
    viewer = Viewer(person, PersonKind.MEMBER if known is None else known.kind)
    seen = {about: _sees(tx, about, viewer) for about in set(named.values())}
    return frozenset(key for key, about in named.items() if not seen[about])


def may_see(tx: Tx, about: str, person: Person) -> bool:
    """Whether somebody may see everything it is about."""
    return _sees(tx, about, Viewer(person.id, person.kind))


def _sees(tx: Tx, about: str, viewer: Viewer) -> bool:
    named = find_references(about)
    return bool(named) and all(
        one.letter in LETTERS and things.visible(tx, Reference(Letter(one.letter), one.number), viewer)
        for one in named
    )
