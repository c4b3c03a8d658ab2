"""What people see of merging: the form, what came of it, and what was merged on the card. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.feedback import answers, ids, rules
from handlers.feedback.answers import Answer
from handlers.feedback.likeness import Near
from handlers.kit.blocks import Block, actions, context, input_select, quote, section
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import option, options
from handlers.kit.pickers import input_found
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.feedback.values import Feedback

WORDS = 300
SHOWN = 5
"""Parts that a card lists."""
STOP = "Stop"
"""Closes the window of triage; what was sorted so far stays so."""
KEPT = "Each keeps its words, its supporters and its accounts, which count once. It can be undone."


class MergeForm(Form):
    """Which feedback is merged, none where somebody is to say; in triage how many were sorted before."""

    v: Literal[1] = 1
    number: int
    done: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """Something that was merged into another: who captured it, who merged it, and whether this viewer may undo that.

    Nobody (`""`) merged what says the very same: it was attached by itself.
    """

    feedback: Feedback
    captor: str
    by: str
    may_undo: bool


def form(
    feedback: Feedback | None,
    near: Sequence[Near] = (),
    into: tuple[str, str] | None = None,
    *,
    done: int | None = None,
    back: Sequence[Block] = (),
) -> View:
    """Which one is it the same as?

    `into` is what somebody named already, and how a menu says it. With `done` it is part of triage: so many were
    sorted before, the next one follows, and there is a way `back`.
    """
    title = "Merge feedback" if feedback is None else f"Merge {feedback.reference}"
    said = [quote(shorten(feedback.words, WORDS))] if feedback is not None and feedback.words else []
    which = [_found("Merge", ids.BLOCK_PART)] if feedback is None else []
    more = "Or another one" if near else "It is the same as"
    other = _found(more, ids.BLOCK_INTO, optional=bool(near), initial=into)
    carried = MergeForm(number=0 if feedback is None else feedback.number, done=done or 0)
    return modal(
        title,
        [*said, *which, *_near(near), other, context(KEPT), *back],
        submit="Merge" if done is None else "Merge, next",
        close="Cancel" if done is None else STOP,
        callback_id=ids.MERGED if done is None else ids.TRIAGE_MERGED,
        private_metadata=carried.model_dump_json(),
    )


def merged(part: Feedback, whole: Feedback, answer: Answer) -> View:
    """The last page: they are one now, what is known of it, and the way back."""
    words = f"*{part.reference} is part of {whole.reference} now.* {KEPT}"
    deeds = actions(show(whole), apart(part))
    return modal("Merged", [section(words), *answers.blocks(whole, answer), deeds], close="Done")


def parted(part: Feedback, whole: Feedback) -> View:
    """They were taken apart."""
    words = f"*{part.reference} stands for itself again,* and so does {whole.reference}."
    return modal("Taken apart", [section(words), actions(show(part), show(whole))], close="Done")


def led(part: Feedback, whole: Feedback, by: str) -> str:
    """Above the card of the one that somebody is led to."""
    why = f"{by} merged them" if by else "they say the very same"
    return escape(f"{part.reference} is part of {whole.reference}: {why}.")


def card(part: Feedback, whole: Feedback, by: str, known: Answer, *, seen: bool, may: bool) -> MessageContent:
    """In the messages of whoever captured what was merged: where it went, and what is known there."""
    title = f"{rules.MARKS[part.kind]} {part.reference} is part of {whole.reference} now"
    why = f"{_why(by)} You hear what becomes of {whole.reference}."
    text = "\n".join([part.words or "", why, *(answers.said(whole, known) if seen else [])]).strip()
    return message(title, text, card_blocks(part, whole, why, known, seen=seen, may=may))


def card_blocks(
    part: Feedback, whole: Feedback, why: str, known: Answer, *, seen: bool, may: bool
) -> list[Block]:
    """The same below a headline; `seen` is whether this viewer may see what it is part of."""
    said = [quote(part.words)] if part.words else []
    deeds = [*([show(whole)] if seen else []), *([apart(part)] if may else [])]
    rest = [actions(*deeds)] if deeds else []
    return [*said, section(escape(why)), *(answers.blocks(whole, known) if seen else []), *rest]


def elsewhere(part: Feedback, whole: Feedback, by: str) -> MessageContent:
    """In a channel where it was to be sorted: nothing is left to do there."""
    words = _why(by)
    title = f"{rules.MARKS[part.kind]} {part.reference} is part of {whole.reference} now"
    return message(title, words, [section(escape(words)), actions(show(whole))])


def lines(parts: Sequence[Merged]) -> list[Block]:
    """On the card: what was merged into it, each in its own words."""
    shown = [_line(one) for one in parts[:SHOWN]]
    hidden = len(parts) - SHOWN
    rest = [context(f"and {hidden} more were merged into it")] if hidden > 0 else []
    return [section("*Merged into it*"), *shown, *rest] if shown else []


def offers(feedback: Feedback, near: Sequence[Near]) -> list[Block]:
    """On the card in a window: what may ask for the same, why, and the button that merges; leaving it is an answer."""
    shown = [
        section(f"*F-{one.said.number}* {escape(one.title)}\n{escape(one.reason)}", _same(feedback, one))
        for one in near
    ]
    if not shown:
        return []
    new = "It is new" if len(shown) == 1 else "It is none of these"
    return [section("*May ask for the same*"), *shown, actions(_spurn(feedback, new, ids.SPURN_NEW))]


def offer(feedback: Feedback, near: Near) -> list[Block]:
    """On the card in a message: the one it probably is, why, and three answers. None of that one's words stand here."""
    number = near.said.number
    other = button(f"Show F-{number}", f"{ids.SHOW}:{number}", str(number))
    deeds = [
        _same(feedback, near),
        _spurn(feedback, "It is new", ids.SPURN_NEW),
        _spurn(feedback, "Not now", ids.SPURN_LATER),
    ]
    return [section(escape(offer_said(near)), other), actions(*deeds)]


def offer_said(near: Near) -> str:
    """The same in plain words."""
    return f"May ask for the same as F-{near.said.number}: {near.own_reason}."


def show(feedback: Feedback) -> Element:
    """Opens a card."""
    return button(f"Show {feedback.reference}", f"{ids.SHOW}:{feedback.number}", str(feedback.number))


def apart(part: Feedback) -> Element:
    """Takes what was merged apart again."""
    label = f"{part.reference} stands for itself again"
    name = f"{ids.APART}:{part.number}"
    return button("Take apart", name, str(part.number), accessibility_label=label)


# ---------------------------------------------------------------------------------------------------------


def _why(by: str) -> str:
    if not by:
        return "They say the very same, so they count as one."
    return f"{by[:1].upper()}{by[1:]} merged them: they ask for the same."


def _line(part: Merged) -> Block:
    title = escape(rules.title_of(part.feedback.words, part.feedback.kind))
    account = f" · {escape(part.feedback.account)}" if part.feedback.account else ""
    how = f"merged by {part.by}" if part.by else "the very same words"
    words = f"*{part.feedback.reference}* {title}{account}\n{escape(f'captured by {part.captor}, {how}')}"
    return section(words, apart(part.feedback) if part.may_undo else None)


def _same(feedback: Feedback, near: Near) -> Element:
    number = near.said.number
    return button(
        "It is this one",
        f"{ids.SAME}:{number}",
        f"{feedback.number}|{number}",
        accessibility_label=f"{feedback.reference} asks for the same as F-{number}",
    )


def _spurn(feedback: Feedback, words: str, name: str) -> Element:
    label = f"{words}: {feedback.reference}"
    return button(words, name, str(feedback.number), accessibility_label=label)


def _near(near: Sequence[Near]) -> list[Block]:
    if not near:
        return []
    said = [f"*F-{one.said.number}* {escape(one.title)}\n{escape(one.reason)}" for one in near]
    choices = [(f"F-{one.said.number}: {one.title}", str(one.said.number)) for one in near]
    chosen = input_select(
        "It is the same as", ids.BLOCK_NEAR, ids.BLOCK_NEAR, options(*choices), optional=True
    )
    return [section("\n".join(["These may say the same:", *said])), chosen]


def _found(text: str, name: str, *, optional: bool = False, initial: tuple[str, str] | None = None) -> Block:
    chosen = None if initial is None else option(*initial)
    return input_found(
        text, name, optional=optional, initial=chosen, placeholder="F-12, or words of it", least=1
    )
