"""What people see of links: lines for cards, what a change means for somebody, and why a thing exists. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.blocks import Block, actions, context, plain
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape, link
from handlers.kit.shortening import shorten
from handlers.links import ids
from storage.things.values import Letter, Linked, Reference, Ripple, Thing
from storage.values import PersonId

ON_CARD = 5
"""Links named on a card; *Why?* has the rest."""
TO_CONFIRM = 3
"""Links on a card that ask to be confirmed or undone."""
WORDS = 600
TITLE = 80
_MINE = {Letter.FEEDBACK: "which you captured", Letter.BLOCKER: "which is yours"}
_FOLLOWED = {Letter.FEEDBACK: "which you want too"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Something a thing exists for; `via` is what lies between the two."""

    linked: Linked
    via: Reference | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """The one card: a thing, what it is linked to as its viewer sees it, why it exists, who must know."""

    thing: Thing
    ends: Sequence[Linked]
    reasons: Sequence[Reason]
    followers: Sequence[PersonId]
    names: Mapping[PersonId, str]
    viewer: PersonId
    undoable: Collection[Reference] = ()
    opens: bool = False

    def name(self, person: PersonId) -> str:
        """What to call somebody."""
        return "you" if person == self.viewer else self.names.get(person, "a colleague")


def lines(about: Reference, found: Sequence[Linked]) -> list[Block]:
    """What a card says of links, to one person: those for sure, then each that waits to be confirmed or undone."""
    sure = [one.thing for one in found if one.confirmed]
    waiting = [one.thing for one in found if not one.confirmed]
    blocks = [context(f"Linked: {_listed(sure, titled)}")] if sure else []
    for thing in waiting[:TO_CONFIRM]:
        blocks += confirmable(about, thing)
    if len(waiting) > TO_CONFIRM:
        blocks.append(context(f"Named, too: {_listed(waiting[TO_CONFIRM:], titled)}"))
    return blocks


def confirmable(about: Reference, other: Thing) -> list[Block]:
    """A link that somebody typed: who hears of what only once it is confirmed."""
    value, name = f"{about}|{other.reference}", str(other.reference)
    words = f"Linked to {titled(other)}. Nobody is told of changes before you confirm."
    confirm = button("Confirm", ids.CONFIRM, value, accessibility_label=f"Confirm the link to {name}")
    undo = button("Undo link", ids.UNDO, value, accessibility_label=f"Undo the link to {name}")
    return [context(words), actions(confirm, undo)]


def said(found: Sequence[Linked]) -> list[str]:
    """The same in plain words, for those who only get the text."""
    sure = [one.thing for one in found if one.confirmed]
    waiting = [one.thing for one in found if not one.confirmed]
    lines = [f"Linked: {_listed(sure, _plainly)}"] if sure else []
    return [*lines, *([f"Linked, not confirmed yet: {_listed(waiting, _plainly)}"] if waiting else [])]


def named(found: Sequence[Linked]) -> str:
    """A fact for a card that a whole channel reads: references only; empty when there are none."""
    return f"linked to {_listed([one.thing for one in found], _name)}" if found else ""


def why_button(about: Reference, words: str = "Why?", *, several: bool = False) -> Element:
    """Opens the one card: why does this exist, who must know. `several` of them may stand in one row."""
    label = f"Why {about} exists, and who must know"
    action = f"{ids.WHY}:{about}" if several else ids.WHY
    return button(words, action, str(about), accessibility_label=label)


def open_button(reference: Reference) -> Element:
    """Shows the thing, whatever it is."""
    return button(f"Open {reference}", ids.OPEN, str(reference))


def link_button(about: Reference) -> Element:
    """Opens the picker."""
    return button("Link…", ids.LINK, str(about), accessibility_label=f"Link {about} to something")


def told(ripple: Ripple, theirs: Sequence[Thing], person: PersonId) -> tuple[str, list[Block]]:
    """What changed for somebody: what happened, why they hear it, and where to look."""
    words = plain(ripple.words, WORDS) if ripple.words else []
    deeds = actions(why_button(ripple.about, f"Show {ripple.about}"))
    return ripple.headline, [*words, context(_because(ripple.about, theirs, person)), deeds]


# ---------------------------------------------------------------------------------------------------------


def _because(about: Reference, theirs: Sequence[Thing], person: PersonId) -> str:
    if not theirs:
        return f"You hear this because you follow {about}."
    return f"You hear this because {about} is linked to {_listed(theirs, lambda one: _whose(one, person))}."


def _whose(thing: Thing, person: PersonId) -> str:
    letter, owns = thing.reference.letter, thing.owner == person
    whose = _MINE.get(letter, "which is yours") if owns else _FOLLOWED.get(letter, "which you follow")
    return f"{titled(thing)}, {whose}"


def _listed(things: Sequence[Thing], say: Callable[[Thing], str]) -> str:
    shown = [say(one) for one in things[:ON_CARD]]
    rest = len(things) - len(shown)
    return " · ".join([*shown, *([f"and {rest} more"] if rest else [])])


def _name(thing: Thing) -> str:
    return str(thing.reference)


def _plainly(thing: Thing) -> str:
    return f"{thing.reference} {shorten(thing.title, TITLE)}"


def titled(thing: Thing) -> str:
    """A thing by its name and its title, which leads to where it stands in Slack."""
    title = shorten(thing.title, TITLE) or "…"
    shown = link(thing.permalink, title) if thing.permalink else escape(title)
    return f"*{thing.reference}* {shown}"
