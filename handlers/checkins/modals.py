"""The modals of check-ins: the questions, what is changed of a check-in, and pages that only say something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.checkins import ids, rules, views
from handlers.checkins.rules import QUESTION_LIMIT, WORDS_LIMIT
from handlers.checkins.views import Card, place_of
from handlers.kit.blocks import Block, actions, context, input_select, input_text, preformatted, section
from handlers.kit.dates import say_day
from handlers.kit.elements import Element
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.objects import option
from handlers.kit.pickers import input_found, input_people, input_time
from handlers.kit.recurrences import describe_dates
from handlers.kit.requests import MaybeId
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.checkins.values import MOST_PEOPLE, CheckIn, Party, Round, Settings
from storage.things.values import Linked, Reference
from storage.values import PersonId

OWN_CLOCK = "own"


class RoundForm(Form):
    """Which round somebody answers in."""

    v: Literal[1] = 1
    number: int
    on: date


class SettingsForm(Form):
    """Which check-in is changed and the version the person saw; 0 for a new one in a channel."""

    v: Literal[1] = 1
    number: int = 0
    seen: int = 0
    channel: MaybeId = ""


class BlockerForm(Form):
    """Which blocker a form is about, and the version the person saw."""

    v: Literal[1] = 1
    number: int
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions as somebody gets them: what stands in the fields, and what they said last time.

    `until` is when it is summed up, by their clock; None where that is over already. `blocker` and `party` are
    what they reported in this round, `open` the names of what is still in their way from before.
    """

    checkin: CheckIn
    round: Round
    where: str
    until: str | None
    filled: Sequence[str | None] = ()
    last: Mapping[str, str] | None = None
    party: tuple[Party, str] | None = None
    open: Sequence[str] = ()


def asking(shown: Asking) -> View:
    """The questions, the one about blockers last, and who it waits on."""
    found, last = shown.round, shown.last or {}
    filled = [*shown.filled, *[None] * len(found.questions)][: len(found.questions)]
    fields = [
        _question(at, question, filled[at], last.get(question))
        for at, question in enumerate(found.questions[:-1])
    ]
    stuck = input_text(
        found.questions[-1],
        ids.BLOCK_BLOCKER,
        ids.BLOCK_BLOCKER,
        multiline=True,
        initial=filled[-1],
        max_length=WORDS_LIMIT,
        optional=True,
        hint="It gets a name of its own, such as B-5, and you are told when it is cleared.",
    )
    waits = input_found(
        "It waits on",
        ids.WAITS_ON,
        initial=None if shown.party is None else party_option(*shown.party),
        optional=True,
        placeholder="A function, a person, somebody outside",
        hint="Whoever it is, is asked once. Somebody outside is not asked: type their name.",
    )
    still = [context(escape(f"Still in your way: {views.together(shown.open)}."))] if shown.open else []
    return modal(
        shown.checkin.name,
        [context(escape(_until(shown))), *fields, stuck, waits, *still],
        submit="Save" if shown.until else "Add it",
        callback_id=ids.ANSWERED,
        private_metadata=RoundForm(number=found.number, on=found.on).model_dump_json(),
    )


def answered(
    found: Round, follows: Sequence[str], linked: Sequence[tuple[Reference, Sequence[Linked]]] = ()
) -> View:
    """It is saved, what happens now, and what its words name."""
    change = actions(views.answer(found.number, found.on, "Change it", primary=False))
    named = [block for about, several in linked for block in links.lines(about, several)]
    said = context(escape("\n".join(follows)))
    return modal("Saved", [section("*Your answer is saved.*"), said, change, *named], close="Done")


def too_late(found: Round, words: Sequence[str | None]) -> View:
    """Nothing can be added any more; the words are there to be copied."""
    typed = "\n\n".join(one for one in words if one)
    said = section(
        f"The round of {say_day(found.on)} is over for too long. *Not saved:* here are your words to copy."
    )
    return modal("Not saved", [said, preformatted(typed)], close="Close")


@dataclass(frozen=True, slots=True)
class Choosing:
    """What somebody changes of a check-in: how it is now, who takes part, and the zones to choose from."""

    settings: Settings
    people: Sequence[PersonId]
    zones: Sequence[str]
    where: str


def settings(form: SettingsForm, shown: Choosing) -> View:
    """Everything there is to choose about a check-in."""
    now, own = shown.settings, [option("Each person's own", OWN_CLOCK)]
    clocks = [option(f"{_place(zone)} time", zone) for zone in shown.zones]
    blocks: list[Block] = [
        input_text("Name", ids.BLOCK_NAME, ids.BLOCK_NAME, initial=now.name, max_length=rules.NAME_LIMIT),
        input_text(
            "How often",
            ids.BLOCK_OFTEN,
            ids.BLOCK_OFTEN,
            initial=describe_dates(now.recurrence),
            max_length=100,
            hint="Such as: every weekday · mon, wed and fri · every other monday · first tuesday of the month",
        ),
        input_time("Ask at", ids.BLOCK_AT, initial=now.recurrence.at),
        input_select(
            "By whose clock",
            ids.BLOCK_CLOCK,
            ids.BLOCK_CLOCK,
            [*own, *clocks],
            initial=now.recurrence.zone or OWN_CLOCK,
        ),
        input_text(
            "Questions, one on each line",
            ids.BLOCK_QUESTIONS,
            ids.BLOCK_QUESTIONS,
            multiline=True,
            initial="\n".join(now.questions[:-1]),
            max_length=(QUESTION_LIMIT + 1) * (rules.MOST_QUESTIONS - 1),
            hint=f"At most {rules.MOST_QUESTIONS - 1}. At the end I always ask: {now.questions[-1]}",
        ),
        input_people(
            "Who takes part", ids.BLOCK_PEOPLE, initial=shown.people[:MOST_PEOPLE], most=MOST_PEOPLE
        ),
        input_time(f"Summary in {shown.where} at", ids.BLOCK_CLOSES, initial=now.closes_at),
        input_select("By the clocks of", ids.BLOCK_ZONE, ids.BLOCK_ZONE, clocks, initial=now.closes_zone),
    ]
    return modal(
        f"Change C-{form.number}" if form.number else "A check-in",
        blocks,
        submit="Save" if form.number else "Start",
        callback_id=ids.SETTINGS,
        private_metadata=form.model_dump_json(),
    )


def started(card: Card) -> View:
    """It is on, and when it first asks."""
    return modal(
        "Saved", [section(f"*{card.checkin.reference} is saved.*"), *views.card_blocks(card)], close="Done"
    )


def shown(card: Card, said: str = "") -> View:
    """A card as a modal, for whoever may see it; `said` is what has just happened."""
    first = [section(f"*{escape(said)}*")] if said else []
    return modal(str(card.checkin.reference), [*first, *views.card_blocks(card)], close="Close")


def told(title: str, words: str, *deeds: Element) -> View:
    """A page that only says something."""
    return modal(title, [section(escape(words)), *([actions(*deeds)] if deeds else [])], close="Close")


TOO_OLD = told("Please open it again", "This form is older than I am, please open it again.")


def party_option(party: Party, name: str) -> dict[str, object]:
    """A party as a choice in a menu."""
    return option(name, rules.value_of(party))


# ---------------------------------------------------------------------------------------------------------


def _question(at: int, question: str, filled: str | None, last: str | None) -> Block:
    hint = f"Last time: {shorten(one_line(last), 150)}" if last and last != filled else None
    return input_text(
        question,
        ids.block_question(at),
        ids.block_question(at),
        multiline=True,
        initial=filled,
        max_length=WORDS_LIMIT,
        optional=True,
        hint=hint,
    )


def _until(shown: Asking) -> str:
    day = say_day(shown.round.on)
    if shown.until is None:
        return f"The round of {day} is over; what you add now comes into its thread in {shown.where}."
    return f"{day}. You can change it until {shown.until}; then it comes to {shown.where}."


def _place(zone: str) -> str:
    return place_of(zone)
