"""The servers that are measured: started, waited for, loaded and killed, one at a time."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.bench.databases import Databases, kept
from tests.bench.slack import LocalSlack
from tests.bench.workspace import SECRET, TOKEN

HERE = Path(__file__).parents[2]
PATIENCE = 60.0


class NotMeasured(Exception):
    """Something is in the way of an honest figure."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A server to measure. `database` is its kind, empty where it keeps nothing."""

    name: str
    command: tuple[str, ...]
    database: str = ""
    most: int = 15_000
    """Requests a second it will certainly not reach; so many are prepared."""


FLOOR = Subject("floor", ("tests.bench.servers", "floor"), most=60_000)
BOLT = Subject("bolt", ("tests.bench.servers", "bolt"), most=20_000)
SQLITE = Subject("sqlite", ("bot", "run"), "sqlite")
POSTGRESQL = Subject("postgresql", ("bot", "run"), "postgresql")
ONE_NAME = Subject("one name", ("tests.bench.servers", "names:1"), "sqlite")
EMPTY = Subject("idle", ("tests.bench.shipped",), "empty")
FIFTY_NAMES = Subject("fifty names", ("tests.bench.servers", "names:50"), "sqlite")
WEB = Subject("web", ("tests.bench.servers", "web"), "sqlite")


@dataclass(frozen=True, slots=True)
class Running:
    """A started subject."""

    subject: Subject
    port: int
    process: psutil.Process
    url: str

    def load(self, run: int, *phases: str) -> list[dict[str, Any]]:
        """Send requests from another process; each phase is `kind/in flight/seconds`."""
        planned = [f"{one}/{self.subject.most}" for one in phases]
        command = ["tests.bench.load", str(self.port), str(self.process.pid), str(run), *planned]
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=HERE, capture_output=True, check=False, timeout=120
        )
        if done.returncode:
            raise NotMeasured(f"the load generator failed: {done.stderr.decode()[-2000:]}")
        found: list[dict[str, Any]] = json.loads(done.stdout)
        for seen in found:
            if seen["refused"] or seen["exhausted"]:
                raise NotMeasured(f"{self.subject.name}, {seen['kind']}: {seen['refused']} refused, "
                                  f"requests ran out: {seen['exhausted']}")  # fmt: skip
        return found


@contextmanager
def running(subject: Subject, databases: Databases, slack: LocalSlack, log: Path) -> Iterator[Running]:
    """The subject on a free port; it is killed without a warning, and must have kept what it acknowledged."""
    port, url = free_port(), databases.fresh(subject.database) if subject.database else ""
    command = (*subject.command, *([str(port)] if subject.command[0] == "tests.bench.servers" else []))
    with started(command, port, environment(port, url, slack.url), log) as process:
        yield Running(subject, port, process, url)


@contextmanager
def started(
    command: Sequence[str], port: int, told: Mapping[str, str], log: Path
) -> Iterator[psutil.Process]:
    """A Python module in a process of its own, once it listens; killed without a warning."""
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=HERE, env=told, stdout=subprocess.DEVNULL, stderr=lines
        )
        try:
            _await(port, process, log)
            yield psutil.Process(process.pid)
        finally:
            process.kill()
            process.wait()


def environment(port: int, database: str, api: str) -> dict[str, str]:
    """What a server is told; of our own environment only what a process needs to start."""
    kept_names = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept_names if name in os.environ} | {
        "PORT": str(port),
        "THROUGHLINE_DATABASE_URL": database,
        "SLACK_API_URL": api,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
    }


def until_known(server: Running, log: Path) -> None:
    """Until Slack has told the bot who it is."""
    ready = f"http://127.0.0.1:{server.port}/readyz"
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with urllib.request.urlopen(ready, timeout=5) as answer:
            said: Mapping[str, Any] = json.load(answer)
        if said["slack"] == "ok":
            return
        time.sleep(0.05)
    raise NotMeasured(f"{server.subject.name} never learned who it is: {log.read_text()[-2000:]}")


def check_kept(server: Running, changing: int, captured: int) -> None:
    """Nothing of consequence that got its 200 may be missing after the kill; captures must have captured."""
    deliveries, feedback = kept(server.url)
    if deliveries < changing or feedback < captured:
        raise NotMeasured(
            f"{server.subject.name} acknowledged {changing} changes and kept {deliveries}, "
            f"was given {captured} to capture and kept {feedback}"
        )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise NotMeasured(f"a server did not start: {log.read_text()[-2000:]}")
