"""Menus whose options come from the app: when it is asked, how long it has, and what it may answer."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import running
from bot.sandbox.driver import Slack
from bot.sandbox.limits import LIMITS
from tests.bot.sandbox.receiver import Received, Receiver
from tests.bot.sandbox.samples import Configure, actions, modal, options, text

Json = dict[str, Any]
MENU: Json = {"type": "external_select", "action_id": "account"}


def ask(**more: Any) -> Json:
    element = MENU | more
    return modal({"type": "input", "block_id": "acc", "label": text("Account"), "element": element})


async def opened(slack: Slack, receiver: Receiver, web: AsyncWebClient, **more: Any) -> None:
    await slack.command("/capture", as_="maya")
    await web.views_open(trigger_id=receiver.only("command")["trigger_id"], view=ask(**more))


def offer(body: Any) -> Any:
    return lambda got: body if got.kind == "block_suggestion" else None


@pytest.mark.parametrize(
    ("least", "silent", "asked"), [({}, "Fj", "Fjo"), ({"min_query_length": 1}, "", "F")]
)
async def test_too_few_letters_ask_nobody(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, least: Json, silent: str, asked: str
) -> None:
    """Below min_query_length, three unless the app says otherwise, the app hears nothing."""
    receiver.answer = offer({"options": options("Fjord Energy")})
    await opened(slack, receiver, web, **least)
    assert await slack.options("maya", "Account", silent) == []
    assert receiver.of("block_suggestion") == []
    assert await slack.options("maya", "Account", asked) == ["Fjord Energy"]
    assert receiver.only("block_suggestion")["value"] == asked


async def test_the_app_has_as_long_as_for_any_interaction(config: Configure, receiver: Receiver) -> None:
    """Three seconds, here as configured; then there are no options and the person is told."""

    async def slowly(got: Received) -> Json | None:
        if got.kind == "block_suggestion":
            await asyncio.sleep(0.3)
        return {"options": options("Late")}

    receiver.answer = slowly
    settings = config(bot_url=receiver.url, ack_seconds=0.1)
    async with running(settings) as place, Slack(place.url) as slack:
        web = AsyncWebClient(place.sandbox.config.bot_token, base_url=place.api_url, retry_handlers=[])
        await web.chat_postMessage(channel="C0GENERAL", text="Whose?", blocks=[actions(MENU)])
        message = await slack.channel("#general").last()
        source = {"message": {"channel": message.channel, "ts": message.ts}}
        ids = {"block_id": "row", "action_id": "account", "value": "Fjord"}
        answer = await slack._wire.act("options", {"as": "maya", "source": source, **ids})
    assert (answer["ok"], answer["options"]) == (False, [])
    assert "did not respond in time" in answer["error"]
    assert receiver.only("block_suggestion")["message"]["ts"] == message.ts


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("", "options"),
        ({"choices": []}, "choices"),
        ({"options": options(*map(str, range(LIMITS["select.options"] + 1)))}, "101 options"),
        ({"options": [{"text": text("x" * 76), "value": "x"}]}, "76 characters"),
        ({"options": [{"text": text("x"), "value": "x" * 151}]}, "151 characters"),
        ({"options": [{"text": "x", "value": "x"}]}, "text"),
        ({"options": options("A"), "option_groups": []}, "option_groups"),
        ({"option_groups": [{"label": text("G"), "options": []}]}, "options"),
    ],
)
async def test_options_slack_cannot_show_are_none(
    slack: Slack, receiver: Receiver, web: AsyncWebClient, answer: Any, why: str
) -> None:
    """A hundred at most, each in Slack's shape; the person is told that the app has a problem."""
    receiver.answer = offer(answer)
    await opened(slack, receiver, web)
    ids = {"view": (await slack.modal("maya")).id, "block_id": "acc", "action_id": "account"}
    shown = await slack._wire.act("options", {"as": "maya", **ids, "value": "Fjord"})
    assert (shown["ok"], shown["options"]) == (False, [])
    assert why in shown["error"]


async def test_a_hundred_options_and_groups_are_shown(
    slack: Slack, receiver: Receiver, web: AsyncWebClient
) -> None:
    """As many as Slack takes; a chosen one of a group comes back as the app wrote it."""
    many = options(*map(str, range(LIMITS["select.options"])))
    receiver.answer = offer({"options": many})
    await opened(slack, receiver, web)
    assert len(await slack.options("maya", "Account", "Fjord")) == LIMITS["select.options"]
    receiver.answer = offer({"option_groups": [{"label": text("Big"), "options": options("Fjord")}]})
    await slack.submit("maya", Account="Fjord")
    values = receiver.only("view_submission")["view"]["state"]["values"]
    assert values["acc"]["account"]["selected_option"] == options("Fjord")[0]
