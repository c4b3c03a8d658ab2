"""What people see who sort what came in: one after the other in one window, and the cards in a channel. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from handlers.feedback import ids, merging_views, rules, saying_views, views
from handlers.feedback.answers import counted
from handlers.feedback.drafts import Draft
from handlers.feedback.views import Card
from handlers.kit.blocks import Block, actions, context, quote, section
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.objects import option, options
from handlers.kit.pickers import input_found, input_several
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.areas.values import Area
from storage.feedback.values import Feedback, FeedbackState, Kept, WordsState
from storage.values import folded

WORDS = 1200
"""Characters of what was said, so that what can be done about it stands on the same screen."""
ON_A_CARD = 600
SAME = 10
"""So many others the same can be done with at once."""
LISTED = 10
NOTHING = "*Nothing waits for triage.*"
DECIDING = {
    FeedbackState.PLANNED: ("Plan", "Plan…"),
    FeedbackState.DECLINED: ("Decline", "Decline…"),
    FeedbackState.ANSWERED: ("Answer", "Answer…"),
}


class TriageForm(Form):
    """Which one is shown, which others the same is done with, what becomes of them, and how many were done.

    `turn` is how often somebody came back to it.
    """

    v: Literal[1] = 1
    number: int
    also: tuple[int, ...] = Field(default=(), max_length=SAME)
    state: FeedbackState = FeedbackState.TRIAGED
    done: int = 0
    turn: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them."""
        return (self.number, *self.also)


@dataclass(frozen=True, slots=True)
class Shown:
    """The one to be sorted, those that come after it, and how many wait in all."""

    card: Card
    after: Sequence[Feedback]
    waiting: int
    theme: str | None = None
    also: Sequence[int] = ()
    """Those the same was to be done with, where somebody comes back to it."""
    turn: int = 0


def item(shown: Shown, done: int, said: str = "") -> View:
    """One piece of feedback, and what can be done about it with one press; `said` is what was done before."""
    card = shown.card
    feedback = card.feedback
    alike = [one for one in shown.after if one.kind is feedback.kind][:SAME]
    form = TriageForm(number=feedback.number, done=done, turn=shown.turn)
    blocks: list[Block] = [
        *([context(said)] if said else []),
        section(f"*{views.heading(feedback)}*"),
        _words(feedback, WORDS),
        context(*views.facts(card)),
        actions(*_deeds(feedback, done), block_id=f"deeds.{feedback.number}"),
        theme_input(feedback, shown.theme),
        *([_same(shown, alike)] if alike else []),
        context(_left(shown.waiting, done)),
    ]
    return modal(
        "Triage",
        blocks,
        submit="Take it",
        close=merging_views.STOP,
        callback_id=ids.TAKE,
        private_metadata=form.model_dump_json(),
    )


def decide(feedback: Feedback, form: TriageForm) -> View:
    """Planning, declining or answering it, and those the same is done with."""
    others, draft = len(form.also), Draft(form.state)
    also = f" and {counted(others)} more" if others else ""
    blocks: list[Block] = [
        section(f"*{views.heading(feedback)}{also}*"),
        *([quote(shorten(feedback.words, 300))] if feedback.words else []),
        *([saying_views.when(draft)] if form.state is FeedbackState.PLANNED else []),
    ]
    answer, why = saying_views.sentence(feedback, draft), saying_views.reason(draft)
    declining = form.state is FeedbackState.DECLINED
    blocks += [why, answer, *saying_views.reopening(draft)] if declining else [answer, why]
    return modal(
        f"{DECIDING[form.state][0]} {feedback.reference}",
        [*blocks, back(form)],
        submit=f"{DECIDING[form.state][0]}, next",
        close=merging_views.STOP,
        callback_id=ids.DECIDED,
        private_metadata=form.model_dump_json(),
    )


def back(form: TriageForm) -> Block:
    """Leads to the one that is being sorted, with those the same was to be done with."""
    value = "|".join(map(str, (form.number, form.done, form.turn + 1, *form.also)))
    label = f"Back to F-{form.number}"
    return actions(button("Back", ids.TRIAGE_BACK, value, accessibility_label=label))


def nothing(done: int, said: str = "") -> View:
    """The last page."""
    sum_up = f" You sorted {counted(done)}." if done else ""
    rest = context(
        "What comes in next stands on its area's card, and here. What was put off comes up again by itself."
    )
    return modal(
        "Triage", [*([context(said)] if said else []), section(f"{NOTHING}{sum_up}"), rest], close="Done"
    )


def done(sorted_now: Sequence[Feedback], state: FeedbackState | None, until: date | None = None) -> str:
    """What was just done, above the next one."""
    if not sorted_now:
        return "That was sorted meanwhile by somebody else; nothing of it is changed."
    names = ", ".join(str(one.reference) for one in sorted_now)
    are = "is" if len(sorted_now) == 1 else "are"
    if until is not None:
        return f"{names} {'comes' if len(sorted_now) == 1 else 'come'} up again on {until.day} {until:%B}."
    what = {
        FeedbackState.TRIAGED: "yours",
        FeedbackState.PLANNED: "planned",
        FeedbackState.DECLINED: "declined",
    }
    return f"✓ {names} {are} {what.get(state, 'answered') if state else 'sorted'}."


def theme_input(feedback: Feedback, theme: str | None) -> Block:
    """What it is about; its block is another one for each, so that nothing is carried over."""
    name = f"{ids.BLOCK_THEME}.{feedback.number}"
    made = input_found(
        "Theme",
        ids.BLOCK_THEME,
        initial=option(theme, theme) if theme else None,
        optional=True,
        placeholder="Type a name, like Billing",
        least=1,
    )
    return made | {"block_id": name}


def themes(known: Sequence[str], typed: str) -> list[tuple[str, str]]:
    """What is offered while somebody types a theme: those there are, and what they type as a new one."""
    name = one_line(typed)[: rules.THEME_LIMIT].strip()
    there = {folded(one): one for one in known}
    new = [(f"Add “{name}”", name)] if name and folded(name) not in there else []
    return [*((one, one) for one in there.values()), *new]


# -- in a channel -----------------------------------------------------------------------------------------


def card(shown: Card, state: str, keeper: str | None, promised: date | None) -> MessageContent:
    """One card for one piece of feedback, kept true; nobody is pinged by it."""
    feedback = shown.feedback
    waits = feedback.state is FeedbackState.NEW
    stands = "has shipped" if feedback.state is FeedbackState.SHIPPED else f"is {state}"
    title = f"{views.heading(feedback)} {'waits for triage' if waits else stands}"
    said = _said(feedback)
    facts, linked = views.facts(shown, linked=False), views.facts(shown)
    answer = f"{keeper or 'Somebody'} answers by {promised.day} {promised:%b}" if waits and promised else ""
    deeds = [_triage(feedback.number)] if waits else []
    show = button(
        "Show", f"{ids.SHOW}:{feedback.number}", str(feedback.number), accessibility_label=_named(feedback)
    )
    near = [] if shown.near is None else merging_views.offer(feedback, shown.near)
    offered = [] if shown.near is None else [merging_views.offer_said(shown.near)]
    text = "\n".join([said, " · ".join([*facts, *([answer] if answer else [])]), *offered])
    blocks = [
        _words(feedback, ON_A_CARD),
        context(*linked, *([escape(answer)] if answer else [])),
        *near,
        actions(*deeds, show),
    ]
    return message(title, text, blocks)


def gone(reference: str) -> MessageContent:
    """It was taken back, or is not for everybody here any more."""
    words = "Nothing is needed from you."
    return message(f"{reference} is not here any more", words, [section(words)])


def day(
    area: Area, found: Sequence[Feedback], more: int, kept: Kept | None, *, named: bool
) -> MessageContent:
    """One card a day for all that waits of an area."""
    where = f" about {area.name}" if named else ""
    if not found:
        words = "All of it is sorted."
        return message(f"Nothing waits for triage{where}", words, [section(words)])
    count = len(found) + more
    title = f"{counted(count).capitalize()} {'waits' if count == 1 else 'wait'} for triage{where}"
    plain = [f"{one.reference} {rules.title_of(one.words, one.kind)}" for one in found[:LISTED]]
    rest = [f"and {count - LISTED} more"] if count > LISTED else []
    promise = [kept_said(kept)] if kept is not None and kept_said(kept) else []
    blocks: list[Block] = [
        section("\n".join([*(views.line(one) for one in found[:LISTED]), *rest])),
        *([context(*promise)] if promise else []),
        actions(_triage(0)),
    ]
    return message(title, "\n".join([*plain, *rest, *promise]), blocks)


def day_gone(area: Area, of: date, *, named: bool) -> MessageContent:
    """The card of a day once there is a newer one: what waits is listed once."""
    where = f" about {area.name}" if named else ""
    words = f"This one was of {of:%A} {of.day} {of:%B}."
    return message(f"What waits for triage{where} stands on a newer card", words, [section(words)])


def kept_said(kept: Kept) -> str:
    """How the promise was kept, for everybody to see; nothing where there is nothing to say."""
    parts = [
        f"{kept.in_time} of {kept.triaged} triaged in time in the last 90 days" if kept.triaged else "",
        f"{kept.late} waiting for longer than promised" if kept.late else "",
    ]
    return " · ".join(one for one in parts if one)


def waiting(count: int, most: int, oldest: Feedback, *, nobody: bool = False) -> list[Block]:
    """On Home of whoever looks after it; of admins, too, while `nobody` does."""
    many = f"more than {most}" if count >= most else counted(count)
    wait = "piece of feedback waits" if count == 1 else "pieces of feedback wait"
    longest = f"{many.capitalize()} {wait}, the longest is {escape(views.line_said(oldest))}"
    unseen = "\nNobody looks after feedback yet, so nobody hears of what comes in." if nobody else ""
    who = [button("Say who looks after it", f"{ids.AREAS}:nobody")] if nobody else []
    return [section(f"*Triage*\n{longest}{unseen}"), actions(_triage(0), *who)]


# ---------------------------------------------------------------------------------------------------------


def _words(feedback: Feedback, limit: int) -> Block:
    if feedback.words:
        return quote(shorten(feedback.words, limit))
    return section(_said(feedback))


def _said(feedback: Feedback) -> str:
    if feedback.words:
        return shorten(feedback.words, ON_A_CARD)
    pending = feedback.words_state is WordsState.PENDING
    return "Its words are on their way." if pending else "I cannot read that message."


def _deeds(feedback: Feedback, done: int) -> list[Element]:
    deeds = [_decide(feedback, state, done) for state in DECIDING if state in rules.ENDS[feedback.kind]]
    same = button(
        "Merge…",
        ids.TRIAGE_MERGE,
        f"{feedback.number}|{done}",
        accessibility_label=f"Merge {feedback.reference} with what asks for the same",
    )
    later = button(
        "Later", ids.LATER, f"{feedback.number}|{done}", accessibility_label=f"{feedback.reference} later"
    )
    return [*deeds, same, later]


def _decide(feedback: Feedback, state: FeedbackState, done: int) -> Element:
    what, words = DECIDING[state]
    value = f"{feedback.number}|{done}|{state}"
    return button(words, f"{ids.DECIDE}:{state}", value, accessibility_label=f"{what} {feedback.reference}")


def _same(shown: Shown, after: Sequence[Feedback]) -> Block:
    choices = [(f"{one.reference} {rules.title_of(one.words, one.kind)}", str(one.number)) for one in after]
    name = f"{ids.BLOCK_SAME}.{shown.card.feedback.number}{f'.{shown.turn}' if shown.turn else ''}"
    initial = [str(one) for one in shown.also]
    made = input_several("The same for", ids.BLOCK_SAME, options(*choices), initial=initial)
    return made | {"block_id": name}


def _left(waiting: int, done: int) -> str:
    left = "This is the last one." if waiting <= 1 else f"{waiting - 1:,} more wait."
    return f"{left} You sorted {counted(done)}." if done else left


def _triage(number: int) -> Element:
    label = f"Triage, beginning with F-{number}" if number else "Triage what waits"
    return button(
        "Triage…", f"{ids.TRIAGE}:{number}", str(number), style="primary", accessibility_label=label
    )


def _named(feedback: Feedback) -> str:
    return f"Show {feedback.reference}"
