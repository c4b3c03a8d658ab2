"""What people see when what was wanted has shipped: the ask, the form, and the sentence to forward. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from handlers.feedback import ids, rules
from handlers.feedback.answers import conditions
from handlers.feedback.rules import SENTENCE_LIMIT
from handlers.kit.blocks import Block, actions, context, input_text, preformatted, quote, section
from handlers.kit.elements import Element, button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import confirm, options
from handlers.kit.pickers import input_several
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.feedback.values import Closing, Feedback, FeedbackState, Part, Reopening, Shipment, Wish
from storage.things.values import Reference, Thing

IN_ONE = 8
"""Pieces of feedback closed by one form."""
LISTED = 5
WHY_AMONG = 160
"""Characters of a reason that stands among others, so that all fit into one message."""
WRONG = "It stands as it did before. Whoever was told reads one line that it has not shipped; nobody else hears of it."
HINT = (
    "A good one says what somebody can do now, in words a customer uses, and where they find it."
    " It is sent as you write it."
)


class TellForm(Form):
    """Which launch has shipped, and which feedback the form shows."""

    v: Literal[1] = 1
    launch: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Feedback that can be closed, and how many people want it."""

    feedback: Feedback
    wanted_by: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of something, as one of those it matters to reads it: who said so, and days where they are.

    `ours` is a colleague, who reads why; a guest reads what customers may. `title` is how what they wanted begins,
    `again` when what is declined opens again.
    """

    wish: Wish
    by: str
    launch: Thing | None
    wanted_on: date
    became_on: date
    read_on: date
    ours: bool = True
    title: str = ""
    again: Reopening | None = None

    @property
    def name(self) -> str:
        """How people name the feedback."""
        return f"F-{self.wish.news.number}"


def ask(launch: Reference, offers: Sequence[Offer]) -> tuple[str, list[Block]]:
    """To the owner of a launch that has shipped: those who wanted it are to hear so, from a person."""
    summary = f"{launch} has shipped: what should those who asked for it hear?"
    rest = [f"and {len(offers) - LISTED} more"] if len(offers) > LISTED else []
    listed = section("\n".join([*[_line(one) for one in offers[:LISTED]], *rest]))
    how = context("Write one sentence they can send on. Each of them gets it once, with what they asked for.")
    deeds = actions(
        button("Write the sentence…", ids.SHIPPED, str(launch.number), style="primary"),
        button(
            "Not yet", ids.NOT_YET, str(launch.number), accessibility_label=f"No sentence for {launch} yet"
        ),
    )
    return summary, [listed, how, deeds]


def form(shipment: Shipment, offers: Sequence[Offer]) -> View:
    """One sentence for all, or one for each; nothing is written for them."""
    shown = offers[:IN_ONE]
    carried = TellForm(launch=shipment.launch, numbers=tuple(one.feedback.number for one in shown))
    later = len(offers) - len(shown)
    more = [context(f"{later} more can follow: open this again afterwards.")] if later else []
    blocks = [*_intro(shipment, shown), *_inputs(shown), *more]
    return modal(
        f"{shipment.reference} has shipped",
        blocks,
        submit="Tell them",
        callback_id=ids.TELL,
        private_metadata=carried.model_dump_json(),
    )


def closed(done: Sequence[Feedback], told: int, left: int) -> View:
    """The last page: what is closed, how many are told, and what is left."""
    names = ", ".join(str(one.reference) for one in done)
    people = (
        "Nobody else asked for it, so nobody is told."
        if not told
        else f"{_people(told)} told once, in their own working hours."
    )
    words = f"*{names} {'is' if len(done) == 1 else 'are'} closed.* {people}"
    rest = [context(f"{left} more can be closed from the same ask, or from their cards.")] if left else []
    return modal("Closed", [section(words), *rest], close="Done")


def letter(heard: Sequence[Heard]) -> tuple[str, list[Block]]:
    """To somebody it matters to: what became of it, why, and a sentence to send on."""
    alone = len(heard) == 1
    blocks: list[Block] = [quote(heard[0].title)] if alone and heard[0].title else []
    for (sentence, _), group in groupby(_alike(heard), key=_said_of):
        blocks += _told(sentence, list(group), alone=alone)
    about = [context(_about(heard[0]))] if alone else []
    buttons = [show(one) for one in heard[:IN_ONE]]
    return _summary(heard), [*blocks, *about, actions(*buttons, *_launches(heard))]


def show(one: Heard) -> Element:
    """Opens the card of what they wanted."""
    number = one.wish.news.number
    return button(f"Show {one.name}", f"{ids.SHOW}:{number}", str(number))


def lines(closing: Closing, by: str, told: Sequence[str]) -> list[Block]:
    """On the card: it has shipped, what those who wanted it were written, and who they are."""
    words = f"Shipped with *L-{closing.launch}*. {escape(by)} wrote:"
    return [section(words), preformatted(closing.sentence), context(escape(heard(told)))]


def said(closing: Closing, by: str, told: Sequence[str]) -> list[str]:
    """The same in plain words."""
    return [f"Shipped with L-{closing.launch}. {by} wrote: {closing.sentence}", heard(told)]


def heard(told: Sequence[str]) -> str:
    """Who is told of what became of it."""
    return f"Who hears of it: {_names(told)}" if told else "Nobody else wanted it."


def close_button(shipment: Shipment, feedback: Feedback) -> Element:
    """Opens the form for one piece of feedback."""
    label = f"{feedback.reference} shipped with {shipment.reference}: tell those who asked"
    value = f"{shipment.launch}|{feedback.number}"
    return button("It shipped…", ids.SHIPPED, value, style="primary", accessibility_label=label)


def take_back(feedback: Feedback) -> Element:
    """Says that it has not shipped after all."""
    return button(
        "Take back",
        ids.TAKE_BACK,
        str(feedback.number),
        confirm=confirm("It has not shipped?", WRONG, "Take back"),
        accessibility_label=f"{feedback.reference} has not shipped after all",
    )


# ---------------------------------------------------------------------------------------------------------


def _line(one: Offer) -> str:
    feedback = one.feedback
    account = f" · {escape(feedback.account)}" if feedback.account else ""
    title = escape(rules.title_of(feedback.words, feedback.kind))
    return f"*{feedback.reference}* {title}{account} · {_people_want(one.wanted_by)}"


def _people_want(count: int) -> str:
    return "1 person wants it" if count == 1 else f"{count} people want it"


def _people(count: int) -> str:
    return "1 person is" if count == 1 else f"{count} people are"


def _intro(shipment: Shipment, offers: Sequence[Offer]) -> list[Block]:
    said = f"{shipment.reference} has shipped. Who asked for this gets one message with your sentence in it:"
    return [section(said), section("\n".join(_line(one) for one in offers))]


def _inputs(offers: Sequence[Offer]) -> list[Block]:
    alone = len(offers) == 1
    sentence = input_text(
        "A sentence to send on" if alone else "One sentence for all of them",
        ids.BLOCK_SENTENCE,
        ids.BLOCK_SENTENCE,
        multiline=True,
        optional=not alone,
        max_length=SENTENCE_LIMIT,
        hint=HINT,
    )
    return [sentence] if alone else [_chosen(offers), sentence, *map(_own, offers)]


def _chosen(offers: Sequence[Offer]) -> Block:
    choices = [(f"{one.feedback.reference} {_short(one)}", str(one.feedback.number)) for one in offers]
    values = [value for _, value in choices]
    hint = "What you leave out stays open; its card has “It shipped…”."
    return input_several(
        "Tell those who asked for",
        ids.BLOCK_CHOSEN,
        options(*choices),
        initial=values,
        hint=hint,
    )


def _own(one: Offer) -> Block:
    name = f"{ids.BLOCK_SENTENCE}_{one.feedback.number}"
    words = f"Another one for {one.feedback.reference} {_short(one)}"
    return input_text(words, name, name, multiline=True, optional=True, max_length=SENTENCE_LIMIT)


def _short(one: Offer) -> str:
    feedback = one.feedback
    return feedback.account or rules.title_of(feedback.words, feedback.kind)


def _said_of(one: Heard) -> tuple[str | None, str | None]:
    """What it is told together with: the same sentence, and for colleagues the same reason."""
    return one.wish.news.sentence, one.wish.news.reason if one.ours else None


def _alike(heard: Sequence[Heard]) -> list[Heard]:
    first: dict[tuple[str | None, str | None], int] = {}
    for at, one in enumerate(heard):
        first.setdefault(_said_of(one), at)
    return sorted(heard, key=lambda one: first[_said_of(one)])


def _summary(heard: Sequence[Heard]) -> str:
    if len(heard) == 1:
        return _asked(heard[0])
    if all(one.wish.news.state is FeedbackState.SHIPPED for one in heard):
        return f"{len(heard)} things you asked for have shipped"
    return f"News of {len(heard)} things you asked for"


def _asked(one: Heard) -> str:
    """`You asked for this for Acme on 3 March; it shipped today`."""
    wish, day = one.wish, _day(one.wanted_on, one.read_on)
    account = f" for {wish.account}" if wish.account else ""
    asked = {
        Part.CAPTURED: f"You asked for this{account} on {day}",
        Part.SAID: f"You said this on {day}",
        Part.WANTED: f"You wanted this, too,{account} on {day}",
        Part.OWNS: f"{wish.account}, which is yours, asked for this on {day}",
        Part.FOLLOWS: "You follow this",
    }[wish.part]
    return f"{asked}; it {_became(one)}"


def _became(one: Heard) -> str:
    """`shipped today`, `is planned for 10 December`, `has not shipped after all`."""
    news = one.wish.news
    if news.taken_back:
        return f"has not shipped after all{'' if news.state is FeedbackState.NEW else f' and {_stands(one)}'}"
    return _stands(one)


def _stands(one: Heard) -> str:
    news = one.wish.news
    if news.state is FeedbackState.SHIPPED:
        return (
            f"shipped {'today' if one.became_on == one.read_on else f'on {_day(one.became_on, one.read_on)}'}"
        )
    if news.planned_for is not None:
        return f"is planned for {_day(news.planned_for, one.read_on)}"
    return {FeedbackState.PLANNED: "is planned", FeedbackState.DECLINED: "is declined"}.get(
        news.state, f"is {news.state.value.replace('_', ' ')}"
    )


def _day(found: date, now: date) -> str:
    year = "" if found.year == now.year else f" {found.year}"
    return f"{found.day} {found:%B}{year}"


def _told(sentence: str | None, group: Sequence[Heard], *, alone: bool) -> list[Block]:
    listed = [] if alone else [section("\n".join(map(_among, group)))]
    _, reason = _said_of(group[0])
    room = SENTENCE_LIMIT if alone else WHY_AMONG
    why = [section(f"Why, for us only: {escape(shorten(reason, room))}")] if reason else []
    if sentence is None:
        return [*listed, *why]
    what = "the answer, which you can send" if _all_answered(group) else "a sentence you can send"
    here = section(f"{escape(group[0].by)} wrote {what}:")
    return [*listed, *why, here, preformatted(sentence)]


def _among(one: Heard) -> str:
    """One of several: which it is, in the words it was said in, and what became of it."""
    title = f" “{one.title}”" if one.title else ""
    return escape(f"{one.name}{title}: {_asked(one)}.")


def _all_answered(group: Sequence[Heard]) -> bool:
    return all(one.wish.news.state is FeedbackState.ANSWERED for one in group)


def _about(one: Heard) -> str:
    """Which of theirs it is, and what it shipped with."""
    if one.launch:
        return f"{one.name}, shipped with {links.titled(one.launch)}."
    said = "" if one.wish.news.state is FeedbackState.SHIPPED else f" {escape(one.by)} said so."
    again = f" It opens again once {conditions(one.again, one.read_on)}." if one.again and one.ours else ""
    return f"This is about {one.name}.{said}{again}"


def _launches(heard: Sequence[Heard]) -> list[Element]:
    known = {one.launch.reference: one.launch for one in heard if one.launch is not None}
    return [links.why_button(one, f"Show {one}", several=True) for one in known]


def _names(told: Sequence[str]) -> str:
    shown = [*told[:10], *([f"and {len(told) - 10} more"] if len(told) > 10 else [])]
    return " · ".join(shown)
