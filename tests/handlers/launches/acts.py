"""What people do again and again in these tests."""

from datetime import timedelta
from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from tests.front import FrontDoor


async def monday(slack: Slack) -> None:
    """It is ten o'clock on a Monday in London, where most people here are at work."""
    await slack.advance("next monday", as_="omar")
    await slack.advance("1 hour", as_="omar")


def day(door: FrontDoor, ahead: int) -> str:
    """A day of the calendar, so many days from now."""
    return (door.app.database.clock.now() + timedelta(days=ahead)).date().isoformat()


async def make(
    door: FrontDoor, ahead: int = 14, as_: str = "maya", channel: str = "#launches", **values: Any
) -> None:
    """On a Monday somebody makes a launch: of tier 2 and in two weeks, if nothing else is said."""
    await door.slack.command("/launch", 'new "Invoices in euro"', as_=as_, channel=channel)
    made = await door.slack.submit(as_, day=day(door, ahead), **values)
    assert made.errors == {}


async def board(slack: Slack, channel: str = "#launches", as_: str = "maya") -> Message:
    """The newest board in a channel."""
    ours = [one for one in await slack.channel(channel, as_=as_).messages() if one.user == "throughline"]
    return [one for one in ours if "Show all" in one.buttons][-1]


async def headlines(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we ever wrote to somebody."""
    return [one.text.split("\n")[0] for one in await slack.dms(as_) if one.user == "throughline"]


async def letter_to(slack: Slack, as_: str, words: str) -> Message:
    """The newest message of ours to somebody with these words in it."""
    return [one for one in await slack.dms(as_) if one.user == "throughline" and words in one.words][-1]
