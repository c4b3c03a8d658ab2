"""Letters: said once, rendered in the transaction that causes them, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.database import Tx
from storage.outbox.calls import enqueue, enqueue_new, enqueue_some, hold, lane_in, lane_of, repeat
from storage.outbox.values import Call
from storage.people import queries as people
from storage.values import ChannelId, Json, PersonId

Blocks = Sequence[Mapping[str, Any]]


def post(
    tx: Tx,
    key: str,
    channel: ChannelId,
    text: str,
    blocks: Blocks,
    *,
    thread_ts: str | None = None,
    last_moment: datetime | None = None,
    then: str | None = None,
    about: dict[str, Json] | None = None,
) -> bool:
    """Post a message in a channel; `text` is its whole summary and its plainer rendering."""
    arguments: dict[str, Json] = {
        "channel": channel,
        "text": text,
        "blocks": [dict(one) for one in blocks],
        **_QUIET,
    }
    if thread_ts is not None:
        arguments["thread_ts"] = thread_ts
    plainer = {name: value for name, value in arguments.items() if name != "blocks"}
    order = f"{channel}:{thread_ts or ''}"
    call = Call(
        key, "chat.postMessage", arguments, plainer, lane_of(channel), order, None, last_moment, then, about
    )
    return enqueue_new(tx, call)


def send(
    tx: Tx,
    key: str,
    to: PersonId,
    text: str,
    blocks: Blocks,
    *,
    last_moment: datetime | None = None,
    then: str | None = None,
    about: dict[str, Json] | None = None,
) -> None:
    """Send a direct message; the conversation is opened first where it is not yet."""
    enqueue_direct(tx, written(key, to, text, blocks, last_moment=last_moment, then=then, about=about))


def send_some(tx: Tx, several: Sequence[Call], dms: Mapping[PersonId, ChannelId]) -> None:
    """Send what was `written`; `dms` are our conversations with these people, as far as the caller knows them."""
    known = []
    for one in several:
        if one.to is not None and one.to in dms:
            known.append(in_channel(one, dms[one.to]))
        else:
            enqueue_direct(tx, one)
    enqueue_some(tx, known)


def written(
    key: str,
    to: PersonId,
    text: str,
    blocks: Blocks,
    *,
    last_moment: datetime | None = None,
    then: str | None = None,
    about: dict[str, Json] | None = None,
) -> Call:
    """A direct message that nobody has sent yet."""
    arguments: dict[str, Json] = {"text": text, "blocks": [dict(one) for one in blocks], **_QUIET}
    plainer = {name: value for name, value in arguments.items() if name != "blocks"}
    return Call(key, "chat.postMessage", arguments, plainer, None, f"dm:{to}", to, last_moment, then, about)


def enqueue_direct(tx: Tx, call: Call) -> None:
    """Enqueue a message to a person, opening our conversation with them first where it is not open yet."""
    if call.to is None:
        raise ValueError("a direct call says whom it is to")
    channel = _conversation(tx, call.to) or _opening(tx, call.to)
    if channel is None:
        enqueue_new(tx, call, parked=True)
    else:
        enqueue(tx, in_channel(call, channel))


def in_channel(call: Call, channel: ChannelId) -> Call:
    """The call, addressed to the conversation now that it is known."""
    plainer = None if call.plainer is None else {**call.plainer, "channel": channel}
    arguments = {**call.arguments, "channel": channel}
    return replace(call, arguments=arguments, plainer=plainer, lane=lane_in(call.method, channel))


def _conversation(tx: Tx, person: PersonId) -> ChannelId | None:
    known = people.person(tx, person)
    return None if known is None else known.dm


def _opening(tx: Tx, person: PersonId) -> ChannelId | None:
    """Have the conversation opened; it may just have been, in a transaction that could not see what we park."""
    key = f"dm:{person}"
    users: dict[str, Json] = {"users": person}
    call = Call(key, "conversations.open", users, then="people.dm_opened", about={"person": person})
    if enqueue_new(tx, call):
        return None
    hold(tx, key)
    channel = _conversation(tx, person)
    if channel is None:
        repeat(tx, key)
    return channel


_QUIET: dict[str, Json] = {"unfurl_links": False, "unfurl_media": False}
