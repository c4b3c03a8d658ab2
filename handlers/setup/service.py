"""What happens when an admin switches a job on or off."""

from collections.abc import Iterable, Sequence

from handlers.asks import service as asks
from handlers.kit import switches
from handlers.kit.jobs import Switch
from handlers.kit.requests import Who
from handlers.setup.views import Jobs
from storage.audit import queries as audit
from storage.database import Tx
from storage.outbox import boards
from storage.settings import queries as settings

ASIDE = "setup.aside"
DRAWN = "setup.drawn"
"""How far everybody's Home has been drawn anew since the last switch."""
AT_ONCE = 200
"""Homes in one work."""


def jobs(tx: Tx, every: Sequence[Switch]) -> Jobs:
    """Which jobs are on, and whether the guide was put aside."""
    off = switches.off(tx, every)
    on = [one for one in every if one not in off]
    return Jobs(on, [one for one in every if one in off], settings.find(tx, ASIDE) is not None)


def switch(tx: Tx, who: Who, every: Sequence[Switch], wanted: Switch, *, on: bool) -> bool:
    """Switch a job on or off; whether that was news."""
    off = switches.off(tx, every)
    if (wanted not in off) == on:
        return False
    _keep_all(tx, every, off)
    switches.put(tx, wanted, on=on, by=who.person)
    audit.note(tx, who.person, "job.on" if on else "job.off", f"job {wanted.key}")
    if on:
        asks.resume(tx)
    boards.touch_home(tx, who.person)
    _draw_homes(tx, "")
    return True


def put_aside(tx: Tx, who: Who) -> None:
    """The guide stands at the end of admins' Homes from now on."""
    settings.put(tx, ASIDE, {}, who.person)
    boards.touch_home(tx, who.person)
    _draw_homes(tx, "")


def draw_homes(tx: Tx) -> bool:
    """Draw some more Homes anew after a switch; whether there may be more."""
    reached = settings.find(tx, DRAWN)
    after = None if reached is None else reached["after"]
    if after is None:
        return False
    last = boards.touch_homes(tx, str(after), AT_ONCE)
    _draw_homes(tx, last)
    return last is not None


# ---------------------------------------------------------------------------------------------------------


def _keep_all(tx: Tx, every: Iterable[Switch], off: frozenset[Switch]) -> None:
    """From the first switch on every job's state is kept: what is off is known to the queue of asks too."""
    for one in every:
        if not switches.is_kept(tx, one):
            switches.put(tx, one, on=one not in off, by=None)


def _draw_homes(tx: Tx, after: str | None) -> None:
    settings.put(tx, DRAWN, {"after": after}, None)
    tx.wake("clock")
