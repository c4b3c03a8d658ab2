"""Which deliveries must leave a trace in the database, told from the registry alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.records import Delivered
from handlers.kit.features import Mode, Registry

OURS_TOO = frozenset({"member_joined_channel", "member_left_channel"})
"""What we do ourselves is no news to us, but for our coming and going."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What somebody listens to and what changes something; `us` is our bot user."""

    registry: Registry
    us: str

    def key_of(self, entry: Delivered) -> str | None:
        """The key an acknowledged delivery must have claimed; None where none is needed."""
        payload = entry.payload
        match payload.get("type", "command"):
            case "event_callback":
                return f"event:{payload['event_id']}" if self._heard(payload["event"]) else None
            case "block_actions":
                button = payload["actions"][0]["action_id"].partition(":")[0]
                return self._trigger("action", payload) if self._writes("buttons", button) else None
            case "message_action":
                writes = self._writes("message_shortcuts", payload["callback_id"])
                return self._trigger("shortcut", payload) if writes else None
            case "shortcut":
                writes = self._writes("global_shortcuts", payload["callback_id"])
                return self._trigger("shortcut", payload) if writes else None
            case "view_submission":
                again = _refused(entry) or self._asks_first(entry)
                return None if again else f"submit:{payload['view']['id']}:{payload['view']['hash']}"
            case "command":
                writes = self._writes("commands", payload["command"].removeprefix("/"))
                return self._trigger("command", payload) if writes else None
        return None

    def _heard(self, event: Mapping[str, Any]) -> bool:
        ours = event.get("user") == self.us and event["type"] not in OURS_TOO
        listeners = self.registry.events.get(event["type"], [])
        return not ours and any(one.concerns(one.model.model_validate(event)) for one in listeners)

    def _asks_first(self, entry: Delivered) -> bool:
        """A submit that looks first may be answered by its own form, with a question: nothing is written yet."""
        submit = self.registry.submits.get(entry.payload["view"].get("callback_id", ""))
        shown = json.loads(entry.answer).get("view", {}) if entry.answer else {}
        return submit is not None and submit.look is not None and shown.get("callback_id") == submit.id

    def _writes(self, among: str, name: str) -> bool:
        found = getattr(self.registry, among).get(name)
        return found is not None and found.mode is Mode.WRITES

    @staticmethod
    def _trigger(kind: str, payload: Mapping[str, Any]) -> str:
        return f"{kind}:{payload['trigger_id']}"


def _refused(entry: Delivered) -> bool:
    """A submit whose fields were refused is as if it had never been."""
    return bool(entry.answer) and json.loads(entry.answer).get("response_action") == "errors"
