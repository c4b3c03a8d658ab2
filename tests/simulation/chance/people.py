"""What people do in a day. Each of them draws: much of it is work, some of it thoughtless, none of it planned."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.sandbox.deliver import emit
from bot.sandbox.payloads import user_json
from bot.sandbox.posting import has_reacted
from bot.sandbox.world import Channel, Message
from tests.simulation.chance.hands import NOT_LOOKED_FOR, Hands, Words

SECRET = "heron"
"""Stands in all that is said in the closed channel, and in what things made there are called; nowhere else."""
EMOJI = ("bulb", "bulb", "ladybug", "heart", "eyes", "tada")
ZONES = ("Europe/Stockholm", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Auckland")
COMMANDS: Sequence[tuple[str, Sequence[str]]] = (
    ("/capture", ("", "{words}", "{words}", "show {name}")),
    ("/checkin", ("", "list", "answer", "answer", "blockers", "show {name}", "pause {name}", "resume {name}",
                  "skip {name}", "run {name}", "new")),
    ("/decision", ("{words}", "{words}", "", "list", "search customers", "show {name}", "supersede {name}", "export")),
    ("/launch", ("", 'new "{words}"', "new", "list", "items", "{name}", "{name}", "{name}/1", "move {name} {date}")),
    ("/throughline", ("why", "catchup 1 weeks", "settings", "away", "away until {date}", "away until {date} cover @sam",
                      "back", "show {name}", "help", "nonsense")),
    ("/digest", ("", "preview", "show", "list", "skip", "send", "pause", "resume")),
)  # fmt: skip
MEANT = {"/capture": "F", "/throughline": "FDLCB"}
DATES = ("friday", "tomorrow", "in 3 days", "in 2 weeks", "monday", "yesterday")


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of those who take part."""

    hands: Hands

    async def does_something(self) -> None:
        """Whatever they are at."""
        rng = self.hands.rng
        act = rng.choices([act for act, _ in ACTS], [weight for _, weight in ACTS])[0]
        await act(self)
        if rng.random() < 0.1:
            await self.hands.goes_on()

    # -- talking ------------------------------------------------------------------------------------------

    async def says(self) -> None:
        channel = self._place()
        if channel is not None:
            below = self._message(channel)
            thread = below.ts if below is not None and self.hands.rng.random() < 0.2 else None
            words = self._words(channel).written(self.hands.rng)
            await self.hands.does("message", channel=channel.id, text=words, thread_ts=thread)

    async def tells_throughline(self) -> None:
        words = self.hands.words.written(self.hands.rng)
        await self.hands.does("message", channel=self.hands.direct().id, text=words)

    async def changes_words(self) -> None:
        channel = self._place()
        mine = [one for one in self._lately(channel) if one.user == self.hands.ident and one.subtype is None]
        if mine and channel is not None:
            ids = {"channel": channel.id, "ts": self.hands.rng.choice(mine).ts}
            if self.hands.rng.random() < 0.2:
                await self.hands.does("delete", **ids)
            else:
                await self.hands.does("edit", **ids, text=self._words(channel).written(self.hands.rng))

    async def reacts(self) -> None:
        """Or takes it back, if it stands there."""
        channel = self._place()
        message = None if channel is None else self._message(channel)
        if message is not None:
            name = self.hands.rng.choice(EMOJI)
            verb = "unreact" if has_reacted(message, self.hands.ident, name) else "react"
            await self.hands.does(verb, channel=message.channel, ts=message.ts, name=name)

    # -- using Throughline --------------------------------------------------------------------------------

    async def commands(self) -> None:
        channel = self._place()
        if channel is not None:
            rng, words = self.hands.rng, self._words(channel)
            command, texts = rng.choice(COMMANDS)
            name = words.sought(rng, MEANT.get(command, NOT_LOOKED_FOR))
            text = rng.choice(texts).format(words=words.written(rng), name=name, date=rng.choice(DATES))
            await self.hands.command(command, text, channel)

    async def reads_letters(self) -> None:
        """The newest messages from Throughline, and does what one of them asks."""
        ours = [
            one for one in self.hands.lately(self.hands.direct(), 6) if one.user == self.hands.hub.world.bot
        ]
        if ours:
            await self.hands.press_something(self.hands.rng.choice(ours[-4:]))

    async def presses_in_a_channel(self) -> None:
        channel = self._place()
        ours = [one for one in self._lately(channel, 30) if one.bot_id and one.blocks]
        if channel is not None:
            ours += self.hands.hub.ephemerals.get((self.hands.ident, channel.id), [])[-2:]
        if ours and channel is not None:
            await self.hands.press_something(self.hands.rng.choice(ours[-5:]))

    async def uses_home(self) -> None:
        await self.hands.does("open_home")
        home = self.hands.hub.world.homes.get(self.hands.ident)
        if home is not None and self.hands.rng.random() < 0.6:
            await self.hands.press_in(home)

    async def uses_a_shortcut(self) -> None:
        channel = self._place()
        message = None if channel is None else self._message(channel)
        shortcuts = [one for one in self.hands.hub.manifest.shortcuts if one.kind == "message"]
        if channel is not None and message is not None and shortcuts:
            ident = self.hands.rng.choice(shortcuts).callback_id
            await self.hands.does("message_shortcut", callback_id=ident, channel=channel.id, ts=message.ts)
            await self.hands.goes_on()

    # -- moving -------------------------------------------------------------------------------------------

    async def comes_or_goes(self) -> None:
        """Into a public channel or out of it; from the closed one people only go when they want to."""
        channel = self.hands.rng.choice(
            [one for one in self.hands.hub.world.channels.values() if one.kind != "im"]
        )
        inside = self.hands.ident in channel.members
        if (
            inside
            and channel.name != "general"
            and len(channel.members) > 2
            and self.hands.rng.random() < 0.5
        ):
            await self.hands.does("leave", channel=channel.id)
        elif not inside and channel.kind == "public":
            await self.hands.does("join", channel=channel.id)

    async def sends_throughline_away(self) -> None:
        """Or brings it back."""
        channel, bot = self._place(), self.hands.hub.world.bot
        if channel is not None:
            verb = "kick" if bot in channel.members and self.hands.rng.random() < 0.3 else "invite"
            await self.hands.does(verb, channel=channel.id, user=bot)

    async def travels(self) -> None:
        """Their Slack takes over the zone of their machine."""
        hub, me = self.hands.hub, self.hands.me
        hub.world.people[me.id] = replace(me, tz=self.hands.rng.choice(ZONES))
        delivery = emit(hub, {"type": "user_change", "user": user_json(hub.world, hub.world.people[me.id])})
        if delivery is not None:
            await delivery

    # -----------------------------------------------------------------------------------------------------

    def _place(self) -> Channel | None:
        channels = self.hands.channels()
        return self.hands.rng.choice(channels) if channels else None

    def _lately(self, channel: Channel | None, last: int = 12) -> list[Message]:
        return [] if channel is None else self.hands.lately(channel, last)

    def _message(self, channel: Channel) -> Message | None:
        found = [one for one in self.hands.lately(channel) if one.subtype is None]
        return self.hands.rng.choice(found) if found else None

    def _words(self, channel: Channel) -> Words:
        secret = SECRET if channel.kind == "private" else ""
        return replace(self.hands.words, secret=secret)


ACTS: Sequence[tuple[Callable[[Somebody], Awaitable[None]], float]] = (
    (Somebody.reads_letters, 9),
    (Somebody.commands, 8),
    (Somebody.reacts, 3),
    (Somebody.says, 2),
    (Somebody.presses_in_a_channel, 4),
    (Somebody.uses_home, 2),
    (Somebody.changes_words, 1),
    (Somebody.uses_a_shortcut, 1),
    (Somebody.tells_throughline, 0.5),
    (Somebody.comes_or_goes, 0.4),
    (Somebody.sends_throughline_away, 0.15),
    (Somebody.travels, 0.15),
)
"""How often people do what."""
