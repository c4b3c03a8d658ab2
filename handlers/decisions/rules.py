"""When a decision is decided, who may do what to it, whom its dates remind, and what a draft changes. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import one_line
from handlers.kit.permissions import allowed
from handlers.kit.shortening import shorten
from storage.decisions.values import (
    Decision,
    DecisionState,
    Details,
    Due,
    Named,
    Reminder,
    Stance,
    Voice,
)
from storage.roles.values import Rule
from storage.values import FunctionId, Json, PersonId
from storage.worktime.values import Availability

WORDS_LIMIT = 3000
REASON_LIMIT = 1000
TITLE_LIMIT = 80
MOST_CONTRIBUTORS = 20
MOST_INFORMED = 100
DRIVER_AFTER = 2
"""Working days an overdue proposal waits for its approver before its driver is asked about it."""


class Concern(StrEnum):
    """What a decision has a page for."""

    WHAT = "what"
    WHY = "why"
    OPTIONS = "options"
    PEOPLE = "people"
    SCOPE = "scope"
    DATES = "dates"


FIELDS: Mapping[Concern, tuple[str, ...]] = {
    Concern.WHAT: ("what",),
    Concern.WHY: ("why",),
    Concern.OPTIONS: ("options",),
    Concern.PEOPLE: ("driver", "approver", "contributors", "informed", "named"),
    Concern.SCOPE: ("functions",),
    Concern.DATES: ("due_on", "review_on"),
}
"""Which details each page holds."""


def title_of(what: str) -> str:
    """How lists name it: the beginning of what was decided."""
    return shorten(one_line(what) or "…", TITLE_LIMIT)


# -- what it is -------------------------------------------------------------------------------------------


def state_of(details: Details, actor: PersonId) -> DecisionState:
    """Recording it is deciding, unless somebody else is to approve it."""
    waits = details.approver is not None and details.approver != actor
    return DecisionState.PROPOSED if waits else DecisionState.DECIDED


def state_after(decision: Decision, details: Details, actor: PersonId) -> DecisionState:
    """The state once `actor` saves these details; what its approver has decided stays decided."""
    return DecisionState.DECIDED if approved(decision) else state_of(details, actor)


def reopens(decision: Decision, details: Details, actor: PersonId) -> bool:
    """Whether saving these details makes a proposal of what was decided."""
    now = state_after(decision, details, actor)
    return decision.state is DecisionState.DECIDED and now is DecisionState.PROPOSED


def approved(decision: Decision) -> bool:
    """Whether its approver has decided it; then its words and its approver stand."""
    return decision.state is DecisionState.DECIDED and decision.details.approver is not None


def hears(decision: Decision) -> bool:
    """Whether its contributors are asked for their view: before its approver decides, or where there is none."""
    is_open = decision.state in (DecisionState.PROPOSED, DecisionState.DECIDED)
    return is_open and not approved(decision)


def unheard(decision: Decision, voices: Collection[PersonId]) -> list[PersonId]:
    """Contributors who have not answered."""
    return [one for one in decision.details.contributors if one not in voices]


def refused(decision: Decision, voices: Mapping[PersonId, Voice]) -> bool:
    """Whether its approver answered "not yet", and it has not been changed since."""
    voice = None if decision.details.approver is None else voices.get(decision.details.approver)
    return voice is not None and voice.stance is Stance.NOT_YET and voice.round == decision.round


# -- who may ----------------------------------------------------------------------------------------------


def may_approve(decision: Decision, person: PersonId) -> bool:
    """Its approver decides, and nobody else."""
    return decision.state is DecisionState.PROPOSED and allowed(person, roles=[decision.details.approver])


def may_answer(decision: Decision, person: PersonId) -> bool:
    """Contributors say their view, also afterwards, as long as it holds."""
    is_open = decision.state in (DecisionState.PROPOSED, DecisionState.DECIDED)
    return is_open and allowed(person, roles=decision.details.contributors)


def may_change(decision: Decision, person: PersonId, *, admin: bool) -> bool:
    """Whoever drives or recorded it, or an admin, changes it."""
    is_open = decision.state in (DecisionState.PROPOSED, DecisionState.DECIDED)
    roles = (decision.details.driver, decision.recorded_by)
    return is_open and allowed(person, roles=roles, admin=admin)


def may_supersede(decision: Decision, person: PersonId, *, admin: bool) -> bool:
    """Whoever drives, recorded or approved it, or an admin, replaces it."""
    details = decision.details
    roles = (details.driver, decision.recorded_by, details.approver)
    return decision.state is DecisionState.DECIDED and allowed(person, roles=roles, admin=admin)


def may_withdraw(decision: Decision, person: PersonId, *, admin: bool) -> bool:
    """What its approver decided, or what has replaced something, is not taken back but replaced in turn."""
    in_force = decision.state is DecisionState.DECIDED and decision.replaces is not None
    standing = approved(decision) or in_force or decision.replaced_by is not None
    return not standing and may_change(decision, person, admin=admin)


def may_change_concern(decision: Decision, concern: Concern) -> bool:
    """What its approver approved is not reworded afterwards: then it is replaced."""
    return not (approved(decision) and concern is Concern.WHAT)


# -- dates ------------------------------------------------------------------------------------------------


def dues(decision: Decision, approver: Availability | None = None) -> tuple[Due, ...]:
    """What the decision's dates ask of whom; its `approver` has a working day more than the date says."""
    details = decision.details
    if decision.state is DecisionState.PROPOSED and details.approver and details.due_on and approver:
        return (Due(Reminder.APPROVER, details.approver, approver.workdays_after(details.due_on, 1)),)
    holds = decision.state is DecisionState.DECIDED and decision.replaced_by is None
    if holds and details.review_on:
        return (Due(Reminder.REVIEW, details.driver, details.review_on),)
    return ()


def after_reminder(
    decision: Decision, due: Due, today: date, approver: Availability, *, asked: bool
) -> Due | None:
    """What comes after the day on which its approver was to be reminded.

    Its driver, two of the approver's working days later; at once where the approver was not `asked` so far and is
    away. Whom the question only has yet to reach is given another day. One reminder is enough for somebody who is
    both.
    """
    driver, due_on = decision.details.driver, decision.details.due_on
    if driver == due.person or due_on is None:
        return None
    if asked:
        return Due(Reminder.DRIVER, driver, approver.workdays_after(due.on, DRIVER_AFTER))
    patience = approver.workdays_after(due_on, 1 + DRIVER_AFTER)
    if approver.away_on(today) is not None or today >= patience:
        return Due(Reminder.DRIVER, driver, today)
    return Due(Reminder.APPROVER, due.person, approver.workdays_after(today, 1))


def next_review(decision: Decision, today: date) -> date:
    """The day offered for the next review: as far away as the last one was."""
    decided = decision.decided_at
    if decided is None or decision.details.review_on is None:
        return today + timedelta(days=90)
    return today + max(decision.details.review_on - decided.date(), timedelta(days=7))


# -- keys of asks -----------------------------------------------------------------------------------------


def approve_key(decision: Decision) -> str:
    """The ask for approval; a new one only after a change that followed a "not yet"."""
    return f"decision.approve:{decision.number}:{decision.details.approver}:{decision.round}"


def stuck_key(decision: Decision) -> str:
    """The one reminder of its driver for this due date."""
    details = decision.details
    return f"decision.stuck:{decision.number}:{details.driver}:{details.due_on}"


def view_key(decision: Decision, person: PersonId) -> str:
    """The one ask for a contributor's view."""
    return f"decision.view:{decision.number}:{person}"


def review_key(decision: Decision) -> str:
    """The one ask at this review date."""
    return f"decision.review:{decision.number}:{decision.details.review_on}"


def asked_under(decision: Decision) -> tuple[str, str]:
    """What the keys of the asks for approval, and of those for a view, begin with."""
    return f"decision.approve:{decision.number}:", f"decision.view:{decision.number}:"


def open_keys(decision: Decision) -> frozenset[str]:
    """Every ask that may be open while the decision stands like this."""
    keys: set[str] = set()
    if decision.state is DecisionState.PROPOSED:
        keys |= {approve_key(decision), stuck_key(decision)}
    if hears(decision):
        keys |= {view_key(decision, one) for one in decision.details.contributors}
    if decision.state is DecisionState.DECIDED and decision.replaced_by is None:
        keys.add(review_key(decision))
    return frozenset(keys)


# -- drafts -----------------------------------------------------------------------------------------------


def merged(details: Details, changes: Mapping[str, Json]) -> Details:
    """The details with a draft's changes in them."""
    read = {name: _READ.get(name, _as_it_is)(value) for name, value in changes.items()}
    return sound(replace(details, **read))


def changes_to(details: Details, kept: Mapping[str, Any]) -> dict[str, Json]:
    """What a page's fields change, as a draft keeps them; what is as it was is no change."""
    return {name: _plain(value) for name, value in kept.items() if value != getattr(details, name)}


def sound(details: Details) -> Details:
    """Whoever drives or approves it is not asked for a view as well; people and functions are sorted."""
    contributors = sorted(set(details.contributors) - {details.driver, details.approver})
    functions = FUNCTIONS.ordered(details.functions)
    informed = tuple(sorted(set(details.informed)))
    there = {Rule.CONTRIBUTOR: {*contributors}, Rule.INFORMED: {*informed}}
    named = tuple(one for one in sorted(set(details.named)) if one.person in there[one.rule])
    return replace(
        details, contributors=tuple(contributors), informed=informed, functions=functions, named=named
    )


def _as_it_is(value: Any) -> Any:
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


_READ: Mapping[str, Any] = {
    "contributors": tuple,
    "informed": tuple,
    "named": lambda values: tuple(Named(Rule(rule), *who) for rule, *who in values),
    "functions": lambda values: tuple(FunctionId(one) for one in values),
    "due_on": _day,
    "review_on": _day,
}


def _plain(value: Any) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Named):
        return [value.rule, value.person, value.role]
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


# -- words ------------------------------------------------------------------------------------------------


def together(words: Sequence[str]) -> str:
    """`Kenji`, `Kenji and Aiko`, `Kenji, Aiko and Sam`."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


NAMES = {
    DecisionState.PROPOSED: "Proposed",
    DecisionState.DECIDED: "Decided",
    DecisionState.SUPERSEDED: "Superseded",
    DecisionState.WITHDRAWN: "Withdrawn",
}
MARKS = {
    DecisionState.PROPOSED: "⏳",
    DecisionState.DECIDED: "⚖️",
    DecisionState.SUPERSEDED: "🔁",
    DecisionState.WITHDRAWN: "↩️",
}
STANCES = {
    Stance.AGREE: "agrees",
    Stance.OBJECT: "objects",
    Stance.NO_VIEW: "has no view",
    Stance.NOT_YET: "says not yet",
}
