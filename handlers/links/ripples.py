"""A change runs one hop: whoever owns or follows a thing that is linked for sure hears what changed, once.

Nobody hears of a thing they may not see, nor of what they did themselves or are told otherwise. Many people are
told a few at a time: the rest waits for the job.
"""

from collections.abc import Collection, Mapping

from handlers.asks import service as asks
from handlers.links import views
from handlers.links.rules import Change
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import Person
from storage.things import links
from storage.things import queries as things
from storage.things.values import Linked, Reference, Ripple, Viewer
from storage.values import PersonId, PersonKind

AT_ONCE = 20
"""People told in one work."""
LOOKED_AT = 500
"""People looked at to say how many would hear of a change; one work takes no more."""
TOLD = (PersonKind.MEMBER, PersonKind.GUEST)


def ripple(tx: Tx, about: Reference, change: Change) -> None:
    """Tell followers of the thing, and owners and followers of what is linked to it: what changed for you."""
    known = [one for one in (*change.known, change.by) if one is not None]
    apart = [str(one) for one in change.apart]
    made = Ripple(change.key, about, change.headline, change.words, known, apart)
    last = _spread(tx, made, "")
    if last is not None:
        links.keep(tx, made, last)
        tx.wake("clock")


def hearing(tx: Tx, about: Reference, known: Collection[PersonId]) -> set[PersonId]:
    """Who would hear of a change of it by `ripple`, besides `known`."""
    found = [one for one in links.hearers(tx, about, "", LOOKED_AT) if one not in known]
    those = people.people(tx, found)
    return {one for one in found if _theirs(tx, about, those.get(one)) is not None}


def spread(tx: Tx) -> bool:
    """The job: tell some more people of a change that concerns many; whether there may be more."""
    found = links.waiting(tx)
    if found is None:
        return False
    waiting, after = found
    links.move(tx, waiting, _spread(tx, waiting, after))
    return True


# ---------------------------------------------------------------------------------------------------------


def _spread(tx: Tx, one: Ripple, after: str) -> PersonId | None:
    """Tell the next of them; the last of these if there may be more."""
    hearers = links.hearers(tx, one.about, after, AT_ONCE)
    known = people.people(tx, hearers)
    for person in hearers:
        if person not in one.known:
            _tell(tx, one, person, known)
    return hearers[-1] if len(hearers) == AT_ONCE else None


def _tell(tx: Tx, one: Ripple, person: PersonId, known: Mapping[PersonId, Person]) -> None:
    theirs = _theirs(tx, one.about, known.get(person), one.apart)
    if theirs is not None:
        _say(tx, one, person, theirs)


def _theirs(
    tx: Tx, about: Reference, person: Person | None, apart: Collection[str] = ()
) -> list[Linked] | None:
    """What of somebody's own is linked to it, none where they only follow it; None where they hear nothing of it."""
    if person is None or person.kind not in TOLD:
        return None
    viewer = Viewer(person.id, person.kind)
    if not things.visible(tx, about, viewer):
        return None
    theirs = [end for end in links.concerning(tx, about, viewer) if str(end.thing.reference) not in apart]
    return theirs if theirs or person.id in things.followers(tx, about) else None


def _say(tx: Tx, one: Ripple, person: PersonId, theirs: list[Linked]) -> None:
    summary, blocks = views.told(one, [end.thing for end in theirs], person)
    about = " ".join(map(str, [one.about, *(end.thing.reference for end in theirs)]))
    asks.tell(tx, person, f"ripple:{one.key}:{person}", summary, blocks, about=about)
