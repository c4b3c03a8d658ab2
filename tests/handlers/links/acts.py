"""What people do again and again in these tests."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Modal


async def capture(
    slack: Slack, words: str = "Acme wants invoices in euro", as_: str = "sam", channel: str = "#general"
) -> None:
    """Somebody captures feedback by the command."""
    await slack.command("/capture", words, as_=as_, channel=channel)
    await slack.submit(as_)


async def joint(slack: Slack, name: str, as_: str, channel: str = "#general") -> Modal:
    """The one card of a thing, as somebody sees it."""
    await slack.command("/throughline", f"show {name}", as_=as_, channel=channel)
    return await slack.modal(as_)


async def link(slack: Slack, name: str, to: str, as_: str) -> None:
    """Somebody links two things by the picker."""
    await slack.click(await joint(slack, name, as_), "Link…", as_=as_)
    await slack.fill(as_, **{"links.to": to})
    await slack.submit(as_)
    await slack.close(as_)
