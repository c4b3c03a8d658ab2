"""A round ends: summed up once in its channel, each answer in the thread; with nothing to say, nothing."""

from collections.abc import Sequence
from datetime import date

from handlers.asks import service as asks
from handlers.checkins import letters, places, rules, standings
from handlers.checkins.letters import Summary
from handlers.checkins.standings import Standing
from storage.audit import queries as audit
from storage.checkins import blockers, rounds
from storage.checkins import queries as checkins
from storage.checkins.values import Answer, CheckIn, Round, RoundState
from storage.database import Tx
from storage.outbox import boards
from storage.outbox import letters as posts
from storage.outbox.values import Answer as Outcome
from storage.people import queries as people
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.values import Json, PersonId
from storage.worktime import queries as worktimes

POSTED = "checkins.posted"


def close(tx: Tx) -> bool:
    """Close one round whose time has come, or move it where some could not act; whether there may be more."""
    found = rounds.due(tx)
    if found is None:
        return False
    checkin = checkins.must(tx, found.number)
    those = _standings(tx, checkin, found)
    later = standings.moved(found, those, tx.now, log.last_outage(tx))
    if later is not None:
        rounds.move(tx, found, later[1], later[0])
        audit.note(tx, None, "checkin.moved", str(checkin.reference), on=str(found.on), why=later[0])
        return True
    _close(tx, checkin, found, those)
    return True


def posted(tx: Tx, outcome: Outcome) -> None:
    """The summary stands in the channel: now what each said, in its thread."""
    found = rounds.find(tx, int(outcome.about["number"]), date.fromisoformat(str(outcome.about["on"])))
    if found is None or not outcome.ok:
        return
    rounds.arrived(tx, found, str(outcome.data["ts"]))
    checkin = checkins.must(tx, found.number)
    for one in rounds.answers(tx, found):
        reply(tx, checkin, found, one, str(outcome.data["ts"]))


def reply(tx: Tx, checkin: CheckIn, found: Round, one: Answer, thread: str) -> None:
    """One person's answer in the summary's thread; what they say later is another reply."""
    before = None if found.closed_at is None else one.at <= found.closed_at
    said = letters.reply(_summary(tx, checkin, found, [one], ()), one, late=before is False)
    key = f"checkin.reply:{found.number}:{found.on}:{one.person}:{one.version}"
    posts.post(tx, key, checkin.channel, said.text, said.blocks, thread_ts=thread)


def sum_up(tx: Tx, checkin: CheckIn, found: Round, those: Sequence[Standing]) -> None:
    """Post the summary, once for each round."""
    said = letters.summary(_summary(tx, checkin, found, rounds.answers(tx, found), those))
    key, about = f"checkin.summary:{found.number}:{found.on}", _about(found)
    posts.post(tx, key, checkin.channel, said.text, said.blocks, then=POSTED, about=about)


def late(tx: Tx, checkin: CheckIn, found: Round, one: Answer) -> None:
    """Something was said after the end: into the thread, or as the summary where there was none."""
    if found.state is RoundState.QUIET:
        rounds.close(tx, found, RoundState.SUMMED_UP)
        sum_up(tx, checkin, found, _standings(tx, checkin, found))
    elif found.summary_ts is not None:
        reply(tx, checkin, found, one, found.summary_ts)


# ---------------------------------------------------------------------------------------------------------


def _close(tx: Tx, checkin: CheckIn, found: Round, those: Sequence[Standing]) -> None:
    answered = any(one.answered for one in those)
    able = places.trouble(people.channel(tx, checkin.channel)) is None
    state = RoundState.SUMMED_UP if answered and able else RoundState.QUIET
    rounds.close(tx, found, state)
    audit.note(tx, None, "checkin.closed", str(checkin.reference), on=str(found.on), state=state)
    for one in those:
        if one.ask is not None and not one.answered:
            left = letters.receipt(found, answered=False)
            asks.withdraw(tx, one.ask.key, left)
        boards.touch_home(tx, one.person)
    if state is RoundState.SUMMED_UP:
        sum_up(tx, checkin, rounds.find(tx, found.number, found.on) or found, those)


def _standings(tx: Tx, checkin: CheckIn, found: Round) -> list[Standing]:
    """How everybody who takes part, was asked or answered stands to the round."""
    occurrences = {one.recipient: one for one in log.on(tx, checkin.series, found.on) if one.recipient}
    asked = {one.person: one for one in asks.report(tx, rules.round_prefix(found.number, found.on))}
    answered = {one.person for one in rounds.answers(tx, found)}
    part = set(schedules.people_of(tx, checkin.series))
    those = sorted({*occurrences, *asked, *answered, *part})
    theirs, coming = worktimes.of_many(tx, those), schedules.coming(tx, checkin.series, found.on)
    fixed = checkin.settings.recurrence.zone
    return [
        Standing(
            one,
            theirs[one],
            occurrences.get(one),
            asked.get(one),
            one in answered,
            coming.get(fixed or theirs[one].zone) if one in part and one not in occurrences else None,
        )
        for one in those
    ]


def _summary(
    tx: Tx, checkin: CheckIn, found: Round, answers: Sequence[Answer], those: Sequence[Standing]
) -> Summary:
    reported = blockers.of_round(tx, found.number, found.on)
    away = standings.away(those)
    others: list[PersonId | None] = [*[one.person for one in answers], *away]
    for one in reported:
        others += [one.blocked, one.asked, one.waits.person]
    return Summary(
        checkin,
        found,
        places.where(tx, checkin.channel),
        answers,
        reported,
        places.names(tx, others),
        standings.asked(those),
        away,
        standings.missed(those),
    )


def _about(found: Round) -> dict[str, Json]:
    return {"number": found.number, "on": found.on.isoformat()}
