"""A wire between us and a server that can go dead without anybody being told, as networks do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.sandbox.connection import listener


class Wire:
    """Carries bytes both ways; while it is `dead` it takes connections and carries nothing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self.dead = False
        self.made = 0
        """Connections that were made so far."""

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
            there, away = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, away}
        await asyncio.gather(self._pipe(reader, away), self._pipe(there, writer), return_exceptions=True)
        self._writers -= {writer, away}

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if not self.dead:
                writer.write(data)
                await writer.drain()
        if not self.dead:
            writer.close()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to the server at `url`, and the address at our end of it."""
    wire = Wire(int(url.rsplit(":", 1)[1]))
    with listener() as ear:
        server = await asyncio.start_server(wire.carry, sock=ear)
        try:
            yield wire, f"http://127.0.0.1:{ear.getsockname()[1]}"
        finally:
            server.close()
            wire.cut()
