"""Link things and read links: what features call when somebody writes, chooses or looks.

`read` links what a text names; nobody hears of it before somebody confirms it. `join` links for sure. Nothing is
shown to anybody who may not see both ends.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from handlers.kit.requests import Who
from handlers.links import ripples, rules
from handlers.links.rules import Change
from handlers.links.views import Joint, Reason
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import finding
from storage.outbox import boards
from storage.people import queries as people
from storage.things import links
from storage.things import queries as things
from storage.things.values import Letter, Linked, LinkState, Reference, Thing, Viewer
from storage.values import ChannelId, PersonId, PersonKind

__all__ = ["Change", "hearing", "join", "linked", "linked_in", "read", "ripple"]
Someone = Who | Viewer
ripple = ripples.ripple
hearing = ripples.hearing

MOST_REASONS = 10
"""Reasons whose own reasons are looked for."""


class Outcome(StrEnum):
    """What became of a wish to change a link."""

    DONE = "done"
    ALREADY = "already"
    GONE = "gone"
    NOT_THEIRS = "not_theirs"


# -- for features -----------------------------------------------------------------------------------------


def read(tx: Tx, about: Reference, text: str | None, who: Someone) -> list[Linked]:
    """Link what a text about this thing names, as far as whoever wrote it may see it.

    What is returned is linked but not confirmed (or was before): show it with `views.lines`, so that it can be
    undone. What somebody undid is not linked again by writing it again.
    """
    named = rules.named_in(text or "", about)
    known = [one for one in named if things.find(tx, one, viewer_of(who)) is not None]
    for other in known:
        if links.type_(tx, about, other, who.person):
            audit.note(tx, who.person, "link.typed", str(about), to=str(other))
            _draw(tx, about, other)
    return [one for one in linked(tx, about, who) if one.thing.reference in known] if known else []


def named(about: Reference, text: str | None) -> bool:
    """Whether a text about this thing names any other."""
    return bool(rules.named_in(text or "", about))


def read_for(tx: Tx, about: Reference, text: str | None, person: PersonId) -> list[Linked]:
    """The same where no request tells who it was: words that Slack told us later."""
    if not named(about, text):
        return []
    known = people.person(tx, person)
    kind = PersonKind.MEMBER if known is None else known.kind
    return read(tx, about, text, Viewer(person, kind))


def join(tx: Tx, one: Reference, other: Reference, by: PersonId) -> bool:
    """They belong together for sure: somebody chose it, or made the one from the other."""
    if one == other or not links.choose(tx, one, other, by):
        return False
    audit.note(tx, by, "link.joined", str(one), to=str(other))
    _draw(tx, one, other)
    return True


def inherit(tx: Tx, old: Reference, new: Reference, by: PersonId) -> None:
    """What takes the place of another thing is linked to what that was linked to for sure."""
    for other, state in links.ends(tx, old):
        if state is LinkState.CONFIRMED and other != new:
            join(tx, new, other, by)


def linked(tx: Tx, about: Reference, viewer: Someone) -> list[Linked]:
    """What is linked to it and this person may see, confirmed or not."""
    return links.linked(tx, about, viewer_of(viewer))


def linked_in(tx: Tx, about: Reference, channel: ChannelId | None) -> list[Linked]:
    """What is linked to it for sure and may be named in a message that everybody in this channel reads."""
    found = [] if channel is None else links.linked_in(tx, about, channel)
    return [one for one in found if one.confirmed]


def reasons(tx: Tx, about: Thing, viewer: Someone) -> list[Reason]:
    """Why it exists: what it is linked to for sure that came before it, and why that exists."""
    found = {one.thing.reference: Reason(one) for one in _reasons(tx, about, viewer)}
    for direct in [*found.values()][:MOST_REASONS]:
        for one in _reasons(tx, direct.linked.thing, viewer):
            found.setdefault(one.thing.reference, Reason(one, direct.linked.thing.reference))
    found.pop(about.reference, None)
    return list(found.values())


def reached(tx: Tx, about: Reference, viewer: Someone, to: Letter, through: Letter) -> list[Reference]:
    """What of one kind it is linked to for sure, at once or through something of another kind."""
    near = [one.thing.reference for one in linked(tx, about, viewer) if one.confirmed]
    between = [one for one in near if one.letter is through][:MOST_REASONS]
    far = [one.thing.reference for by in between for one in linked(tx, by, viewer) if one.confirmed]
    return list(dict.fromkeys(one for one in (*near, *far) if one.letter is to))


def changed(tx: Tx, thing: Reference) -> None:
    """Its title or state is another: draw again what shows it as linked."""
    changing(tx, thing)()


def changing(tx: Tx, thing: Reference) -> Callable[[], None]:
    """The same, looked up now and done later."""
    found = links.asked_ends(tx, thing)

    def draw_again() -> None:
        for other, _ in found():
            boards.touch_about(tx, str(other))

    return draw_again


# -- for people -------------------------------------------------------------------------------------------


def confirm(tx: Tx, one: Reference, other: Reference, who: Who) -> Outcome:
    """They do belong together: from now on the people of each hear of changes of the other."""
    if _seen(tx, one, other, who) is None:
        return Outcome.GONE
    link = links.between(tx, one, other)
    if link is None or link.state is LinkState.UNDONE:
        return Outcome.GONE
    return _settle(tx, one, other, LinkState.CONFIRMED, who)


def undo(tx: Tx, one: Reference, other: Reference, who: Who) -> Outcome:
    """They do not belong together."""
    seen, link = _seen(tx, one, other, who), links.between(tx, one, other)
    if seen is None or link is None:
        return Outcome.GONE
    if not rules.may_undo(link, who.person, owners=[thing.owner for thing in seen], admin=who.admin):
        return Outcome.NOT_THEIRS
    return _settle(tx, one, other, LinkState.UNDONE, who)


def choose(tx: Tx, one: Reference, other: Reference, who: Who) -> Outcome:
    """Link them from the picker."""
    if _seen(tx, one, other, who) is None:
        return Outcome.GONE
    return Outcome.DONE if join(tx, one, other, who.person) else Outcome.ALREADY


def follow(tx: Tx, thing: Reference, who: Who, *, follows: bool) -> bool:
    """Tell this person of every change of it, or no more; False for what they may not see."""
    if things.find(tx, thing, viewer_of(who)) is None:
        return False
    change = things.follow if follows else things.unfollow
    change(tx, thing, who.person)
    return True


def find(tx: Tx, viewer: Someone, words: str, limit: int) -> list[Thing]:
    """What may be linked: by its reference, else by words of its title, or of what was said; newest first."""
    reference, seeing = rules.reference_of(words), viewer_of(viewer)
    exact = None if reference is None else things.find(tx, reference, seeing)
    found = finding.things_with(tx, seeing, words, limit)
    for letter in Letter:
        if letter is not Letter.FEEDBACK:
            found += things.search(tx, seeing, letter, words, limit)
    found.sort(key=lambda one: one.created_at, reverse=True)
    return [*([exact] if exact else []), *[one for one in found if one != exact]][:limit]


def joint(tx: Tx, about: Reference, who: Who, *, opens: bool = False) -> Joint | None:
    """All that is known of why a thing exists and who must know; None for what this person may not see."""
    thing = things.find(tx, about, viewer_of(who))
    if thing is None:
        return None
    ends, why = linked(tx, about, who), reasons(tx, thing, who)
    followers = [one for one in things.followers(tx, about) if one != thing.owner]
    known = people.people(tx, sorted({one for one in (*followers, *_owners(thing, ends)) if one is not None}))
    names = {person: found.name for person, found in known.items() if found.name}
    undoable = {
        one.thing.reference
        for one in ends
        if rules.may_undo(one.link, who.person, owners=[thing.owner, one.thing.owner], admin=who.admin)
    }
    return Joint(thing, ends, why, followers, names, who.person, frozenset(undoable), opens)


def viewer_of(someone: Someone) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(someone.person, someone.kind)


# ---------------------------------------------------------------------------------------------------------


def _reasons(tx: Tx, about: Thing, viewer: Someone) -> list[Linked]:
    found = linked(tx, about.reference, viewer)
    return [one for one in found if one.confirmed and rules.is_reason(one.thing, about)]


def _owners(thing: Thing, ends: Sequence[Linked]) -> list[PersonId | None]:
    return [thing.owner, *[one.thing.owner for one in ends]]


def _seen(tx: Tx, one: Reference, other: Reference, who: Who) -> tuple[Thing, Thing] | None:
    first = things.find(tx, one, viewer_of(who))
    second = things.find(tx, other, viewer_of(who))
    return None if first is None or second is None else (first, second)


def _settle(tx: Tx, one: Reference, other: Reference, state: LinkState, who: Who) -> Outcome:
    if not links.settle(tx, one, other, state):
        return Outcome.ALREADY
    audit.note(tx, who.person, f"link.{state}", str(one), to=str(other))
    _draw(tx, one, other)
    return Outcome.DONE


def _draw(tx: Tx, *ends: Reference) -> None:
    for one in ends:
        boards.touch_about(tx, str(one))
