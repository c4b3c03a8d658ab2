"""Open what is due, run it once, and tell owners of what was missed. One small work at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from handlers.asks import service as asks
from handlers.kit import switches
from handlers.kit.elements import button
from handlers.kit.features import Missed, SeriesKind
from handlers.schedules import rules, views
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import Person
from storage.schedules import claims, log
from storage.schedules.values import Late, Occurrence, OccurrenceState, Series, Slot, Why
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import Availability

AT_ONCE = 10
"""Occurrences run in one work: what they write is kept together."""
TOGETHER = 128
"""The same where a kind runs several together."""
OPENED, SLOTS = 128, 32
"""People, and slots, that are noted in one work, but for the last slot's."""
ASKED_TOGETHER = 8
"""Slots whose people are asked for at once: each question waited for alone costs PostgreSQL a way there and back."""
TRIES = 3
BETWEEN_TRIES = timedelta(minutes=1)
NOBODY_TO_ASK = frozenset({PersonKind.GONE, PersonKind.BOT, PersonKind.OUTSIDER})

Kinds = Mapping[str, SeriesKind]
Unasked = Callable[[], Sequence[tuple[PersonId, datetime | None]]]

logger = structlog.get_logger()


def tick(tx: Tx, kinds: Kinds) -> bool:
    """Do one thing that is due; False when there is nothing left."""
    log.beat(tx)
    return _open_slots(tx, kinds) or _run_due(tx, kinds) or _tell_owner(tx, kinds)


def _open_slots(tx: Tx, kinds: Kinds) -> bool:
    slots, noted = claims.due_slots(tx, SLOTS), 0
    off = {name for name in {one.series.kind for one in slots} if _is_off(tx, kinds.get(name))}
    for first in range(0, len(slots), ASKED_TOGETHER):
        some = [
            (slot, _unasked(tx, slot)) for slot in slots[first : first + ASKED_TOGETHER] if noted < OPENED
        ]
        for slot, unasked in some:
            if noted < OPENED:
                kind = slot.series.kind
                noted += _open_slot(tx, kinds.get(kind), slot, unasked, off=kind in off)
    return bool(slots)


def _unasked(tx: Tx, slot: Slot) -> Unasked:
    return claims.unasked(tx, slot) if slot.series.per_person else list


def _open_slot(tx: Tx, kind: SeriesKind | None, slot: Slot, unasked: Unasked, *, off: bool) -> int:
    """Note for everybody in one zone what becomes of a date that has come, at most 500 people at a time; how many."""
    late = Late.PROMPT if kind is None else kind.late
    becomes = rules.of_slot(tx.now, slot.on, slot.due_at, slot.zone, late, slot.series.skips)
    if off:
        becomes = OccurrenceState.SKIPPED, Why.OFF
    if (noted := _note(tx, slot, becomes, unasked)) < claims.MOST:
        claims.move_on(tx, slot, lived_in=noted > 0)
    return noted


def _note(tx: Tx, slot: Slot, becomes: rules.Becomes, unasked: Unasked) -> int:
    if not slot.series.per_person:
        claims.add(tx, slot, [(None, *becomes)])
        found = 1
    else:
        people_there = unasked()
        found = len(people_there)
        noted = [(who, *rules.of_person(becomes, slot.due_at, last)) for who, last in people_there]
        claims.add(tx, slot, noted)
    if becomes[0] is OccurrenceState.MISSED and found:
        claims.note_missed(tx, slot.series, slot.on)
    return found


def _run_due(tx: Tx, kinds: Kinds) -> bool:
    waiting = claims.due(tx, TOGETHER)
    first = kinds.get(waiting[0].series.kind) if waiting else None
    if first is not None and first.together is not None:
        alike = [one for one in waiting if one.series.kind == waiting[0].series.kind]
        _run_together(tx, kinds, first, alike)
        return True
    for one in waiting[:AT_ONCE]:
        _run(tx, kinds, one)
        if one.series.kind in kinds and kinds[one.series.kind].reads_much:
            break
    return bool(waiting)


def _run_together(tx: Tx, kinds: Kinds, kind: SeriesKind, those: Sequence[Occurrence]) -> None:
    """Run several of one kind; should that fail, some of them, each alone."""
    there = _there(tx, those)
    why_not = _why_none_of(tx, kind, those, there)
    asked = [one for one, why in zip(those, why_not, strict=True) if why is None]
    assert kind.together is not None
    try:
        with tx.savepoint():
            became = [*kind.together(tx, asked, there.when)] if asked else []
    except Exception as error:  # noqa: BLE001 - one that fails must not stop the others
        logger.error(
            "failed", action="schedules.run", series=those[0].series.kind, error=type(error).__name__
        )
        for one in those[:AT_ONCE]:
            _run(tx, kinds, one)
        return
    left_out = [(one, why) for one, why in zip(those, why_not, strict=True) if why is not None]
    left_out += [(one, why) for one, why in zip(asked, became, strict=True) if why is not None]
    done = [one for one, why in zip(asked, became, strict=True) if why is None]
    claims.settle_some(
        tx,
        [
            *((one, OccurrenceState.DONE, None) for one in done),
            *((one, OccurrenceState.SKIPPED, why) for one, why in left_out),
        ],
    )


@dataclass(frozen=True, slots=True)
class _There:
    """Who is to be asked, and when they can be reached."""

    known: Mapping[PersonId, Person]
    when: Mapping[PersonId, Availability]


def _there(tx: Tx, those: Sequence[Occurrence]) -> _There:
    ids = sorted({one.recipient for one in those if one.recipient is not None})
    known = people.people(tx, ids) if ids else {}
    return _There(known, worktimes.of_many(tx, ids, known) if ids else {})


def _why_none_of(tx: Tx, kind: SeriesKind, those: Sequence[Occurrence], there: _There) -> list[Why | None]:
    """Why each of these is not run at all; None for those that are."""
    if _is_off(tx, kind):
        return [Why.OFF] * len(those)
    if kind.late is not Late.PROMPT:
        return [None] * len(those)
    return [
        None
        if one.recipient is None
        else _why_not(there.known.get(one.recipient), there.when[one.recipient], one)
        for one in those
    ]


def _run(tx: Tx, kinds: Kinds, one: Occurrence) -> None:
    """Run it and note that it ran; one that fails takes nothing else with it."""
    kind = kinds.get(one.series.kind)
    if kind is None:
        claims.settle(tx, one, OccurrenceState.FAILED, Why.ERROR)
        return
    (why,) = _why_none_of(tx, kind, [one], _there(tx, [one]))
    if why is not None:
        claims.settle(tx, one, OccurrenceState.SKIPPED, why)
        return
    try:
        with tx.savepoint():
            became = kind.run(tx, one)
    except Exception as error:  # noqa: BLE001 - one that fails must not stop the others
        logger.error("failed", action="schedules.run", series=one.series.kind, error=type(error).__name__)
        if one.tries + 1 < TRIES:
            claims.later(tx, one, tx.now + BETWEEN_TRIES)
        else:
            claims.settle(tx, one, OccurrenceState.FAILED, Why.ERROR)
    else:
        claims.settle(tx, one, OccurrenceState.DONE if became is None else OccurrenceState.SKIPPED, became)


def _why_not(known: Person | None, there: Availability, one: Occurrence) -> Why | None:
    if known is None or known.kind in NOBODY_TO_ASK:
        return Why.GONE
    return rules.day_off(there, one.on)


def _tell_owner(tx: Tx, kinds: Kinds) -> bool:
    """Tell somebody once of all dates that all their series have missed."""
    found = claims.untold(tx)
    for series, _, _ in found:
        claims.told(tx, series)
    theirs = [one for one in found if not _is_off(tx, kinds.get(one[0].kind))]
    if theirs and theirs[0][0].owner is not None:
        _tell_of(tx, kinds, theirs[0][0].owner, theirs)
    return bool(found)


def _tell_of(tx: Tx, kinds: Kinds, owner: PersonId, theirs: Sequence[tuple[Series, date, date]]) -> None:
    late = []
    for series, first, last in theirs:
        how = kinds[series.kind].missed if series.kind in kinds else Missed()
        again = button(how.instead, f"{how.button}:{series.key}", series.key)
        late.append(views.Late(series.title, first, last, how.did_not, again))
    summary, blocks = views.missed(late, log.last_outage(tx), _zone(tx, owner))
    more = f"+{len(theirs) - 1}" if len(theirs) > 1 else ""
    asks.tell(tx, owner, f"schedules:missed:{theirs[0][0].key}:{theirs[0][2]}{more}", summary, blocks)


def _is_off(tx: Tx, kind: SeriesKind | None) -> bool:
    return kind is not None and kind.switch is not None and not switches.is_on(tx, kind.switch)


def _zone(tx: Tx, person: PersonId) -> str:
    return worktimes.of(tx, person).zone
