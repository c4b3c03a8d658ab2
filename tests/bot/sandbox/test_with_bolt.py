"""The real Bolt understands everything the sandbox sends, and answers it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import running
from bot.sandbox.connection import listener, quiet_server
from bot.sandbox.driver import Slack
from tests.bot.sandbox.samples import (
    SECRET,
    TOKEN,
    Configure,
    actions,
    button,
    field,
    modal,
    options,
    section,
    text,
)

Json = dict[str, Any]


def small_app(api_url: str, heard: list[str]) -> AsyncApp:
    """A bot that opens a modal on a command, refuses once, publishes Home and answers menus."""
    client = AsyncWebClient(TOKEN, base_url=api_url, retry_handlers=[])
    app = AsyncApp(signing_secret=SECRET, client=client, process_before_response=True)
    menu = {"type": "external_select", "action_id": "account", "min_query_length": 0}
    account = {
        "type": "input",
        "block_id": "acc",
        "label": text("Account"),
        "element": menu,
        "optional": True,
    }
    view = modal(field(), account, notify_on_close=True)

    async def command(ack: Any, respond: Any, client: AsyncWebClient, body: Json) -> None:
        heard.append(f"command {body['text']}")
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await respond("One moment")
        await ack()

    async def submitted(ack: Any, view: Json) -> None:
        words = view["state"]["values"]["words"]["value"]["value"]
        heard.append(f"submitted {words}")
        if words == "no":
            await ack(response_action="errors", errors={"words": "More, please"})
        else:
            await ack(response_action="update", view=modal(section("Saved as F-1")))

    async def pressed(ack: Any, action: Json) -> None:
        heard.append(f"pressed {action['value']}")
        await ack()

    async def opened(client: AsyncWebClient, event: Json) -> None:
        heard.append(f"home {event['tab']}")
        home = {"type": "home", "blocks": [section("Home"), actions(button("Go", "go", value="7"))]}
        await client.views_publish(user_id=event["user"], view=home)

    async def note(ack: Any, payload: Json, body: Json) -> None:
        heard.append(body["type"] if "callback_id" in payload else payload["type"])
        await ack()

    async def offer(ack: Any, payload: Json) -> None:
        await ack(options=options(payload["value"]))

    app.command("/capture")(command)
    app.view("form")(submitted)
    app.view_closed("form")(note)
    app.action("go")(pressed)
    app.event("app_home_opened")(opened)
    app.event("reaction_added")(note)
    app.event("app_mention")(note)
    app.shortcut("new")(note)
    app.shortcut("this")(note)
    app.options("account")(offer)
    return app


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[str]:
    handler = AsyncSlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    with listener() as ear:
        server = quiet_server(
            Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])]), lambda: None
        )
        serving = asyncio.get_running_loop().create_task(server.serve([ear]))
        try:
            yield f"http://127.0.0.1:{ear.getsockname()[1]}/slack/events"
        finally:
            server.stop()
            await serving


async def test_bolt_takes_part_in_everything(config: Configure) -> None:
    """Command, modal with error and correction, menu, Home, button, events, shortcuts: no failure."""
    heard: list[str] = []
    async with (
        running(config()) as place,
        served(small_app(place.api_url, heard)) as url,
        Slack(place.url, settle=place.sandbox.idle) as slack,
    ):
        place.sandbox.bot_url = url
        await slack.command("/capture", "@sam said", as_="maya")
        refused = await slack.submit("maya", Words="no", Account="Fjord Ltd")
        saved = await slack.submit("maya", Words="yes")
        done = await slack.modal("maya")
        (whisper,) = await slack.ephemerals("maya", "#general")
        await slack.close("maya")
        await slack.open_home("maya")
        await slack.click(await slack.home("maya"), "Go", as_="maya")
        message = await slack.message("#general", "@throughline hi", as_="ben")
        await slack.react(message, "bulb", "maya")
        await slack.shortcut("new", "maya")
        await slack.message_shortcut("this", message, "maya")
        failures = [entry for entry in await slack.inspector() if entry["problem"]]

    assert heard == [
        "command <@U0SAM> said", "submitted no", "submitted yes", "home home", "pressed 7",
        "app_mention", "reaction_added", "shortcut", "message_action",
    ]  # fmt: skip
    assert refused.errors == {"words": "More, please"}
    assert (saved.ok, done.text) == (True, "Saved as F-1")
    assert whisper.text == "One moment"
    assert failures == []
