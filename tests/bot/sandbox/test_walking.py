"""Letting time go by on the page: what is due on the way happens there and then, not in one heap at the end."""

from datetime import UTC, datetime

from bot.sandbox.driver import Slack
from bot.sandbox.walking import stops
from tests.front import FrontDoor

ZONES = ("Asia/Tokyo", "Europe/Stockholm", "Europe/London", "America/New_York")
FRIDAY_EVENING = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)


def test_over_a_weekend_it_stops_where_people_work() -> None:
    """New York's Friday, then Monday's mornings from Tokyo on; nobody's Saturday or Sunday."""
    found = [
        at.isoformat()[:16] for at in stops(FRIDAY_EVENING, datetime(2026, 11, 30, 8, 0, tzinfo=UTC), ZONES)
    ]
    assert found == [
        "2026-11-27T18:00",
        "2026-11-27T21:30",
        "2026-11-30T00:00",
        "2026-11-30T04:00",
        "2026-11-30T07:30",
    ]


async def test_an_app_that_follows_is_on_time_everywhere(door: FrontDoor) -> None:
    """A check-in at everybody's nine: walked over, each was asked at nine, and its runner hears of no gap."""
    slack = door.slack
    await slack.advance("next monday", as_="maya")
    await slack.command("/checkin", as_="maya", channel="#general")
    await slack.click((await slack.ephemerals("maya", "#general"))[-1], "Start", as_="maya")

    for _ in ("Monday in New York", "Tuesday there"):
        await slack.walk("next morning", as_="sam")

    for who, hour in (("kenji", 0), ("maya", 8), ("omar", 9), ("sam", 14)):
        asked = [one for one in await slack.dms(who) if one.text.startswith("Daily check-in")]
        assert len(asked) == 1
        at = datetime.fromisoformat(asked[0].raw["at"])
        assert (at.hour, at.minute) == (hour, 0), who
    assert not [one for one in await slack.dms("maya") if "could not" in one.text]


async def test_without_an_app_that_follows_it_walks_too(slack: Slack) -> None:
    """Nobody is waited for who is not there."""
    before = datetime.fromisoformat((await slack.state("maya"))["clock"]["now"])
    await slack.walk("2 days", as_="maya")
    after = datetime.fromisoformat((await slack.state("maya"))["clock"]["now"])
    assert 48 <= (after - before).total_seconds() / 3600 < 48.1
