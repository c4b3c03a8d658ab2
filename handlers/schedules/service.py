"""Open what is due, run it once, and tell owners of what was missed. One small work at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import structlog

from handlers.asks import service as asks
from handlers.kit import switches
from handlers.kit.elements import button
from handlers.kit.features import Missed, SeriesKind
from handlers.schedules import rules, views
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import claims, log
from storage.schedules.values import Late, Occurrence, OccurrenceState, Series, Slot, Why
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

AT_ONCE = 10
"""Occurrences run in one work: what they write is kept together."""
TRIES = 3
BETWEEN_TRIES = timedelta(minutes=1)
NOBODY_TO_ASK = frozenset({PersonKind.GONE, PersonKind.BOT, PersonKind.OUTSIDER})

Kinds = Mapping[str, SeriesKind]

logger = structlog.get_logger()


def tick(tx: Tx, kinds: Kinds) -> bool:
    """Do one thing that is due; False when there is nothing left."""
    log.beat(tx)
    return _open_slot(tx, kinds) or _run_due(tx, kinds) or _tell_owner(tx, kinds)


def _open_slot(tx: Tx, kinds: Kinds) -> bool:
    """Note for everybody in one zone what becomes of a date that has come, at most 500 people at a time."""
    slot = claims.due_slot(tx)
    if slot is None:
        return False
    kind = kinds.get(slot.series.kind)
    late = Late.PROMPT if kind is None else kind.late
    becomes = rules.of_slot(tx.now, slot.on, slot.due_at, slot.zone, late, slot.series.skips)
    if _is_off(tx, kind):
        becomes = OccurrenceState.SKIPPED, Why.OFF
    if _note(tx, slot, becomes) < claims.MOST:
        claims.move_on(tx, slot)
    return True


def _note(tx: Tx, slot: Slot, becomes: rules.Becomes) -> int:
    if not slot.series.per_person:
        claims.add(tx, slot, [(None, *becomes)])
        found = 1
    else:
        people_there = claims.unasked(tx, slot)
        found = len(people_there)
        noted = [(who, *rules.of_person(becomes, slot.due_at, last)) for who, last in people_there]
        claims.add(tx, slot, noted)
    if becomes[0] is OccurrenceState.MISSED and found:
        claims.note_missed(tx, slot.series, slot.on)
    return found


def _run_due(tx: Tx, kinds: Kinds) -> bool:
    waiting = claims.due(tx, AT_ONCE)
    for one in waiting:
        _run(tx, kinds, one)
        if one.series.kind in kinds and kinds[one.series.kind].reads_much:
            break
    return bool(waiting)


def _run(tx: Tx, kinds: Kinds, one: Occurrence) -> None:
    """Run it and note that it ran; one that fails takes nothing else with it."""
    kind = kinds.get(one.series.kind)
    if kind is None:
        claims.settle(tx, one, OccurrenceState.FAILED, Why.ERROR)
        return
    why = _why_not(tx, one) if kind.late is Late.PROMPT and one.recipient is not None else None
    why = Why.OFF if _is_off(tx, kind) else why
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


def _why_not(tx: Tx, one: Occurrence) -> Why | None:
    assert one.recipient is not None
    known = people.person(tx, one.recipient)
    if known is None or known.kind in NOBODY_TO_ASK:
        return Why.GONE
    return rules.day_off(worktimes.of(tx, one.recipient), one.on)


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
