"""What a signed body from Slack may look like; the guard (`bot/guard.py`) refuses every other with a 400.

Bolt takes the types of the fields below on trust and answers 500 where one is wrong, which Slack repeats.
It also loses any slash command whose words contain "payload", because it looks for that word in the whole
form. So a body is read here, once, and travels on as a JSON object whatever it came as.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

Fields = dict[str, object]

DEPTH = 100  # what Slack sends is about twenty deep; Python's own readers give up near a thousand
FORM_FIELDS = 100  # a command has about fifteen

_TEXTS = {
    "type", "team_id", "enterprise_id", "user_id", "channel_id", "app_installed_team_id", "thread_ts",
    "callback_id", "action_id", "command", "response_url", "bot_access_token", "function_execution_id",
}  # fmt: skip
_NAMED = {"user", "team", "channel", "enterprise"}
_CARRIERS = {"event", "item", "message", "previous_message", "assistant_thread", "function", "view"}
_OBJECTS = {"assistant_thread", "function"}
_LISTS = {"authorizations", "response_urls"}
_PLACES = _TEXTS | _NAMED | _CARRIERS | _OBJECTS | _LISTS


class MalformedError(Exception):
    """A signed body that no handler can read; its text is one sentence for the answer."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A body that was read: its fields, and the JSON that travels on."""

    fields: Fields
    json: bytes


def read(raw: bytes, *, form: bool) -> Payload:
    """Read a body whose signature is right, or say in one sentence what is wrong with it."""
    text = _text(raw)
    payload = _from_form(text) if form else Payload(_object(text), raw)
    if _SUSPECT.search(payload.json) or payload.json.count(b"{") + payload.json.count(b"[") >= DEPTH:
        _check_depth_and_text(payload.fields)
    if payload.fields.get("ssl_check") != "1":
        _check_kind(payload.fields)
    return payload


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise MalformedError("The body is not UTF-8.") from error


def _from_form(text: str) -> Payload:
    fields = _form(text)
    if "payload" in fields:
        return Payload(_object(fields["payload"]), fields["payload"].encode())
    if fields.get("ssl_check") != "1" and not {"command", "team_id"} <= fields.keys():
        raise MalformedError("The form has neither a payload nor a command with its team_id.")
    return Payload({**fields}, json.dumps(fields).encode())


def _form(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FORM_FIELDS)
    except ValueError as error:
        raise MalformedError("The form cannot be read.") from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise MalformedError("The form has the same field twice.")
    return fields


def _no_number(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _object(text: str) -> Fields:
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError("The body is not JSON.") from error
    if not isinstance(value, dict):
        raise MalformedError("The body is not a JSON object.")
    return value


# JSON can name what cannot be kept only by an escape, and cannot nest deeper than it has brackets: almost every
# body is cleared by a look at its bytes.
_SUSPECT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def _check_depth_and_text(fields: Fields) -> None:
    level: list[object] = [fields]
    for _ in range(DEPTH):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise MalformedError("The body is nested too deeply.")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        _check_storable(value)
    return []


def _check_storable(text: str) -> None:
    # Neither half a surrogate pair nor a NUL can be kept by both databases, and no keyboard makes them.
    try:
        sound = "\0" not in text and (text.isascii() or text.encode())
    except UnicodeEncodeError:
        sound = False
    if not sound:
        raise MalformedError("The body holds characters that cannot be kept.")


def _check_kind(fields: Fields) -> None:
    kind = fields.get("type")
    if not isinstance(kind, str) and "command" not in fields:
        raise MalformedError("“type” must be text.")
    for name in (*_NAMED, "event", "view"):
        if not isinstance(fields.get(name, {}), dict) and not (fields[name] is None and name in _NAMED):
            raise MalformedError(f"“{name}” must be an object.")
    _check_carrier(fields)
    _check_needs(str(kind), fields)


def _check_carrier(fields: Fields) -> None:
    """Bolt looks for people, channels and teams in these places at every depth, so we do."""
    for name in fields.keys() & _PLACES:
        value = fields[name]
        if name in _TEXTS:
            if value is not None and not isinstance(value, str):
                raise MalformedError(f"“{name}” must be text.")
        elif name in _NAMED:
            _check_named(name, value)
        elif name in _LISTS:
            for entry in _objects(name, fields):
                _check_carrier(entry)
        elif isinstance(value, dict):
            _check_carrier(value)
        elif name in _OBJECTS and value is not None:
            raise MalformedError(f"“{name}” must be an object.")


def _check_named(name: str, value: object) -> None:
    if value is None or isinstance(value, str):
        return
    if not isinstance(value, dict):
        raise MalformedError(f"“{name}” must be an object.")
    for inner in ("id", "team_id", "enterprise_id"):
        if not isinstance(value.get(inner, ""), str | None):
            raise MalformedError(f"“{name}.{inner}” must be text.")


def _objects(name: str, fields: Fields) -> list[Fields]:
    entries = fields.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise MalformedError(f"“{name}” must be a list of objects.")
    return entries


def _check_needs(kind: str, fields: Fields) -> None:
    if kind == "url_verification":
        _need_text(fields, "challenge")
    elif kind == "event_callback":
        _check_event(_need_object(fields, "event"))
    elif kind in {"block_actions", "interactive_message"}:
        _check_actions(kind, fields)
    elif kind in {"view_submission", "view_closed"}:
        view = _need_object(fields, "view")
        _need_text(view, "type")
        _need_text(view, "callback_id")
    _check_steps(kind, fields)


def _check_event(event: Fields) -> None:
    _need_text(event, "type")
    if event["type"] == "function_executed":
        _need_object(event, "function")
    if event["type"] in {"assistant_thread_started", "assistant_thread_context_changed"}:
        thread = _need_object(event, "assistant_thread")
        _need_text(thread, "channel_id")
        _need_text(thread, "thread_ts")
    if event["type"] == "message":
        _need_text(event, "channel")


def _check_actions(kind: str, fields: Fields) -> None:
    actions = _objects("actions", fields)
    if not actions:
        raise MalformedError("“actions” must not be empty.")
    for action in actions:
        _check_carrier(action)
        if kind == "block_actions":
            _need_text(action, "action_id")


def _check_steps(kind: str, fields: Fields) -> None:
    # Slack has retired these steps, but Bolt still reaches for them.
    view = fields.get("view")
    saved = kind == "view_submission" and isinstance(view, dict) and view["type"] == "workflow_step"
    if saved or kind == "workflow_step_edit":
        _need_object(fields, "workflow_step")


def _need_object(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    if not isinstance(value, dict):
        raise MalformedError(f"“{name}” must be an object.")
    return value


def _need_text(fields: Fields, name: str) -> None:
    if not isinstance(fields.get(name), str):
        raise MalformedError(f"“{name}” must be text.")
