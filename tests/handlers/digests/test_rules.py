"""What needs attention, what is quiet, how a digest begins and what its chart shows: tables, and any news at all."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.digests import findings, needing, rules, views
from handlers.digests.examples import CHANNEL, MONDAYS
from handlers.digests.lines import Edition
from handlers.digests.rules import Refusal
from handlers.kit.problems import problems
from storage.digests.values import Decided, Need, News, Open, Period, Readers, Subject
from storage.feedback.values import Kind
from storage.people.values import Channel, ChannelKind
from storage.things.values import Letter, Reference
from storage.values import PersonId

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
WEEK = Period(NOW - timedelta(days=7), NOW, "UTC")
OMAR, MAYA = PersonId("U0OMAR"), PersonId("U0MAYA")
ALL_FULL = Readers({"UTC": 3}, full=True)
WITH_GUEST = Readers({"UTC": 3}, full=False, guests=("Gil",))
STRANGER = Readers({"UTC": 3}, full=False)


def waits(need: Need, days: int, number: int = 7) -> Open:
    letter = Letter.FEEDBACK if need is Need.UNTOUCHED else Letter.DECISION
    return Open(need, Subject(Reference(letter, number), "Euro"), OMAR, WEEK.today - timedelta(days=days))


@pytest.mark.parametrize(
    ("need", "days", "needed"),
    [
        (Need.OVERDUE, -3, False),
        (Need.OVERDUE, 0, False),
        (Need.OVERDUE, 1, True),
        (Need.REVIEW, 0, False),
        (Need.REVIEW, 1, True),
        (Need.UNDECIDED, 13, False),
        (Need.UNDECIDED, 14, True),
        (Need.UNTOUCHED, 13, False),
        (Need.UNTOUCHED, 14, True),
    ],
)
def test_what_needs_attention(need: Need, days: int, needed: bool) -> None:
    """Due today is not late; nobody is pressed before a day has passed."""
    found = rules.needs(News((waits(need, days),)), WEEK.today)
    assert [one.days for one in found] == ([days] if needed else [])


def test_the_most_pressing_comes_first() -> None:
    """By sort, then what waits longest."""
    news = News(
        (
            waits(Need.UNTOUCHED, 90, 1),
            waits(Need.OVERDUE, 2, 2),
            waits(Need.OVERDUE, 5, 3),
            waits(Need.REVIEW, 9, 4),
        )
    )
    assert [one.what.about.reference.number for one in rules.needs(news, WEEK.today)] == [3, 2, 4, 1]


@pytest.mark.parametrize(
    ("channel", "readers", "why"),
    [
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True), ALL_FULL, None),
        (Channel(CHANNEL, "p", ChannelKind.PRIVATE, ours=True), ALL_FULL, None),
        (Channel(CHANNEL, "p", ChannelKind.PRIVATE, ours=True), WITH_GUEST, None),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True), WITH_GUEST, Refusal.GUESTS),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True), STRANGER, Refusal.UNKNOWN),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True), Readers({}, full=False), Refusal.UNKNOWN),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True, shared=True), ALL_FULL, Refusal.SHARED),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC, ours=True, archived=True), ALL_FULL, Refusal.ARCHIVED),
        (Channel(CHANNEL, "p", ChannelKind.PUBLIC), ALL_FULL, Refusal.NOT_IN_IT),
        (Channel(CHANNEL, "p", ChannelKind.GROUP_IM, ours=True), ALL_FULL, Refusal.NOT_A_CHANNEL),
        (None, ALL_FULL, Refusal.NOT_IN_IT),
    ],
)
def test_where_there_can_be_a_digest(channel: Channel | None, readers: Readers, why: Refusal | None) -> None:
    """Where we are, nobody from outside is, and what is told may be read by everybody."""
    assert rules.refusal(channel, ChannelKind.PUBLIC, readers) is why


@pytest.mark.parametrize(
    ("zones", "own", "zone"),
    [
        ({"Europe/London": 4, "Asia/Tokyo": 2}, "Asia/Tokyo", "Europe/London"),
        ({"Europe/London": 2, "Asia/Tokyo": 2}, "Europe/London", "Europe/London"),
        ({"Europe/London": 2, "Asia/Tokyo": 2}, "America/New_York", "Asia/Tokyo"),
        ({}, "Asia/Tokyo", "Asia/Tokyo"),
        ({"Nowhere/At_All": 9}, "Nowhere/Either", "UTC"),
    ],
)
def test_it_goes_by_the_clocks_of_most(zones: Mapping[str, int], own: str, zone: str) -> None:
    """Of several with as many, by those of whoever asks."""
    assert rules.zone_of_most(zones, own) == zone


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "Today"), (1, "Since yesterday"), (3, "Since Friday 6 March"), (7, "This week"), (14, "These two weeks"),
     (28, "Since Monday 9 February")],
)  # fmt: skip
def test_what_the_time_is_called(days: int, said: str) -> None:
    """A week is this week; anything odd says since when."""
    assert rules.say_period(Period(NOW - timedelta(days=days), NOW, "UTC")) == said


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ([(0, 0), (1, 0), (0, 0), (0, 0), (0, 0), (1, 0)], None),
        ([(1, 0), (1, 0), (1, 0), (1, 0), (1, 0), (0, 0)], None),
        ([(0, 0), (0, 0), (0, 0), (3, 1), (1, 3), (2, 4)], "More problems than ideas for the second week"),
        ([(0, 0), (0, 0), (0, 0), (3, 1), (3, 1), (2, 4)], "More problems than ideas this week"),
        (
            [(0, 1), (1, 2), (1, 2), (0, 1), (1, 2), (1, 9)],
            "More problems than ideas for the sixth week in a row",
        ),
        ([(0, 0), (0, 0), (9, 0), (1, 0), (2, 1), (5, 2)], "More feedback each week, 1 then 3 then 7"),
        ([(0, 0), (0, 0), (0, 0), (9, 1), (2, 3), (2, 1)], "More ideas than problems this week"),
        (
            [(0, 0), (0, 0), (0, 0), (9, 1), (2, 2), (2, 2)],
            "4 pieces of feedback this week, 4 the week before",
        ),
    ],
)
def test_the_finding(weeks: list[tuple[int, int]], said: str | None) -> None:
    """Ideas and problems of six weeks; too little to show is no finding, and no chart."""
    assert findings.finding([{Kind.IDEA: ideas, Kind.PROBLEM: bad} for ideas, bad in weeks]) == said


def test_the_time_told_begins_where_the_last_ended() -> None:
    """The first tells of a week; one from the future, after a clock was put back, of nothing."""
    assert rules.period(None, NOW, "UTC").since == NOW - timedelta(days=7)
    assert rules.period(NOW - timedelta(days=3), NOW, "UTC").since == NOW - timedelta(days=3)
    assert rules.period(NOW + timedelta(days=1), NOW, "UTC").since == NOW


def test_every_monday_at_nine() -> None:
    """What is proposed."""
    found = rules.proposed(date(2026, 3, 4), "Europe/Stockholm")
    assert (found.rule, found.start, found.at) == ("FREQ=WEEKLY;BYDAY=MO", date(2026, 3, 9), time(9))


@pytest.mark.parametrize(
    ("person", "admin", "left", "may"),
    [
        (OMAR, False, False, True),
        (MAYA, False, False, False),
        (MAYA, True, False, True),
        (MAYA, False, True, True),
    ],
)
def test_who_may_change_it(person: PersonId, admin: bool, left: bool, may: bool) -> None:
    """Whoever started it, admins, and anybody once that person is gone."""
    assert rules.may_change(person, OMAR, admin=admin, owner_left=left) is may


# -- any news at all --------------------------------------------------------------------------------------

TITLES = st.text(min_size=1, max_size=80).filter(lambda title: bool(" ".join(title.split())))
SUBJECTS = st.builds(
    Subject,
    st.builds(Reference, st.sampled_from((Letter.DECISION, Letter.FEEDBACK)), st.integers(1, 10**6)),
    TITLES,
)
OPEN = st.builds(
    Open, st.sampled_from(Need), SUBJECTS, st.sampled_from((OMAR, MAYA, None)),
    st.dates(date(2025, 1, 1), date(2026, 6, 1)),
)  # fmt: skip
DECIDED = st.builds(
    Decided, SUBJECTS, st.sampled_from((OMAR, None)), st.just(NOW), st.none() | st.integers(1, 99)
)
COUNTS = st.dictionaries(st.sampled_from(Kind), st.integers(0, 5000))
NEWS = st.builds(
    News, st.lists(OPEN, max_size=40).map(tuple), st.integers(0, 5000), st.lists(DECIDED, max_size=40).map(tuple),
    st.integers(40, 5000), COUNTS, st.just(()) | st.lists(COUNTS, min_size=6, max_size=6).map(tuple),
)  # fmt: skip


@given(NEWS)
def test_a_digest_is_quiet_or_says_something(news: News) -> None:
    """Quiet exactly where nothing waits and nothing happened; else its headline has a number in it."""
    waiting = rules.needs(news, WEEK.today)
    silent = rules.quiet(news, waiting, WEEK)
    assert silent == (not waiting and not news.decided and sum(news.captured.values()) == 0)
    if not silent:
        assert any(sign.isdigit() for sign in rules.headline(news, waiting, WEEK))


@given(NEWS)
def test_slack_takes_any_digest(news: News) -> None:
    """Whatever people wrote: within every limit, and text and blocks begin alike."""
    edition = Edition(CHANNEL, WEEK, news, rules.needs(news, WEEK.today), {OMAR: "Omar"}, MONDAYS)
    content = views.digest(edition)
    assert problems(content.payload, "message") == []
    assert content.text.startswith(rules.headline(news, edition.waiting, WEEK))
    assert problems(needing.all_needs(edition), "modal") == []


@given(st.lists(COUNTS, min_size=6, max_size=6))
def test_a_finding_is_true(weeks: list[dict[Kind, int]]) -> None:
    """What it claims of this week holds, counted apart from the rule; a chart has at least three weeks in it."""
    said = findings.finding(weeks)
    if said is None:
        return
    ideas, bad = weeks[-1].get(Kind.IDEA, 0), weeks[-1].get(Kind.PROBLEM, 0)
    assert sum(1 for week in weeks if sum(week.values()) > 0) >= 3
    assert not said.startswith("More problems") or bad > ideas
    assert not said.startswith("More ideas") or ideas > bad
    if said.startswith("More feedback each week, "):
        told = [int(one) for one in said.removeprefix("More feedback each week, ").split(" then ")]
        assert told == [sum(week.values()) for week in weeks][-len(told) :]
        assert told == sorted(set(told))


@given(st.lists(OPEN, max_size=40), st.dates(date(2025, 6, 1), date(2026, 6, 1)))
def test_who_waits_longest_is_never_passed_over(found: list[Open], today: date) -> None:
    """Of two of one sort the older one stands first, and what is listed waited as long as it says."""
    listed = rules.needs(News(tuple(found)), today)
    for one in listed:
        assert today - one.what.since == timedelta(days=one.days)
    for need in Need:
        ages = [one.days for one in listed if one.what.need is need]
        assert ages == sorted(ages, reverse=True)
