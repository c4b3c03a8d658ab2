"""Which events the app has acknowledged, kept up with a growing history."""

from collections.abc import Set as AbstractSet
from itertools import islice

from bot.sandbox.records import Delivered, History


class Heard:
    """Reads only what is new in the history each time it is asked."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._read = 0
        self._open: set[str] = set()
        self._acknowledged: set[str] = set()

    def unacknowledged(self) -> AbstractSet[str]:
        """Events that were sent and never got their 2xx; Slack may still repeat them."""
        self._catch_up()
        return self._open

    def acknowledged(self) -> AbstractSet[str]:
        """Events that got their 2xx."""
        self._catch_up()
        return self._acknowledged

    def _catch_up(self) -> None:
        for entry in islice(self._history, self._read, None):
            if isinstance(entry, Delivered) and is_event(entry):
                self._note(entry.id, done=acknowledged(entry))
        self._read = len(self._history)

    def _note(self, event: str, *, done: bool) -> None:
        if done:
            self._acknowledged.add(event)
            self._open.discard(event)
        elif event not in self._acknowledged:
            self._open.add(event)


def is_event(entry: Delivered) -> bool:
    """Whether it is an event that Slack did send; people see what becomes of everything else."""
    return entry.what.startswith("event ") and entry.error != "black_hole"


def acknowledged(entry: Delivered) -> bool:
    """Whether Slack was told that it was taken."""
    return entry.status is not None and 200 <= entry.status < 300
