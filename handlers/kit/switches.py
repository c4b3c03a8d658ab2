"""The jobs a workspace can switch on and off at run time, one at a time, and which of them are on.

A feature with a `Switch` is one of the jobs; one without is ground and always there. Each switch is a setting of
its own, so that two admins who press at once change two rows.
"""

from collections.abc import Callable, Iterable

from handlers.kit import turned_off
from handlers.kit.jobs import KEPT, Switch
from storage.database import Tx
from storage.people import queries as people
from storage.settings import queries as settings
from storage.values import Json, PersonId


def is_on(tx: Tx, switch: Switch) -> bool:
    """Whether this job is on; asked by every event and at every tick, so it reads one row by its key."""
    kept = settings.find(tx, switch.setting)
    return switch.at_first if kept is None else bool(kept["on"])


def off(tx: Tx, switches: Iterable[Switch]) -> frozenset[Switch]:
    """Those of these jobs that are off; one read of as many rows."""
    return looking(tx, switches)()


def looking(tx: Tx, switches: Iterable[Switch]) -> Callable[[], frozenset[Switch]]:
    """The same, asked now and taken later."""
    wanted = {one.setting: one for one in switches}
    kept = settings.some(tx, sorted(wanted))

    def found() -> frozenset[Switch]:
        values = {name: one.at_first for name, one in wanted.items()}
        values |= {name: bool(value["on"]) for name, value in kept().items()}
        return frozenset(wanted[name] for name, on in values.items() if not on)

    return found


def put(tx: Tx, switch: Switch, *, on: bool, by: PersonId | None) -> None:
    """Switch a job on or off; `by` is None when nobody in Slack did.

    What its asks are called is kept with it: the queue, which knows no features, holds them back.
    """
    settings.put(tx, switch.setting, {"on": on, "asks": list(switch.asks)}, by)


def is_kept(tx: Tx, switch: Switch) -> bool:
    """Whether its state is kept, or only what it is at first."""
    return settings.find(tx, switch.setting) is not None


def silenced(tx: Tx) -> tuple[str, ...]:
    """How the keys of what may not be sent begin: what jobs ask that were switched off."""
    return tuple(
        one for kept in settings.beginning(tx, KEPT) if not kept["on"] for one in _names(kept["asks"])
    )


def _names(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def admins(tx: Tx) -> list[str]:
    """What to call those who can switch on what is off, one more than are named."""
    return [one.name or "an admin" for one in people.admins(tx, turned_off.NAMED + 1)]
