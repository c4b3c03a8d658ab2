"""Every view of digests at its smallest, usual and largest."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from handlers.digests import forms, needing, recap, rules, views
from handlers.digests.forms import Standing
from handlers.digests.lines import Edition
from handlers.digests.recap import Recap
from handlers.digests.rules import Refusal
from handlers.kit.examples import Example
from handlers.kit.surfaces import MessageContent, View, home
from storage.decisions.values import DecisionState, Line
from storage.digests.values import (
    Cleared,
    Closed,
    Decided,
    LaunchNews,
    Need,
    News,
    Open,
    Period,
    Readers,
    Stuck,
    Subject,
    Turn,
)
from storage.feedback.values import Kind
from storage.recurrence import weekly
from storage.things.values import Letter, Reference
from storage.values import AtFirst, ChannelId, FunctionId, PersonId
from storage.worktime.values import Away

Size = Literal["smallest", "usual", "largest"]
CHANNEL = ChannelId("C0PRODUCT")
MAYA, OMAR = PersonId("U0MAYA"), PersonId("U0OMAR")
NAMES = {MAYA: "Maya Lindqvist", OMAR: "Omar Haddad"}
NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
WEEK = Period(NOW - timedelta(days=7), NOW, "Europe/Stockholm")
MONDAYS = weekly([1], date(2026, 3, 2), time(9), "Europe/Stockholm")
LONG = "<!channel> *Weekly* & <https://example.com|not a link> " * 6
READERS = Readers({"Europe/Stockholm": 6, "Asia/Tokyo": 2}, full=True)


def _about(letter: Letter, number: int, title: str) -> Subject:
    link = f"https://northwind-labs.slack.com/archives/C0PRODUCT/p17000000000{number:05}"
    return Subject(Reference(letter, number), title, link)


_LETTERS = {Need.UNTOUCHED: Letter.FEEDBACK, Need.BLOCKER: Letter.BLOCKER, Need.LAUNCH: Letter.LAUNCH}
_ITEMS = {Need.ITEM_LATE, Need.ITEM_BLOCKED}


def _open(need: Need, number: int, title: str, days: int) -> Open:
    about = _about(_LETTERS.get(need, Letter.DECISION), number, title)
    if need in _ITEMS:
        about = Subject(Reference(Letter.LAUNCH, number), title, about.permalink, 12)
    return Open(need, about, OMAR, WEEK.today - timedelta(days=days))


def _launch(turn: Turn, number: int, title: str, ahead: int) -> LaunchNews:
    day = WEEK.today + timedelta(days=ahead)
    before = day - timedelta(days=7) if turn is Turn.MOVED else None
    items = (9, 12) if turn is Turn.COMING else (0, 0)
    return LaunchNews(_about(Letter.LAUNCH, number, title), turn, day, before, *items)


def _stuck(number: int, function: FunctionId | None, days: int, outside: str | None = None) -> Stuck:
    about = _about(Letter.BLOCKER, number, "No test accounts")
    return Stuck(about, MAYA, function, None, outside, NOW - timedelta(days=days))


def _decided(number: int, title: str, replaces: int | None = None) -> Decided:
    return Decided(_about(Letter.DECISION, number, title), OMAR, NOW, replaces)


def _edition(news: News) -> Edition:
    return Edition(CHANNEL, WEEK, news, rules.needs(news, WEEK.today), NAMES, MONDAYS)


SMALLEST = _edition(News(captured={Kind.IDEA: 1}))
USUAL = _edition(
    News(
        (
            _open(Need.BLOCKER, 5, "No test accounts for the pilot", 5),
            _open(Need.ITEM_LATE, 4, "Pricing page says it", 2),
            _open(Need.OVERDUE, 9, "One price for all seats", 4),
            _open(Need.UNTOUCHED, 3, "Export to Excel keeps the filters", 21),
        ),
        7,
        (_decided(12, "We invoice in euro first"), _decided(11, "Scheduled exports before dashboards", 7)),
        2,
        {Kind.PROBLEM: 4, Kind.IDEA: 2, Kind.QUESTION: 1},
        (
            {Kind.IDEA: 2},
            {Kind.IDEA: 3, Kind.PROBLEM: 1},
            {Kind.IDEA: 2, Kind.PROBLEM: 1},
            {Kind.IDEA: 1, Kind.PROBLEM: 3},
            {Kind.IDEA: 2, Kind.PROBLEM: 4, Kind.QUESTION: 1},
        ),
        (_launch(Turn.COMING, 4, "Scheduled exports", 3), _launch(Turn.MOVED, 6, "Usage reports", 15)),
        (_stuck(5, AtFirst.ENGINEERING, 5), _stuck(7, AtFirst.ENGINEERING, 0), _stuck(6, None, 1, "Acme")),
        (Cleared(_about(Letter.BLOCKER, 3, "The staging server is down"), OMAR),),
        (Closed(_about(Letter.FEEDBACK, 4, "Reports by e-mail"), "Acme", 2),),
    )
)
_SORTS = tuple(Need)
LARGEST = _edition(
    News(
        tuple(_open(_SORTS[n % len(_SORTS)], 90_000 + n, LONG, 400 - n) for n in range(40)),
        4_812,
        tuple(_decided(80_000 + n, LONG, 70_000 + n) for n in range(40)),
        4_321,
        dict.fromkeys(Kind, 12_345),
        tuple(dict.fromkeys(Kind, 1_000 * (n + 1)) for n in range(6)),
        tuple(_launch(turn, 60_000 + n, LONG, n) for n in range(10) for turn in Turn),
        tuple(_stuck(50_000 + n, None, n, LONG + str(n)) for n in range(40)),
        tuple(Cleared(_about(Letter.BLOCKER, n, LONG), MAYA) for n in range(40)),
        tuple(Closed(_about(Letter.FEEDBACK, n, LONG), "A" * 80, 10_000 + n) for n in range(40)),
    )
)
HERE = Standing(CHANNEL, "#product", MONDAYS, "Maya Lindqvist", date(2026, 3, 16))
FAR = Standing(CHANNEL, "#" + "product" * 11, MONDAYS, LONG, date(2026, 3, 16), paused=True)
EVERY_DAY = Standing(
    CHANNEL, "#product", weekly(range(1, 8), date(2026, 3, 2), time(9), "UTC", every=4), "Maya"
)


def _message(name: str, size: Size, content: MessageContent) -> Example:
    return Example("digests", name, size, "message", content.payload)


def _modal(name: str, size: Size, view: View) -> Example:
    return Example("digests", name, size, "modal", view)


_LINE = Line(9, DecisionState.PROPOSED, "One price for all seats", None, OMAR, MAYA, None, None)
_FAR_LINE = Line(90_000, DecisionState.PROPOSED, LONG, "https://example.com/p1", OMAR, MAYA, None, None)
CAUGHT_UP = Recap(
    WEEK, [(_LINE, "waits for your approval")], ["Which account was F-7 for?"], USUAL.news.decided,
    USUAL.news.launches, USUAL.news.cleared, 4, NAMES,
)  # fmt: skip
MUCH = Recap(
    WEEK, [(_FAR_LINE, "waits for your approval")] * 40, [LONG] * 40, LARGEST.news.decided,
    LARGEST.news.launches, LARGEST.news.cleared, 999, NAMES,
)  # fmt: skip
ZONES = ["Europe/Stockholm", "Asia/Tokyo"]
EXAMPLES = (
    _message("digest", "smallest", views.digest(SMALLEST)),
    _message("digest", "usual", views.digest(USUAL)),
    _message("digest", "largest", views.digest(LARGEST)),
    _message("preview", "usual", views.digest(USUAL, preview=True)),
    _modal("all needs", "smallest", needing.all_needs(SMALLEST)),
    _modal("all needs", "usual", needing.all_needs(USUAL)),
    _modal("all needs", "largest", needing.all_needs(LARGEST)),
    _message("proposal", "usual", forms.proposal(HERE, READERS)),
    _message("proposal", "largest", forms.proposal(FAR, Readers({"UTC": 1}, full=False))),
    _message("proposal unseen", "usual", forms.proposal_unseen(CHANNEL)),
    _message("standing", "smallest", forms.shown(EVERY_DAY)),
    _message("standing", "usual", forms.shown(HERE, "The digest of #product is started")),
    _message("standing", "largest", forms.shown(FAR)),
    _message("list", "smallest", forms.listed([])),
    _message("list", "usual", forms.listed([HERE])),
    _message("list", "largest", forms.listed([FAR] * 50)),
    _modal("form", "usual", forms.form(HERE, ZONES, starting=True)),
    _modal(
        "form",
        "largest",
        forms.form(EVERY_DAY, ["UTC", *[f"Etc/GMT+{n}" for n in range(1, 13)]], starting=False),
    ),
    _modal("saved", "usual", forms.saved(HERE)),
    _modal("recap", "smallest", recap.recap(Recap(WEEK))),
    _modal("recap", "usual", recap.recap(CAUGHT_UP)),
    _modal("recap", "largest", recap.recap(MUCH)),
    Example("digests", "welcome", "usual", "home", home(recap.welcome(Away(WEEK.first, date(2026, 3, 6))))),
    _modal("told", "usual", forms.told_modal(forms.WHY_NOT[Refusal.GUESTS])),
)
