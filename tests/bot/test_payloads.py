"""What a signed body may look like."""

import json

import pytest

from bot.payloads import DEPTH, FORM_FIELDS, MalformedError, read


def nested(depth: int) -> bytes:
    return b'{"type": "event_callback", "x": ' + b"[" * depth + b"]" * depth + b"}"


UNREADABLE: list[tuple[str, bytes]] = [
    ("not UTF-8", b'{"type": "\xff"}'),
    ("not JSON", b""),
    ("not JSON", b"{"),
    ("not JSON", b'{"type": NaN}'),
    ("not JSON", '\ufeff{"type": "event_callback"}'.encode()),
    ("not JSON", b'{"n": ' + b"9" * 5000 + b"}"),
    ("not JSON", nested(50_000)),
    ("not a JSON object", b'["type"]'),
    ("not a JSON object", b"null"),
    ("too deeply", nested(DEPTH)),
    ("cannot be kept", b'{"type": "x", "text": "\\ud83d"}'),
    ("cannot be kept", b'{"type": "x", "\\udc00": 1}'),
    ("cannot be kept", b'{"type": "x", "text": "\\u0000"}'),
]


@pytest.mark.parametrize(("sentence", "body"), UNREADABLE)
def test_unreadable_json(sentence: str, body: bytes) -> None:
    """A body that is not one sound JSON object is refused with a sentence that says so."""
    with pytest.raises(MalformedError, match=sentence):
        read(body, form=False)


UNREADABLE_FORMS: list[tuple[str, bytes]] = [
    ("neither a payload nor a command", b""),
    ("neither a payload nor a command", b"command=%2Fcapture"),
    ("neither a payload nor a command", b'{"type": "event_callback"}'),
    ("cannot be read", b"command=%FF&team_id=T1"),
    ("cannot be read", b"a=1&" * FORM_FIELDS + b"command=x&team_id=T1"),
    ("same field twice", b"command=a&command=b&team_id=T1"),
    ("not JSON", b"payload="),
    ("not a JSON object", b"payload=%5B%5D"),
    ("cannot be kept", b"command=%2Fcapture&team_id=T1&text=%00"),
]


@pytest.mark.parametrize(("sentence", "body"), UNREADABLE_FORMS)
def test_unreadable_forms(sentence: str, body: bytes) -> None:
    """A form needs a payload, or a command and its team."""
    with pytest.raises(MalformedError, match=sentence):
        read(body, form=True)


EVENT: dict[str, object] = {"type": "event_callback", "event": {"type": "reaction_added", "user": "U1"}}
CLICK: dict[str, object] = {"type": "block_actions", "actions": [{"action_id": "a"}], "user": {"id": "U1"}}
SUBMIT: dict[str, object] = {"type": "view_submission", "view": {"type": "modal", "callback_id": "c"}}

WRONG_TYPES: list[tuple[str, dict[str, object]]] = [
    ("“type”", {}),
    ("“type”", {"type": 5}),
    ("“type”", EVENT | {"event": {"type": None}}),
    ("“event”", EVENT | {"event": "reaction_added"}),
    ("“event”", EVENT | {"event": None}),
    ("“event”", {"type": "event_callback"}),
    ("“user”", EVENT | {"event": {"type": "team_join", "user": ["id"]}}),
    ("“user.id”", EVENT | {"event": {"type": "team_join", "user": {"id": 7}}}),
    ("“channel”", EVENT | {"event": {"type": "message"}}),
    ("“authorizations”", EVENT | {"authorizations": ["T1"]}),
    ("“authorizations”", EVENT | {"authorizations": {"team_id": "T1"}}),
    ("“team_id”", EVENT | {"authorizations": [{"team_id": 5}]}),
    ("“actions”", CLICK | {"actions": []}),
    ("“actions”", CLICK | {"actions": "a"}),
    ("“actions”", CLICK | {"actions": ["a"]}),
    ("“actions”", CLICK | {"actions": {"0": {}}}),
    ("“action_id”", CLICK | {"actions": [{}]}),
    ("“user”", CLICK | {"user": "U1"}),
    ("“team”", CLICK | {"team": "T1"}),
    ("“channel”", CLICK | {"channel": ["C1"]}),
    ("“view”", CLICK | {"view": None}),
    ("“view”", SUBMIT | {"view": []}),
    ("“callback_id”", SUBMIT | {"view": {"type": "modal"}}),
    ("“workflow_step”", SUBMIT | {"view": {"type": "workflow_step", "callback_id": "c"}}),
    ("“response_urls”", SUBMIT | {"response_urls": None}),
    ("“command”", {"type": "x", "command": 5}),
    ("“challenge”", {"type": "url_verification"}),
]


@pytest.mark.parametrize(("named", "body"), WRONG_TYPES)
def test_wrong_types(named: str, body: dict[str, object]) -> None:
    """A field of the wrong type is named in the refusal."""
    with pytest.raises(MalformedError, match=named):
        read(json.dumps(body).encode(), form=False)


FINE: list[dict[str, object]] = [
    EVENT,
    CLICK,
    SUBMIT,
    EVENT | {"event": {"type": "user_change", "user": {"id": "U1"}, "channel": {"id": "C1"}}},
    EVENT | {"event": {"type": "message", "channel": "C1", "message": {"user": "U1", "bot_id": None}}},
    CLICK | {"team": None, "enterprise": None, "channel": None},
    {"type": "something_new_from_slack", "anything": [1, 2.5, None, True, {"deep": ["ok"]}]},
    {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1518467820},
]


@pytest.mark.parametrize("body", FINE)
def test_sound_bodies(body: dict[str, object]) -> None:
    """What Slack may send is read, new kinds and missing teams included: others judge those."""
    raw = json.dumps(body).encode()
    assert (read(raw, form=False).fields, read(raw, form=False).json) == (body, raw)
