"""The two times (docs/adr/0003-two-times.md): civil time can be moved, steady time cannot.

The only file that asks the machine for the time. Made once at the entry and passed in.
"""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from typing_extensions import override

ANCHORS = 5
CLOSE = 0.01
"""Seconds an answer may take to be believed at once."""


class Clock:
    """Civil time (`now`) says what is due, late and shown; steady time says leases, settling and pace.

    Civil time is the machine's, moved by `moved` (only a sandbox ever moves it). Steady time starts at the
    machine's time, or the database server's where several processes share one, and then only follows the
    process's monotonic clock, so no correction of the machine's clock lengthens or shortens a lease.
    """

    def __init__(self) -> None:
        self.moved = timedelta()
        self._base = datetime.now(UTC)
        self._base_at = time.monotonic()

    def now(self) -> datetime:
        """Civil time, aware, UTC."""
        return datetime.now(UTC) + self.moved

    def steady(self) -> datetime:
        """Steady time, aware, UTC; comparable between processes that anchored on the same server."""
        return self._base + timedelta(seconds=time.monotonic() - self._base_at)

    def anchor(self, ask: Callable[[], datetime]) -> None:
        """Let steady time go on from what the database server says it is now.

        On a busy machine an answer may have waited: of a few the quickest counts, for it can be wrong only by half
        of what it took. Whoever were behind by a second would see a lease end, and a call settle, a second too soon.
        """
        quickest: float | None = None
        for _ in range(ANCHORS):
            asked = time.monotonic()
            said = ask()
            heard = time.monotonic()
            if quickest is None or heard - asked < quickest:
                quickest = heard - asked
                self._base, self._base_at = said, (asked + heard) / 2
            if quickest <= CLOSE:
                return

    def stamp(self, steady: datetime) -> datetime | None:
        """What a clock on the wall showed at that steady time; None where nobody knows."""
        return steady

    def leap(self, _instant: datetime) -> bool:
        """Nothing but steady time is waited for until then: whether it is that late now. Real time takes its time."""
        return False


class VirtualClock(Clock):
    """A clock for seeding and simulation: both times stand still until `pass_time`."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._virtual = start

    @override
    def now(self) -> datetime:
        """Civil time as far as it has been moved on."""
        return self._virtual + self.moved

    @override
    def steady(self) -> datetime:
        """Steady time as far as it has been moved on."""
        return self._virtual

    def pass_time(self, step: timedelta) -> None:
        """Let `step` go by on both times."""
        self._virtual += step


class LeapingClock(Clock):
    """A clock for seeding and simulation in one process: waiting for steady time alone costs no real seconds.

    Civil time is that of any clock. Steady time leaps over what is only waited for, such as pace or settling; it
    begins `behind` the machine's, so that all it leaves in a database is past when a real clock takes over. Not
    for kills or measurements: what is still on its way would be taken for lost.
    """

    def __init__(self, behind: timedelta = timedelta(weeks=4)) -> None:
        super().__init__()
        self._behind = behind
        self.leapt = timedelta()

    @override
    def steady(self) -> datetime:
        """Steady time with all leaps so far."""
        return super().steady() - self._behind + self.leapt

    @override
    def stamp(self, steady: datetime) -> datetime | None:
        """Nobody knows: steady time has leapt."""
        return None

    @override
    def leap(self, instant: datetime) -> bool:
        """Let it be `instant` now; steady time never goes back."""
        self.leapt += max(timedelta(), instant - self.steady())
        return True


_dice = random.Random()
_id_lock = threading.Lock()
_last_id = 0


def new_id() -> str:
    """A new opaque identifier; those of one process sort in the order they were made."""
    global _last_id  # noqa: PLW0603 - one sequence per process is the point
    with _id_lock:
        _last_id = max(_last_id + 1, time.time_ns())
        return f"{_last_id:016x}{_dice.getrandbits(24):06x}"
