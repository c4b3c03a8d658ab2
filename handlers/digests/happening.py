"""The parts of a digest that tell what happened: decisions, launches, blockers, feedback with its chart. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from handlers.decisions.rules import together
from handlers.digests import rules
from handlers.digests.findings import finding
from handlers.digests.lines import Edition, Part, decided_line, said_decided, said_subject, subject
from handlers.kit.blocks import Block, bars, section
from handlers.kit.counting import counted
from handlers.kit.dates import say_day
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.shortening import shorten
from storage.digests.values import Closed, LaunchNews, Stuck, Subject, Turn
from storage.feedback.values import Kind

MOST, NAMED = 4, 6
BRIEF = 60
"""Characters of what was asked for; whoever asked knows the rest."""
CHART_TITLE = "Feedback by week"


def decisions(edition: Edition) -> Part | None:
    """What was decided, and what it replaces."""
    shown = edition.news.decided[:MOST]
    if not shown:
        return None
    lines = [decided_line(one, edition.name(one.by)) for one in shown]
    said = [said_decided(one, edition.name(one.by)) for one in shown]
    more = edition.news.decided_in_all - len(shown)
    if more > 0:
        lines.append(f"and {more} more: `/decision list`")
        said.append(f"and {more} more")
    return Part("Decided", [section("\n".join(["*Decided*", *lines]))], said)


def launches(edition: Edition) -> Part | None:
    """What shipped, moved, or comes in the next two weeks."""
    news = sorted(edition.news.launches, key=lambda one: (list(Turn).index(one.turn), one.on))
    if not news:
        return None
    lines = [f"{subject(one.about, '🚀')} · {turn(one)}" for one in news[:MOST]]
    said = [f"{said_subject(one.about)}, {turn(one)}" for one in news[:MOST]]
    if len(news) > MOST:
        lines.append(f"and {len(news) - MOST} more: `/launch list`")
        said.append(f"and {len(news) - MOST} more")
    return Part("Launches", [section("\n".join(["*Launches*", *lines]))], said)


def blockers(edition: Edition) -> Part | None:
    """Who waits on which function, what is new, and how many were cleared."""
    news = edition.news
    if not (news.stuck or news.cleared):
        return None
    parties = _waited_on(edition)
    waited_on, more = parties[:MOST], len(parties) - MOST
    said = [f"on {party} {'wait' if many else 'waits'} {names}" for party, names, many in waited_on]
    lines = [
        f"On *{escape(party)}* {'wait' if many else 'waits'} {escape(names)}"
        for party, names, many in waited_on
    ]
    if more > 0:
        said, lines = [*said, f"and {more} more"], [*lines, f"and {more} more: `/checkin blockers`"]
    if news.cleared:
        cleared = f"{counted(len(news.cleared), 'blocker was', 'blockers were')} cleared"
        said, lines = [*said, cleared], [*lines, cleared]
    return Part("Blockers", [section("\n".join(["*Blockers*", *lines]))], said)


def feedback(edition: Edition) -> Part | None:
    """What came in by kind, and what the weeks show: a sentence, then the chart."""
    number, found = sum(edition.news.captured.values()), finding(edition.news.weeks)
    closed = edition.news.closed
    if not (number or closed or found is not None):
        return None
    came = [f"{by_kind(edition.news.captured)} came in"] if number else [] if closed else ["nothing new"]
    praised = edition.news.praised
    lines = [*came, *_closed(closed, subject, escape), *(subject(one, "🌟") for one in praised)]
    said = [*came, *_closed(closed, said_subject, str), *map(said_subject, praised)]
    blocks: list[Block] = [section("\n".join(["*Feedback*", *lines]))]
    if found is not None:
        blocks += [section(f"*{escape(found)}.*"), _chart(edition)]
        said = [f"{'; '.join(said)}. {found}. Week by week: {_weeks_said(edition)}"]
    return Part("Feedback", blocks, said)


def _closed(
    closed: Sequence[Closed], named: Callable[[Subject], str], say: Callable[[str], str]
) -> list[str]:
    """`F-1 Invoices in euro for Acme has shipped; 2 people who asked are told`."""
    if not closed:
        return []
    if len(closed) > 1:
        more = [f"{len(closed) - NAMED} more"] if len(closed) > NAMED else []
        names = together([*[one.about.name for one in closed[:NAMED]], *more])
        return [f"{names} have shipped; those who asked are told"]
    one = closed[0]
    about = replace(one.about, title=shorten(one.about.title, BRIEF))
    account = f" for {say(one.account)}" if one.account else ""
    told = f"; {counted(one.told, 'person who asked is', 'people who asked are')} told" if one.told else ""
    return [f"{named(about)}{account} has shipped{told}"]


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


def turn(one: LaunchNews) -> str:
    """What happened to a launch, or when it comes and how ready it is."""
    ready = f", {one.ready} of {one.items} items ready" if one.items else ""
    moved = "" if one.before is None else f"moved from {say_day(one.before)} to {say_day(one.on)}"
    return {
        Turn.SHIPPED: "shipped",
        Turn.CANCELLED: "called off",
        Turn.MOVED: moved,
        Turn.COMING: f"ships {say_day(one.on)}{ready}",
    }[one.turn]


def _waited_on(edition: Edition) -> list[tuple[str, str, bool]]:
    """Each party somebody waits on, those most wait on first, with who waits since when, and whether several do."""
    today = edition.period.today
    by_party = sorted(((_party(one, edition), one) for one in edition.news.stuck), key=lambda pair: pair[0])
    grouped = [
        (party, [one for _, one in pairs]) for party, pairs in groupby(by_party, key=lambda pair: pair[0])
    ]
    grouped.sort(key=lambda pair: -len(pair[1]))
    return [
        (party, together([_waits(one, edition, today) for one in some]), len(some) > 1)
        for party, some in grouped
    ]


def _party(one: Stuck, edition: Edition) -> str:
    if one.function is not None:
        return FUNCTIONS[one.function]
    return edition.name(one.person) if one.person is not None else one.outside or "somebody outside"


def _waits(one: Stuck, edition: Edition, today: date) -> str:
    days = (today - edition.period.day(one.since)).days
    return (
        f"{edition.name(one.blocked)} ({one.about.name}, {counted(days, 'day', 'days') if days else 'new'})"
    )


_KINDS = {
    Kind.IDEA: ("idea", "ideas"),
    Kind.PROBLEM: ("problem", "problems"),
    Kind.QUESTION: ("question", "questions"),
    Kind.PRAISE: ("word of praise", "words of praise"),
    Kind.CHURN_RISK: ("churn risk", "churn risks"),
}
