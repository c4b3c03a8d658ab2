"""What people do again and again in these tests."""

from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message

HERE = "#general"
DONE, NEXT, STUCK, WAITS = "What did you get done?", "What is next?", "Is anything in your way?", "It waits on"


async def start(slack: Slack, as_: str = "maya", channel: str = HERE) -> None:
    """Somebody starts what is proposed in a channel."""
    await slack.command("/checkin", as_=as_, channel=channel)
    proposal = (await slack.ephemerals(as_, channel))[-1]
    await slack.click(proposal, "Start", as_=as_)


async def monday(slack: Slack, as_: str) -> None:
    """It is nine on a Monday where this person is."""
    await slack.advance("next monday", as_=as_)


async def prompt(slack: Slack, as_: str) -> Message:
    """The newest message that asks somebody."""
    return [one for one in await slack.dms(as_) if "Answer" in one.buttons][-1]


async def answer(slack: Slack, as_: str, done: str | None = None, *, stuck: str | None = None, waits: Any = None) -> None:
    """Somebody answers what they were asked."""
    await slack.click(await prompt(slack, as_), "Answer", as_=as_)
    values: dict[str, Any] = {"question0": done, "blocker": stuck}
    await slack.submit(as_, **{name: one for name, one in values.items() if one is not None}, **({"checkins.waits_on": waits} if waits else {}))


async def asked(slack: Slack, as_: str) -> bool:
    """Whether somebody was ever asked by a check-in."""
    return any("Answer" in one.buttons for one in await slack.dms(as_))


async def summaries(slack: Slack, channel: str = HERE) -> list[Message]:
    """Every summary in a channel."""
    ours = [one for one in await slack.channel(channel, as_="maya").messages() if one.user == "throughline"]
    return [one for one in ours if ": " in one.text.split("\n")[0] and "answer" in one.text.split("\n")[0]]
