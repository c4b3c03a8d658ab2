"""Running an application until the process is told to stop: over HTTP, or on a socket to Slack."""

import asyncio
import contextlib
import signal
from types import FrameType

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from typing_extensions import override

from bot.app import Application, Roles
from bot.settings import Settings
from handlers.kit.features import Registry

GRACE = 10
"""Seconds a stop waits for requests that are being answered."""


async def serve(settings: Settings, registry: Registry, roles: Roles, *, socket: bool = False) -> None:
    """Run until SIGTERM or SIGINT, then finish what is under way."""
    app = Application(settings, registry, roles=roles)
    if socket:
        await _on_socket(app, settings)
    else:
        await http_server(app, settings.host, settings.port).serve()


def http_server(app: Application, host: str, port: int) -> uvicorn.Server:
    """A server for the guarded app; it starts and stops the application with it."""
    return _Server(
        uvicorn.Config(
            app.asgi(),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            lifespan="on",
        )
    )


class _Server(uvicorn.Server):
    """Uvicorn raises the signal again once it has stopped; a stop that went well is no failure."""

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._captured_signals.clear()


async def _on_socket(app: Application, settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    await app.start()
    handler = AsyncSocketModeHandler(
        app.bolt, settings.app_token.get_secret_value(), web_client=app.slack.client_without_token()
    )
    try:
        connecting = asyncio.create_task(_connect(handler))
        await stop.wait()
        connecting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await connecting
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's own code
        await app.stop()


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """Slack may be away when we start; the client itself reconnects later."""
    wait = 0.5
    while True:
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own code
        except Exception:  # noqa: BLE001 - whatever is in the way, it is tried again
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60.0)
        else:
            return
