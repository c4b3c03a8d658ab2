"""What happened, for people (the inspector) and for checkers (the append-only history)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that came into being, with the metadata its author gave it."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None
    metadata: Json | None
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """One attempt to deliver something to the app and how it ended."""

    what: str
    id: str
    attempt: int
    status: int | None
    error: str | None
    ms: float
    payload: Json = field(repr=False)
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Called:
    """One Web API call of the app, what was done and what it was told."""

    method: str
    arguments: Json
    done: bool
    fault: str | None
    answer: Json | None


Entry = Posted | Delivered | Called


class History(list[Entry]):
    """Everything in order; nothing is ever removed."""

    @property
    def posts(self) -> list[Posted]:
        """Every message posted, people's and apps'."""
        return [entry for entry in self if isinstance(entry, Posted)]

    @property
    def deliveries(self) -> list[Delivered]:
        """Every attempt to deliver something."""
        return [entry for entry in self if isinstance(entry, Delivered)]

    @property
    def calls(self) -> list[Called]:
        """Every Web API call."""
        return [entry for entry in self if isinstance(entry, Called)]


class Inspector:
    """The last exchanges in both directions, as the page shows them."""

    def __init__(self, keep: int = 2000) -> None:
        self._entries: deque[Json] = deque(maxlen=keep)
        self._count = 0

    def add(
        self,
        direction: Literal["to_bot", "from_bot"],
        what: str,
        at: datetime,
        *,
        status: int | None,
        ms: float,
        request: Json,
        response: Any,
        problem: str | None = None,
        retry: int = 0,
    ) -> int:
        """Keep one exchange and return its number."""
        self._count += 1
        self._entries.append({
            "n": self._count, "at": at.isoformat(), "direction": direction, "what": what, "status": status,
            "ms": round(ms, 1), "retry": retry, "request": request, "response": response, "problem": problem,
        })  # fmt: skip
        return self._count

    def after(self, number: int) -> list[Json]:
        """The exchanges after this number, oldest first."""
        return [entry for entry in self._entries if entry["n"] > number]
