"""What people do again and again in these tests."""

from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message


async def record(
    slack: Slack, words: str = "We invoice in euro first", as_: str = "omar", channel: str = "#general"
) -> None:
    """Somebody records a decision by the command."""
    await slack.command("/decision", words, as_=as_, channel=channel)
    await slack.submit(as_)


async def page(slack: Slack, as_: str, opens: str, **values: Any) -> None:
    """Somebody fills in one page behind *More* and keeps it."""
    await slack.click(await slack.modal(as_), opens, as_=as_)
    await slack.submit(as_, **values)


async def name(slack: Slack, as_: str = "omar", /, **people: Any) -> None:
    """From a decision's last page: name people behind *More* and save."""
    await slack.click(await slack.modal(as_), "More…", as_=as_)
    await page(slack, as_, "Name people", **people)
    await slack.submit(as_)


async def card_in(slack: Slack, channel: str = "#general", as_: str = "maya") -> Message:
    """The newest card of a decision in a channel."""
    ours = [one for one in await slack.channel(channel, as_=as_).messages() if one.user == "throughline"]
    return [one for one in ours if "Show" in one.buttons][-1]


async def letters_to(slack: Slack, as_: str) -> list[Message]:
    """Everything we ever wrote to somebody, cards apart."""
    ours = [one for one in await slack.dms(as_) if one.user == "throughline"]
    return [one for one in ours if " · " not in one.text.split("\n")[0]]


async def headlines(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we ever wrote to somebody, cards apart."""
    return [one.text.split("\n")[0] for one in await letters_to(slack, as_)]


async def letter_to(slack: Slack, as_: str, words: str) -> Message:
    """The newest message of ours to somebody with these words in it."""
    return [one for one in await letters_to(slack, as_) if words in one.words][-1]


async def shown(slack: Slack, number: int, as_: str) -> str:
    """All words of a decision's card, as somebody sees it."""
    await slack.command("/decision", f"show D-{number}", as_=as_)
    text = (await slack.modal(as_)).text
    await slack.close(as_)
    return text


async def monday(slack: Slack) -> None:
    """It is ten o'clock on a Monday in London, where most people here are at work."""
    await slack.advance("next monday", as_="omar")
    await slack.advance("1 hour", as_="omar")
