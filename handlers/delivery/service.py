"""Look what did not get through, tell of it once, and try again what an admin says."""

from collections.abc import Callable, Sequence

from handlers.asks import service as asks
from handlers.delivery import rules, views
from handlers.delivery.rules import Group
from handlers.kit.jobs import KEPT
from storage.audit import queries as audit
from storage.database import Tx
from storage.outbox import boards, troubles
from storage.people import queries as people
from storage.settings import queries as settings
from storage.values import Json, PersonId

SEEN = "delivery.seen"
"""The setting that says what was in the way when we last looked, and how many calls it held up."""
HOMES = 50
"""Admins whose Homes are drawn anew at most."""


def look(tx: Tx) -> bool:
    """Tell whoever set Throughline up once of each new cause that keeps something from being said.

    Admins' Homes are drawn anew; there is never more to do.
    """
    groups = groups_of(tx)
    now: dict[str, Json] = {one.key: len(one.ids) for one in groups}
    seen = settings.find(tx, SEEN) or {}
    if now == seen:
        return False
    settings.put(tx, SEEN, now, None)
    operator = operator_of(tx)
    for one in groups:
        if one.awaited and one.key not in seen and operator is not None:
            asks.tell(tx, operator, f"delivery:{one.key}", views.summary(one), views.told(one))
    boards.touch_home(tx, *(one.id for one in people.admins(tx, HOMES)))
    return False


def groups_of(tx: Tx) -> list[Group]:
    """What is in the way here."""
    return rules.grouped(troubles.here(tx))


def operator_of(tx: Tx) -> PersonId | None:
    """Whoever switched something on last and is an admin still; else the first admin there is."""
    admins = [one.id for one in people.admins(tx, HOMES)]
    setting_up = [one for one in settings.set_by(tx, KEPT) if one in admins]
    return next(iter([*setting_up, *admins]), None)


def act(tx: Tx, by: PersonId, key: str, verb: str, how: Callable[[Tx, Sequence[str]], int]) -> int:
    """Do this with all of a group; how many calls it was, or none where it is mended meanwhile."""
    found = next((one for one in groups_of(tx) if one.key == key), None)
    if found is None:
        return 0
    count = how(tx, found.ids)
    audit.note(tx, by, f"delivery.{verb}", f"outbox {found.ids[0]}", count=count, code=found.code)
    look(tx)
    boards.touch_home(tx, by)
    return count
