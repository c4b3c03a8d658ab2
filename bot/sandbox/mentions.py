"""Whom a message would ping, read from what its author wrote. Used for every stored message."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.sandbox.world import Notifies

Json = dict[str, Any]
_PING = re.compile(
    r"<(?:@(?P<user>[UW][A-Z0-9]+)|!(?P<word>here|channel|everyone)|!subteam\^(?P<group>S\w+))[|>]"
)


def pings(text: str | None, blocks: Sequence[Json] | None, attachments: Sequence[Json] | None) -> Notifies:
    """Everybody mentioned so that Slack would notify them.

    Top-level text counts even beside blocks: in doubt the sandbox is stricter than Slack.
    """
    people: dict[str, None] = {}
    broadcasts: dict[str, None] = {}
    groups: dict[str, None] = {}
    for user, word, group in _all_pings(text, blocks, attachments):
        for found, into in ((user, people), (word, broadcasts), (group, groups)):
            if found:
                into[found] = None
    return Notifies(tuple(people), tuple(broadcasts), tuple(groups))


def _all_pings(
    text: str | None, blocks: Sequence[Json] | None, attachments: Sequence[Json] | None
) -> Iterator[tuple[str, str, str]]:
    yield from _in_text(text or "")
    for block in blocks or ():
        yield from _in_value(block)
    for attachment in attachments or ():
        if attachment.get("is_msg_unfurl"):
            continue
        for key in ("text", "pretext"):
            yield from _in_text(str(attachment.get(key, "")))
        yield from _in_value(attachment.get("blocks", []))


def _in_value(value: Any) -> Iterator[tuple[str, str, str]]:
    """Walk a block: mrkdwn objects, markdown blocks and rich_text elements can ping, plain_text cannot."""
    if isinstance(value, list):
        for item in value:
            yield from _in_value(item)
    elif isinstance(value, dict):
        yield from _in_object(value)
        for key, item in value.items():
            if key not in {"options", "option_groups", "initial_option", "initial_options", "confirm"}:
                yield from _in_value(item)


def _in_object(value: Json) -> Iterator[tuple[str, str, str]]:
    match value:
        case {"type": "mrkdwn" | "markdown", "text": str(text)}:
            yield from _in_text(text)
        case {"type": "user", "user_id": str(user)}:
            yield user, "", ""
        case {"type": "broadcast", "range": str(word)}:
            yield "", word, ""
        case {"type": "usergroup", "usergroup_id": str(group)}:
            yield "", "", group
        case _:
            return


def _in_text(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _PING.finditer(text):
        yield found["user"] or "", found["word"] or "", found["group"] or ""
