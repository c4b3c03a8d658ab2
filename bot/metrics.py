"""What this process counts: one registry per application, read by `/metrics`.

Labels are few and fixed: kinds, outcomes, reasons, states, never an id.
docs/operations.md explains every figure; a test fails when one is missing there.
"""

import platform
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds until a request is answered; after three of them Slack gives up."""

_OUTCOMES = {200: "answered", 503: "busy"}


class Metrics:
    """Counted while it happens; the gauges are set when somebody asks."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._build = Gauge("throughline_build_info", "What runs here", ["version", "python", "database"],
                            registry=self.registry)  # fmt: skip
        self._requests = Counter("throughline_requests", "Requests from Slack", ["kind", "outcome"],
                                 registry=self.registry)  # fmt: skip
        self._refused = Counter("throughline_refused", "Requests refused at the door", ["reason"],
                                registry=self.registry)  # fmt: skip
        self._ack = Histogram("throughline_ack_seconds", "From a request to its answer", buckets=BUCKETS,
                              registry=self.registry)  # fmt: skip
        self._claims = Counter("throughline_claims", "Outbox rows taken to be sent", registry=self.registry)
        self._sends = Counter("throughline_sends", "Calls to Slack by what came of them", ["verdict"],
                              registry=self.registry)  # fmt: skip
        self.outbox = Gauge("throughline_outbox", "Outbox rows", ["state"], registry=self.registry)
        self.oldest = Gauge("throughline_outbox_oldest_seconds", "Age of the oldest call not yet done",
                            registry=self.registry)  # fmt: skip
        self.queue = Gauge("throughline_database_queue", "Works that wait for the database",
                           registry=self.registry)  # fmt: skip
        self.loops = Gauge("throughline_loop_silent_seconds", "Since a loop went round", ["loop"],
                           registry=self.registry)  # fmt: skip
        self.skew = Gauge("throughline_clock_skew_seconds", "Our clock less Slack's", registry=self.registry)
        self._socket: Gauge | None = None
        self._answered: dict[tuple[str, int], Counter] = {}

    def built(self, database: str) -> None:
        """Say once what runs here, and on which kind of database."""
        try:
            ours = version("throughline")
        except PackageNotFoundError:
            ours = "source"
        self._build.labels(ours, platform.python_version(), database).set(1)

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """A request of this kind was answered with this status, after so long."""
        counter = self._answered.get((kind, status))
        if counter is None:  # finding it takes longer than counting
            counter = self._requests.labels(kind, _OUTCOMES.get(status, "failed"))
            self._answered[kind, status] = counter
        counter.inc()
        self._ack.observe(seconds)

    def refused(self, reason: str) -> None:
        """The guard turned a request away."""
        self._refused.labels(reason).inc()

    def claimed(self, count: int) -> None:
        """The courier took so many rows."""
        self._claims.inc(count)

    def sent(self, verdict: str) -> None:
        """A call to Slack ended like this."""
        self._sends.labels(verdict).inc()

    def socket_silent(self, seconds: float) -> None:
        """How long nothing was heard on the socket; a process without one has no such figure."""
        if self._socket is None:
            name = "throughline_socket_silent_seconds"
            self._socket = Gauge(name, "Since anything was heard on the socket", registry=self.registry)
        self._socket.set(seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)
