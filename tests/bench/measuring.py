"""The rounds: in each, every subject in turn, so that a slow minute of the machine falls on all of them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import subjects
from tests.bench.databases import Databases
from tests.bench.slack import LocalSlack
from tests.bench.subjects import Running, Subject, check_kept, running, until_known

WARMING = "submits/4/0.5"
ALONE = 1
TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Measured:
    """What one subject did under one load in one round. Seconds; `cpu` is its own per request."""

    rate: float
    p50: float
    p99: float
    cpu: float


class Load(NamedTuple):
    """Who was measured, under which kind of requests, and how many of them were in flight."""

    subject: str
    kind: str
    in_flight: int


Round = dict[Load, Measured]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run has at hand. `seconds` is how long each load lasts."""

    databases: Databases
    slack: LocalSlack
    log: Path
    seconds: float

    def rounds(self, count: int, tell: Callable[[str], None]) -> Iterator[Round]:
        """Measure everything `count` times."""
        for number in range(count):
            found: Round = {}
            for subject in (subjects.FLOOR, subjects.BOLT, subjects.SQLITE, subjects.POSTGRESQL):
                tell(f"round {number + 1} of {count}: {subject.name}")
                found |= self._loads(subject, number)
            for subject in (subjects.ONE_NAME, subjects.FIFTY_NAMES):
                tell(f"round {number + 1} of {count}: {subject.name}")
                found |= self._names(subject, number)
            yield found

    def _loads(self, subject: Subject, number: int) -> Round:
        long, short = self.seconds, self.seconds / 3
        kinds = [f"captures/{TOGETHER}/{long}", f"everyday/{TOGETHER}/{long}"]
        # Alone means: nothing is being sent of what came before, so what causes no sending comes first.
        alone = [f"submits/{ALONE}/{short}", f"captures/{ALONE}/{short}"]
        with running(subject, self.databases, self.slack, self.log) as server:
            if subject.database:
                until_known(server, self.log)
            found = server.load(number, WARMING, *alone, *kinds)
        if subject.database:
            captured = [seen for seen in found if seen["kind"] in ("captures", "submits")]
            everyday = [seen for seen in found if seen["kind"] == "everyday"]
            check_kept(server, _answered(captured) + _changing(everyday), _answered(captured))
        return _by_load(subject, found[1:])

    def _names(self, subject: Subject, number: int) -> Round:
        kind = "names:50" if subject is subjects.FIFTY_NAMES else "names:1"
        with running(subject, self.databases, self.slack, self.log) as server:
            until_known(server, self.log)
            found = server.load(number, f"{kind}/4/0.5", f"{kind}/{TOGETHER}/{self.seconds}")
        return _by_load(subject, found[1:])

    def calls_on_the_way_in(self) -> int:
        """How many calls Slack had got, while it answered none, by the time of each 200."""
        with running(subjects.WEB, self.databases, self.slack, self.log) as server:
            until_known(server, self.log)
            self.slack.silent = True
            try:
                return sum(self._calls_during(server, kind) for kind in ("captures", "submits", "help"))
            finally:
                self.slack.silent = False

    def _calls_during(self, server: Running, kind: str) -> int:
        before = self.slack.calls.total()
        server.load(0, f"{kind}/{ALONE}/0.5")
        return self.slack.calls.total() - before

    def idle_memory(self) -> float:
        """Resident megabytes of `throughline run` on an empty database, started and left alone."""
        with running(subjects.EMPTY, self.databases, self.slack, self.log) as server:
            until_known(server, self.log)
            time.sleep(3)
            return server.process.memory_info().rss / 1e6


def _answered(found: list[dict[str, Any]]) -> int:
    return sum(len(seen["latencies"]) for seen in found)


def _changing(everyday: list[dict[str, Any]]) -> int:
    """How many of these requests, at least, change something: six of any ten in a row."""
    return sum(len(seen["latencies"]) // 10 * 6 for seen in everyday)


def _by_load(subject: Subject, found: list[dict[str, Any]]) -> Round:
    return {
        Load(subject.name, seen["kind"].partition(":")[0], seen["in_flight"]): _measured(seen)
        for seen in found
    }


def _measured(seen: dict[str, Any]) -> Measured:
    latencies: list[float] = seen["latencies"]
    count = len(latencies)
    return Measured(
        count / seen["seconds"], latencies[count // 2], latencies[int(count * 0.99)], seen["cpu"] / count
    )
