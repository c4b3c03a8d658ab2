"""The adapter behind Bolt's catch-alls: run the listener, commit, answer.

A 200 means it is committed, and a delivery has one effect: the delivery's key is claimed in the
transaction of its effect, and a repeated delivery gets the answer the first one got. What does not fit the
acknowledgement is sent once right after the commit, in a task that is counted so that a stop can wait.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.kit import after, dispatch, switches, turned_off
from handlers.kit.dispatch import EventRoute, Route
from handlers.kit.features import Mode, Registry
from handlers.kit.identity import identify
from handlers.kit.jobs import Switch
from handlers.kit.replies import FieldErrors, Reply
from handlers.kit.requests import Malformed, Who
from storage.database import Busy, Database, NotCommitted, Tx
from storage.deliveries import queries as deliveries
from storage.values import Json, PersonId, WorkspaceId

log = structlog.get_logger()

Router = Callable[[Registry, Mapping[str, Any]], Route | None]
Admit = Callable[[WorkspaceId], Awaitable[PersonId | None]]
"""Whether we serve a workspace: raises NotOurs, else who we are there (None while Slack has not said)."""

ROUTERS: Mapping[str, Router] = {
    "command": dispatch.route_command,
    "shortcut": dispatch.route_shortcut,
    "action": dispatch.route_action,
    "view": dispatch.route_submit,
    "options": dispatch.route_options,
}
SORRY = "Something went wrong on our side and nothing was saved. Please try again; if it stays, tell an admin"
STRANGE: Mapping[str, str] = {
    "command": "I do not know this command. `/throughline help` says what I do.",
    "shortcut": "I do not know this shortcut any more. My Home and `/throughline help` lead to all I do.",
    "action": "I do not know this button any more, so nothing was done. My Home and `/throughline help` lead on.",
    "submit": "I do not know this form any more, so nothing was saved. Copy your words and please open it again.",
    "options": "",
}
"""What somebody is told whose window or message is of another version than we are."""
OURS_TOO = frozenset({"member_joined_channel", "member_left_channel"})
"""Of our own doings only coming and going matters; the rest of what we do is no news to us."""


class NotOurs(Exception):
    """The request is for a workspace we are not installed in."""


class _Refused(Exception):
    """Carries a refusal out of the transaction, so that everything in it is undone, its key included."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


@dataclass(frozen=True, slots=True)
class _Done:
    reply: Reply
    ack: dict[str, Json] | None
    fresh: bool


class Listening:
    """Answers everything Slack sends. One per process; `drain` waits for what is under way.

    `heard` counts what was brought here so far.
    """

    def __init__(self, registry: Registry, database: Database, admit: Admit) -> None:
        self._registry = registry
        self._database = database
        self._admit = admit
        self._under_way: set[asyncio.Task[None]] = set()
        self.heard = 0

    async def interaction(self, kind: str, body: Mapping[str, Any], client: AsyncWebClient) -> BoltResponse:
        """Commands, shortcuts, actions, submits and options."""
        self.heard += 1
        with structlog.contextvars.bound_contextvars(**named(body)):
            try:
                route = ROUTERS[kind](self._registry, body)
                if route is None:
                    _nobody_listens(kind, body)
                    route = _told_so(dispatch.route_unknown(kind, body))
                await self._admit(route.workspace)
            except Malformed as error:
                return self._malformed(kind, error)
            except NotOurs:
                return self._not_ours(kind)
            except (Busy, NotCommitted) as error:
                return _unavailable(error)
            structlog.contextvars.bind_contextvars(workspace=route.workspace, request=route.key)
            route = replace(route, switch=self._registry.switch_of(route.kind, route.name))
            return await self._answer(route, client)

    async def event(self, body: Mapping[str, Any]) -> BoltResponse:
        """Events; several listeners run in registry order in one transaction."""
        self.heard += 1
        try:
            route = dispatch.route_event(self._registry, body)
        except Malformed as error:
            with structlog.contextvars.bound_contextvars(**named(body)):
                return self._malformed("event", error)
        if route is None:
            with structlog.contextvars.bound_contextvars(**named(body)):
                _nobody_listens("event", body)
            return BoltResponse(status=200)
        if route.idle and await self._serves(
            route.workspace
        ):  # most of what Slack tells: there is nothing to keep
            log.debug("concerns nobody", action="listen.event", workspace=route.workspace, request=route.key)
            return BoltResponse(status=200)
        with structlog.contextvars.bound_contextvars(workspace=route.workspace, request=route.key):
            try:
                us = await self._admit(route.workspace)
            except NotOurs:
                return self._not_ours("event")
            except (Busy, NotCommitted) as error:
                return _unavailable(error)
            if route.person is not None and route.person == us and route.name not in OURS_TOO:
                return BoltResponse(status=200)
            return await self._take(route)

    async def _serves(self, workspace: WorkspaceId) -> bool:
        """Whether it is ours; who asks about another one finds it in the log."""
        try:
            await self._admit(workspace)
        except (NotOurs, Busy, NotCommitted):
            return False
        return True

    async def drain(self, patience: float) -> None:
        """Wait for what was promised after a commit, at most `patience` seconds."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=patience)

    # -----------------------------------------------------------------------------------------------------

    async def _answer(self, route: Route, client: AsyncWebClient) -> BoltResponse:
        try:
            looked = await self._looked(route)
            if looked is not None:
                done = looked
            elif route.mode is Mode.READS:
                done = await self._database.read(route.workspace, lambda tx: _read(tx, route))
            else:
                done = await self._database.transact(route.workspace, lambda tx: _write(tx, route))
        except _Refused as refused:
            done = _Done(refused.reply, after.ack_of(route.kind, refused.reply), fresh=True)
        except (Busy, NotCommitted) as error:
            return _unavailable(error)
        except Exception as error:  # noqa: BLE001 - the last line: a person waits for an answer
            reply = _sorry(route, error)
            done = _Done(reply, after.ack_of(route.kind, reply), fresh=True)
        _handled(route, fresh=done.fresh)
        if done.fresh and after.needed(route.kind, done.reply):
            self._later(after.perform(route, done.reply, client))
        return BoltResponse(status=200, body=done.ack or "")

    async def _looked(self, route: Route) -> _Done | None:
        """What is to be asked before anything is written, if there is something."""
        if route.look is None:
            return None
        first = replace(route, run=route.look)
        return await self._database.read(route.workspace, lambda tx: _look(tx, first))

    async def _take(self, route: EventRoute) -> BoltResponse:
        try:
            fresh = await self._database.transact(route.workspace, lambda tx: _hear(tx, route))
        except (Busy, NotCommitted) as error:
            return _unavailable(error)
        except Exception as error:  # noqa: BLE001 - Slack sends it again, perhaps to a mended version
            log.error("failed", action="listen.event", name=route.name, **where(error))
            return BoltResponse(status=500)
        _handled(route, fresh=fresh)
        return BoltResponse(status=200)

    def _later(self, task: Awaitable[None]) -> None:
        running = asyncio.ensure_future(task)
        self._under_way.add(running)
        running.add_done_callback(self._under_way.discard)

    def _malformed(self, kind: str, error: Malformed) -> BoltResponse:
        log.warning("malformed", action=f"listen.{kind}", field=str(error))
        return BoltResponse(status=200)

    def _not_ours(self, kind: str) -> BoltResponse:
        log.warning("unknown workspace", action=f"listen.{kind}")
        return BoltResponse(status=200)


def _handled(route: Route | EventRoute, *, fresh: bool) -> None:
    """Say so in the log once the answer is on its way: nobody waits for a line."""
    kind = route.kind if isinstance(route, Route) else "event"
    say = partial(log.info, "handled", action=f"listen.{kind}", name=route.name, fresh=fresh)
    asyncio.get_running_loop().call_soon(say)


def _nobody_listens(kind: str, body: Mapping[str, Any]) -> None:
    event = body.get("event")
    inner = event.get("type") if isinstance(event, Mapping) else None
    names = (body.get("command"), body.get("callback_id"), inner, body.get("type"))
    name = next((str(one)[:80] for one in names if one), "")
    log.warning("nobody listens", action=f"listen.{kind}", name=name)


def _told_so(route: Route) -> Route:
    """Somebody waits for an answer even to what we do not know."""
    return replace(route, run=lambda _tx, _who: after.telling(route, STRANGE[route.kind]))


def named(body: Mapping[str, Any]) -> dict[str, str]:
    """The workspace and request a log can name before the payload has been understood."""
    team = body.get("team")
    workspace = body.get("team_id") or (team.get("id") if isinstance(team, Mapping) else None)
    request = body.get("event_id") or body.get("trigger_id")
    return {"workspace": str(workspace or "-")[:32], "request": str(request or "-")[:80]}


def where(error: BaseException) -> dict[str, str]:
    """What a log may say of an error: its class and place, never its words (they can be people's)."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return {"error": type(error).__name__, "at": at}


def _read(tx: Tx, route: Route) -> _Done:
    silent = _silent(tx, route)
    who = identify(tx, route.person, route.team, may_write=False)
    reply = _run(tx, route, who, silent())
    return _Done(reply, after.ack_of(route.kind, reply), fresh=True)


def _look(tx: Tx, route: Route) -> _Done | None:
    """Nothing is asked of what was delivered before: it has its answer."""
    done = None if deliveries.known(tx, route.key) else _read(tx, route)
    return None if done is None or done.reply is None else done


def _write(tx: Tx, route: Route) -> _Done:
    fresh, silent = deliveries.claim(tx, route.key), _silent(tx, route)
    who = identify(tx, route.person, route.team)
    if not fresh():
        return _Done(None, deliveries.reply(tx, route.key), fresh=False)
    reply = _run(tx, route, who, silent())
    if isinstance(reply, FieldErrors):
        raise _Refused(reply)
    ack, kept = after.ack_of(route.kind, reply), after.kept_of(route.kind, reply)
    if kept is not None:
        deliveries.answer(tx, route.key, kept)
    return _Done(reply, ack, fresh=True)


def _silent(tx: Tx, route: Route) -> Callable[[], frozenset[Switch]]:
    return switches.looking(tx, () if route.switch is None else (route.switch,))


def _run(tx: Tx, route: Route, who: Who, silent: frozenset[Switch]) -> Reply:
    if not route.may.lets(who.kind, admin=who.admin):
        return after.telling(route, route.may.refusal)
    if route.switch in silent:
        raise _Refused(_off(tx, route.switch, route, who))
    return route.run(tx, who)


def _off(tx: Tx, switch: Switch, route: Route, who: Who) -> Reply:
    """The job is off: nothing is done, and nothing of a form is lost, which can be sent once it is on."""
    return turned_off.reply(
        switch,
        switches.admins(tx),
        admin=who.admin,
        kind=route.kind,
        answers=bool(route.response_url),
        in_modal=route.in_modal,
        block=route.first_block,
    )


def _hear(tx: Tx, route: EventRoute) -> bool:
    fresh, silent = deliveries.claim(tx, route.key), switches.looking(tx, route.switches)
    who = None if route.person is None else identify(tx, route.person, route.team)
    if not fresh():
        return False
    route.run(tx, who, silent())
    return True


def _sorry(route: Route, error: Exception) -> Reply:
    log.error("failed", action=f"listen.{route.kind}", name=route.name, **where(error))
    if route.kind == "submit" and route.first_block:
        return FieldErrors({route.first_block: f"{SORRY}."})
    return after.telling(route, f"{SORRY} ({route.key[-8:]}).")


def _unavailable(error: Exception) -> BoltResponse:
    log.error("not committed", action="listen.unavailable", error=type(error).__name__)
    return BoltResponse(status=503)
