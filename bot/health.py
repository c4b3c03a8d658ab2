"""`/healthz` (alive), `/readyz` (can do its work, and if not, why) and `/metrics`."""

import contextlib
from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.heartbeats import Heartbeats
from storage.database import Busy, Database, NotCommitted
from storage.outbox import claims
from storage.outbox.values import State

SKEW = 60.0
"""Seconds our clock may differ from Slack's before readiness turns red; at 300 every request is refused."""


class Health:
    """What one process can say about itself."""

    def __init__(self, database: Database, heartbeats: Heartbeats) -> None:
        self._database = database
        self._heartbeats = heartbeats
        self.auth = "not asked yet"
        self.skew = 0.0
        self._metrics = CollectorRegistry()
        self._outbox = Gauge("throughline_outbox", "Outbox rows", ["state"], registry=self._metrics)
        self._skew = Gauge("throughline_clock_skew_seconds", "Our clock less Slack's", registry=self._metrics)
        self._requests = Counter("throughline_requests", "Signed requests from Slack", registry=self._metrics)

    def note_skew(self, seconds: float) -> None:
        """The guard saw a rightly signed request; our clock was this much ahead of its stamp."""
        self.skew = seconds
        self._requests.inc()

    def routes(self) -> list[Route]:
        """The pages."""
        return [
            Route("/healthz", self._alive),
            Route("/readyz", self._ready),
            Route("/metrics", self._numbers),
        ]

    async def _alive(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _ready(self, _request: Request) -> Response:
        state: dict[str, Any] = {"slack": self.auth, "clock_skew_seconds": round(self.skew, 1)}
        problems = []
        try:
            state["outbox"] = await self.counts()
            state["database"] = "ok"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, this is the place that says so
            state["database"] = type(error).__name__
            problems.append("the database does not answer")
        problems += self._heartbeats.problems()
        if abs(self.skew) > SKEW:
            problems.append(f"this machine's clock differs from Slack's by {self.skew:.0f} s: set it")
        state["problems"] = problems
        return JSONResponse(state, status_code=503 if problems else 200)

    async def _numbers(self, request: Request) -> Response:
        if request.client is None or request.client.host not in ("127.0.0.1", "::1"):
            return PlainTextResponse("metrics are for this machine only", status_code=403)
        self._outbox.clear()
        with contextlib.suppress(Busy, NotCommitted):  # no count is told then, rather than an old one
            for name, count in (await self.counts()).items():
                self._outbox.labels(name).set(count)
        self._skew.set(self.skew)
        return Response(generate_latest(self._metrics), media_type="text/plain; version=0.0.4")

    async def counts(self) -> Mapping[str, int]:
        """How many outbox rows are in each state."""
        counts = await self._database.read_everywhere(claims.counts)
        return {str(state): counts.get(state, 0) for state in State}
