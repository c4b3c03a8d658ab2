"""Somebody at the desk: every registered thing used as this person, on a transaction, without a network between.

What a listener answers is looked through for words and for everything that can be pressed or submitted next.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from handlers.kit.features import Mode, Registry
from handlers.kit.replies import FieldErrors, Note, OpenModal, Options, PushModal, Reply, Text, UpdateModal
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    GlobalShortcutRequest,
    MessageShortcutRequest,
    OptionsRequest,
    SubmitRequest,
    Who,
)
from storage.asks.tables import AskRow
from storage.database import OURS, Tx
from storage.outbox.tables import OutboxRow
from storage.outbox.values import SAYING
from storage.values import ChannelId
from tests.handlers.audience.places import Place

Json = Mapping[str, Any]
TYPED = "quokka"
"""What is typed where nothing stands yet: found by every search, and no secret."""


class _Undone(Exception):
    """Everything a listener wrote is to be undone."""


@dataclass(frozen=True)
class Pressable:
    """Something in a view or a message that can be used: by an action and its value, or by submitting it."""

    action: str
    value: str
    view: str = "null"
    """The view it stands in, as JSON; so that two alike are one."""

    @property
    def submits(self) -> bool:
        """Whether it is the view's own submit."""
        return self.action == ""


@dataclass(frozen=True)
class Sent:
    """Something on its way: a question, a note, a post or a board, and which person or channel reads it."""

    key: str
    to: str
    content: object


def sent(tx: Tx) -> list[Sent]:
    """Everything on its way to somebody or some channel."""
    asked = [Sent(f"ask {row.key}", row.recipient, [row.summary, row.blocks]) for row in tx.all(_ASKED)]
    said = [
        Sent(call.key, str(to), [call.arguments, call.plainer])
        for call in tx.all(_CALLS)
        if (to := call.to or call.arguments.get("user") or call.arguments.get("channel"))
    ]
    return [*asked, *said]


_ASKED = select(AskRow.key, AskRow.recipient, AskRow.summary, AskRow.blocks).where(AskRow.workspace == OURS)
_CALLS = select(OutboxRow.key, OutboxRow.to, OutboxRow.arguments, OutboxRow.plainer).where(
    OutboxRow.workspace == OURS, OutboxRow.method.in_(SAYING)
)


@dataclass
class Desk:
    """One person's desk; `said` gathers what each surface answered, `found` what can be pressed next."""

    tx: Tx
    registry: Registry
    who: Who
    said: list[tuple[str, str]] = field(default_factory=list)
    found: set[Pressable] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    """What using something sent to others, before it was undone."""

    def command(self, name: str, text: str, place: Place, *, keep: bool = False) -> Reply:
        """Type it."""
        command = self.registry.commands[name]
        request = CommandRequest(self.who, name, text, ChannelId(place.id), place.name)
        return self._use(
            f"/{name} {text}",
            command.may,
            lambda: command.run(self.tx, request),
            keep=keep,
            reads=command.mode is Mode.READS,
        )

    def on_message(self, name: str, message: Json, place: Place, *, keep: bool = False) -> Reply:
        """Choose it in a message's menu."""
        shortcut = self.registry.message_shortcuts[name]
        request = MessageShortcutRequest(self.who, ChannelId(place.id), place.name, message)
        return self._use(name, shortcut.may, lambda: shortcut.run(self.tx, request), keep=keep, reads=True)

    def anywhere(self, name: str) -> Reply:
        """Choose it in the shortcuts menu."""
        shortcut = self.registry.global_shortcuts[name]
        return self._use(
            name,
            shortcut.may,
            lambda: shortcut.run(self.tx, GlobalShortcutRequest(self.who)),
            keep=False,
            reads=True,
        )

    def options(self, name: str, typed: str) -> Reply:
        """Type ahead."""
        ahead = self.registry.type_aheads[name]
        request = OptionsRequest(self.who, name, typed)
        return self._use(
            f"{name} {typed}", ahead.may, lambda: ahead.run(self.tx, request), keep=False, reads=True
        )

    def press(self, one: Pressable, place: Place, *, keep: bool = False) -> Reply:
        """Use something that somebody saw, whoever it was."""
        view = json.loads(one.view)
        if one.submits:
            return self.submit(view, _nothing_secret(view), keep=keep)
        button = self.registry.buttons.get(one.action.partition(":")[0])
        if button is None:
            return None
        message = None if view else {"ts": "1.1", "text": TYPED}
        channel = None if view else ChannelId(place.id)
        request = ButtonRequest(self.who, one.action, one.value, channel, message, view)
        return self._use(
            one.action,
            button.may,
            lambda: button.run(self.tx, request),
            keep=keep,
            reads=button.mode is Mode.READS,
        )

    def submit(self, view: Json, values: Mapping[str, str], *, keep: bool = False) -> Reply:
        """Submit a view as it stands, the texts of some blocks typed."""
        submit = self.registry.submits.get(str(view.get("callback_id", "")))
        if submit is None:
            return None
        request = SubmitRequest(
            submit.id, str(view.get("private_metadata", "")), state_of(view, values), self.who
        )
        return self._use(submit.id, submit.may, lambda: submit.run(self.tx, request), keep=keep)

    def look_at(self, surface: str, payload: object) -> None:
        """Something that is shown to them without their doing."""
        self.said.append((surface, json.dumps(payload, ensure_ascii=False, default=str)))
        self.found.update(pressables(payload))

    def _use(self, surface: str, may: Any, run: Any, *, keep: bool, reads: bool = False) -> Reply:
        if self.who.kind not in may:
            return None
        reply: Reply = None
        try:
            with self.tx.savepoint():
                before = set() if keep or reads else {one.key for one in sent(self.tx)}
                reply = run()
                if not keep:
                    self.sent += [] if reads else [one for one in sent(self.tx) if one.key not in before]
                    raise _Undone
        except _Undone:
            pass
        self.look_at(surface, payload_of(reply))
        return reply


def payload_of(reply: Reply) -> object:
    """Everything Slack would be told."""
    match reply:
        case OpenModal(view) | PushModal(view) | UpdateModal(view):
            return dict(view)
        case Text(text, blocks) | Note(text, blocks):
            return {"text": text, "blocks": list(blocks)}
        case FieldErrors(errors):
            return dict(errors)
        case Options(choices):
            return list(choices)
    return None


def view_of(reply: Reply) -> Json:
    """The view a reply shows; nothing where it shows none."""
    return reply.view if isinstance(reply, OpenModal | PushModal | UpdateModal) else {}


def pressables(payload: object) -> Iterator[Pressable]:
    """Every button, menu and submit in it."""
    view = payload if isinstance(payload, Mapping) and payload.get("type") == "modal" else None
    standing = json.dumps(view, sort_keys=True) if view else "null"
    if view and view.get("submit"):
        yield Pressable("", "", standing)
    for element in _elements(payload):
        for value in _values(element):
            yield Pressable(str(element["action_id"]), value, standing)


EMPTY = "-"
"""Typed into a field that is left empty."""


def state_of(view: Json, values: Mapping[str, str]) -> dict[str, Any]:
    """The state Slack would send: what stands in each input already, else what was typed or can be chosen."""
    state: dict[str, Any] = {}
    for block in view.get("blocks", []):
        if block.get("type") == "input":
            element = block["element"]
            typed = values.get(block["block_id"])
            state[block["block_id"]] = {element["action_id"]: _filled(element, typed)}
    return state


def _nothing_secret(view: Json) -> dict[str, str]:
    """What stands in somebody's form is their own: whoever else submits it typed something else."""
    return {block["block_id"]: TYPED for block in view["blocks"] if block["type"] == "input"}


def _filled(element: Json, typed: str | None) -> dict[str, Any]:
    kind = str(element["type"])
    options = list(element.get("options", []))
    match kind:
        case "plain_text_input":
            left_empty = typed == EMPTY
            return {
                "type": kind,
                "value": None if left_empty else typed or element.get("initial_value") or TYPED,
            }
        case "static_select" | "radio_buttons":
            return {
                "type": kind,
                "selected_option": element.get("initial_option") or next(iter(options), None),
            }
        case "external_select":
            named = typed and (":" in typed or element["action_id"] == "account")
            chosen = {"value": typed} if named else element.get("initial_option")
            return {"type": kind, "selected_option": chosen}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": element.get("initial_options") or options[:1]}
        case "multi_users_select":
            return {"type": kind, "selected_users": element.get("initial_users", [])}
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user")}
        case "conversations_select" | "channels_select":
            initial = element.get("initial_conversation") or element.get("initial_channel")
            return {"type": kind, "selected_conversation": initial, "selected_channel": initial}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date") or "2026-04-30"}
        case "timepicker":
            return {"type": kind, "selected_time": element.get("initial_time") or "09:00"}
    return {"type": kind}


def _elements(value: object) -> Iterator[Json]:
    if isinstance(value, Mapping):
        if "action_id" in value:
            yield value
        for inner in value.values():
            yield from _elements(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _elements(inner)


def _values(element: Json) -> list[str]:
    if "options" in element:
        return [str(one.get("value", "")) for one in element["options"]]
    return [str(element.get("value", ""))] if element.get("type") == "button" else []
