"""Pausing, resuming, skipping, running now and ending a check-in."""

from datetime import date

from handlers.asks import service as asks
from handlers.checkins import cards, letters, places
from handlers.checkins.places import Trouble
from storage.audit import queries as audit
from storage.checkins import queries as checkins
from storage.checkins.values import CheckIn
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import queries as schedules
from storage.schedules.values import SeriesState
from storage.values import PersonId


def stop(tx: Tx, checkin: CheckIn, found: Trouble) -> None:
    """It cannot go on where it is: nobody is asked, and whoever runs it hears why, once."""
    if checkin.state is not SeriesState.ACTIVE:
        return
    pause(tx, checkin, None)
    said = letters.paused(checkin, places.words(tx, found, checkin.channel))
    asks.tell(
        tx, checkin.owner, f"checkin.stopped:{checkin.number}:{tx.now.date()}", said.summary, said.blocks
    )


def pause(tx: Tx, checkin: CheckIn, by: PersonId | None) -> None:
    """Nobody is asked until it is resumed; the round under way ends as ever."""
    checkins.pause(tx, checkin)
    audit.note(tx, by, "checkin.paused", str(checkin.reference))
    cards.draw(tx, checkin)


def resume(tx: Tx, checkin: CheckIn, by: PersonId) -> Trouble | None:
    """On again from the next date on, unless it cannot be where it is."""
    if (found := places.trouble(people.channel(tx, checkin.channel))) is not None:
        return found
    checkins.resume(tx, checkin)
    audit.note(tx, by, "checkin.resumed", str(checkin.reference))
    cards.draw(tx, checkin)
    return None


def skip(tx: Tx, checkin: CheckIn, by: PersonId) -> date | None:
    """Leave out the next date; which one that is."""
    day = schedules.skip_next(tx, checkin.series)
    audit.note(tx, by, "checkin.skipped", str(checkin.reference))
    cards.draw(tx, checkin)
    return day


def run_now(tx: Tx, checkin: CheckIn, by: PersonId) -> bool:
    """Whoever was not asked today is asked now; False while it is paused or nobody takes part."""
    on_it = schedules.run_now(tx, checkin.series)
    audit.note(tx, by, "checkin.run", str(checkin.reference))
    return on_it


def end(tx: Tx, checkin: CheckIn, by: PersonId) -> None:
    """Nobody is asked any more; the round under way ends as ever."""
    taking_part = schedules.people_of(tx, checkin.series)
    checkins.end(tx, checkin)
    audit.note(tx, by, "checkin.ended", str(checkin.reference))
    cards.draw(tx, checkin, *taking_part)
