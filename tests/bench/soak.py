"""A busy workspace for a while: whether memory stays where it was, and everybody gets an answer in time."""

import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

import psutil

from tests.bench.sending import lean_slack
from tests.bench.subjects import (
    HERE,
    NotMeasured,
    Running,
    Subject,
    check_kept,
    environment,
    free_port,
    started,
    until_known,
)
from tests.bench.tools import Tools
from tests.figures import Figure

KINDS = ("sqlite", "postgresql")
AN_HOUR = 30_000
"""Events."""
MINUTES = 2.0
WARMING = 1 / 4
"""So much of the time is not looked at: a process that has just started still grows."""
EVERY = 2.0
MOST_ACK, MOST_GROWTH = 250.0, 5.0
A_RETRY = 3.0
"""Seconds after which Slack sends an event again."""


def run(tools: Tools) -> list[Figure]:
    """All figures of it."""
    minutes = tools.minutes or MINUTES * tools.share
    figures = [Figure("soak.minutes", minutes, "minutes with each database")]
    for kind in KINDS:
        tools.tell(f"soak: {minutes:.1f} minutes with {kind}")
        figures += _soak(tools, kind, minutes * 60)
    return figures


def _soak(tools: Tools, kind: str, seconds: float) -> list[Figure]:
    url, port = tools.databases.fresh(kind), free_port()
    subject = Subject(kind, ("bot", "run"), kind)
    with lean_slack(tools, 0.0) as slack:
        told = environment(port, url, f"{slack}api/")
        with started(subject.command, port, told, tools.log) as process:
            server = Running(subject, port, process, url)
            until_known(server, tools.log)
            seen, memory = _steadily(port, process, seconds)
        latencies: list[float] = seen["latencies"]
        check_kept(server, len(latencies) // 10 * 6, 0)
    began, ended = _settled(memory)
    late = sum(1 for one in latencies if one > A_RETRY) + seen["refused"]
    name = f"soak.{kind}"
    return [
        Figure(
            f"{name}_events", len(latencies) / seen["seconds"] * 3600, "events an hour", demand=AN_HOUR * 0.99
        ),
        Figure(
            f"{name}_ack",
            latencies[int(len(latencies) * 0.99)] * 1e3,
            "ms, p99",
            demand=MOST_ACK,
            at_most=True,
        ),
        Figure(f"{name}_retries", late, "events Slack would send again", demand=0, at_most=True),
        Figure(
            f"{name}_growth",
            (ended - began) / 1e6,
            "MB from the first to the last quarter",
            began / 1e6,
            MOST_GROWTH,
            at_most=True,
            ours=ended / 1e6,
        ),
    ]


def _steadily(port: int, process: psutil.Process, seconds: float) -> tuple[dict[str, Any], list[float]]:
    """Events at an even pace, each sent when its moment has come, whether or not the one before was answered."""
    command = [sys.executable, "-m", "tests.bench.steady", str(port), str(AN_HOUR / 3600), str(seconds)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE) as sender:
        memory = []
        while sender.poll() is None:
            memory.append(float(process.memory_info().rss))
            time.sleep(min(EVERY, seconds / 20))
        assert sender.stdout is not None
        said = sender.stdout.read()
    if sender.returncode:
        raise NotMeasured("the events could not be sent")
    found: dict[str, Any] = json.loads(said)
    return found, memory


def _settled(memory: list[float]) -> tuple[float, float]:
    """Bytes at first and at last: medians of the first and the last quarter of what is looked at."""
    looked_at = memory[int(len(memory) * WARMING) :]
    quarter = max(1, len(looked_at) // 4)
    return median(looked_at[:quarter]), median(looked_at[-quarter:])
