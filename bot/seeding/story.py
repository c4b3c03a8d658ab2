"""How a week is told: it is some hour of some day, and somebody says, captures, answers or presses something."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message, Modal
from bot.seeding import days

Progress = Callable[[int, str], None]
"""Hears which week and day it is now."""


class Story:
    """The history being made. What happens between two moments happens on its way there."""

    def __init__(self, slack: Slack, first: date, progress: Progress) -> None:
        self.slack = slack
        self.first = first
        self._progress = progress
        self._now: datetime | None = None

    async def at(self, week: int, day: str, clock: str, zone: str = days.HOME) -> None:
        """It becomes this hour."""
        self._progress(week, day)
        await self.until(days.moment(self.first, week, day, clock, zone))

    async def until(self, moment: datetime) -> None:
        """Let time go by, with its mornings, noons and evenings."""
        for pause in days.pauses(await self.now(), moment):
            await self._go_to(pause)
        await self._go_to(moment)

    async def now(self) -> datetime:
        """What time it is."""
        if self._now is None:
            self._now = _time((await self.slack.state("maya"))["clock"])
        return self._now

    async def _go_to(self, moment: datetime) -> None:
        ahead = (moment - await self.now()).total_seconds()
        if ahead > 0:
            self._now = _time(await self.slack.advance(ahead))

    # What people do

    async def says(
        self, who: str, channel: str, text: str, *hearts: str, below: Message | None = None
    ) -> Message:
        """Somebody writes; `hearts` are reactions, as "tada by sam, dana"."""
        message = await self.slack.message(channel, text, as_=who, thread=below)
        for heart in hearts:
            name, _, fans = heart.partition(" by ")
            for fan in fans.split(", "):
                await self.slack.react(message, name, as_=fan)
        return message

    async def heard(self, channel: str, words: str, as_: str = "maya") -> Message:
        """The message with these words in a channel."""
        return await self.slack.channel(channel, as_=as_).saying(words)

    async def captures(self, who: str, channel: str, words: str, emoji: str = "bulb") -> None:
        """Somebody reacts to what was said, which keeps it."""
        await self.slack.react(await self.heard(channel, words, who), emoji, as_=who)

    async def account(self, who: str, words: str, account: str) -> None:
        """Whoever captured something adds for whom, on its card."""
        await self.presses(who, words, "Add account", account=account)

    async def letter(self, who: str, words: str) -> Message | None:
        """The newest message of ours to somebody with these words in it."""
        ours = [one for one in await self.slack.dms(who) if words in one.words and one.raw["bot"]]
        return ours[-1] if ours else None

    async def presses(self, who: str, words: str, button: str, /, **fields: Any) -> None:
        """Somebody presses a button in a message of ours to them, and fills in what opens."""
        letter = await self.letter(who, words)
        if letter is None:
            raise LookupError(f"{who} never got “{words}”")
        await self.slack.click(letter, button, as_=who)
        if fields:
            await self.slack.submit(who, **fields)
            await self.puts_away(who)

    async def commands(self, who: str, channel: str, command: str, text: str = "") -> None:
        """Somebody types a slash command."""
        await self.slack.command(command, text, as_=who, channel=channel)

    async def accepts(self, who: str, channel: str, command: str, button: str) -> None:
        """Somebody types a command alone and presses a button of what is proposed to them."""
        await self.commands(who, channel, command)
        offer = (await self.slack.ephemerals(who, channel))[-1]
        await self.slack.click(offer, button, as_=who)

    async def switches_on(self, job: str) -> None:
        """The admin switches a job on in her Home."""
        await self.slack.open_home("maya")
        await self.slack.click(await self.slack.home("maya"), f"switches.on:{job}", as_="maya")
        await self.puts_away("maya")

    async def fills(self, who: str, **fields: Any) -> Modal | None:
        """Somebody fills in the open form; what is shown afterwards."""
        told = await self.slack.submit(who, **fields)
        if told.errors:
            raise LookupError(f"{who} could not: {told.errors}")
        return await self.slack.modal(who) if await self.slack.sees_modal(who) else None

    async def page(self, who: str, opens: str, **fields: Any) -> None:
        """Somebody fills in one page of a form in several, and keeps it."""
        await self.slack.click(await self.slack.modal(who), opens, as_=who)
        await self.fills(who, **fields)

    async def everybody_reads(self) -> None:
        """Nothing so far is new to anybody any more."""
        for person in (await self.slack.state("maya"))["people"]:
            if person["kind"] in {"member", "guest"}:
                await self._reads(person["id"], person["name"])

    async def _reads(self, ident: str, who: str) -> None:
        for channel in (await self.slack.state(ident))["channels"]:
            if channel["unread"]:
                await self.slack.read(channel["id"], who)

    async def puts_away(self, who: str) -> None:
        """Somebody closes whatever is open."""
        while await self.slack.sees_modal(who):
            await self.slack.close(who)


def _time(clock: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(clock["now"]).astimezone(UTC)
