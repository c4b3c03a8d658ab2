"""What happens when people change when they work, or say that they are away."""

from datetime import date

from handlers.asks import service as asks
from handlers.kit.functions import FUNCTIONS
from handlers.kit.requests import Who
from handlers.worktime import views
from handlers.worktime.views import Mine
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.outbox import boards
from storage.people import queries as people
from storage.schedules import queries as schedules
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.public_holidays import countries
from storage.worktime.values import Away, WorkTime

CAN_COVER = frozenset({PersonKind.MEMBER, PersonKind.GUEST})


def mine(tx: Tx, person: PersonId, *, admin: bool = False) -> Mine:
    """Everything there is to show of one person's working time."""
    there, known = worktimes.of(tx, person), people.person(tx, person)
    today = there.today(tx.now)
    away = next((one for one in there.aways if one.last >= today), None)
    cover = None if away is None or away.cover is None else name_of(tx, away.cover)
    slack_zone = "UTC" if known is None else known.zone
    by_zone = worktimes.worktime(tx, person) is None
    code = there.worktime.country
    country = None if code is None else (code, countries().get(code, code))
    function = None if known is None else FUNCTIONS.in_use(known.function)
    return Mine(
        person, there, away, there.away_on(today) is not None, cover, slack_zone, country, admin, function,
        people.own_function(tx, person), by_zone,
    )  # fmt: skip


def save(tx: Tx, person: PersonId, worktime: WorkTime) -> None:
    """From now on: what was held back is looked at again, and what recurs follows the new zone."""
    before = worktimes.of(tx, person).zone
    worktimes.put(tx, person, worktime)
    audit.note(tx, person, "worktime.set", f"person {person}")
    if worktimes.of(tx, person).zone != before:
        schedules.moved(tx, person)
    _changed(tx, person)


def set_away(tx: Tx, by: Who, person: PersonId, away: Away) -> None:
    """Away on these days instead of what was said of now or next; the person and the cover are told."""
    previous = mine(tx, person).away
    if previous is not None:
        worktimes.cancel(tx, person, previous)
    worktimes.set_away(tx, person, away)
    audit.note(tx, by.person, "worktime.away", f"person {person}", cover=away.cover)
    if by.person != person:
        summary, blocks = views.set_for_you(name_of(tx, by.person), away)
        asks.tell_back(tx, person, f"worktime:away:{person}:{new_id()}", summary, blocks)
    if away.cover is not None and (previous is None or previous.cover != away.cover or previous != away):
        summary, blocks = views.you_cover(name_of(tx, person), away)
        asks.tell(tx, away.cover, f"worktime:cover:{person}:{away.first}:{away.last}", summary, blocks)
    _changed(tx, person)


def cancel_away(tx: Tx, person: PersonId) -> bool:
    """Not away after all, or back: whether there was anything to take back."""
    away = mine(tx, person).away
    if away is None:
        return False
    today = worktimes.of(tx, person).today(tx.now)
    if away.first < today:
        worktimes.back(tx, person, today)
    else:
        worktimes.cancel(tx, person, away)
    audit.note(tx, person, "worktime.back", f"person {person}")
    _changed(tx, person)
    return True


def next_day(tx: Tx, person: PersonId) -> date:
    """The first day they work again."""
    there = worktimes.of(tx, person)
    return there.today(there.moment_from(tx.now))


def can_cover(tx: Tx, cover: PersonId) -> bool:
    """Whether that is somebody here who can be asked things."""
    known = people.person(tx, cover)
    return known is not None and known.kind in CAN_COVER


def name_of(tx: Tx, person: PersonId) -> str:
    """What to call somebody."""
    known = people.person(tx, person)
    return known.name if known is not None and known.name else "A colleague"


def _changed(tx: Tx, person: PersonId) -> None:
    asks.look_again(tx, person)
    boards.touch_home(tx, person)
