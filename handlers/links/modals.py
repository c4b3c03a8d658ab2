"""The windows of links: the one card of why a thing exists and who must know, and the picker. Pure."""

from collections.abc import Iterator
from typing import Literal

from handlers.kit import forms
from handlers.kit.blocks import Block, actions, context, divider, section
from handlers.kit.elements import Element, button, overflow
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape, link
from handlers.kit.objects import options
from handlers.kit.pickers import input_found
from handlers.kit.surfaces import View, modal
from handlers.links import ids, rules, views
from handlers.links.views import Joint, Reason
from storage.things.values import Reference, Thing

SHOWN = 15
"""Links of a kind in the card."""
NAMED = 12
"""People named in the card."""


class LinkForm(Form):
    """What is being linked."""

    v: Literal[1] = 1
    about: str


def read(metadata: str) -> Reference | None:
    """What the picker was opened for, or None when it is older than this version of Throughline."""
    form = forms.read(LinkForm, metadata)
    return None if form is None else rules.reference_of(form.about)


def joint(card: Joint, notice: str = "") -> View:
    """*D-7: why does this exist / who must know*."""
    said = [context(escape(notice))] if notice else []
    blocks = [*said, section(_heading(card.thing)), *_why(card), *_came(card), *_named(card), *_who(card)]
    return modal(str(card.thing.reference), [*blocks, actions(*_deeds(card))], close="Close")


def picker(thing: Thing) -> View:
    """What to link it to."""
    field = input_found(
        "Link it to",
        ids.BLOCK_TO,
        placeholder="F-12, or words of its title",
        hint="Who follows either of the two hears when the other one changes.",
        least=1,
    )
    form = LinkForm(about=str(thing.reference))
    return modal(
        f"Link {thing.reference}",
        [section(views.titled(thing)), field],
        submit="Link",
        callback_id=ids.LINKED,
        private_metadata=form.model_dump_json(),
    )


def finder() -> View:
    """What to look at."""
    field = input_found(
        "What is it called",
        ids.BLOCK_TO,
        placeholder="F-12, or words of its title",
        hint="Feedback, check-ins, blockers, decisions and launches that you can see.",
        least=1,
    )
    return modal("Find something", [field], submit="Show", callback_id=ids.FOUND)


def told(words: str) -> View:
    """A page that only says something."""
    return modal("Throughline", [section(escape(words))], close="Close")


TOO_OLD = told("This form is older than I am, please open it again.")


# ---------------------------------------------------------------------------------------------------------


def _heading(thing: Thing) -> str:
    return f"{views.titled(thing)}{_stands(thing)}"


def _stands(thing: Thing) -> str:
    return "" if thing.state == "new" else f" · {escape(thing.state.replace('_', ' '))}"


def _why(card: Joint) -> list[Block]:
    rows = [row for one in card.reasons[:SHOWN] for row in _reason(card, one)]
    source = card.thing.permalink
    came = [context(f"It came from {link(source, 'this message')}.")] if source else []
    if not rows and not came:
        return [section("*Why does this exist?*\nNothing says so yet. *Link…* it to what it came from.")]
    return [section("*Why does this exist?*"), *rows, *came]


def _reason(card: Joint, reason: Reason) -> Iterator[Block]:
    thing = reason.linked.thing
    via = f"\n_through {reason.via}_" if reason.via else ""
    yield section(f"{_heading(thing)}{via}", _menu(card, thing, own=reason.via is None))


def _came(card: Joint) -> list[Block]:
    found = [one for one in card.ends if one.confirmed and not rules.is_reason(one.thing, card.thing)]
    rows = [section(_heading(one.thing), _menu(card, one.thing)) for one in found[:SHOWN]]
    return [section("*What came of it*"), *rows] if rows else []


def _named(card: Joint) -> list[Block]:
    waiting = [one.thing for one in card.ends if not one.confirmed][:SHOWN]
    return [block for one in waiting for block in views.confirmable(card.thing.reference, one)]


def _who(card: Joint) -> list[Block]:
    people = list(dict.fromkeys(_people(card)))
    rest = [f"and {len(people) - NAMED} more"] if len(people) > NAMED else []
    said = " · ".join([*people[:NAMED], *rest]) or "Nobody yet."
    return [divider(), section(f"*Who must know when it changes?*\n{escape(said)}")]


def _people(card: Joint) -> Iterator[str]:
    """The owner first, then who follows it, then whose linked things it would touch; each once."""
    owner = card.thing.owner
    if owner is not None:
        yield f"{card.name(owner)} (owner)"
    for person in card.followers:
        yield card.name(person)
    for one in card.ends:
        theirs = one.thing.owner
        if one.confirmed and theirs is not None and theirs not in (owner, *card.followers):
            yield f"{card.name(theirs)} ({one.thing.reference})"


def _menu(card: Joint, thing: Thing, *, own: bool = True) -> Element:
    choices = [(f"Why {thing.reference}?", f"why|{thing.reference}")]
    if own and thing.reference in card.undoable:
        choices.append(("Undo the link", f"undo|{card.thing.reference}|{thing.reference}"))
    return overflow(ids.ROW, options(*choices))


def _deeds(card: Joint) -> list[Element]:
    about = card.thing.reference
    follows = card.viewer in card.followers
    follow = button(
        "Stop following" if follows else "Follow", ids.UNFOLLOW if follows else ids.FOLLOW, str(about)
    )
    open_ = [views.open_button(about)] if card.opens else []
    mine = card.viewer == card.thing.owner
    return [*open_, views.link_button(about), *([] if mine and not follows else [follow])]
