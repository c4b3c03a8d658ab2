"""What somebody can do in Slack, whatever is before them: press, choose, fill in, write. Drawn, never planned."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.sandbox import Sandbox
from bot.sandbox.acts import ACTS
from bot.sandbox.driver.reading import name_of
from bot.sandbox.elements import STATE, elements_of
from bot.sandbox.errors import Refused
from bot.sandbox.views import top_modal
from bot.sandbox.world import Channel, Message, Person, View

Json = dict[str, Any]
Element = tuple[Json, Json]
LEAVES = 0.92
"""Below that chance somebody goes on with what is open."""
DEEP = 7
"""Steps somebody takes in what a press has opened, before they leave it."""
ENDING = ("End", "Switch off", "Withdraw", "Undo", "Object", "Pause", "Cancel", "Stop", "Bring it back")
SWITCHES = "switches."
"""Nobody switches a job off: what is sent to one that is off leaves no trace, and the checker would miss it."""
RARELY = 0.15
"""How much less people press what ends something than what goes on with it."""
NOT_LOOKED_FOR = "DLBC"
"""What people may write of though there is none: the checker takes every F-1 that we repeat for our own word."""
CANNOT = {"ok": False, "refused": True}


@dataclass(frozen=True, slots=True)
class Hands:
    """One person at their Slack; `rng` decides for them, `words` is what they write."""

    hub: Sandbox
    ident: str
    rng: random.Random
    words: "Words"

    @property
    def me(self) -> Person:
        return self.hub.world.people[self.ident]

    async def does(self, verb: str, **body: Any) -> Json:
        """One act; what Slack itself refuses is no news."""
        act = ACTS[verb]
        try:
            return await act.run(self.hub, self.me, act.body.model_validate(body))
        except Refused:
            return CANNOT

    # Where they are

    def channels(self) -> list[Channel]:
        """The channels they are in."""
        found = self.hub.world.channels.values()
        return [one for one in found if one.kind != "im" and self.ident in one.members and not one.archived]

    def direct(self) -> Channel:
        """Their messages with Throughline."""
        return self.hub.world.direct(self.ident)

    def lately(self, channel: Channel, last: int = 12) -> list[Message]:
        """What was written there last."""
        return list(channel.messages.values())[-last:]

    # Pressing

    async def press_something(self, message: Message) -> None:
        """A button of a message, or one that it had before: they may still see it."""
        screens = [message.blocks or [], *self.hub.shown_before.get(message.ts, ())]
        blocks = screens[0] if self.rng.random() < 0.9 else self.rng.choice(screens)
        if found := self._one_of(blocks):
            at = {"channel": message.channel, "ts": message.ts, "ephemeral": message.ephemeral_to is not None}
            await self._presses({"message": at}, found)

    async def press_in(self, view: View) -> None:
        """A button of a modal or of Home."""
        if found := self._one_of(view.body["blocks"]):
            await self._presses({"view": view.id}, found)

    async def command(self, command: str, text: str, channel: Channel) -> None:
        """A slash command, and what it opens."""
        await self.does("command", command=command, text=text, channel=channel.id)
        await self.goes_on()

    async def goes_on(self) -> None:
        """With what is open: fill it in and submit it, press something in it, or leave it."""
        for _ in range(DEEP):
            await asyncio.sleep(self.rng.uniform(0.4, 1.5))  # what opens takes a moment
            view = top_modal(self.hub, self.ident)
            if view is None:
                return
            submits = (
                0.0 if not view.body.get("submit") else 0.5 if self._one_of(view.body["blocks"]) else 0.85
            )
            drawn = self.rng.random()
            if drawn < submits:
                await self._submits(view)
            elif drawn < LEAVES:
                await self.press_in(view)
            else:
                break
        if (view := top_modal(self.hub, self.ident)) is not None:
            await self.does("close", view=view.id)

    async def _presses(self, source: Json, found: Element) -> None:
        block, element = found
        body: Json = {"source": source, "block_id": block["block_id"], "action_id": element["action_id"]}
        if element["type"] != "button":
            body["input"] = await self._state(source, block, element)
            if body["input"] is None:
                return
        told = await self.does("click", **body)
        if self.rng.random() < 0.04:
            await self.does("click", **body)  # a double click
        if told["ok"]:
            await self.goes_on()

    async def _submits(self, view: View) -> None:
        for block, element in list(elements_of(view.body["blocks"])):
            if block["type"] != "input" or self.rng.random() < (
                0.6 if self._filled(view, block, element) else 0.1
            ):
                continue
            if block.get("optional") and self.rng.random() < 0.4:
                continue
            source = {"view": view.id}
            state = await self._state(source, block, element)
            if state is not None:
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                await self.does("input", view=view.id, **ids, input=state)
        await self.does("submit", view=view.id)

    def _filled(self, view: View, block: Json, element: Json) -> bool:
        held = view.typed.get(block["block_id"], {}).get(element["action_id"])
        shape = STATE[element["type"]]
        return bool(held.get(shape.key) if held else element.get(shape.initial))

    def _one_of(self, blocks: Sequence[Json]) -> Element | None:
        found = [
            (block, element)
            for block, element in elements_of(blocks)
            if block["type"] != "input"
            and element["type"] != "image"
            and not element.get("url")
            and not element["action_id"].startswith(SWITCHES)
        ]
        weights = [RARELY if name_of(*one).startswith(ENDING) else 1 for one in found]
        return self.rng.choices(found, weights)[0] if found else None

    async def _state(self, source: Json, block: Json, element: Json) -> Json | None:
        """What they choose or write there, in Slack's own shape; None where there is nothing to choose."""
        kind = element["type"]
        key = "selected_option" if kind == "overflow" else STATE[kind].key
        value = await self._value(source, block, element)
        if value is None:
            return None
        return {"type": kind, key: [value] if STATE.get(kind) and STATE[kind].empty == [] else value}

    async def _value(self, source: Json, block: Json, element: Json) -> Any:
        match element["type"].removeprefix("multi_"):
            case "users_select":
                return self.rng.choice([*self.words.people])
            case "conversations_select" | "channels_select":
                return self.rng.choice([one.id for one in self.channels()])
            case "static_select" | "radio_buttons" | "checkboxes" | "overflow":
                return self.rng.choice(_options_of(element))
            case "external_select":
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                links = element["action_id"].startswith("links.")
                typed = self.words.sought(self.rng, "FDLCB" if links else NOT_LOOKED_FOR)
                told = await self.does("options", source=source, **ids, value=typed)
                options = _options_of(told)
                return self.rng.choice(options) if options else None
            case "datepicker":
                ahead = self.rng.choice((-1, 0, 1, 1, 2, 3, 5, 8, 13, 21))
                return (self.hub.clock.now() + timedelta(days=ahead)).date().isoformat()
            case "timepicker":
                return f"{self.rng.randint(6, 18):02}:{self.rng.choice(('00', '30'))}"
            case "number_input":
                return str(self.rng.randint(1, 9))
            case "plain_text_input":
                limit = int(element.get("max_length", 3000))
                return self.words.written(self.rng)[:limit]
        return None


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in a month, and whom one can mean; `secret` stands in what is said where not all may read."""

    people: Mapping[str, str]
    written_by: Sequence[str]
    secret: str = ""

    def written(self, rng: random.Random) -> str:
        """A sentence; now and then one with a reference in it, or what breaks careless code."""
        said = rng.choice(self.written_by)
        drawn = rng.random()
        if drawn < 0.15:
            said += f" ({self.sought(rng, NOT_LOOKED_FOR)})"
        elif drawn < 0.2:
            said += rng.choice((" <!channel>", " *bold_ `code", " & <b>", " 💥" * 9, "\n> quoted", " @maya"))
        return f"{said} {self.secret}".strip()

    def sought(self, rng: random.Random, letters: str) -> str:
        """The name of something there may be."""
        return f"{rng.choice(letters)}-{min(rng.randint(1, 9), rng.randint(1, 9))}"


def _options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]
