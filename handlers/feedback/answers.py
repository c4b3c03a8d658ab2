"""What is known of feedback, said in one line: who asked, how it stands, and what a customer may be told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.feedback.rules import AWAITED
from handlers.kit.blocks import Block, preformatted, section
from handlers.kit.mrkdwn import escape
from storage.feedback.values import Feedback, FeedbackState, Reach, Reopening

_COUNTED = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
STANDS = {
    FeedbackState.TRIAGED: "triaged",
    FeedbackState.PLANNED: "planned",
    FeedbackState.IN_PROGRESS: "in progress",
    FeedbackState.DECLINED: "declined",
    FeedbackState.ANSWERED: "answered",
    FeedbackState.SHIPPED: "shipped",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of it for one viewer, on their day.

    `sentence` was written by a person for customers, `customer` is the account this viewer asked for. `keeper` looks
    after its `area`, which has no name while it is the only one, and answers by `promised`; or took what is triaged.
    `again` says when what was declined is looked at again.
    """

    today: date
    reach: Reach = field(default_factory=Reach)
    planned_for: date | None = None
    sentence: str | None = None
    customer: str | None = None
    area: str | None = None
    keeper: str | None = None
    mine: bool = False
    promised: date | None = None
    again: Reopening | None = None
    passed_to: Sequence[str] = ()
    """Who was sent praise or a churn risk."""


def line(feedback: Feedback, answer: Answer) -> str:
    """`six accounts asked, two of them yours · planned for 10 Dec`, in plain words."""
    return " · ".join(_parts(feedback, answer))


def blocks(feedback: Feedback, answer: Answer, *, named: bool = True) -> list[Block]:
    """The same in a window or a message, and the sentence in a box to copy."""
    name = f"{feedback.reference} · " if named else ""
    said = escape(f"{name}{line(feedback, answer)}")
    if answer.sentence is None:
        return [section(said)]
    return [section(f"{said} · {escape(may_tell(answer))}"), preformatted(answer.sentence)]


def said(feedback: Feedback, answer: Answer) -> list[str]:
    """The same in plain words only."""
    told = [f"{may_tell(answer)} {answer.sentence}"] if answer.sentence else []
    return [line(feedback, answer), *told]


def may_tell(answer: Answer) -> str:
    """Whom the sentence is for."""
    return f"you may tell {answer.customer or 'customers'}:"


def on(day: date, today: date) -> str:
    """A day as somebody says it: `today`, `Tuesday`, `10 Dec`."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    if 1 < ahead < 7:
        return f"{day:%A}"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


# ---------------------------------------------------------------------------------------------------------


def _parts(feedback: Feedback, answer: Answer) -> Sequence[str]:
    alone = answer.reach.accounts < 2
    fresh = feedback.state is FeedbackState.NEW
    asked = [] if not answer.reach.accounts or (fresh and alone) else [_asked(answer.reach)]
    if not fresh:
        return [*asked, stands(feedback, answer)]
    kept = f"passed on to {' and '.join(answer.passed_to)}" if answer.passed_to else _kept(answer)
    return [*asked, *([kept] if kept else [])] if asked else [f"new; {kept}" if kept else "new"]


def _asked(reach: Reach) -> str:
    if reach.accounts == 1:
        return "one account asked, yours" if reach.yours else "one account asked"
    every = "both" if reach.accounts == 2 else "all of them"
    yours = every if reach.yours == reach.accounts else f"{counted(reach.yours)} of them"
    return f"{counted(reach.accounts)} accounts asked{f', {yours} yours' if reach.yours else ''}"


def counted(number: int) -> str:
    """A number as it stands in a sentence."""
    return _COUNTED[number] if number < len(_COUNTED) else f"{number:,}"


def conditions(when: Reopening, today: date) -> str:
    """`four accounts ask, they are worth 200,000 a year together, or it is 3 March`."""
    accounts = "one account asks" if when.accounts == 1 else f"{counted(when.accounts or 0)} accounts ask"
    found = [
        accounts if when.accounts else "",
        f"they are worth {when.value:,} a year together" if when.value else "",
        f"it is {on(when.on, today)}" if when.on else "",
    ]
    said = [one for one in found if one]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def stands(feedback: Feedback, answer: Answer, *, dated: bool = False) -> str:
    """How it stands; `dated` names days by their date, where it stays to be read."""
    today = date.min if dated else answer.today
    if feedback.state is FeedbackState.TRIAGED and answer.keeper is not None:
        return "triaged; you have it" if answer.mine else f"triaged; {answer.keeper} has it"
    if feedback.state is FeedbackState.DECLINED and answer.again:
        return f"declined; re-opens once {conditions(answer.again, today)}"
    when = answer.planned_for
    awaited = when is not None and feedback.state in AWAITED
    return f"{STANDS[feedback.state]} for {on(when, today)}" if awaited and when else STANDS[feedback.state]


def _kept(answer: Answer) -> str:
    """`Ana looks after Payments and answers by Tuesday`."""
    if answer.keeper is None:
        return ""
    who, look, reply = ("you", "look", "answer") if answer.mine else (answer.keeper, "looks", "answers")
    after = f"{look} after {answer.area or 'it'}"
    if answer.promised is None or answer.promised < answer.today:
        return f"{who} {after}"
    return f"{who} {after} and {reply} by {on(answer.promised, answer.today)}"
