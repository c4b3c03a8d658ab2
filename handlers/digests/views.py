"""The digest as a channel reads it. Values in, Block Kit out; the text says all that the blocks say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.decisions import ids as decision_ids
from handlers.decisions.rules import MARKS
from handlers.decisions.views import together
from handlers.digests import ids, rules
from handlers.digests.rules import Waiting, counted
from handlers.feedback import ids as feedback_ids
from handlers.kit.blocks import Block, actions, bars, context, section
from handlers.kit.dates import say_day
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape, link
from handlers.kit.recurrences import describe
from handlers.kit.surfaces import MessageContent, View, message, modal
from storage.decisions.values import DecisionState
from storage.digests.values import Decided, Need, News, Period, Subject
from storage.feedback.values import Kind
from storage.recurrence import Recurrence
from storage.values import ChannelId, PersonId

MOST_NEEDS = 5
MOST_DECIDED = 4
MOST_LISTED = 30
PREVIEW = "Only you see this. It is what a digest would say now."
CHART_TITLE = "Feedback by week"


@dataclass(frozen=True, slots=True)
class Edition:
    """One digest: what it tells, of which time, and what to call the people in it."""

    channel: ChannelId
    period: Period
    news: News
    waiting: Sequence[Waiting]
    names: Mapping[PersonId, str]
    recurrence: Recurrence

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return rules.quiet(self.news, self.waiting)


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of it: its blocks, and in plain words what they say."""

    title: str
    blocks: Sequence[Block]
    said: Sequence[str]


def digest(edition: Edition, *, preview: bool = False) -> MessageContent:
    """The whole message; a preview says that it is one."""
    parts = [
        part for part in (_attention(edition), _decided(edition), _feedback(edition)) if part is not None
    ]
    foot, only_you = _foot(edition, preview=preview), [PREVIEW] if preview else []
    blocks = [*map(context, only_you), *(block for part in parts for block in part.blocks)]
    said = [f"{part.title}: {'; '.join(part.said)}." for part in parts]
    title = rules.headline(edition.news, edition.waiting, edition.period)
    return message(title, "\n".join([*only_you, *said, foot]), [*blocks, context(escape(foot))])


def all_needs(edition: Edition) -> View:
    """Everything that needs attention, each with its button."""
    shown = edition.waiting[:MOST_LISTED]
    if not shown:
        return modal("Needs attention", [section("Nothing needs attention any more.")], close="Close")
    blocks = [_need_block(one, edition) for one in shown]
    more = len(edition.waiting) - len(shown)
    rest = [context(f"and {more} more")] if more > 0 else []
    return modal("Needs attention", [*blocks, *rest], close="Close")


def subject(about: Subject, mark: str = "") -> str:
    """`*D-7* Invoice in euro first`, as a link where there is one."""
    title = link(about.permalink, about.title) if about.permalink else escape(about.title)
    return f"{mark} *{about.reference}* {title}".strip()


def said_subject(about: Subject) -> str:
    """The same for those who only get the text."""
    return f"{about.reference} {about.title}"


def decided_line(one: Decided, by: str) -> str:
    """A decision that was decided, and what it replaces."""
    return f"{subject(one.about, MARKS[DecisionState.DECIDED])} · {escape(by)}{_replaces(one)}"


def said_decided(one: Decided, by: str) -> str:
    """The same for those who only get the text."""
    return f"{said_subject(one.about)}, by {by}{_replaces(one)}".replace(" · ", ", ")


# -- parts ------------------------------------------------------------------------------------------------


def _attention(edition: Edition) -> Part | None:
    if not edition.waiting:
        return None
    shown = edition.waiting[:MOST_NEEDS]
    more = len(edition.waiting) - len(shown)
    blocks: list[Block] = [section("*Needs attention*"), *(_need_block(one, edition) for one in shown)]
    said = [f"{said_subject(one.what.about)}, {', '.join(_how_long(one, edition))}" for one in shown]
    if more > 0:
        blocks.append(actions(button(f"Show all {len(shown) + more}", ids.ALL_NEEDS, edition.channel)))
        said.append(f"and {more} more")
    return Part("Needs attention", blocks, said)


def _decided(edition: Edition) -> Part | None:
    shown = edition.news.decided[:MOST_DECIDED]
    if not shown:
        return None
    lines = [decided_line(one, edition.name(one.by)) for one in shown]
    said = [said_decided(one, edition.name(one.by)) for one in shown]
    more = edition.news.decided_in_all - len(shown)
    if more > 0:
        lines.append(f"and {more} more: `/decision list`")
        said.append(f"and {more} more")
    return Part("Decided", [section("\n".join(["*Decided*", *lines]))], said)


def _feedback(edition: Edition) -> Part | None:
    number, found = sum(edition.news.captured.values()), rules.finding(edition.news.weeks)
    if not number and found is None:
        return None
    said = [f"{by_kind(edition.news.captured)} came in" if number else "nothing new"]
    blocks: list[Block] = [section(f"*Feedback*\n{said[0]}")]
    if found is not None:
        blocks += [section(f"*{escape(found)}.*"), _chart(edition)]
        said = [f"{said[0]}. {found}. Week by week: {_weeks_said(edition)}"]
    return Part("Feedback", blocks, said)


def by_kind(counts: Mapping[Kind, int]) -> str:
    """`3 problems, 1 idea`: what there is most of comes first."""
    order = sorted((kind for kind in Kind if counts.get(kind)), key=lambda kind: -counts[kind])
    return together([counted(counts[kind], *_KINDS[kind]) for kind in order])


def _chart(edition: Edition) -> Block:
    weeks = edition.news.weeks
    kinds = [kind for kind in Kind if any(week.get(kind) for week in weeks)]
    series = [(_KINDS[kind][1].capitalize(), [week.get(kind, 0) for week in weeks]) for kind in kinds]
    return bars(CHART_TITLE, _week_names(edition), series)


def _weeks_said(edition: Edition) -> str:
    named = zip(_week_names(edition), edition.news.weeks, strict=True)
    return "; ".join(f"from {name} {by_kind(week) or 'none'}" for name, week in named)


def _week_names(edition: Edition) -> list[str]:
    """Each week by its first day."""
    starts = rules.week_starts(edition.period.until, len(edition.news.weeks))
    return [f"{day.day} {day:%b}" for day in map(edition.period.day, starts)]


def _foot(edition: Edition, *, preview: bool) -> str:
    comes = "It would come" if preview else "You get this"
    since = f"It tells what happened since {say_day(edition.period.first)}."
    return f"{comes} {describe(edition.recurrence)}. {since} `/digest` changes it."


# ---------------------------------------------------------------------------------------------------------

_KINDS = {
    Kind.IDEA: ("idea", "ideas"),
    Kind.PROBLEM: ("problem", "problems"),
    Kind.QUESTION: ("question", "questions"),
    Kind.PRAISE: ("word of praise", "words of praise"),
    Kind.CHURN_RISK: ("churn risk", "churn risks"),
}
_STEPS = {
    Need.OVERDUE: ("Decide…", decision_ids.SHOW),
    Need.UNDECIDED: ("Decide…", decision_ids.SHOW),
    Need.REVIEW: ("Review…", decision_ids.SHOW),
    Need.UNTOUCHED: ("Look at it…", feedback_ids.SHOW),
}


def _next_step(one: Waiting) -> Element:
    words, action = _STEPS[one.what.need]
    reference = one.what.about.reference
    return button(words, action, str(reference.number), accessibility_label=f"{words[:-1]}: {reference}")


def _need_block(one: Waiting, edition: Edition) -> Block:
    """What needs attention on one line, with the button for the next step."""
    said = " · ".join(_how_long(one, edition))
    return section(f"{subject(one.what.about)} · {escape(said)}", _next_step(one))


def _how_long(one: Waiting, edition: Edition) -> list[str]:
    """Its age, and whose move it is."""
    days, owner = counted(one.days, "day", "days"), edition.name(one.what.owner)
    others = edition.news.untouched - 1 if one.what.need is Need.UNTOUCHED else 0
    said = {
        Need.OVERDUE: [f"{days} overdue", f"{owner} decides"],
        Need.UNDECIDED: [f"proposed {days} ago", f"{owner} decides"],
        Need.REVIEW: [f"review {days} overdue", owner],
        Need.UNTOUCHED: [f"untouched for {days}", f"captured by {owner}"],
    }[one.what.need]
    return [*said, f"and {counted(others, 'other', 'others')} like it"] if others > 0 else said


def _replaces(one: Decided) -> str:
    return "" if one.replaces is None else f" · replaces D-{one.replaces}"
