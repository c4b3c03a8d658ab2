"""People doing things in the sandbox, in sentences. Everything goes through the act endpoints over HTTP."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self, TypeVar

from bot.sandbox.driver.choosing import Names, feedback_value, find, state_for
from bot.sandbox.driver.conversation import Conversation
from bot.sandbox.driver.reading import Home, Message, Modal, Outcome, message_of
from bot.sandbox.driver.wire import Impossible, Wire

Json = dict[str, Any]
Found = TypeVar("Found")
_PATIENCE = 5.0
_GLANCE = 0.02


class Slack:
    """A sandbox full of people. `settle` is awaited after each act, e.g. until the app is quiet."""

    def __init__(self, url: str, settle: Callable[[], Awaitable[None]] | None = None) -> None:
        self._wire = Wire(url)
        self._settle = settle

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._wire.close()

    # Writing and reacting

    async def message(
        self, channel: str, text: str, as_: str, thread: Message | str | None = None
    ) -> Message:
        """Somebody writes in a channel or a thread."""
        ident = await self._channel(channel, as_)
        parent = thread.thread_ts or thread.ts if isinstance(thread, Message) else thread
        told = await self._act("message", as_, channel=ident, text=text, thread_ts=parent)
        return await self._message_at(ident, told.raw["ts"], as_, parent)

    async def dm(self, as_: str, text: str, thread: Message | str | None = None) -> Message:
        """Somebody writes to the app."""
        return await self.message(f"D0{as_.upper()}", text, as_, thread)

    async def edit(self, message: Message, text: str, as_: str) -> Message:
        """Somebody changes their own message."""
        await self._act("edit", as_, channel=message.channel, ts=message.ts, text=text)
        return await self.again(message, as_)

    async def delete(self, message: Message, as_: str) -> Outcome:
        """Somebody deletes a message."""
        return await self._act("delete", as_, channel=message.channel, ts=message.ts)

    async def react(self, message: Message, name: str, as_: str) -> Outcome:
        """Somebody sets an emoji."""
        return await self._act("react", as_, channel=message.channel, ts=message.ts, name=name)

    async def unreact(self, message: Message, name: str, as_: str) -> Outcome:
        """Somebody takes an emoji back."""
        return await self._act("unreact", as_, channel=message.channel, ts=message.ts, name=name)

    # Commands and shortcuts

    async def command(self, command: str, text: str = "", *, as_: str, channel: str = "#general") -> Outcome:
        """Somebody types a slash command."""
        ident = await self._channel(channel, as_)
        return await self._act("command", as_, channel=ident, command=command, text=text)

    async def shortcut(self, name: str, as_: str) -> Outcome:
        """Somebody uses a shortcut, by its name or callback id."""
        return await self._act("shortcut", as_, callback_id=await self._shortcut(name, "global", as_))

    async def message_shortcut(self, name: str, message: Message, as_: str) -> Outcome:
        """Somebody uses a shortcut on a message."""
        ident = await self._shortcut(name, "message", as_)
        return await self._act(
            "message_shortcut", as_, callback_id=ident, channel=message.channel, ts=message.ts
        )

    # Buttons, modals, Home

    async def click(self, where: Message | Modal | Home, what: str, as_: str, choose: Any = None) -> Outcome:
        """Somebody presses a button or chooses in a menu, found by its visible text or action id."""
        where = await self._fresh(where, as_)
        block, element = find(where.blocks, what)
        source = _source(where)
        body: Json = {"source": source, "block_id": block["block_id"], "action_id": element["action_id"]}
        if element["type"] == "feedback_buttons":
            body["value"] = feedback_value(element, choose)
        elif element["type"] not in {"button", "icon_button", "workflow_button"}:
            body["input"] = await self._state(source, block, element, choose, as_)
        return await self._act("click", as_, **body)

    async def fill(self, as_: str, **values: Any) -> None:
        """Somebody fills inputs of the open modal, by label or block id, without submitting."""
        modal = await self.modal(as_)
        for name, value in values.items():
            block, element = find(modal.blocks, name)
            state = await self._state({"view": modal.id}, block, element, value, as_)
            ids = {"view": modal.id, "block_id": block["block_id"], "action_id": element["action_id"]}
            await self._act("input", as_, **ids, input=state)

    async def submit(self, as_: str, **values: Any) -> Outcome:
        """Somebody fills the open modal's inputs, by label or block id, and submits."""
        modal = await self.modal(as_)
        await self.fill(as_, **values)
        return await self._act("submit", as_, view=modal.id)

    async def close(self, as_: str) -> Outcome:
        """Somebody presses the x of the modal."""
        return await self._act("close", as_, view=(await self.modal(as_)).id)

    async def back(self, as_: str) -> Outcome:
        """Somebody goes back to the modal below."""
        return await self._act("back", as_, view=(await self.modal(as_)).id)

    async def modal(self, as_: str, title: str | None = None) -> Modal:
        """The modal on top, waited for; with `title`, the one with that title."""

        async def look() -> Modal | None:
            shown = (await self._state_of(as_))["modal"]
            return Modal(shown) if shown and title in {None, shown["title"]["text"]} else None

        return await _until(look, f"{as_} sees no modal{f' “{title}”' if title else ''}.")

    async def sees_modal(self, as_: str) -> bool:
        """Whether a modal is open now."""
        return (await self._state_of(as_))["modal"] is not None

    async def open_home(self, as_: str) -> Outcome:
        """Somebody opens the app's Home tab."""
        return await self._act("open_home", as_)

    async def open_messages(self, as_: str) -> Outcome:
        """Somebody opens the app's messages."""
        return await self._act("open_messages", as_)

    async def home(self, as_: str) -> Home:
        """Somebody's Home tab, waited for."""

        async def look() -> Home | None:
            shown = (await self._state_of(as_))["home"]
            return Home(shown) if shown else None

        return await _until(look, f"{as_} has no Home tab yet.")

    # Looking

    def channel(self, name: str, as_: str = "maya") -> Conversation:
        """A channel as somebody sees it."""
        return Conversation(self, name, as_)

    async def dms(self, as_: str) -> list[Message]:
        """Somebody's direct messages with the app."""
        return await self.channel(f"D0{as_.upper()}", as_).messages()

    async def ephemerals(self, as_: str, channel: str, thread: Message | None = None) -> list[Message]:
        """What only this person sees in a channel or thread."""
        return await self.look(channel, as_, thread.ts if thread else None, "ephemerals")

    async def again(self, message: Message, as_: str) -> Message:
        """The same message as it is now."""
        if message.ephemeral:
            shown = await self.look(message.channel, as_, message.thread_ts, "ephemerals")
            return _with_ts(shown, message.ts)
        return await self._message_at(message.channel, message.ts, as_, message.thread_ts)

    async def look(
        self, channel: str, as_: str, thread: str | None, which: str = "messages"
    ) -> list[Message]:
        """Messages of a channel or thread, oldest first."""
        ident = await self._channel(channel, as_)
        query = {"as": as_, "channel": ident} | ({"thread": thread} if thread else {})
        shown = await self._wire.get("/sandbox/messages", **query)
        names = {person["id"]: person["name"] for person in (await self._state_of(as_))["people"]}
        return [message_of(ident, raw, names) for raw in shown[which]]

    async def state(self, as_: str) -> Json:
        """Everything around the messages, as the page gets it."""
        return await self._state_of(as_)

    async def inspector(self, after: int = 0) -> list[Json]:
        """What went between Slack and the app."""
        return list((await self._wire.get("/sandbox/inspector", after=str(after)))["entries"])

    # Channels, time, faults

    async def join(self, channel: str, as_: str) -> Outcome:
        """Somebody joins a public channel."""
        return await self._act("join", as_, channel=await self._channel(channel, as_))

    async def leave(self, channel: str, as_: str) -> Outcome:
        """Somebody leaves a channel."""
        return await self._act("leave", as_, channel=await self._channel(channel, as_))

    async def invite(self, who: str, channel: str, as_: str) -> Outcome:
        """Somebody invites a person or the app."""
        return await self._act("invite", as_, channel=await self._channel(channel, as_), user=who)

    async def kick(self, who: str, channel: str, as_: str) -> Outcome:
        """Somebody removes a person or the app."""
        return await self._act("kick", as_, channel=await self._channel(channel, as_), user=who)

    async def archive(self, channel: str, as_: str) -> Outcome:
        """Somebody archives a channel."""
        return await self._act("archive", as_, channel=await self._channel(channel, as_))

    async def unarchive(self, channel: str, as_: str) -> Outcome:
        """Somebody reopens an archived channel."""
        return await self._act("unarchive", as_, channel=await self._channel(channel, as_))

    async def advance(self, step: str | float, as_: str = "maya") -> Json:
        """Move the civil clock: "2 hours", "next morning" where this person is, or seconds."""
        how: Any = step if isinstance(step, str) else {"seconds": step}
        return (await self._act("clock", as_, advance=how)).raw

    async def faults(self, calls: Sequence[Json] = (), events: Json | None = None) -> None:
        """Set the fault plan; without arguments, clear it."""
        if not calls and not events:
            await self._wire.delete("/sandbox/faults")
            return
        await self._wire.post("/sandbox/faults", {"calls": list(calls), "events": events or {}})

    # Inside

    async def _act(self, verb: str, as_: str, **body: Any) -> Outcome:
        given = {key: value for key, value in body.items() if value is not None}
        outcome = Outcome.of(await self._wire.act(verb, {"as": as_, **given}))
        if self._settle is not None:
            await self._settle()
        return outcome

    async def _state_of(self, as_: str) -> Json:
        return await self._wire.get("/sandbox/state", **{"as": as_})

    async def _names(self, as_: str) -> Names:
        state = await self._state_of(as_)
        people = {person["name"]: person["id"] for person in state["people"]}
        channels = {
            channel["name"]: channel["id"] for channel in state["channels"] if channel["kind"] != "im"
        }
        own = {channel["id"]: channel["id"] for channel in state["channels"]}
        return Names(people, {**channels, **own})

    async def _channel(self, name: str, as_: str) -> str:
        return name if name[:2] in {"C0", "G0", "D0"} else (await self._names(as_)).channel(name)

    async def _shortcut(self, name: str, kind: str, as_: str) -> str:
        known = [s for s in (await self._state_of(as_))["shortcuts"] if s["type"] == kind]
        for shortcut in known:
            if name in {shortcut["name"], shortcut["callback_id"]}:
                return str(shortcut["callback_id"])
        raise Impossible(f"No {kind} shortcut “{name}”; there is {[s['name'] for s in known]}.")

    async def _state(self, source: Json, block: Json, element: Json, choice: Any, as_: str) -> Json:
        async def ask(block_id: str, action_id: str, words: str) -> list[Json]:
            body = {"as": as_, "source": source, "block_id": block_id, "action_id": action_id, "value": words}
            answer = await self._wire.act("options", body)
            groups = answer.get("option_groups", [])
            return [*answer.get("options", []), *(option for group in groups for option in group["options"])]

        return await state_for(block, element, choice, await self._names(as_), ask)

    async def _message_at(self, channel: str, ts: str, as_: str, thread: str | None) -> Message:
        return _with_ts(await self.look(channel, as_, thread), ts)

    async def _fresh(self, where: Message | Modal | Home, as_: str) -> Message | Modal | Home:
        if isinstance(where, Message):
            return await self.again(where, as_)
        return await (self.modal(as_) if isinstance(where, Modal) else self.home(as_))


def _source(where: Message | Modal | Home) -> Json:
    if not isinstance(where, Message):
        return {"view": where.id}
    return {"message": {"channel": where.channel, "ts": where.ts, "ephemeral": where.ephemeral}}


def _with_ts(messages: list[Message], ts: str) -> Message:
    found = next((message for message in messages if message.ts == ts), None)
    if found is None:
        raise Impossible("That message is gone.")
    return found


async def _until(look: Callable[[], Awaitable[Found | None]], complaint: str) -> Found:
    deadline = time.monotonic() + _PATIENCE
    while True:
        found = await look()
        if found is not None:
            return found
        if time.monotonic() > deadline:
            raise Impossible(complaint)
        await asyncio.sleep(_GLANCE)
