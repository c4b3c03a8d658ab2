"""People doing things in the sandbox, in sentences. Everything goes through the act endpoints over HTTP."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.driver.choosing import feedback_value, find, state_for
from bot.sandbox.driver.office import Office
from bot.sandbox.driver.reading import Home, Message, Modal, Outcome, message_of
from bot.sandbox.driver.wire import Impossible

Json = dict[str, Any]


class Slack(Office):
    """A sandbox full of people, and everything they do in it."""

    # Writing and reacting

    async def upload(self, name: str, content: bytes, as_: str) -> Json:
        """Somebody picks a file, for a message or a field."""
        return await self._wire.upload(as_, name, content)

    async def message(
        self,
        channel: str,
        text: str,
        as_: str,
        thread: Message | str | None = None,
        files: Sequence[Json] = (),
    ) -> Message:
        """Somebody writes in a channel or a thread, perhaps with files they picked."""
        ident = await self._channel(channel, as_)
        parent = thread.thread_ts or thread.ts if isinstance(thread, Message) else thread
        picked = [file["id"] for file in files] or None
        told = await self._act("message", as_, channel=ident, text=text, thread_ts=parent, files=picked)
        return message_of(ident, told.raw["message"], (await self._names(as_)).handles)

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

    async def pin(self, message: Message, as_: str) -> Outcome:
        """Somebody pins a message to its channel."""
        return await self._act("pin", as_, channel=message.channel, ts=message.ts)

    async def unpin(self, message: Message, as_: str) -> Outcome:
        """Somebody takes a pin away."""
        return await self._act("unpin", as_, channel=message.channel, ts=message.ts)

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
        return await self._press(await self._fresh(where, as_), what, as_, choose)

    async def click_late(self, held: Message, what: str, as_: str) -> Outcome:
        """Somebody presses a button they still see, of a message that has changed since: a double click."""
        return await self._press(held, what, as_)

    async def _press(self, where: Message | Modal | Home, what: str, as_: str, choose: Any = None) -> Outcome:
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
            if block.get("dispatch_action"):
                modal = await self.modal(as_)  # the app may have drawn other fields

    async def options(self, as_: str, what: str, words: str) -> list[str]:
        """What a menu of the open modal offers while somebody types."""
        modal = await self.modal(as_)
        block, element = find(modal.blocks, what)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"], "value": words}
        answer = await self._wire.act("options", {"as": as_, "source": {"view": modal.id}, **ids})
        return [str(one["text"]["text"]) for one in answer.get("options", [])]

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

    async def open_home(self, as_: str) -> Outcome:
        """Somebody opens the app's Home tab."""
        return await self._act("open_home", as_)

    async def open_messages(self, as_: str) -> Outcome:
        """Somebody opens the app's messages."""
        return await self._act("open_messages", as_)

    # Inside

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

    async def _fresh(self, where: Message | Modal | Home, as_: str) -> Message | Modal | Home:
        if isinstance(where, Message):
            return await self.again(where, as_)
        return await (self.modal(as_) if isinstance(where, Modal) else self.home(as_))


def _source(where: Message | Modal | Home) -> Json:
    if not isinstance(where, Message):
        return {"view": where.id}
    return {"message": {"channel": where.channel, "ts": where.ts, "ephemeral": where.ephemeral}}
