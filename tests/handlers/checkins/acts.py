"""What people do again and again in these tests."""

from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message

HERE = "#general"
ZONES = ("aiko", "maya", "omar", "sam")
"""Somebody in each time zone, in the order in which it is morning there: Tokyo, Stockholm, London, New York."""
STEPS = {"aiko": "next morning", "maya": "8 hours", "omar": "1 hour", "sam": "5 hours"}
"""From one's nine o'clock to the next one's, in winter."""


async def start(slack: Slack, as_: str = "maya", channel: str = HERE) -> None:
    """Somebody starts what is proposed in a channel, on a Monday at nine where they are."""
    await slack.advance("next monday", as_=as_)
    await slack.click(await propose(slack, as_, channel), "Start", as_=as_)


async def propose(slack: Slack, as_: str = "maya", channel: str = HERE) -> Message:
    """Somebody types `/checkin` alone; what they are answered."""
    return await typed(slack, "", as_, channel)


async def typed(slack: Slack, words: str, as_: str = "maya", channel: str = HERE) -> Message:
    """Somebody types `/checkin` with words; what they are answered."""
    await slack.command("/checkin", words, as_=as_, channel=channel)
    return (await slack.ephemerals(as_, channel))[-1]


async def morning(slack: Slack, *those: str) -> None:
    """It is the next nine o'clock in Tokyo, then where each of these is, as on every day."""
    for one in those:
        await slack.advance(STEPS[one], as_=one)


async def one_o_clock(slack: Slack) -> None:
    """Four hours after nine in New York: the summary's time."""
    await slack.advance("4 hours", as_="sam")


async def prompts(slack: Slack, as_: str) -> list[Message]:
    """Everything that asks somebody and can be answered now."""
    return [one for one in await slack.dms(as_) if "Answer" in one.buttons]


async def answer(slack: Slack, as_: str, done: str | None = None, **values: Any) -> None:
    """Somebody answers what they were asked."""
    await slack.click((await prompts(slack, as_))[-1], "Answer", as_=as_)
    await slack.submit(as_, **({} if done is None else {"question0": done}), **values)


async def summaries(slack: Slack, channel: str = HERE) -> list[Message]:
    """Every summary in a channel."""
    ours = [one for one in await slack.channel(channel, as_="maya").messages() if one.user == "throughline"]
    return [one for one in ours if " answer" in one.text.split("\n")[0]]


async def thread(slack: Slack, message: Message, channel: str = HERE) -> list[Message]:
    """What stands below a message."""
    return (await slack.channel(channel, as_="maya").thread(message))[1:]


def headline(message: Message) -> str:
    """The first line of what phones get."""
    return message.text.split("\n")[0]


async def headlines(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we ever wrote to somebody."""
    return [headline(one) for one in await slack.dms(as_) if one.user == "throughline"]


async def home_of(slack: Slack, as_: str) -> str:
    """Somebody's Home."""
    await slack.open_home(as_)
    return (await slack.home(as_)).text
