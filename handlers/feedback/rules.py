"""What an emoji means, what a sentence most likely is, who may undo, object and close. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers.kit.mrkdwn import one_line
from handlers.kit.permissions import allowed
from handlers.kit.shortening import shorten
from storage.areas.values import Area
from storage.feedback.values import (
    KEPT,
    OPEN,
    Feedback,
    FeedbackState,
    Kind,
    Reach,
    Reopening,
    Score,
    Shipment,
    Source,
    Standing,
    Turn,
    Voices,
)
from storage.values import PersonId

ACCOUNT_LIMIT = 80
WORDS_LIMIT = 3000
WORDS_KEPT = 40_000
"""Characters that are kept of what was said elsewhere; Slack's own messages have no more."""
KEY_LIMIT = 80
TITLE_LIMIT = 80
THEME_LIMIT = 60

AWAITED = (FeedbackState.PLANNED, FeedbackState.IN_PROGRESS)
"""States in which a day can be promised."""

_EMOJI = {
    "bulb": Kind.IDEA,
    "light_bulb": Kind.IDEA,
    "electric_light_bulb": Kind.IDEA,
    "ladybug": Kind.PROBLEM,
    "lady_beetle": Kind.PROBLEM,
}
"""💡 and 🐞 under all names Slack sends. `beetle` is 🪲, another animal. Hearts and question marks are
everyday gestures, and a churn risk is nothing a whole channel should read: they never capture."""

_PROBLEM = re.compile(
    r"\b(bug|broken|breaks?|crash\w*|error|fail\w*|doesn.?t work|not working|can.?t|cannot|stuck|slow)\b"
)
_PRAISE = re.compile(r"\b(love|great|thank(s| you)|awesome|fantastic|well done)\b")
_ASKS = re.compile(r"^(how|what|where|when|why|who|which|is|are|does|do|did|will)\b")
_WISHES = re.compile(r"^(can|could) (we|you|i)\b|\b(would be|wish|should|want|need|please add|it'd be)\b")


def emoji_kind(name: str) -> Kind | None:
    """What reacting with this emoji captures; None for every other emoji. Skin tones do not matter."""
    return _EMOJI.get(name.split("::", 1)[0])


def likely_kind(words: str) -> Kind:
    """What a sentence most likely is; only an offer, the person decides."""
    said = one_line(words).casefold()
    if _WISHES.search(said):
        return Kind.IDEA
    if said.endswith("?") or _ASKS.match(said):
        return Kind.QUESTION
    if _PROBLEM.search(said):
        return Kind.PROBLEM
    return Kind.PRAISE if _PRAISE.search(said) else Kind.IDEA


def title_of(words: str | None, kind: Kind) -> str:
    """How lists name it: the words' beginning, or what it is while the words are on their way."""
    said = one_line(words or "")
    return shorten(said, TITLE_LIMIT) if said else f"{NAMES[kind]} from a message"


NAMES = {
    Kind.IDEA: "Idea",
    Kind.PROBLEM: "Problem",
    Kind.QUESTION: "Question",
    Kind.PRAISE: "Praise",
    Kind.CHURN_RISK: "Churn risk",
}
LIKE = {
    Kind.IDEA: "an idea",
    Kind.PROBLEM: "a problem",
    Kind.QUESTION: "a question",
    Kind.PRAISE: "praise",
    Kind.CHURN_RISK: "a churn risk",
}
"""What somebody's words are said to read like."""
MARKS = {
    Kind.IDEA: "💡",
    Kind.PROBLEM: "🐞",
    Kind.QUESTION: "❔",
    Kind.PRAISE: "🌟",
    Kind.CHURN_RISK: "⚠️",
}


def outlives_emoji(feedback: Feedback) -> bool:
    """Whether somebody has put something into it beside an emoji: then taking the emoji away undoes nothing."""
    return feedback.source is not Source.EMOJI or feedback.touched


def may_undo(feedback: Feedback, person: PersonId) -> bool:
    """Whoever captured it may take it back."""
    return feedback.state is FeedbackState.NEW and person == feedback.captured_by


def may_object(feedback: Feedback, person: PersonId) -> bool:
    """Whoever said it may say that it is not to be kept."""
    return feedback.state in (*KEPT, FeedbackState.MERGED) and person == feedback.author


def may_close(feedback: Feedback, person: PersonId, shipment: Shipment | None, *, admin: bool) -> bool:
    """Once what it asks for shipped with a launch: its captor, the launch's owner, or an admin."""
    if feedback.state not in OPEN or shipment is None:
        return False
    return allowed(person, roles=(feedback.captured_by, shipment.owner), admin=admin)


SENTENCE_LIMIT = 600


def sentences(
    numbers: Sequence[int], chosen: Collection[int], for_all: str | None, own: Mapping[int, str | None]
) -> tuple[dict[int, str], list[int]]:
    """The sentence for each chosen piece of feedback, its own or the one for all, and which have none."""
    wanted = [one for one in numbers if one in chosen]
    found = {one: said for one in wanted if (said := own.get(one) or for_all)}
    return found, [one for one in wanted if one not in found]


def keeper(people: Sequence[PersonId], away: Collection[PersonId]) -> PersonId:
    """Who looks after an area now: its owner, or its deputy while only the owner is away."""
    return next((one for one in people if one not in away), people[0])


def may_say(person: PersonId, area: Area | None, *, member: bool, admin: bool) -> bool:
    """What becomes of it says whoever looks after its area, or an admin; any full member while nobody does."""
    if area is None or area.owner is None:
        return member
    return allowed(person, roles=(area.owner, area.deputy), admin=admin)


ENDS = {
    Kind.IDEA: (
        FeedbackState.TRIAGED,
        FeedbackState.PLANNED,
        FeedbackState.IN_PROGRESS,
        FeedbackState.SHIPPED,
        FeedbackState.DECLINED,
    ),
    Kind.PROBLEM: (
        FeedbackState.TRIAGED,
        FeedbackState.IN_PROGRESS,
        FeedbackState.SHIPPED,
        FeedbackState.DECLINED,
        FeedbackState.ANSWERED,
    ),
    Kind.QUESTION: (FeedbackState.ANSWERED, FeedbackState.TRIAGED),
    Kind.PRAISE: (),
    Kind.CHURN_RISK: (FeedbackState.TRIAGED, FeedbackState.ANSWERED),
}
"""What can become of each kind: only ideas are planned, questions end answered; also without a launch something ships."""
TOLD = (FeedbackState.PLANNED, FeedbackState.SHIPPED, FeedbackState.DECLINED, FeedbackState.ANSWERED)
"""States whose coming whoever it matters to is told of."""


def is_news(
    before: FeedbackState, last: Standing | None, state: FeedbackState, planned_for: date | None
) -> bool:
    """Whether whoever it matters to is told: it came to such a state, or is planned for another day."""
    if state not in TOLD:
        return False
    return state is not before or last is None or planned_for != last.planned_for


TAKEN_BACK_WITHIN = timedelta(days=7)
"""So long what was said to have shipped can be taken back."""


def may_take_back(feedback: Feedback, last: Turn | None, now: datetime) -> bool:
    """Whether it can be said that it has not shipped after all: somebody said so a while ago, and no launch did."""
    by_hand = feedback.state is FeedbackState.SHIPPED and last is not None and last.state is feedback.state
    return by_hand and last is not None and now - last.said.at < TAKEN_BACK_WITHIN


def came_true(when: Reopening, reach: Reach, today: date) -> Reopening | None:
    """What came true of when something is looked at again; the first that did."""
    if when.accounts is not None and reach.accounts >= when.accounts:
        return Reopening(accounts=reach.accounts)
    if when.value is not None and reach.value >= when.value:
        return Reopening(value=reach.value)
    if when.on is not None and today >= when.on:
        return Reopening(on=when.on)
    return None


def score(parts: Score, voices: Voices) -> float:
    """Reach times impact times confidence by effort."""
    return voices.reach * parts.impact * parts.confidence / 100 / max(parts.effort, 1)


def whole(text: str | None, most: int) -> int | None:
    """A whole number somebody typed, from 1 to `most`."""
    digits = (text or "").replace(",", "").replace(".", "").replace(" ", "")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(most)):
        return None
    return int(digits) if 1 <= int(digits) <= most else None


def shipped_key(launch: int) -> str:
    """The key of the ask to close what was wanted of a launch."""
    return f"feedback.shipped:{launch}"


def telling_key(news: Sequence[tuple[int, int]], person: PersonId) -> str:
    """The key of telling somebody what became of what matters to them: each by its number and turn."""
    named = "+".join(f"{number}.{turn}" if turn else f"{number}" for number, turn in news)
    return f"feedback.told:{named}:{person}"


def tells_only_of(key: str, number: int) -> bool:
    """Whether a telling of this key is about that piece of feedback and nothing else."""
    return told_of(key) == {number}


def told_of(key: str) -> set[int]:
    """The pieces of feedback of which a telling of this key tells."""
    _, _, named = key.partition(":")
    return {int(one.partition(".")[0]) for one in named.partition(":")[0].split("+")}


def question_key(number: int) -> str:
    """The key of asking whoever looks after it for the answer."""
    return f"feedback.question:{number}"


def passed_prefix(feedback: Feedback) -> str:
    """How the keys begin by which praise or a churn risk is passed on to those it is for."""
    return f"feedback.{feedback.kind}:{feedback.number}:"


def reopened_prefix(number: int) -> str:
    """How the keys begin by which somebody is told that what was declined is open again."""
    return f"feedback.reopened:{number}."


def wanted_prefix(number: int) -> str:
    """How the keys begin by which somebody who wants it, too, is told what is known of it."""
    return f"feedback.wanted:{number}:"


def quoting_prefixes(number: int) -> tuple[str, ...]:
    """How the keys of all tellings begin that quote the words of this feedback."""
    passed = (f"feedback.{kind}:{number}:" for kind in (Kind.PRAISE, Kind.CHURN_RISK))
    return (*passed, reopened_prefix(number), wanted_prefix(number))


def account_key(number: int) -> str:
    """The key of the ask for its account."""
    return f"feedback.account:{number}"
