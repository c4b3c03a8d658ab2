"""A whole worker sends what waits in its outbox; the Slack it calls tells when each message came."""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import psycopg

from bot.courier.timing import Timing
from tests.bench import letters
from tests.bench.subjects import HERE, PATIENCE, NotMeasured, environment, free_port, started
from tests.bench.tools import Tools

AT_ONCE = Timing().at_once


@dataclass(frozen=True, slots=True)
class Sent:
    """When every message came, by its channel; how many were refused; processor seconds of who sent them."""

    came: dict[str, list[float]]
    refused: int
    cpu: float

    @property
    def count(self) -> int:
        """How many came."""
        return sum(map(len, self.came.values()))

    @property
    def seconds(self) -> float:
        """From the first to the last."""
        every = [one for each in self.came.values() for one in each]
        return max(every) - min(every) if every else 0.0

    @property
    def rate(self) -> float:
        """Messages a second."""
        return (self.count - 1) / self.seconds

    @property
    def closest(self) -> float:
        """The least number of seconds between two messages of a channel."""
        return min(
            (later - sooner for each in self.came.values() for sooner, later in pairwise(each)), default=0.0
        )


def bare(tools: Tools, count: int) -> Sent:
    """One shared HTTP client says them, as many at once as the courier does."""
    with lean_slack(tools, 0.0) as slack:
        command = [sys.executable, "-m", "tests.bench.bare", f"{slack}api/", str(count), str(AT_ONCE)]
        done = subprocess.run(command, cwd=HERE, capture_output=True, check=False, timeout=120)
        if done.returncode:
            raise NotMeasured(f"the bare client failed: {done.stderr.decode()[-2000:]}")
        return _seen(slack, 0.0)


def ours(tools: Tools, kind: str, count: int, pace: float) -> Sent:
    """A worker sends what was waiting when it was started, in that part of Slack's own pace."""
    url = tools.databases.fresh(kind)
    asyncio.run(letters.fill(url, count))
    if kind == "postgresql":
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("ANALYZE")  # as the server does by itself within a minute
    with lean_slack(tools, pace) as slack:
        port = free_port()
        command, told = (
            ("tests.bench.servers", f"worker:{pace}", str(port)),
            environment(port, url, f"{slack}api/"),
        )
        with started(command, port, told, tools.log) as process:
            ends = time.monotonic() + PATIENCE + count / 50
            while (seen := _seen(slack, 0.0)).count < count:
                if time.monotonic() > ends:
                    raise NotMeasured(f"{seen.count} of {count} were sent: {tools.log.read_text()[-2000:]}")
                time.sleep(0.25)
            cpu = process.cpu_times()
        found = _seen(slack, cpu.user + cpu.system)
    if found.count != count:
        raise NotMeasured(f"{found.count} messages came instead of {count}")
    return found


@contextmanager
def lean_slack(tools: Tools, pace: float) -> Iterator[str]:
    """One that takes so many seconds between two messages of a channel; where it is."""
    port = free_port()
    told = environment(port, "", "")
    with started(("tests.bench.lean", str(port), str(pace)), port, told, tools.log.with_suffix(".slack.log")):
        yield f"http://127.0.0.1:{port}/"


def _seen(slack: str, cpu: float) -> Sent:
    with urllib.request.urlopen(f"{slack}seen", timeout=5) as answer:  # noqa: S310 - our own, on loopback
        said = json.load(answer)
    return Sent(said["came"], said["refused"], cpu)
