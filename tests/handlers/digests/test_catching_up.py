"""Catching up after leave: what needs me first, what concerns me, and nothing that is not mine to see."""

from datetime import date, timedelta

import pytest

from handlers.digests import rules
from storage.worktime.values import Away
from tests.front import FrontDoor
from tests.handlers.decisions.acts import name, record
from tests.handlers.digests.acts import monday

TODAY = date(2026, 3, 16)
LEAVE = Away(date(2026, 3, 2), date(2026, 3, 13))


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2 weeks", 14), ("10 days", 10), ("a week", 7), ("last two weeks", 14), ("month", 30), ("week", 7),
     ("2026-03-02", 14), ("since 2026-03-02", 14), ("99 weeks", 92), ("2020-01-01", 92)],
)  # fmt: skip
def test_since_when(typed: str, days: int) -> None:
    """Counted back from today, a quarter at most."""
    assert rules.typed_from(typed, TODAY) == TODAY - timedelta(days=days)


@pytest.mark.parametrize("typed", ["0 days", "yesterweek", "2026-03-16", "2026-12-01", "help", "weeks ago"])
def test_what_is_no_time(typed: str) -> None:
    """Said so, instead of guessed."""
    assert rules.typed_from(typed, TODAY) is None


@pytest.mark.parametrize(
    ("away", "first"),
    [
        (None, date(2026, 3, 9)),
        (LEAVE, date(2026, 3, 2)),
        (Away(date(2026, 3, 10), date(2026, 3, 20)), date(2026, 3, 10)),
        (Away(date(2026, 1, 2), date(2026, 2, 13)), date(2026, 3, 9)),
        (Away(date(2025, 3, 2), date(2026, 3, 13)), TODAY - rules.LONGEST),
    ],
)
def test_since_the_last_absence(away: Away | None, first: date) -> None:
    """Its first day, unless it is long over; a sabbatical is cut to a quarter."""
    assert rules.catch_up_from(away, TODAY) == first


@pytest.mark.parametrize(("day", "shown"), [(13, False), (14, True), (18, True), (19, False)])
def test_home_offers_it_for_some_days(day: int, shown: bool) -> None:
    """From the day one is back."""
    assert rules.welcome(LEAVE, date(2026, 3, day)) is shown


async def test_what_needs_me_comes_first(door: FrontDoor) -> None:
    """Then what was decided that concerns me; the rest is one line; nothing was queued by looking."""
    slack = door.slack
    await record(slack, "One price for all seats")
    await name(slack, approver="maya")
    await record(slack, "We invoice in euro first")
    await name(slack, informed=["maya"])
    await record(slack, "The office gets plants")
    before = len(await slack.dms("maya"))

    await slack.command("/throughline", "catchup", as_="maya")
    seen = await slack.modal("maya")
    lines = seen.text.split("\n")
    assert seen.title == "What happened"
    assert lines.index("*Needs you*") < lines.index("*Decided, and yours to know*")
    assert "waits for your approval" in seen.text
    assert "We invoice in euro first" in seen.text
    assert "The office gets plants" not in seen.text
    assert "1 other decision: `/decision list`" in seen.text
    assert len(await slack.dms("maya")) == before
    await slack.click(seen, "Show", as_="maya")
    assert "Approve" in (await slack.modal("maya")).buttons


async def test_nothing_is_said_to_be_nothing(door: FrontDoor) -> None:
    """And words that are no time get the help."""
    slack = door.slack
    await slack.command("/throughline", "catchup 2 weeks", as_="lena")
    assert "*Nothing you need to know.*" in (await slack.modal("lena")).text
    await slack.close("lena")
    await slack.command("/throughline", "catchup soon", as_="lena")
    assert "`/throughline catchup 2 weeks`" in (await slack.ephemerals("lena", "#general"))[-1].text


async def test_home_offers_it_when_one_is_back(door: FrontDoor) -> None:
    """A button on the first days back, and since the day one went."""
    slack = door.slack
    await monday(slack)
    await slack.command("/throughline", "away until friday", as_="omar")
    await record(slack, "We invoice in euro first", as_="maya")
    await name(slack, "maya", informed=["omar"])
    await slack.open_home("omar")
    assert "Welcome back" not in (await slack.home("omar")).text

    await monday(slack)
    await slack.open_home("omar")
    shown = await slack.home("omar")
    assert "*Welcome back.* You were away from Monday" in shown.text
    await slack.click(shown, "What happened meanwhile", as_="omar")
    assert "We invoice in euro first" in (await slack.modal("omar")).text
