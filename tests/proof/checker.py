"""Reads what Slack remembers and what the database holds, and says which promises are broken.

It knows nothing of how either came about: a harness hands it the sandbox's append-only history, the channels
as they stand, and the tables. Nothing lost, nothing double, nothing shown that is not kept.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.courier.attempt import EVENT_TYPE
from bot.sandbox.records import Delivered, Entry, Posted
from bot.sandbox.world import Channel, Message
from handlers.feedback.rules import emoji_kind
from handlers.feedback.service import TICK
from storage.feedback.values import KEPT, FeedbackState
from storage.outbox.values import OPEN, State
from tests.proof.heard import acknowledged, is_event
from tests.proof.rules import Rules

Rows = Sequence[Mapping[str, Any]]
READ = ("deliveries", "outbox", "boards", "feedback", "feedback_reactions")
"""The tables it reads."""
_REFERENCE = re.compile(r"\bF-(\d+)\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is left after a run; `us` is our bot user."""

    history: Sequence[Entry]
    channels: Mapping[str, Channel]
    tables: Mapping[str, Rows]
    rules: Rules
    us: str


def violations(evidence: Evidence) -> list[str]:
    """Every broken promise, one sentence each; an empty list is the proof."""
    checks = (
        _unheard,
        _acknowledged_and_lost,
        _posts,
        _unfinished,
        _boards,
        _order,
        _ticks,
        _shown,
        _captures,
    )
    return [broken for check in checks for broken in check(evidence)]


def _unheard(evidence: Evidence) -> Iterator[str]:
    """Slack repeats what was not acknowledged; an event it gave up on is lost to everybody."""
    events = [one for one in evidence.history if isinstance(one, Delivered) and is_event(one)]
    taken = {one.id for one in events if acknowledged(one)}
    for event in dict.fromkeys(one.id for one in events):
        if event not in taken:
            yield f"event {event} was never acknowledged"


def _acknowledged_and_lost(evidence: Evidence) -> Iterator[str]:
    """A 200 means it is committed: everything that was taken and changes something has its delivery."""
    kept = {row["key"] for row in evidence.tables["deliveries"]}
    for entry in evidence.history:
        if isinstance(entry, Delivered) and acknowledged(entry):
            key = evidence.rules.key_of(entry)
            if key is not None and key not in kept:
                yield f"{entry.what} {entry.id} was acknowledged and is not kept"


def _posts(evidence: Evidence) -> Iterator[str]:
    """What the outbox calls sent was posted once; nothing else was."""
    ever: list[Posted | Message] = [post for post in evidence.history if isinstance(post, Posted)]
    stamps: dict[str, set[str]] = {}
    for one in [*ever, *_messages(evidence)]:
        if (marker := _marker(one.metadata)) is not None:
            stamps.setdefault(marker, set()).add(one.ts)
    rows = {row["id"]: row for row in evidence.tables["outbox"] if row["method"] == "chat.postMessage"}
    for marker, posted in stamps.items():
        if len(posted) > 1:
            yield f"{_name(rows, marker)} was posted {len(posted)} times"
        if marker not in rows:
            yield f"a message with the marker {marker} was posted, and no row tells of it"
    for ident, row in rows.items():
        found = stamps.get(ident, set())
        if row["state"] == State.SENT and row["ts"] not in found:
            yield f"{row['key']} counts as sent and is not there"
        if row["state"] in (State.DEAD, State.LATE, State.BLOCKED) and found:
            yield f"{row['key']} counts as {row['state']} and was posted"


def _unfinished(evidence: Evidence) -> Iterator[str]:
    """Every call ends, and ends well: nobody took anything away that would excuse another end."""
    for row in evidence.tables["outbox"]:
        if row["state"] in OPEN or row["state"] == State.DEAD:
            yield f"{row['key']} is {row['state']} ({row['code']})"


def _boards(evidence: Evidence) -> Iterator[str]:
    """A board that was wanted stands, and is not on its way for ever."""
    for row in evidence.tables["boards"]:
        if row["gone"] or row["on_its_way"] or row["stale"]:
            state = "gone" if row["gone"] else "on its way" if row["on_its_way"] else "out of date"
            yield f"the board {row['key']} is {state}"


def _order(evidence: Evidence) -> Iterator[str]:
    """Within a thread, messages stand in the order they were said."""
    last: dict[str, str] = {}
    for row in sorted(evidence.tables["outbox"], key=lambda one: str(one["id"])):
        if row["method"] != "chat.postMessage" or row["thread"] is None or row["ts"] is None:
            continue
        if row["ts"] < last.get(row["thread"], ""):
            yield f"{row['key']} overtook an earlier message of {row['thread']}"
        last[row["thread"]] = row["ts"]


def _ticks(evidence: Evidence) -> Iterator[str]:
    """Our tick stands where feedback is kept, and nowhere else."""
    kept = {(row["channel"], row["message_ts"]): row["state"] for row in evidence.tables["feedback"]}
    for message in _messages(evidence):
        ticked = any(one.name == TICK and evidence.us in one.users for one in message.reactions)
        state = kept.get((message.channel, message.ts))
        if ticked and state not in (*KEPT, FeedbackState.MERGED):
            yield f"message {message.ts} has our tick and its feedback is {state}"


def _shown(evidence: Evidence) -> Iterator[str]:
    """Whatever we show people by its name is kept."""
    numbers = {row["number"] for row in evidence.tables["feedback"]}
    for message in _messages(evidence):
        if message.user == evidence.us:
            for number in _REFERENCE.findall(message.text):
                if int(number) not in numbers:
                    yield f"message {message.ts} speaks of F-{number}, which is not kept"


def _captures(evidence: Evidence) -> Iterator[str]:
    """Where an emoji stands and capturing was on, the message is kept once; each tick was asked for once."""
    feedback = evidence.tables["feedback"]
    messages = Counter((row["channel"], row["message_ts"]) for row in feedback if row["message_ts"])
    for (channel, ts), count in messages.items():
        if count > 1:
            yield f"message {channel} {ts} is kept {count} times"
    for row in evidence.tables["feedback_reactions"]:
        wanted = row["active"] and emoji_kind(row["emoji"]) is not None
        if wanted and (row["channel"], row["message_ts"]) not in messages:
            yield f"the {row['emoji']} on {row['message_ts']} was heard and nothing is kept"


# ---------------------------------------------------------------------------------------------------------


def _messages(evidence: Evidence) -> Iterator[Message]:
    for channel in evidence.channels.values():
        yield from channel.messages.values()


def _marker(metadata: Mapping[str, Any] | None) -> str | None:
    if metadata is None or metadata.get("event_type") != EVENT_TYPE:
        return None
    return str(metadata["event_payload"]["k"])


def _name(rows: Mapping[str, Mapping[str, Any]], marker: str) -> str:
    return str(rows[marker]["key"]) if marker in rows else f"the message with the marker {marker}"
