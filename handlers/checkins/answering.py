"""Somebody answers in a round: their words are kept, what is in their way becomes a blocker."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.asks import service as asks
from handlers.checkins import blocking, closing, letters, places, rules
from handlers.checkins.modals import Asking
from handlers.kit.dates import say_day, say_time
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.audit import queries as audit
from storage.calendar import local_date, local_time
from storage.checkins import blockers, rounds
from storage.checkins.values import Blocker, CheckIn, Party, Round, RoundState
from storage.database import Tx
from storage.outbox import boards
from storage.things.values import Linked, Reference

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: an answer to each question, the last one being what is in their way."""

    words: tuple[str | None, ...]
    party: Party | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: in which round, what became of what is in their way, whether the round was over."""

    checkin: CheckIn
    round: Round
    blocker: Blocker | None
    late: bool
    named: Sequence[Linked]


def asking(tx: Tx, checkin: CheckIn, found: Round, who: Who) -> Asking:
    """The questions as this person gets them."""
    own = rounds.answer_of(tx, found.number, found.on, who.person)
    last = rounds.last_answer(tx, found.number, found.on, who.person)
    before = {} if last is None else _by_question(last[0].questions, last[1].words)
    filled = rules.prefilled(found.questions, None if own is None else own.words, before)
    mine, others = _blockers(tx, found, who)
    party = None if mine is None else (mine.waits, blocking.name_of(tx, mine.waits))
    until = _moment(found, who.zone) if found.state is RoundState.OPEN else None
    where = places.where(tx, checkin.channel)
    return Asking(checkin, found, where, until, filled, before, party, [str(one.reference) for one in others])


def keep(tx: Tx, checkin: CheckIn, found: Round, typed: Typed, who: Who) -> Kept:
    """Keep it; after the end of the round it goes into the thread of its summary."""
    late = found.state is not RoundState.OPEN
    rounds.answer(tx, found, who.person, typed.words, late=late)
    audit.note(tx, who.person, "checkin.answered", str(checkin.reference), on=str(found.on), late=late)
    asks.answered(
        tx, rules.ask_key(found.number, found.on, who.person), letters.receipt(found, answered=True)
    )
    rounds.take_reminder(tx, found.number, found.on, who.person)
    named = links.read(tx, checkin.reference, "\n".join(filter(None, typed.words[:-1])), who)
    blocker = blocking.reported(tx, checkin, found, typed.words[-1], typed.party, who.person)
    if late:
        now = rounds.answer_of(tx, found.number, found.on, who.person)
        assert now is not None
        closing.late(tx, checkin, found, now)
    boards.touch_home(tx, who.person)
    return Kept(checkin, found, blocker, late, named)


def consequences(tx: Tx, kept: Kept, zone: str) -> list[str]:
    """What happens now, in sentences for the last page."""
    where = places.where(tx, kept.checkin.channel)
    ends = f"It comes to {where} at {_moment(kept.round, zone)}; until then you can change it."
    said = [f"It is in the thread of {say_day(kept.round.on)} in {where}." if kept.late else ends]
    return said if kept.blocker is None else [*said, *blocking.consequences(tx, kept.blocker)]


def linked(tx: Tx, kept: Kept, who: Who) -> list[tuple[Reference, Sequence[Linked]]]:
    """What their words name, by what it is linked to: the check-in, and the blocker."""
    found: list[tuple[Reference, Sequence[Linked]]] = [(kept.checkin.reference, kept.named)]
    if kept.blocker is not None:
        found.append((kept.blocker.reference, links.linked(tx, kept.blocker.reference, who)))
    return found


# ---------------------------------------------------------------------------------------------------------


def _by_question(questions: Sequence[str], words: Sequence[str | None]) -> dict[str, str]:
    return {question: said for question, said in zip(questions, words, strict=True) if said}


def _blockers(tx: Tx, found: Round, who: Who) -> tuple[Blocker | None, list[Blocker]]:
    """What they reported in this round, and what is still in their way from before."""
    mine = blocking.of_answer(tx, found, who.person)
    others = blockers.open_of(tx, who.person, SHOWN)
    return mine, [one for one in others if mine is None or one.number != mine.number]


def _moment(found: Round, zone: str) -> str:
    at, day = say_time(local_time(found.closes_at, zone)), local_date(found.closes_at, zone)
    return at if day == found.on else f"{at} on {say_day(day)}"
