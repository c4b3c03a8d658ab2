"""What people see of blockers: the question, the card, lists, and what those concerned are told. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.checkins import ids
from handlers.checkins.letters import Said, waits_on
from handlers.checkins.modals import BlockerForm
from handlers.kit.blocks import Block, actions, context, input_text, quote, section
from handlers.kit.dates import say_day
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.pickers import input_found
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.checkins.values import Blocker, BlockerState, Waits
from storage.things.values import Linked
from storage.values import PersonId

SHORT, NOTE_LIMIT = 600, 600


@dataclass(frozen=True, slots=True)
class BlockerCard:
    """What a blocker's card shows; `today` and what they may do are about whoever looks."""

    blocker: Blocker
    names: Mapping[PersonId, str]
    where: str
    since: date
    today: date
    may_clear: bool = False
    is_asked: bool = False
    may_undo: bool = False
    links: Sequence[Linked] = ()

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"

    @property
    def waits(self) -> str:
        """Who it waits on."""
        return waits_on(self.blocker.waits, self.names)


def ask(one: Blocker, names: Mapping[PersonId, str]) -> Said:
    """To the one who may clear it, or who covers for them, once."""
    blocked = names.get(one.blocked, "A colleague")
    stands = "is blocked" if one.waits.kind is Waits.PERSON else f"waits on {waits_on(one.waits, names)}"
    summary = f"{blocked} {stands}: can you clear {one.reference}?"
    return Said(summary, [quote(one.words, SHORT), actions(*deeds_of_asked(one), show(one.number))])


def cleared(one: Blocker, names: Mapping[PersonId, str]) -> Said:
    """To whoever was blocked, once."""
    summary = f"{names.get(one.changed_by, 'A colleague')} cleared {one.reference} for you"
    note = [quote(one.note, SHORT)] if one.note else []
    was = context(f"It was: {escape(shorten(one_line(one.words), 200))}")
    undo = button(
        "It is not cleared", ids.UNDO, str(one.number), accessibility_label=f"Open {one.reference} again"
    )
    return Said(summary, [*note, was, actions(undo, show(one.number))])


def cannot_yet(one: Blocker, names: Mapping[PersonId, str]) -> Said:
    """To whoever is blocked: it takes longer, and why."""
    summary = f"{names.get(one.changed_by, 'A colleague')} cannot clear {one.reference} yet"
    was = context(f"It is: {escape(shorten(one_line(one.words), 200))}")
    return Said(
        summary, [quote(one.note or "", SHORT), was, actions(*clear_and_hand_on(one), show(one.number))]
    )


def card(found: BlockerCard, said: str = "") -> View:
    """A blocker as a modal; `said` is what has just happened."""
    first = [section(f"*{escape(said)}*")] if said else []
    return modal(str(found.blocker.reference), [*first, *card_blocks(found)], close="Close")


def card_blocks(found: BlockerCard) -> list[Block]:
    """The card as its viewer sees it, with what they may do."""
    one = found.blocker
    heading = section(f"*{_mark(one)} {one.reference} · {_standing(found)}*")
    note = (
        [context(f"Said last, by {escape(found.name(one.changed_by))}:"), quote(one.note)] if one.note else []
    )
    facts = context(
        escape(f"{found.name(one.blocked)} · {found.where} · since {say_day(found.since)}{_age(found)}")
    )
    return [heading, quote(one.words), *note, facts, *links.lines(one.reference, found.links), *_deeds(found)]


def line(found: BlockerCard) -> str:
    """One line of a list."""
    one = found.blocker
    waits = f"waits on *{escape(found.waits)}*{escape(_asked(found))}{_age(found)}"
    return f"🚧 *{one.reference}* {escape(found.name(one.blocked))} {waits}\n{escape(shorten(one_line(one.words), 160))}"


def said_line(found: BlockerCard) -> str:
    """The same for those who only get the text."""
    one = found.blocker
    return f"{one.reference} {found.name(one.blocked)} waits on {found.waits}{_age(found)}: {one_line(one.words)}"


def lines(title: str, found: Sequence[BlockerCard], empty: str) -> list[Block]:
    """A titled list, or what there is to say when there is nothing in it."""
    if not found:
        return [section(f"*{title}*\n{empty}")]
    return [section(f"*{title}*"), *[section(line(one), show(one.blocker.number)) for one in found]]


def clear_form(one: Blocker) -> View:
    """It is cleared: what they should know."""
    return _words_form(
        one, f"Clear {one.reference}", "What should they know?", ids.CLEARED, "Cleared", optional=True
    )


def cannot_form(one: Blocker) -> View:
    """It cannot be cleared yet: why."""
    return _words_form(
        one, f"{one.reference}: not yet", "What does it take?", ids.CANNOT_SAID, "Send", optional=False
    )


def hand_on_form(one: Blocker) -> View:
    """It waits on somebody else."""
    field = input_found("It waits on", ids.WAITS_ON, placeholder="A function, a person, somebody outside",
                        hint="Whoever it is, is asked once.")  # fmt: skip
    return modal(
        f"Pass on {one.reference}",
        [quote(one.words, SHORT), field],
        submit="Pass on",
        callback_id=ids.HANDED_ON,
        private_metadata=BlockerForm(number=one.number, seen=one.version).model_dump_json(),
    )


def show(number: int) -> Element:
    """The button that opens a blocker's card."""
    return button("Show", ids.BLOCKER_SHOW, str(number), accessibility_label=f"Show B-{number}")


def deeds_of_asked(one: Blocker) -> list[Element]:
    """What whoever it waits on presses."""
    not_yet = button(
        "Cannot yet…", ids.CANNOT, str(one.number), accessibility_label=f"Cannot clear {one.reference} yet"
    )
    first, handed_on = clear_and_hand_on(one)
    return [first, handed_on, not_yet]


def clear_and_hand_on(one: Blocker) -> list[Element]:
    """It is cleared, or it waits on somebody else."""
    number, name = str(one.number), str(one.reference)
    return [
        button("Cleared…", ids.CLEAR, number, style="primary", accessibility_label=f"{name} is cleared"),
        button("Not mine, pass on…", ids.HAND_ON, number, accessibility_label=f"Pass {name} on"),
    ]


# ---------------------------------------------------------------------------------------------------------


def _mark(one: Blocker) -> str:
    return {BlockerState.OPEN: "🚧", BlockerState.CLEARED: "✅", BlockerState.WITHDRAWN: "➖"}[one.state]


def _standing(found: BlockerCard) -> str:
    one = found.blocker
    if one.state is BlockerState.CLEARED:
        return f"cleared by {escape(found.name(one.changed_by))}"
    if one.state is BlockerState.WITHDRAWN:
        return "is none any more"
    return f"waits on {escape(found.waits)}{escape(_asked(found))}"


def _asked(found: BlockerCard) -> str:
    one = found.blocker
    if one.asked is None or one.waits.kind is Waits.PERSON:
        return ""
    return f" ({found.name(one.asked)} is asked)"


def _age(found: BlockerCard) -> str:
    days = (found.today - found.since).days
    if found.blocker.state is not BlockerState.OPEN or days < 1:
        return ""
    return f" · for {days} {'day' if days == 1 else 'days'}"


def _deeds(found: BlockerCard) -> list[Block]:
    one = found.blocker
    own: list[Element] = []
    if one.state is BlockerState.CLEARED and found.may_undo:
        own = [button("It is not cleared", ids.UNDO, str(one.number))]
    elif one.state is BlockerState.OPEN and found.may_clear:
        own = deeds_of_asked(one) if found.is_asked else clear_and_hand_on(one)
    return [actions(*own, links.link_button(one.reference), links.why_button(one.reference))]


def _words_form(one: Blocker, title: str, label: str, callback: str, submit: str, *, optional: bool) -> View:
    field = input_text(
        label, ids.BLOCK_WORDS, ids.BLOCK_WORDS, multiline=True, max_length=NOTE_LIMIT, optional=optional,
        hint="Whoever is blocked reads it.",
    )  # fmt: skip
    return modal(
        title,
        [quote(one.words, SHORT), field],
        submit=submit,
        callback_id=callback,
        private_metadata=BlockerForm(number=one.number, seen=one.version).model_dump_json(),
    )
