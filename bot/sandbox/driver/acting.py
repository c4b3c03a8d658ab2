"""Doing things as somebody, letting time go by, and choosing what goes wrong: what all of the driver shares."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

from bot.sandbox.driver.reading import Outcome
from bot.sandbox.driver.sight import Sight
from bot.sandbox.driver.wire import Wire

Json = dict[str, Any]


class Acting(Sight):
    """Acts in a sandbox. `settle` is awaited after each act, e.g. until the app is quiet."""

    def __init__(self, url: str, settle: Callable[[], Awaitable[None]] | None = None) -> None:
        super().__init__(Wire(url))
        self._settle = settle

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._wire.close()

    async def advance(self, step: str | float, as_: str = "maya") -> Json:
        """Move the civil clock: "2 hours", "next morning" where this person is, or seconds."""
        how: Any = step if isinstance(step, str) else {"seconds": step}
        return (await self._act("clock", as_, advance=how)).raw

    async def walk(self, step: str, as_: str = "maya") -> Json:
        """Let time go by as the page does, with stops where people work."""
        return (await self._act("clock", as_, advance=step, walk=True)).raw

    async def faults(self, calls: Sequence[Json] = (), events: Json | None = None) -> None:
        """Set the fault plan; without arguments, clear it."""
        if not calls and not events:
            await self._wire.delete("/sandbox/faults")
            return
        await self._wire.post("/sandbox/faults", {"calls": list(calls), "events": events or {}})

    async def modes(self, **wanted: bool) -> Json:
        """Switch modes of this Slack, e.g. `slow_history=True`; says how all of them stand."""
        return await self._wire.post("/sandbox/modes", wanted)

    async def sockets(self, reason: str) -> None:
        """Slack says `warning`, `refresh_requested` or `link_disabled`; with `link_enabled` all is well again."""
        await self._wire.post("/sandbox/sockets", {"reason": reason})

    async def _act(self, verb: str, as_: str, **body: Any) -> Outcome:
        given = {key: value for key, value in body.items() if value is not None}
        outcome = Outcome.of(await self._wire.act(verb, {"as": as_, **given}))
        if self._settle is not None:
            await self._settle()
        return outcome
