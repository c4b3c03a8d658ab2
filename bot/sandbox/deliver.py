"""Sends events and interactions to the app the way Slack does, and records how that went.

Events are repeated when no 2xx comes back; interactions and commands never are.
"""

import asyncio
import json
import secrets
import time
from typing import Any

from bot.sandbox.faults import EventFate
from bot.sandbox.hub import Hub
from bot.sandbox.records import Delivered
from bot.sandbox.transport import Kind, Outcome, Parcel
from bot.sandbox.world import Channel

Json = dict[str, Any]
_SUFFIX = {"public": "channels", "shared": "channels", "private": "groups", "im": "im"}
_CHANNEL_READ = {
    "public": "channels:read",
    "shared": "channels:read",
    "private": "groups:read",
    "im": "im:read",
}
_SCOPES = {
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "team_join": "users:read",
    "user_change": "users:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
}
_FREE = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})
_REORDER_SECONDS = 1.0

Delivery = asyncio.Future[Outcome]


def emit(
    hub: Hub, event: Json, channel: Channel | None = None, *, even_outside: bool = False
) -> Delivery | None:
    """Send an event if the app asked for it, may have it and can see the channel.

    Returns the outcome of the first attempt to come, or None when Slack would send nothing.
    """
    subscription = _subscription(event, channel)
    if subscription not in hub.manifest.events or not _allowed(hub, subscription, channel):
        return None
    if channel is not None and hub.world.bot not in channel.members and not even_outside:
        return None
    first: Delivery = asyncio.get_running_loop().create_future()
    hub.spawn(_carry(hub, _envelope(hub, event, channel), first))
    return first


async def interact(hub: Hub, kind: Kind, what: str, ident: str, payload: Json) -> Outcome:
    """Send an interaction or a command, once."""
    with hub.busy():
        return await _attempt(hub, Parcel(kind, what, ident, payload))


def _subscription(event: Json, channel: Channel | None) -> str:
    if event["type"] != "message":
        return str(event["type"])
    assert channel is not None, "a message stands in a channel"
    return f"message.{_SUFFIX[channel.kind]}"


def _allowed(hub: Hub, subscription: str, channel: Channel | None) -> bool:
    if subscription in _FREE:
        return True
    kind = channel.kind if channel is not None else "public"
    return _SCOPES.get(subscription, _CHANNEL_READ[kind]) in hub.manifest.scopes


def _envelope(hub: Hub, event: Json, channel: Channel | None) -> Json:
    world = hub.world
    installation = {
        "enterprise_id": None,
        "team_id": world.id,
        "user_id": world.bot,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "sandbox-verification-token",
        "team_id": world.id,
        "context_team_id": world.id,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev0{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()),
        "authorizations": [installation],
        "is_ext_shared_channel": channel is not None and channel.external,
        "event_context": f"4-{secrets.token_urlsafe(40)}",
    }


async def _carry(hub: Hub, envelope: Json, first: Delivery) -> None:
    """The whole life of one event: fate, first attempt, retries."""
    event = envelope["event"]
    fate = hub.faults.for_event(event["type"])
    parcel = Parcel("events_api", f"event {event['type']}", envelope["event_id"], envelope)
    with hub.busy():
        outcome = await _first_attempt(hub, parcel, fate, first)
    _settle(first, outcome)
    if not fate.black_hole:
        await _retry(hub, parcel, outcome, fate.lost_answers)


async def _first_attempt(hub: Hub, parcel: Parcel, fate: EventFate, first: Delivery) -> Outcome:
    if fate.black_hole:
        hub.history.append(Delivered(parcel.what, parcel.id, 0, None, "black_hole", 0.0, parcel.payload))
        return Outcome(error="black_hole")
    if fate.reorder or fate.delay:
        _settle(first, Outcome(error="delayed"))
    if fate.reorder:
        await hub.next_delivery(_REORDER_SECONDS)
    await asyncio.sleep(fate.delay)
    attempts = (_attempt(hub, parcel) for _ in range(1 + fate.copies))
    return (await asyncio.gather(*attempts))[0]


def _settle(first: Delivery, outcome: Outcome) -> None:
    if not first.done():
        first.set_result(outcome)


async def _retry(hub: Hub, parcel: Parcel, outcome: Outcome, lost: int) -> None:
    for number, delay in enumerate(hub.config.retry_delays, start=1):
        if outcome.final or (outcome.ok and number > lost):
            return
        reason = "http_timeout" if outcome.ok else outcome.reason
        await (hub.config.retry_wait or hub.clock.wait)(delay)
        again = Parcel(parcel.kind, parcel.what, parcel.id, parcel.payload, number, reason)
        with hub.busy():
            outcome = await _attempt(hub, again)


async def _attempt(hub: Hub, parcel: Parcel) -> Outcome:
    outcome = await hub.transport.send(parcel)
    hub.bot_seen = outcome.error != "connection_failed"
    hub.history.append(
        Delivered(
            parcel.what, parcel.id, parcel.attempt, outcome.status, outcome.error, outcome.ms,
            parcel.payload, outcome.body,
        )
    )  # fmt: skip
    hub.delivered()
    hub.inspector.add(
        "to_bot", parcel.what, hub.clock.now(), status=outcome.status, ms=outcome.ms, retry=parcel.attempt,
        request=parcel.payload, response=read_answer(outcome), problem=_problem(outcome),
    )  # fmt: skip
    hub.stream.tell("inspector")
    return outcome


def read_answer(outcome: Outcome) -> Any:
    """The app's answer as JSON where it is JSON, else as text; None when it said nothing."""
    try:
        return json.loads(outcome.body) if outcome.body else None
    except ValueError:
        return outcome.body


def _problem(outcome: Outcome) -> str | None:
    if outcome.ok:
        return None
    if outcome.error == "http_timeout":
        return "The app did not answer within 3 seconds."
    if outcome.error == "connection_failed":
        return "The app could not be reached."
    if outcome.error == "too_many_redirects":
        return "The app sent Slack elsewhere more than twice."
    return outcome.error or f"The app answered {outcome.status}."
