"""`/healthz` (alive), `/readyz` (can do its work, and if not, why) and `/metrics`."""

import hmac
from collections.abc import Mapping
from typing import Any, Protocol

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.heartbeats import Heartbeats
from bot.metrics import Metrics
from bot.skew import Skew
from storage.database import Database
from storage.outbox import claims
from storage.outbox.values import State

LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
"""Headers by which a proxy says that somebody else asks."""

log = structlog.get_logger()


class Line(Protocol):
    """The way Slack's requests come in where it is a socket."""

    @property
    def silent(self) -> float:
        """Seconds since anything was heard on it."""

    @property
    def problem(self) -> str | None:
        """What is wrong with it, or None."""


class Health:
    """What one process can say about itself.

    `line` is the socket, where there is one. With a `token` the metrics are for whoever holds it, without one for this
    machine.
    """

    def __init__(self, database: Database, heartbeats: Heartbeats, metrics: Metrics, token: str = "") -> None:
        self._database = database
        self._heartbeats = heartbeats
        self._metrics = metrics
        self._token = token.encode()
        self.auth = "not asked yet"
        self.skew = Skew()
        self.line: Line | None = None
        metrics.built(database.dialect)

    def note_skew(self, seconds: float) -> None:
        """The guard saw a rightly signed request; our clock was this much ahead of its stamp."""
        self.skew.note(seconds, self._database.clock.now())

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
        state: dict[str, Any] = {"slack": self.auth, "clock_skew_seconds": round(self.skew.ahead, 1)}
        problems = []
        try:
            state["outbox"] = await self.counts()
            state["database"] = "ok"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, this is the place that says so
            state["database"] = type(error).__name__
            problems.append("the database does not answer")
        problems += self._heartbeats.problems()
        if self.skew.problem is not None:
            problems.append(self.skew.problem)
        if self.line is not None:
            state["socket"] = self.line.problem or "ok"
            if self.line.problem is not None:
                problems.append(f"socket: {self.line.problem}")
        state["problems"] = problems
        return JSONResponse(state, status_code=503 if problems else 200)

    async def _numbers(self, request: Request) -> Response:
        if not self._may_read(request):
            words = "metrics are for this machine only; see THROUGHLINE_METRICS_TOKEN"
            return PlainTextResponse(words, status_code=403)
        await self._look()
        return Response(self._metrics.text(), media_type="text/plain; version=0.0.4")

    def _may_read(self, request: Request) -> bool:
        """Nothing a proxy says lets anybody in; that it forwards for somebody else keeps them out."""
        if self._token:
            given = request.headers.get("authorization", "").encode()
            return hmac.compare_digest(given, b"Bearer " + self._token)
        here = request.client is not None and request.client.host in LOOPBACK
        return here and not any(name in request.headers for name in FORWARDED)

    async def _look(self) -> None:
        metrics = self._metrics
        metrics.outbox.clear()
        try:
            counts, age = await self._database.read_everywhere(
                lambda tx: (claims.counts(tx), claims.oldest(tx))
            )
        except Exception as error:  # noqa: BLE001 - no count is told then, rather than an old one
            metrics.oldest.set(float("nan"))
            log.warning("no figures from the database", action="health.metrics", error=type(error).__name__)
        else:
            for state in State:
                metrics.outbox.labels(state).set(counts.get(state, 0))
            metrics.oldest.set(0 if age is None else age.total_seconds())
        metrics.queue.set(self._database.waiting)
        for loop, seconds in self._heartbeats.ages().items():
            metrics.loops.labels(loop).set(seconds)
        metrics.skew.set(self.skew.ahead)
        if self.line is not None:
            metrics.socket_silent(self.line.silent)

    async def counts(self) -> Mapping[str, int]:
        """How many outbox rows are in each state."""
        counts = await self._database.read_everywhere(claims.counts)
        return {str(state): counts.get(state, 0) for state in State}
