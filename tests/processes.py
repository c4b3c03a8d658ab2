"""Real `throughline …` processes for tests: started as people start them, read, told to stop."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds a process may take to start or to stop on a busy machine."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that came to its end, and all it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Running:
    """A process that answers on `url`; what it says gathers in two files."""

    url: str
    process: asyncio.subprocess.Process
    out: Path
    err: Path

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> Ended:
        """Tell it to stop and wait until it has."""
        self.process.send_signal(how)
        code = await asyncio.wait_for(self.process.wait(), PATIENCE)
        return Ended(code, self.out.read_text(), self.err.read_text())


async def throughline(*arguments: str, env: Mapping[str, str] | None = None, house: Path = ROOT) -> Ended:
    """Run a command to its end; from another copy of the house if need be."""
    process = await asyncio.create_subprocess_exec(
        *command(*arguments),
        cwd=house,
        env=environment(env or {}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return Ended(process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def running(folder: Path, *arguments: str, env: Mapping[str, str]) -> AsyncIterator[Running]:
    """A server on a free port, up and answering; killed at the end if nobody stopped it."""
    port = free_port()
    out, err = folder / "stdout", folder / "stderr"
    with out.open("w") as out_file, err.open("w") as err_file:
        process = await asyncio.create_subprocess_exec(
            *command(*arguments),
            cwd=ROOT,
            env=environment({**env, "PORT": str(port)}),
            stdout=out_file,
            stderr=err_file,
        )
    started = Running(f"http://127.0.0.1:{port}", process, out, err)
    try:
        await _until_up(started)
        yield started
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def command(*arguments: str) -> list[str]:
    """How `throughline …` is started without being installed."""
    return [sys.executable, "-m", "bot", *arguments]


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Nothing of this process's environment but what Python needs; wide, so that no sentence is broken."""
    return {"PATH": os.environ.get("PATH", ""), "COLUMNS": "300", "NO_COLOR": "1", **ours}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def _until_up(started: Running) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        while True:
            assert started.process.returncode is None, started.err.read_text()
            try:
                async with session.get(f"{started.url}/healthz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
