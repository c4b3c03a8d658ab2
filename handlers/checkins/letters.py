"""What check-ins ask people and post in channels. Values in, Block Kit out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.checkins import ids, views
from handlers.checkins.views import together
from handlers.kit.blocks import Block, actions, context, plain, section
from handlers.kit.dates import say_day, say_time
from handlers.kit.elements import button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, message
from storage.calendar import local_date, local_time
from storage.checkins.values import Answer, Blocker, BlockerState, CheckIn, Moved, Party, Round, Waits
from storage.values import PersonId

SHORT, LINE = 240, 160
MOST_BLOCKERS, MOST_NAMES = 12, 10
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One plain sentence, and what stands below it."""

    summary: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class News:
    """What somebody needs first when they are asked."""

    waiting: Sequence[Blocker] = ()
    said: Sequence[Answer] = ()
    names: Mapping[PersonId, str] = field(default_factory=dict)

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"


@dataclass(frozen=True, slots=True)
class Summary:
    """A round that closes with something to say.

    `asked` counts who was asked or answered; `missed` whom we could not ask because we were down.
    """

    checkin: CheckIn
    round: Round
    where: str
    answers: Sequence[Answer]
    blockers: Sequence[Blocker]
    names: Mapping[PersonId, str]
    asked: int
    away: Sequence[PersonId] = ()
    missed: int = 0

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"


def prompt(checkin: CheckIn, found: Round, where: str, zone: str, news: News) -> Said:
    """To each person, in their own morning: what they need first, then one button."""
    summary = f"{checkin.name} in {where}: {views.NUMBERS[len(found.questions)]}"
    return Said(summary, [*_news(news), *reminder(found, where, zone)])


def reminder(found: Round, where: str, zone: str) -> list[Block]:
    """What stands in a prompt and in its reminder: the button, and until when there is time."""
    until = _moment(found.closes_at, zone, found)
    ends = context(f"You can answer, and change it, until {until}; then it comes to {escape(where)}.")
    return [actions(views.answer(found.number, found.on)), ends]


def receipt(found: Round, *, answered: bool) -> list[Block]:
    """What stays in the message once the question is settled."""
    words = "Change my answer" if answered else "Add mine late"
    return [actions(views.answer(found.number, found.on, words, primary=False))]


def summary(found: Summary) -> MessageContent:
    """In the channel, once: blockers first, who was away, why it is late; the answers are in its thread."""
    counted = _counted(found)
    title = f"{found.checkin.name}, {say_day(found.round.on)}: {counted}"
    shown = found.blockers[:MOST_BLOCKERS]
    blocks = [section(_blocker(one, found), _blocker_show(one)) for one in shown]
    if len(found.blockers) > len(shown):
        blocks.append(section(f"And {len(found.blockers) - len(shown)} more: `/checkin blockers`"))
    small = _small(found)
    text = "\n".join([*[_blocker_said(one, found) for one in shown], *small])
    return message(title, text, [*blocks, *[context(escape("\n".join(small)))]])


def reply(found: Summary, one: Answer, *, late: bool = False) -> MessageContent:
    """One person's answer, in the thread below the summary."""
    title = found.name(one.person) + (", later" if late else "")
    blocks: list[Block] = []
    said: list[str] = []
    for question, words in zip(found.round.questions, one.words, strict=True):
        if words:
            blocks += [context(f"*{escape(question)}*"), *plain(words)]
            said += [question, words]
    theirs = [blocker for blocker in found.blockers if blocker.blocked == one.person]
    blocks += [context(f"{_mark(own)} *{own.reference}* {_waits(own, found.names)}") for own in theirs]
    said += [f"{own.reference} {_waits_said(own, found.names)}" for own in theirs]
    return message(title, "\n".join(said), blocks)


def paused(checkin: CheckIn, why: str) -> Said:
    """To who runs it: I cannot go on, and what would help."""
    summary = f"{checkin.reference} {checkin.name} is paused"
    deeds = actions(
        button("Resume", ids.RESUME, str(checkin.number), style="primary"), views.show(checkin.number)
    )
    return Said(summary, [section(escape(why)), deeds])


def waits_on(party: Party, names: Mapping[PersonId, str]) -> str:
    """Who a blocker waits on, in plain words."""
    if party.kind is Waits.FUNCTION and party.function is not None:
        return FUNCTIONS[party.function]
    if party.kind is Waits.PERSON and party.person is not None:
        return names.get(party.person) or "a colleague"
    return party.outside or "somebody outside"


# ---------------------------------------------------------------------------------------------------------


def _news(news: News) -> list[Block]:
    waiting = [
        (f"• *{one.reference}* {escape(news.name(one.blocked))}: {_short(one.words)}", one)
        for one in news.waiting[:MOST_LINES]
    ]
    said = [f"• *{escape(news.name(one.person))}*: {_short(_gist(one))}" for one in news.said[:MOST_LINES]]
    heard = [section("\n".join(["*Already said*", *said]))] if said else []
    return [*_each("Waits on you", waiting), *heard]


def _each(title: str, lines: Sequence[tuple[str, Blocker]]) -> list[Block]:
    """Each blocker with the button that opens it; the title stands above the first."""
    titles = [f"*{title}*\n", *[""] * len(lines)]
    return [
        section(f"{above}{line}", _blocker_show(one))
        for above, (line, one) in zip(titles, lines, strict=False)
    ]


def _gist(one: Answer) -> str:
    return next((words for words in reversed(one.words[:-1]) if words), one.words[-1] or "")


def _short(words: str, limit: int = LINE) -> str:
    return escape(shorten(one_line(words), limit))


def _moment(moment: datetime, zone: str, found: Round) -> str:
    """By the reader's clock; the day only where it is not the round's."""
    at, day = say_time(local_time(moment, zone)), local_date(moment, zone)
    return at if day == found.on else f"{at} on {say_day(day)}"


def _counted(found: Summary) -> str:
    answers, blockers = len(found.answers), sum(one.state is BlockerState.OPEN for one in found.blockers)
    said = f"{answers} {'answer' if answers == 1 else 'answers'}"
    return said if not blockers else f"{said}, {blockers} {'blocker' if blockers == 1 else 'blockers'}"


def _blocker(one: Blocker, found: Summary) -> str:
    who, waits = escape(found.name(one.blocked)), _waits(one, found.names)
    return f"{_mark(one)} *{one.reference}* {who} {waits}\n{_short(one.words, SHORT)}"


def _mark(one: Blocker) -> str:
    return "✅" if one.state is BlockerState.CLEARED else "🚧"


def _blocker_said(one: Blocker, found: Summary) -> str:
    words = shorten(one_line(one.words), SHORT)
    if one.state is BlockerState.CLEARED:
        waited = f"waited on {waits_on(one.waits, found.names)}, cleared"
        return f"{one.reference} {found.name(one.blocked)} {waited}: {words}"
    return f"{one.reference} {found.name(one.blocked)} {_waits_said(one, found.names)}: {words}"


def _blocker_show(one: Blocker) -> dict[str, object]:
    label = f"Show {one.reference}"
    return button("Show", f"{ids.BLOCKER_SHOW}:{one.number}", str(one.number), accessibility_label=label)


def _waits(one: Blocker, names: Mapping[PersonId, str]) -> str:
    return escape(_waits_said(one, names)) if one.state is BlockerState.CLEARED else _waits_bold(one, names)


def _waits_bold(one: Blocker, names: Mapping[PersonId, str]) -> str:
    asked = _asked(one, names)
    return f"waits on *{escape(waits_on(one.waits, names))}*{escape(asked)}"


def _waits_said(one: Blocker, names: Mapping[PersonId, str]) -> str:
    if one.state is BlockerState.CLEARED:
        return f"waited on {waits_on(one.waits, names)}; it is cleared"
    return f"waits on {waits_on(one.waits, names)}{_asked(one, names)}"


def _asked(one: Blocker, names: Mapping[PersonId, str]) -> str:
    if one.asked is None or one.waits.kind is Waits.PERSON:
        return ""
    return f" ({names.get(one.asked) or 'a colleague'} is asked)"


def _small(found: Summary) -> list[str]:
    answers = len(found.answers)
    of = f"{answers} of {found.asked}" if found.asked > answers else "Everybody who was asked"
    lines = [f"{of} answered; what each said is in the thread below."]
    if found.away:
        lines.append(f"Away: {_some(sorted(found.name(one) for one in found.away))}.")
    return [*lines, *_why_late(found)]


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return together([*names[:MOST_NAMES], *([f"{more} more"] if more > 0 else [])])


def _why_late(found: Summary) -> list[str]:
    lines = [f"Later than planned: {MOVED[found.round.moved]}."] if found.round.moved else []
    if found.missed:
        people = "One person was" if found.missed == 1 else f"{found.missed} people were"
        lines.append(f"{people} not asked, because I was not running in their morning.")
    return lines


MOVED = {
    Moved.NOT_ASKED: "somebody's morning had not come yet",
    Moved.NOT_DELIVERED: "Slack had not delivered every question in time",
    Moved.WE_WERE_DOWN: "I was not running for a while, so some could not answer in time",
}
