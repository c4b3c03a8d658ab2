"""Running an application until the process is told to stop: over HTTP, or on a socket to Slack.

A bot on a socket still serves its health pages.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from typing_extensions import override
from uvicorn.loops.auto import auto_loop_factory

from bot import processor
from bot.app import Application, Roles
from bot.patience import Impatient
from bot.settings import Settings
from bot.socket import Socket
from handlers.kit.features import Registry

GRACE = 10
"""Seconds a stop waits for requests that are being answered."""


def run(settings: Settings, registry: Registry, roles: Roles) -> None:
    """Serve on the quickest event loop there is: uvicorn takes uvloop only when it makes the loop itself."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serve(settings, registry, roles))


async def serve(settings: Settings, registry: Registry, roles: Roles) -> None:
    """Run until SIGTERM or SIGINT, then finish what is under way."""
    async with processor.one():
        await _serve(Application(settings, registry, roles=roles))


async def _serve(app: Application) -> None:
    settings = app.settings
    server = http_server(app, settings.host, settings.port)
    if app.roles.http:
        await server.serve()
        return
    token = settings.app_token.get_secret_value()
    socket = Socket(app.bolt, token, app.slack.client_without_token(), app.database.clock)
    app.health.line, app.before_stop = socket, socket.close
    watching = asyncio.create_task(socket.run())
    try:
        await server.serve()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


class Server(uvicorn.Server):
    """Stops on a signal and then returns, where uvicorn would end the process by the same signal."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


def http_server(app: Application, host: str, port: int) -> Server:
    """A server for the guarded app; it starts and stops the application with it."""
    return Server(
        uvicorn.Config(
            app.asgi(),
            host=host,
            port=port,
            http=Impatient,
            ws="none",  # nobody here speaks it, and it takes two megabytes
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # who calls is told by the signature
            timeout_graceful_shutdown=GRACE,
            lifespan="on",
        )
    )
