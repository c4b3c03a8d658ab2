"""What Throughline is compared with, each a server of its own: `python -m tests.bench.servers NAME PORT`.

`floor` only verifies the signature; `bolt` is Bolt as its documentation sets it up, keeping nothing; `names`
is Throughline with so many commands; `web` is Throughline without its worker, `worker:PACE` nothing but its worker,
in a workspace that may say as much as it likes, with so much of Slack's own pace kept in each channel;
`moved:SECONDS` is Throughline so many seconds from now.
"""

import asyncio
import hmac
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.loops.auto import auto_loop_factory

from bot import logs, processor, serving
from bot.app import Application, Roles
from bot.courier.courier import Timing
from bot.settings import Settings
from handlers.kit.features import Command, Feature, Mode, Registry
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.replies import CommandReply, Text
from handlers.kit.requests import CommandRequest
from handlers.registry import registry
from storage.database import Clock, Tx
from tests.bench.workspace import SECRET, TOKEN

POSTS = 100_000
"""Messages a minute: more than anybody could send, so that a channel's pace is the only one that is met."""


def floor() -> Starlette:
    """Reads the body, verifies the signature, answers 200."""

    async def answer(request: Request) -> Response:
        body = await request.body()
        stamp = request.headers.get("x-slack-request-timestamp", "")
        basis = f"v0:{stamp}:".encode() + body
        proof = "v0=" + hmac.digest(SECRET.encode(), basis, "sha256").hex()
        young = stamp.isdigit() and abs(time.time() - int(stamp)) < 300
        right = young and hmac.compare_digest(proof, request.headers.get("x-slack-signature", ""))
        return Response(status_code=200 if right else 401)

    return Starlette(routes=[Route("/slack/events", answer, methods=["POST"])])


def bolt() -> Starlette:
    """Bolt with its defaults."""
    client = AsyncWebClient(token=TOKEN, base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(signing_secret=SECRET, client=client)

    @app.event("reaction_added")
    @app.event("reaction_removed")
    async def reacted() -> None:
        return None

    @app.view("feedback.capture")
    async def submitted(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    handler = AsyncSlackRequestHandler(app)

    async def answer(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", answer, methods=["POST"])])


def names(count: int) -> Registry:
    """Throughline with nothing but `count` commands that answer a word."""

    def run(_tx: Tx, _request: CommandRequest) -> CommandReply:
        return Text("Done.")

    commands = [
        Command(f"name{number}", "Answer", (), PEOPLE_HERE, Mode.READS, run) for number in range(count)
    ]
    return Registry((Feature(name="names", commands=tuple(commands)),))


def worker(pace: float) -> Application:
    """Throughline's worker, and nobody who slows it down."""
    return Application(
        Settings.of_environment(), registry(), roles=Roles(web=False), timing=Timing(pace=pace, posts=POSTS)
    )


def moved(seconds: float) -> Application:
    """Throughline whole, where it is so much later."""
    clock = Clock()
    clock.moved = timedelta(seconds=seconds)
    return Application(Settings.of_environment(), registry(), civil=clock)


async def serve(made: Callable[[float], Application], value: float, port: int) -> None:
    """Serve it until killed."""
    async with processor.one():
        await serving.http_server(made(value), "127.0.0.1", port).serve()


def main(name: str, port: int) -> None:
    """Serve until killed."""
    kind, _, count = name.partition(":")
    if kind in ("floor", "bolt"):
        app = floor() if kind == "floor" else bolt()
        config = uvicorn.Config(app, port=port, log_config=None, access_log=False, server_header=False)
        uvicorn.Server(config).run()
        return
    logs.configure("INFO")
    if kind in ("worker", "moved"):
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(serve(worker if kind == "worker" else moved, float(count), port))
        return
    features, roles = (names(int(count)), Roles()) if kind == "names" else (registry(), Roles(worker=False))
    serving.run(Settings.of_environment(), features, roles)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
