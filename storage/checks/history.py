"""I6: what became of decisions is told by the audit, change by change, and leads to how they stand."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from storage.audit.tables import AuditRow
from storage.checkins.tables import AnswerRow
from storage.checks.check import Broken, Check, Invariant, Page
from storage.database import Tx
from storage.decisions.tables import DecisionRow
from storage.decisions.values import DecisionState
from storage.launches.tables import VoteRow

PAGE = 250

CHANGES = {
    "decision.changed": None,
    "decision.kept": None,
    "decision.approved": DecisionState.DECIDED,
    "decision.withdrawn": DecisionState.WITHDRAWN,
    "decision.superseded": DecisionState.SUPERSEDED,
}
"""The verbs that make a new version of a decision, and the state they lead to; None where they say it, or keep it."""

_DECISIONS = (
    select(DecisionRow.workspace, DecisionRow.number, DecisionRow.state, DecisionRow.version)
    .where(
        or_(
            DecisionRow.workspace > bindparam("after_workspace"),
            and_(
                DecisionRow.workspace == bindparam("after_workspace"), DecisionRow.number > bindparam("after")
            ),
        )
    )
    .order_by(DecisionRow.workspace, DecisionRow.number)
    .limit(PAGE)
)
_TOLD = (
    select(AuditRow.workspace, AuditRow.thing, AuditRow.actor, AuditRow.verb, AuditRow.details)
    .where(AuditRow.thing.in_(bindparam("things", expanding=True)))
    .order_by(AuditRow.id)
)
_VOTES = select(VoteRow.workspace, VoteRow.launch, func.count()).group_by(VoteRow.workspace, VoteRow.launch)
_ANSWERS = select(AnswerRow.workspace, AnswerRow.number, func.sum(AnswerRow.version)).group_by(
    AnswerRow.workspace, AnswerRow.number
)
_voted = AuditRow.verb.startswith("launch.voted", autoescape=True)
_counted = select(AuditRow.workspace, AuditRow.thing, func.count()).group_by(
    AuditRow.workspace, AuditRow.thing
)
_VOTES_TOLD = _counted.where(_voted)
_ANSWERS_TOLD = _counted.where(AuditRow.verb == "checkin.answered")
_NOBODY = select(AuditRow.workspace, AuditRow.id, AuditRow.verb).where(
    AuditRow.actor.is_(None), or_(AuditRow.verb.in_([*CHANGES, "decision.recorded"]), _voted)
)


def replayed(entries: Sequence[tuple[str, Any]]) -> tuple[DecisionState | None, int]:
    """The state and the version these verbs and details lead to; None where the beginning does not say."""
    state: DecisionState | None = None
    version = 1
    for verb, details in entries:
        if verb in CHANGES:
            version += 1
        said = CHANGES.get(verb) or details.get("state")
        if said is not None:
            state = DecisionState(said)
    return state, version


def _decisions(tx: Tx, after: tuple[Any, ...] | None) -> Page:
    workspace, number = after or ("", 0)
    decisions = tx.all(_DECISIONS, after_workspace=workspace, after=number)
    told: defaultdict[tuple[str, str], list[tuple[str, Any]]] = defaultdict(list)
    for row in tx.all(_TOLD, things=sorted({f"D-{one.number}" for one in decisions})):
        told[row.workspace, row.thing].append((row.verb, row.details))
    found = []
    for one in decisions:
        name = f"D-{one.number}"
        state, version = replayed(told[one.workspace, name])
        if state not in (None, one.state) or not told[one.workspace, name]:
            found.append(
                Broken(one.workspace, f"{name} is {one.state}, its audit leads to {state or 'nothing'}")
            )
        elif version != one.version:
            found.append(
                Broken(
                    one.workspace, f"{name} changed {one.version - 1} times, its audit tells of {version - 1}"
                )
            )
    more = len(decisions) == PAGE
    return Page(found, (decisions[-1].workspace, decisions[-1].number) if more else None)


def _told_once(tx: Tx, _after: object) -> Page:
    """Votes and wordings of answers, counted where they are kept and in the audit."""
    found = []
    for letter, kept, told in (("L", _VOTES, _VOTES_TOLD), ("C", _ANSWERS, _ANSWERS_TOLD)):
        there = {(workspace, f"{letter}-{number}"): count for workspace, number, count in tx.all(kept)}
        audited = {(workspace, thing): count for workspace, thing, count in tx.all(told)}
        found += [
            Broken(one[0], f"{one[1]}: {there.get(one, 0)} kept, {audited.get(one, 0)} in the audit")
            for one in sorted(there.keys() | audited.keys())
            if there.get(one, 0) != audited.get(one, 0)
        ]
    return Page(found)


def _nobody(tx: Tx, _after: object) -> Page:
    return Page([Broken(row[0], f"audit {row[1]} ({row[2]})") for row in tx.all(_NOBODY)])


CHECKS = [
    Check(Invariant.AUDITED, "replay", "The audit of a decision leads to how it stands.", _decisions),
    Check(
        Invariant.AUDITED, "votes and answers", "Each vote and each wording is in the audit once.", _told_once
    ),
    Check(
        Invariant.AUDITED,
        "actors",
        "Every change of a decision and every vote has somebody who made it.",
        _nobody,
    ),
]
