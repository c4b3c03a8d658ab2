"""The sandbox as one object, run inside another program's event loop or as a server of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette

from bot.sandbox.api.scheduled import come_due
from bot.sandbox.config import SandboxConfig
from bot.sandbox.connection import listener, quiet_server, server
from bot.sandbox.hub import Hub
from bot.sandbox.persistence import Keeper
from bot.sandbox.routes import build_app


class Sandbox(Hub):
    """A local Slack: its world, its records, and the ASGI app that serves it."""

    def __init__(self, config: SandboxConfig) -> None:
        super().__init__(config)
        self.app: Starlette = build_app(self)
        self._keeper: Keeper | None = None

    async def start(self) -> None:
        """Begin to keep the world on disk, where that is wanted; go on with what the last run had scheduled."""
        if self.config.state_file is not None:
            self._keeper = Keeper(self.world, self.config.state_file)
            self.stream.watch(self._keeper.changed)
        for one in tuple(self.world.scheduled.values()):
            self.spawn(come_due(self, one))

    def release(self) -> None:
        """Let everybody go who waits: pages that follow, apps that ask for the next move of the clock."""
        self.stream.close()
        self.clock.release()

    async def stop(self) -> None:
        """End all background work, let everybody go who waits, save."""
        self.release()
        await self.stop_background()
        if self._keeper is not None:
            self._keeper.save()


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox that listens on this address."""

    sandbox: Sandbox
    url: str

    @property
    def api_url(self) -> str:
        """The base of the Web API, as SLACK_API_URL wants it."""
        return f"{self.url}/api/"


@asynccontextmanager
async def running(config: SandboxConfig, port: int = 0) -> AsyncIterator[RunningSandbox]:
    """A sandbox inside the current event loop, on any free port unless told otherwise."""
    with listener(port) as ear:
        url = f"http://127.0.0.1:{ear.getsockname()[1]}"
        sandbox = Sandbox(config)
        sandbox.base_url = url
        await sandbox.start()
        http = quiet_server(sandbox.app, sandbox.release)
        serving = asyncio.get_running_loop().create_task(http.serve(sockets=[ear]))
        try:
            await http.listening.wait()
            yield RunningSandbox(sandbox, url)
        finally:
            await sandbox.stop()
            http.stop()
            await serving


async def serve(config: SandboxConfig, host: str, port: int) -> None:
    """Run a sandbox until the process is told to stop."""
    sandbox = Sandbox(config)
    await sandbox.start()
    await server(sandbox.app, sandbox.release, sandbox.stop, host, port).serve()
