"""Tells open pages that something changed; they fetch what they show again."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any

_HEARTBEAT = 15.0
_PASSING = frozenset({"inspector", "note", "push"})


class Stream:
    """Fans notices out to the open pages; `version` grows with each."""

    def __init__(self) -> None:
        self.version = 1
        self._pages: dict[asyncio.Queue[dict[str, Any] | None], str] = {}
        self._watchers: list[Callable[[], None]] = []

    def tell(self, kind: str, *, people: Iterable[str] | None = None, **extra: Any) -> None:
        """Send a notice to the pages of these people, or to all."""
        self.version += 1
        notice = {"version": self.version, "kind": kind, **extra}
        wanted = None if people is None else set(people)
        for page, person in self._pages.items():
            if wanted is None or person in wanted:
                page.put_nowait(notice)
        if kind not in _PASSING:
            for watcher in self._watchers:
                watcher()

    def note(self, person: str, text: str, tone: str = "info") -> None:
        """Show somebody a short notice."""
        self.tell("note", people=[person], text=text, tone=tone)

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call this after every change that is worth keeping (persistence uses it)."""
        self._watchers.append(watcher)

    async def follow(self, person: str) -> AsyncIterator[str]:
        """The server-sent events of one page, until it leaves or the sandbox stops."""
        page: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._pages[page] = person
        try:
            yield _sse({"version": self.version, "kind": "state"})
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        notice = await page.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if notice is None:
                    return
                yield _sse(notice)
        finally:
            self._pages.pop(page, None)

    def close(self) -> None:
        """End all pages' streams."""
        for page in self._pages:
            page.put_nowait(None)


def _sse(notice: dict[str, Any]) -> str:
    return f"id: {notice['version']}\ndata: {json.dumps(notice)}\n\n"
