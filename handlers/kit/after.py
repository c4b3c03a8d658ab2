"""How replies leave: in the acknowledgement, or once right after the commit.

The only place in `handlers/` that calls Slack. What fails here is told to the person where there is still a
way, and logged; nothing is lost by it, for it is never the only record.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.kit.dispatch import Route
from handlers.kit.replies import (
    Blocks,
    FieldErrors,
    Note,
    OpenModal,
    Options,
    PushModal,
    Reply,
    Text,
    UpdateModal,
)
from storage.values import Json

log = structlog.get_logger()

UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
NOT_SENT = (*UNREACHABLE, SlackRequestError)
"""The SDK refuses by itself what names no view."""
MESSAGES_ONLY = frozenset({"data_visualization"})
"""What no modal may hold; what a chart shows is said in a sentence above it."""
TOO_SLOW = "That took too long to open. Please try once more."


def ack_of(kind: str, reply: Reply) -> dict[str, Json] | None:
    """The acknowledgement's body, or None for the empty one."""
    body: dict[str, Any] | None = None
    match reply:
        case Text(text, blocks):
            body = {"response_type": "ephemeral", "text": text, **({"blocks": [*blocks]} if blocks else {})}
        case FieldErrors(errors):
            body = {"response_action": "errors", "errors": dict(errors)}
        case Options(choices):
            body = {"options": [_option(label, value) for label, value in choices[:100]]}
        case UpdateModal(view) if kind == "submit":
            body = {"response_action": "update", "view": dict(view)}
        case PushModal(view) if kind == "submit":
            body = {"response_action": "push", "view": dict(view)}
    return body


def kept_of(kind: str, reply: Reply) -> dict[str, Json] | None:
    """What is kept of it, for a delivery that is repeated."""
    if isinstance(reply, UpdateModal) and reply.kept is not None:
        return ack_of(kind, UpdateModal(reply.kept))
    return ack_of(kind, reply)


def needed(kind: str, reply: Reply) -> bool:
    """Whether something is left to do once the acknowledgement is on its way."""
    return kind != "submit" and isinstance(reply, OpenModal | PushModal | UpdateModal | Note)


def telling(route: Route, words: str) -> Reply:
    """The reply that tells the person something, whatever kind of request it was."""
    if route.kind == "command":
        return Text(words)
    if route.kind == "submit":
        return UpdateModal(notice(words))
    return Options([]) if route.kind == "options" else Note(words)


def notice(words: str, blocks: Blocks = ()) -> dict[str, Any]:
    """A modal that only says something, or shows what a message would."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Throughline"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": [one for one in blocks if one["type"] not in MESSAGES_ONLY]
        or [{"type": "section", "text": {"type": "plain_text", "text": words}}],
    }


async def perform(route: Route, reply: Reply, client: AsyncWebClient) -> None:
    """Do what is left of the reply, once."""
    try:
        await _perform(route, reply, client)
    except SlackApiError as error:
        said = error.response.data.get("error") if isinstance(error.response.data, dict) else None
        await _failed(route, reply, client, str(said or f"http_{error.response.status_code}"))
    except NOT_SENT as error:
        await _failed(route, reply, client, type(error).__name__)


async def _perform(route: Route, reply: Reply, client: AsyncWebClient) -> None:
    match reply:
        case OpenModal(view):
            await client.views_open(trigger_id=route.trigger_id, view=dict(view))
        case PushModal(view):
            await client.views_push(trigger_id=route.trigger_id, view=dict(view))
        case UpdateModal(view):
            await client.views_update(view_id=route.view_id, hash=route.view_hash or None, view=dict(view))
        case Note(text, blocks, replace):
            await _note(route, text, blocks, replace, client)


async def _note(
    route: Route, text: str, blocks: Sequence[Mapping[str, Any]], replace: bool, client: AsyncWebClient
) -> None:
    if route.response_url:
        body = {"text": text, "response_type": "ephemeral", "replace_original": replace}
        await _respond(route.response_url, {**body, **({"blocks": [*blocks]} if blocks else {})}, client)
    elif route.in_modal and replace:
        view = notice(text, blocks)
        await client.views_update(view_id=route.view_id, hash=route.view_hash or None, view=view)
    elif route.in_modal:
        await client.views_push(trigger_id=route.trigger_id, view=notice(text, blocks))
    else:
        await client.views_open(trigger_id=route.trigger_id, view=notice(text, blocks))


async def _respond(url: str, body: dict[str, Any], client: AsyncWebClient) -> None:
    hook = AsyncWebhookClient(url, session=client.session, retry_handlers=[])
    answer = await hook.send_dict(body)
    if answer.status_code != 200:
        log.warning("note not delivered", action="after.note", status=answer.status_code)


async def _failed(route: Route, reply: Reply, client: AsyncWebClient, code: str) -> None:
    log.warning("not shown", action="after.reply", name=route.name, reply=type(reply).__name__, code=code)
    if route.response_url and not isinstance(reply, Note):
        try:
            await _respond(route.response_url, {"text": TOO_SLOW, "response_type": "ephemeral"}, client)
        except UNREACHABLE as error:
            log.warning("not told either", action="after.reply", error=type(error).__name__)


def _option(label: str, value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label[:75] or " "}, "value": value[:150]}
