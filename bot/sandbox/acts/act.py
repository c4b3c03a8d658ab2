"""What an act of a person is made of, and what all acts share: who may, where, and what is reported back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.sandbox.deliver import Delivery, read_answer
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.transport import Outcome
from bot.sandbox.world import Channel, Message, Person

Json = dict[str, Any]


class Body(BaseModel):
    """The JSON of an act, besides who acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Body):
    """An act that needs no more than who acts."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing people can do: POST /sandbox/act/<verb>."""

    verb: str
    body: type[Body]
    run: Callable[[Hub, Person, Any], Awaitable[Json]]


async def reported(delivery: Delivery | None, **more: Any) -> Json:
    """The result of an act that caused an event, once its first attempt has ended."""
    if delivery is None:
        return result(None) | {"ok": True, **more}
    return result(await delivery) | {"ok": True, **more}


def result(outcome: Outcome | None, **more: Any) -> Json:
    """The result of an act, in the form every act has."""
    report: Json = {
        "ok": outcome is None or outcome.ok,
        "delivered": outcome is not None and outcome.ok,
        "status": outcome.status if outcome else None,
        "text": _text(outcome) if outcome else None,
        "error": _error(outcome) if outcome else None,
        "response_action": None,
        "errors": None,
    }
    return report | more


def _text(outcome: Outcome) -> str | None:
    answer = read_answer(outcome) if outcome.ok else None
    if isinstance(answer, dict):
        return answer.get("text")
    return answer if isinstance(answer, str) else None


def _error(outcome: Outcome) -> str | None:
    if outcome.ok:
        return None
    return "operation_timeout" if outcome.error == "http_timeout" else outcome.error or "dispatch_failed"


def actor(hub: Hub, name: str) -> Person:
    """Somebody who can do something here."""
    person = hub.world.person_named(name)
    if person is None:
        raise Refused(f"There is nobody called “{name}” here.")
    if person.kind in {"bot", "deactivated"}:
        raise Refused(f"{person.real_name} cannot do anything here.")
    return person


def open_channel(hub: Hub, me: Person, ident: str) -> Channel:
    """A channel this person is in and where things can still happen."""
    channel = seen_channel(hub, me, ident)
    if me.id not in channel.members:
        raise Refused(f"You are not in #{channel.name}. Join it first.")
    if channel.archived:
        raise Refused(f"#{channel.name} is archived.")
    return channel


def seen_channel(hub: Hub, me: Person, ident: str) -> Channel:
    """A channel this person can look into."""
    if ident == f"D0{me.name.upper()}" and me.team == hub.world.id:
        return hub.world.direct(me.id)
    channel = hub.world.channel_named(ident)
    if channel is None or not sees(me, channel):
        raise Refused("There is no such channel for you.")
    return channel


def sees(person: Person, channel: Channel) -> bool:
    """Members see their channels; full members also every public one."""
    return person.id in channel.members or (channel.kind == "public" and person.kind == "member")


def seen_message(hub: Hub, me: Person, channel: Channel, ts: str) -> Message:
    """A message in a channel, ephemeral ones of this person included."""
    if ts in channel.messages:
        return channel.messages[ts]
    found = next((m for m in hub.ephemerals.get((me.id, channel.id), []) if m.ts == ts), None)
    if found is None:
        raise Refused("That message is gone.")
    return found


def our_person(hub: Hub, me: Person) -> None:
    """Commands and shortcuts belong to the workspace that installed the app."""
    if me.team != hub.world.id:
        raise Refused(f"{me.real_name} works in another workspace, where this app is not installed.")


def common(hub: Hub, me: Person) -> Json:
    """The part all interaction payloads share."""
    return {
        "user": {"id": me.id, "username": me.name, "name": me.name, "team_id": me.team},
        "api_app_id": hub.world.app_id,
        "token": "sandbox-verification-token",
        "team": {"id": hub.world.id, "domain": hub.world.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(channel: Channel) -> str:
    """A channel's name as commands and interactions tell it: private ones keep theirs."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
