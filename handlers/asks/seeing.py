"""What somebody was to be asked or told of a thing they may see no more: they left its channel in between."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

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


def hidden_from(tx: Tx, due: Mapping[PersonId, Sequence[Ask]], known: Collection[PersonId]) -> frozenset[str]:
    """The same for what several people are to get, those we know among them."""
    viewers: dict[str, list[PersonId]] = {}
    for person, theirs in due.items():
        for about in {one.about for one in theirs if one.about is not None}:
            viewers.setdefault(about, []).append(person)
    asked = {about: _seen_by(tx, about, those, known) for about, those in viewers.items()}
    seen = {about: found() for about, found in asked.items()}
    return frozenset(
        one.key
        for person, theirs in due.items()
        for one in theirs
        if one.about is not None and person not in seen[one.about]
    )


def may_see(tx: Tx, about: str, person: Person) -> bool:
    """Whether somebody may see everything it is about."""
    return _sees(tx, about, Viewer(person.id, person.kind))


def _seen_by(
    tx: Tx, about: str, people: Sequence[PersonId], known: Collection[PersonId]
) -> Callable[[], set[PersonId]]:
    """Those who may see everything it is about, asked now and taken later."""
    seen = {one for one in people if one not in known and _sees(tx, about, Viewer(one, PersonKind.MEMBER))}
    there, named = [one for one in people if one in known], find_references(about)
    if not there or not named or not all(one.letter in LETTERS for one in named):
        return lambda: seen
    each = [things.seen_by(tx, Reference(Letter(one.letter), one.number), there) for one in named]
    return lambda: seen | set.intersection(*(found() for found in each))


def _sees(tx: Tx, about: str, viewer: Viewer) -> bool:
    named = find_references(about)
    return bool(named) and all(
        one.letter in LETTERS and things.visible(tx, Reference(Letter(one.letter), one.number), viewer)
        for one in named
    )
