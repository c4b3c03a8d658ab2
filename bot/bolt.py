"""Bolt, held to what we want of it: eight catch-alls that hand every payload to the adapter.

Its own checks are off because the guard has made them; `process_before_response` keeps its answer until we
have committed; `authorize` never asks Slack and never returns None (Bolt would answer 200 and the event
would be lost).
"""

import os
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.guard import PAYLOAD
from bot.slack import SlackLine
from handlers.kit.listening import Listening, where

ANYTHING = re.compile("")

log = structlog.get_logger()


def bolt_app(slack: SlackLine, listening: Listening) -> AsyncApp:
    """An app whose every listener is the adapter."""
    with _without_the_environment():
        app = AsyncApp(
            name="throughline",
            client=slack.client_without_token(),
            authorize=_authorize(slack.client.token),
            process_before_response=True,
            request_verification_enabled=False,
            ssl_check_enabled=False,
            ignoring_self_events_enabled=False,
            ignoring_self_assistant_message_events_enabled=False,
            url_verification_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            raise_error_for_unhandled_request=True,
        )
    app.error(_unhandled)
    _listen(app, slack.client, listening)
    return app


def door(app: AsyncApp, pages: ASGIApp) -> ASGIApp:
    """What stands behind the guard: what the guard has read goes to Bolt as it is, all else to the pages.

    Bolt's own adapter would read the body a second time; `socket_mode` is Bolt's word for one already read.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        payload = scope.get(PAYLOAD)
        if payload is None:
            await pages(scope, receive, send)
            return
        said = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        body = said.body.encode()
        headers = [(name.encode(), value.encode()) for name, value in said.first_headers().items()]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": said.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def _listen(app: AsyncApp, client: AsyncWebClient, listening: Listening) -> None:
    async def event(body: dict[str, Any]) -> BoltResponse:
        return await listening.event(body)

    def interaction(kind: str) -> Callable[..., Awaitable[BoltResponse]]:
        async def listener(body: dict[str, Any]) -> BoltResponse:
            return await listening.interaction(kind, body, client)

        return listener

    async def closed() -> BoltResponse:
        return BoltResponse(status=200)

    app.function(ANYTHING, auto_acknowledge=False)(event)
    app.event(ANYTHING)(event)
    app.command(ANYTHING)(interaction("command"))
    app.shortcut(ANYTHING)(interaction("shortcut"))
    app.action(ANYTHING)(interaction("action"))
    app.options(ANYTHING)(interaction("options"))
    app.view_closed(ANYTHING)(closed)
    app.view_submission(ANYTHING)(interaction("view"))


async def _unhandled(error: Exception) -> BoltResponse:
    """Kinds of payload Bolt has no listener for (`app_rate_limited`, what Slack may invent): logged, 200.

    A 404 would be sent again and counted against us. Anything else is a fault of ours: Slack may try again.
    """
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("nobody listens", action="listen.unknown")
        return BoltResponse(status=200)
    log.error("failed", action="listen.bolt", **where(error))
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
