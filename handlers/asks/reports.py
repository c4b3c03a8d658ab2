"""Who was asked on a date of what recurs and who was not, each with the reason, for the one who runs it.

A feature whose series asks people queues its asks under keys that begin with `asked_under`, and offers
`views.report_button`; everything else is here. `/throughline why` shows the same of today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.asks import reasons, views
from handlers.asks.reasons import Reader
from handlers.asks.views import Report
from handlers.kit import forms
from handlers.kit.permissions import allowed
from handlers.kit.replies import ButtonReply, OpenModal, PushModal
from handlers.kit.requests import ButtonRequest, Who
from handlers.kit.surfaces import modal
from storage.asks import queries as asks
from storage.asks.values import Ask
from storage.calendar import local_date
from storage.checkins import queries as checkins
from storage.database import Tx
from storage.people import queries as people
from storage.recurrence import due_on, instant_on
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import Occurrence, Outage, Series
from storage.things.values import Viewer
from storage.values import PersonId

MINE = 5
"""Reports of what somebody runs in one message; the others are counted."""
RUNNING = 50
"""Series of theirs that are looked at."""
NOT_YOURS = "Only who runs it, or an admin, can see that."
NOT_THERE = "It asks in a channel you are not in. Once you are in it, you can see that."


def asked_under(series: str, on: date) -> str:
    """What the keys of the asks of one date of a series begin with; the person's id follows."""
    return f"{series}:{on}:"


def of(tx: Tx, series: Series, on: date, who: Who) -> Report:
    """One date of a series, as this person reads it."""
    seen = _Seen(
        series,
        on,
        schedules.zones_of(tx, series.key),
        {one.recipient: one for one in log.on(tx, series.key, on) if one.recipient is not None},
        {one.person: one for one in asks.beginning(tx, asked_under(series.key, on))},
        log.last_outage(tx),
    )
    everybody = {*seen.zones, *seen.occurrences, *seen.asks}
    known = people.people(tx, sorted(everybody))
    reader = Reader(who.person, who.zone, tx.now, {one.id: one.name for one in known.values()})
    not_asked = tuple((reader.name(one), said) for one, said in seen.not_asked(sorted(everybody), reader))
    return Report(series.title, on, len(everybody), tuple(sorted(not_asked)))


def of_mine(tx: Tx, who: Who) -> list[Report]:
    """What is due today of what this person runs, where somebody was not asked."""
    today = local_date(tx.now, who.zone)
    running = [one for one in schedules.owned(tx, who.person, RUNNING) if one.per_person]
    found = [of(tx, one, today, who) for one in running if due_on(one.recurrence, today)]
    return [one for one in found if one.not_asked]


def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """In a window: who was asked on that date, and who was not and why."""
    key, _, day = request.value.rpartition("|")
    series = schedules.find(tx, key)
    who, owner = request.who, None if series is None else series.owner
    if series is None or not allowed(who.person, roles=[owner], admin=who.admin):
        return forms.say(request, NOT_YOURS)
    if checkins.hidden(tx, Viewer(who.person, who.kind), [key]):
        return forms.say(request, NOT_THERE)
    report = of(tx, series, date.fromisoformat(day), who)
    shown = modal("Who was asked", views.report(report), close="Done")
    return PushModal(shown) if forms.in_modal(request) else OpenModal(shown)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Everything there is to know of one date."""

    series: Series
    on: date
    zones: Mapping[PersonId, str]
    occurrences: Mapping[PersonId, Occurrence]
    asks: Mapping[PersonId, Ask]
    outage: Outage | None

    def not_asked(self, everybody: list[PersonId], reader: Reader) -> Iterator[tuple[PersonId, str]]:
        for one in everybody:
            said = self._why_not(one, reader)
            if said is not None:
                yield one, said

    def _why_not(self, person: PersonId, reader: Reader) -> str | None:
        """Why nothing was sent to somebody; None where something was."""
        asked = self.asks.get(person)
        if asked is not None:
            return None if asked.sent_at is not None else reasons.to_owner(asked, reader)
        occurrence = self.occurrences.get(person)
        if occurrence is not None:
            return reasons.of_theirs(occurrence, reader, self.outage)
        if not due_on(self.series.recurrence, self.on):
            return "nothing is due that day"
        due = instant_on(self.series.recurrence, self.on, self.zones[person])
        return f"comes {reader.at(due)}" if due > reader.now else "joined after it was due"
