"""What people do again and again in these tests."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message


async def switch_on(slack: Slack, channel: str = "#sales", as_: str = "dana") -> None:
    """A member switches capturing on in a channel."""
    await slack.command("/capture", as_=as_, channel=channel)
    offer = (await slack.ephemerals(as_, channel))[-1]
    await slack.click(offer, "Capture 💡 and 🐞 here", as_=as_)


async def wish(slack: Slack, words: str = "Acme wants invoices in euro", as_: str = "dana") -> Message:
    """Somebody says something in #sales."""
    return await slack.message("#sales", words, as_=as_)


async def card_of(slack: Slack, as_: str) -> Message:
    """The newest message of ours to somebody."""
    return [one for one in await slack.dms(as_) if one.user == "throughline"][-1]


async def ours_to(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we ever wrote to somebody."""
    return [one.text.split("\n")[0] for one in await slack.dms(as_) if one.user == "throughline"]
