"""Bolt, held to what we want of it: one catch-all that hands every payload to the adapter, by its kind.

Its own checks are off because the guard has made them; `process_before_response` keeps its answer until we
have committed. The adapter comes before Bolt asks whose token it is, which we know ourselves; should anything ever
pass it by, `authorize` never asks Slack and never returns None (Bolt would answer 200 and the event would be lost).
"""

import logging
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from bot.guard import PAYLOAD
from bot.metrics import Metrics
from bot.slack import SlackLine
from handlers.kit.listening import Listening, named, where

KINDS = {
    "event_callback": "event",
    "block_actions": "action",
    "block_suggestion": "options",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "view_closed": "closed",
    "view_submission": "view",
}
"""What Slack calls its kinds of payload, and we; a command has no type."""

log = structlog.get_logger()
_CONTEXT = {"logger": logging.getLogger("slack_bolt.AsyncApp")}
"""Bolt looks for it, when a form names several places to answer at, before it has put it there itself."""


def bolt_app(slack: SlackLine, listening: Listening, metrics: Metrics) -> AsyncApp:
    """An app whose only listener is the adapter; it counts what it answers."""
    with _without_the_environment():
        app = _App(
            name="throughline",
            client=slack.client_without_token(),
            authorize=_authorize(slack.client.token),
            before_authorize=_Adapter(slack.client, listening, metrics),
            process_before_response=True,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,
            ignoring_self_assistant_message_events_enabled=False,
            url_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
    app.error(_failed)
    return app


class _App(AsyncApp):
    """Bolt without what it prepares for listeners of its own: a client for each request, of which we use none."""

    @override
    def _init_context(self, req: AsyncBoltRequest) -> None:
        return


def door(app: AsyncApp, pages: ASGIApp) -> ASGIApp:
    """What stands behind the guard: what the guard has read goes to Bolt as it is, all else to the pages.

    Bolt's own adapter would read the body a second time; `socket_mode` is Bolt's word for one already read.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        payload = scope.get(PAYLOAD)
        if payload is None:
            await pages(scope, receive, send)
            return
        said = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode", context=_CONTEXT))
        body = said.body.encode()
        headers = [(name.encode(), value.encode()) for name, value in said.first_headers().items()]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": said.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


class _Adapter(AsyncMiddleware):
    """Bolt's first middleware: takes every payload by its kind.

    Bolt's own listeners are tried one after the other, and each builds forty arguments to find out whether it
    is meant.
    """

    def __init__(self, client: AsyncWebClient, listening: Listening, metrics: Metrics) -> None:
        self._client = client
        self._listening = listening
        self._metrics = metrics

    @override
    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        began = time.perf_counter()
        kind = "command" if "command" in req.body else KINDS.get(req.body.get("type", ""))
        try:
            answer = await self._take(kind, req.body)
        except Exception:
            self._metrics.answered(kind or "unknown", 500, time.perf_counter() - began)
            raise
        self._metrics.answered(kind or "unknown", answer.status, time.perf_counter() - began)
        return answer

    async def _take(self, kind: str | None, body: dict[str, Any]) -> BoltResponse:
        if kind == "event":
            return await self._listening.event(body)
        if kind == "closed":
            return BoltResponse(status=200)
        if kind is not None:
            return await self._listening.interaction(kind, body, self._client)
        # What Slack may invent: a 404 would be sent again and counted against us.
        kind = str(body.get("type"))[:80]
        log.warning("nobody listens", action="listen.unknown", name=kind, **named(body))
        return BoltResponse(status=200)


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    """A fault of ours: Slack may try again."""
    log.error("failed", action="listen.bolt", **named(body), **where(error))
    return BoltResponse(status=500)


def _authorize(token: str | None) -> Callable[..., Awaitable[AuthorizeResult]]:
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    return authorize


@contextmanager
def _without_the_environment() -> Iterator[None]:
    """Bolt would take these up by itself: the first two make it keep tokens in files in the home directory."""
    names = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    kept: Mapping[str, str] = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
