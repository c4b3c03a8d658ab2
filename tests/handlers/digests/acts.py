"""What people do again and again in these tests."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message


async def digest(slack: Slack, words: str = "", as_: str = "omar", channel: str = "#general") -> Message:
    """Somebody types `/digest`; what only they see then."""
    await slack.command("/digest", words, as_=as_, channel=channel)
    return (await slack.ephemerals(as_, channel))[-1]


async def press(slack: Slack, message: Message, what: str, as_: str = "omar") -> Message:
    """Somebody presses a button on what only they see; what they see then."""
    await slack.click(message, what, as_=as_)
    return (await slack.ephemerals(as_, message.channel))[-1]


async def start(slack: Slack, as_: str = "omar", channel: str = "#general") -> Message:
    """Somebody starts the digest that is proposed."""
    return await press(slack, await digest(slack, as_=as_, channel=channel), "Start", as_)


async def posted(slack: Slack, channel: str = "#general", as_: str = "maya") -> list[Message]:
    """Every digest that stands in a channel."""
    ours = [one for one in await slack.channel(channel, as_=as_).messages() if one.user == "throughline"]
    return [one for one in ours if "`/digest` changes it" in one.text]


async def told(slack: Slack, as_: str) -> list[str]:
    """The headlines of everything we wrote to somebody."""
    return [one.text.split("\n")[0] for one in await slack.dms(as_) if one.user == "throughline"]


async def monday(slack: Slack) -> None:
    """It is nine o'clock on the next Monday in London, where most of #general live."""
    await slack.advance("next monday", as_="omar")
