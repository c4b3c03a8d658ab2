"""A wire between us and a server that can go dead without anybody being told, as networks do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.sandbox.connection import listener

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Wire:
    """Carries bytes both ways; while it is `dead` it takes connections and carries nothing."""

    def __init__(self, connect: Callable[[], Awaitable[Ends]]) -> None:
        self._connect = connect
        self._writers: set[asyncio.StreamWriter] = set()
        self.dead = False
        self.made = 0
        """Connections that were made so far."""
        self._said = asyncio.Event()
        self._said.set()

    def hide_the_end(self) -> None:
        """What the server says from now on, and that it hangs up, is heard once something more is said to it."""
        self._said.clear()

    def mend(self) -> None:
        """Carry again; what was connected before is gone."""
        self.dead = False
        self.cut()

    def cut(self) -> None:
        """End what is connected."""
        for writer in tuple(self._writers):
            writer.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.made += 1
        try:
            there, away = await self._connect()
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, away}
        await asyncio.gather(self._say(reader, away), self._hear(there, writer), return_exceptions=True)
        self._writers -= {writer, away}

    async def _say(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if not self.dead:
                self._said.set()
                writer.write(data)
                await writer.drain()
        if not self.dead:
            writer.close()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        more = True
        while more:
            data = await reader.read(65_536)
            more = bool(data)
            await self._said.wait()
            if not self.dead:
                writer.write(data)
                await writer.drain()
        if not self.dead:
            writer.close()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to the server at `url`, and the address at our end of it."""
    port = int(url.rsplit(":", 1)[1])
    wire = Wire(lambda: asyncio.open_connection("127.0.0.1", port))
    with listener() as ear:
        server = await asyncio.start_server(wire.carry, sock=ear)
        try:
            yield wire, f"http://127.0.0.1:{ear.getsockname()[1]}"
        finally:
            server.close()
            wire.cut()


@asynccontextmanager
async def wire_to_socket(there: Path, here: Path) -> AsyncIterator[Wire]:
    """A wire to the server at the Unix socket `there`; our end of it is `here`."""
    wire = Wire(lambda: asyncio.open_unix_connection(there))
    server = await asyncio.start_unix_server(wire.carry, here)
    try:
        yield wire
    finally:
        server.close()
        wire.cut()
