"""How a week is told: it is some hour of some day, and somebody says, captures, answers or presses something."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message, Modal
from bot.sandbox.walking import stops
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
        moment = days.moment(self.first, week, day, clock, zone)
        if moment < await self.now():
            raise ValueError(f"week {week}, {day} {clock} is past: a history is told in order")
        await self.until(moment)

    async def is_before(self, week: int, day: str, clock: str, zone: str = days.HOME) -> bool:
        """Whether that hour is yet to come."""
        return await self.now() < days.moment(self.first, week, day, clock, zone)

    async def until(self, moment: datetime) -> None:
        """Let time go by, with its mornings, noons and evenings."""
        for stop in stops(await self.now(), moment, days.ZONES):
            await self._go_to(stop)
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

    async def switches_on(self, command: str, button: str) -> None:
        """The admin tries a job that is off, and switches it on."""
        await self.accepts("maya", "#general", command, button)

    async def decides(self, who: str, channel: str, what: str, why: str, **people: Any) -> None:
        """Somebody records a decision, says why and names people."""
        await self.commands(who, channel, "/decision", what)
        await self.fills(who)
        await self.slack.click(await self.slack.modal(who), "More…", as_=who)
        await self.page(who, "Say why", why=why)
        await self.page(who, "Name people", **people)
        await self.fills(who)
        await self.confirms(who)
        await self.puts_away(who)

    async def confirms(self, who: str) -> None:
        """Somebody confirms the links that their words made."""
        while "Confirm" in (await self.slack.modal(who)).buttons:
            await self.slack.click(await self.slack.modal(who), "Confirm", as_=who)

    async def links(self, who: str, name: str, to: str) -> None:
        """Somebody links two things by the picker."""
        await self.commands(who, "#general", "/throughline", f"show {name}")
        await self.slack.click(await self.slack.modal(who), "Link…", as_=who)
        await self.fills(who, **{"links.to": to})
        await self.puts_away(who)

    async def item(self, who: str, item: str, button: str, **fields: Any) -> None:
        """Somebody says how an item of a launch stands, on its card: `L-1/2`."""
        await self.commands(who, "#launches", "/launch", item)
        await self.slack.click(await self.slack.modal(who), button, as_=who)
        if fields:
            await self.fills(who, **fields)
        await self.puts_away(who)

    async def launch(self, who: str, name: str, button: str) -> None:
        """Somebody opens a launch and presses a button on its card."""
        await self.commands(who, "#launches", "/launch", name)
        await self.slack.click(await self.slack.modal(who), button, as_=who)

    async def moves(self, who: str, name: str, day: str, why: str) -> None:
        """Somebody looks what another date would move, moves it and has those concerned told."""
        await self.launch(who, name, "Move date…")
        await self.fills(who, day=day, reason=why)
        await self.fills(who)
        await self.puts_away(who)

    async def opens_vote(self, who: str, name: str, *functions: str) -> None:
        """Somebody asks these functions whether a launch may go."""
        await self.launch(who, name, "Go / no-go…")
        await self.fills(who, functions=[*functions])
        await self.puts_away(who)

    async def ships(self, who: str, name: str) -> None:
        """Somebody says that a launch is out."""
        await self.launch(who, name, "Ship it")
        await self.puts_away(who)

    def day(self, week: int, day: str) -> str:
        """A day of the history, or after it, as a form wants it."""
        return days.day_of(self.first, week, day).isoformat()

    async def fills(self, who: str, **fields: Any) -> Modal | None:
        """Somebody fills in the open form; what is shown afterwards."""
        told = await self.slack.submit(who, **fields)
        if told.errors or not told.ok:
            raise LookupError(f"{who} could not: {told.errors or told.error}")
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
