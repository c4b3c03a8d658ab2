"""When a decision is decided, who may do what, whom its dates remind, what a draft changes. Tables."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.decisions import rules
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
from storage.values import AtFirst, PersonId, RoleId
from storage.worktime.values import Availability, Away, WorkTime

DRIVER, APPROVER, RECORDER, CONTRIBUTOR, OTHER = (PersonId(one) for one in ("U1", "U2", "U3", "U4", "U5"))
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
FRIDAY = date(2026, 3, 6)
THERE = Availability(WorkTime(), "UTC")


def decision(state: DecisionState = DecisionState.DECIDED, **changes: object) -> Decision:
    details = Details("Euro first", DRIVER, contributors=(CONTRIBUTOR,))
    made = Decision(
        7, state, details, RECORDER, NOW, RECORDER, NOW, None, None, None, None, None, 1, RECORDER, 1
    )
    of_details = {name: value for name, value in changes.items() if hasattr(details, name)}
    others = {name: value for name, value in changes.items() if name not in of_details}
    return replace(made, details=replace(details, **of_details), **others)  # type: ignore[arg-type]  # any of their fields


PROPOSED, DECIDED = DecisionState.PROPOSED, DecisionState.DECIDED
OVER = (DecisionState.SUPERSEDED, DecisionState.WITHDRAWN)


@pytest.mark.parametrize(
    ("approver", "actor", "state"),
    [(None, RECORDER, DECIDED), (APPROVER, RECORDER, PROPOSED), (APPROVER, APPROVER, DECIDED)],
)
def test_recording_is_deciding_unless_somebody_else_approves(
    approver: PersonId | None, actor: PersonId, state: DecisionState
) -> None:
    """Nobody approves their own words, and nobody waits for nobody."""
    assert rules.state_of(Details("Euro first", DRIVER, approver=approver), actor) is state


def test_what_its_approver_decided_stays_decided() -> None:
    """A later change of its dates or its informed does not ask for approval again."""
    approved = decision(approver=APPROVER)
    assert rules.state_after(approved, approved.details, DRIVER) is DECIDED
    assert rules.reopens(decision(), replace(decision().details, approver=APPROVER), DRIVER)


@pytest.mark.parametrize(
    ("found", "may"),
    [
        (decision(PROPOSED, approver=APPROVER), {"approve": {APPROVER}, "answer": {CONTRIBUTOR},
         "change": {DRIVER, RECORDER}, "supersede": set(), "withdraw": {DRIVER, RECORDER}}),
        (decision(), {"approve": set(), "answer": {CONTRIBUTOR}, "change": {DRIVER, RECORDER},
         "supersede": {DRIVER, RECORDER}, "withdraw": {DRIVER, RECORDER}}),
        (decision(approver=APPROVER), {"approve": set(), "answer": {CONTRIBUTOR},
         "change": {DRIVER, RECORDER}, "supersede": {DRIVER, RECORDER, APPROVER}, "withdraw": set()}),
        (decision(replaced_by=9), {"approve": set(), "answer": {CONTRIBUTOR}, "change": {DRIVER, RECORDER},
         "supersede": {DRIVER, RECORDER}, "withdraw": set()}),
        (decision(replaces=3), {"approve": set(), "answer": {CONTRIBUTOR}, "change": {DRIVER, RECORDER},
         "supersede": {DRIVER, RECORDER}, "withdraw": set()}),
        *[(decision(state, approver=APPROVER), {"approve": set(), "answer": set(), "change": set(),
           "supersede": set(), "withdraw": set()}) for state in OVER],
    ],
)  # fmt: skip
def test_who_may(found: Decision, may: dict[str, set[PersonId]]) -> None:
    """Each deed is for its roles, in the states where it makes sense."""
    everybody = (DRIVER, APPROVER, RECORDER, CONTRIBUTOR, OTHER)
    assert {
        "approve": {one for one in everybody if rules.may_approve(found, one)},
        "answer": {one for one in everybody if rules.may_answer(found, one)},
        "change": {one for one in everybody if rules.may_change(found, one, admin=False)},
        "supersede": {one for one in everybody if rules.may_supersede(found, one, admin=False)},
        "withdraw": {one for one in everybody if rules.may_withdraw(found, one, admin=False)},
    } == may


def test_admins_help_out_but_do_not_decide() -> None:
    """An admin changes and replaces what nobody is left to; they approve nothing in somebody's name."""
    assert rules.may_change(decision(PROPOSED, approver=APPROVER), OTHER, admin=True)
    assert rules.may_supersede(decision(), OTHER, admin=True)
    assert not rules.may_approve(decision(PROPOSED, approver=APPROVER), OTHER)


@pytest.mark.parametrize(
    ("found", "dues"),
    [
        (decision(), ()),
        (decision(review_on=FRIDAY), (Due(Reminder.REVIEW, DRIVER, FRIDAY),)),
        (decision(review_on=FRIDAY, replaced_by=9), ()),
        (decision(DecisionState.SUPERSEDED, review_on=FRIDAY), ()),
        (decision(PROPOSED, approver=APPROVER), ()),
        (decision(PROPOSED, approver=APPROVER, due_on=FRIDAY, review_on=FRIDAY),
         (Due(Reminder.APPROVER, APPROVER, date(2026, 3, 9)),)),
        (decision(DecisionState.WITHDRAWN, approver=APPROVER, due_on=FRIDAY), ()),
    ],
)  # fmt: skip
def test_whom_its_dates_remind(found: Decision, dues: tuple[Due, ...]) -> None:
    """The approver on the first working day after the date, the driver on the review day, and no others."""
    assert rules.dues(found, THERE) == dues


@pytest.mark.parametrize(
    ("there", "on"),
    [
        (THERE, date(2026, 3, 9)),
        (Availability(WorkTime(workdays=frozenset({3})), "UTC"), date(2026, 3, 11)),
        (Availability(WorkTime(), "UTC", holidays=frozenset({date(2026, 3, 9)})), date(2026, 3, 10)),
        (Availability(WorkTime(), "UTC", (Away(date(2026, 3, 5), date(2026, 3, 10)),)), date(2026, 3, 11)),
    ],
)
def test_working_days_are_its_approvers(there: Availability, on: date) -> None:
    """Their own week, their holidays, and when they are away."""
    found = decision(PROPOSED, approver=APPROVER, due_on=FRIDAY)
    assert rules.dues(found, there) == (Due(Reminder.APPROVER, APPROVER, on),)


MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, one) for one in (9, 10, 11, 12))
GONE = Availability(WorkTime(), "UTC", (Away(MONDAY, TUESDAY),))


@pytest.mark.parametrize(
    ("there", "today", "asked", "then"),
    [
        (THERE, MONDAY, True, Due(Reminder.DRIVER, DRIVER, WEDNESDAY)),
        (GONE, MONDAY, True, Due(Reminder.DRIVER, DRIVER, THURSDAY)),
        (GONE, MONDAY, False, Due(Reminder.DRIVER, DRIVER, MONDAY)),
        (THERE, MONDAY, False, Due(Reminder.APPROVER, APPROVER, TUESDAY)),
        (THERE, TUESDAY, False, Due(Reminder.APPROVER, APPROVER, WEDNESDAY)),
        (THERE, WEDNESDAY, False, Due(Reminder.DRIVER, DRIVER, WEDNESDAY)),
    ],
)
def test_then_its_driver(there: Availability, today: date, asked: bool, then: Due) -> None:
    """Two of its approver's working days later, at once where they are away unasked; not somebody who is both."""
    due = Due(Reminder.APPROVER, APPROVER, MONDAY)
    found = decision(PROPOSED, approver=APPROVER, due_on=FRIDAY)
    assert rules.after_reminder(found, due, today, there, asked=asked) == then
    both = decision(PROPOSED, approver=APPROVER, driver=APPROVER, due_on=FRIDAY)
    assert rules.after_reminder(both, due, today, there, asked=asked) is None


def test_the_next_review_is_as_far_as_the_last() -> None:
    """At least a week; three months where there was none."""
    assert rules.next_review(decision(review_on=date(2026, 9, 3)), date(2026, 9, 3)) == date(2027, 3, 6)
    assert rules.next_review(decision(review_on=date(2026, 3, 4)), FRIDAY) == date(2026, 3, 13)
    assert rules.next_review(decision(), FRIDAY) == date(2026, 6, 4)


def test_a_refusal_lasts_until_the_next_round() -> None:
    """After a change the approver's "not yet" is about words that are gone."""
    voice = Voice(APPROVER, Stance.NOT_YET, "Why?", 1, NOW, 1)
    proposed = decision(PROPOSED, approver=APPROVER)
    assert rules.refused(proposed, {APPROVER: voice})
    assert not rules.refused(replace(proposed, round=2), {APPROVER: voice})
    assert rules.approve_key(proposed) != rules.approve_key(replace(proposed, round=2))


def test_a_draft_holds_what_differs_and_nothing_else() -> None:
    """What was typed as it was is no change; what is kept reads back as it was chosen."""
    details = Details("Euro first", DRIVER, review_on=FRIDAY)
    fields = {"what": "Euro first", "review_on": None, "functions": (AtFirst.SALES,), "informed": (OTHER,)}
    changes = rules.changes_to(details, fields)
    assert changes == {"review_on": None, "functions": ["sales"], "informed": ["U5"]}
    merged = rules.merged(details, changes)
    assert merged == replace(details, review_on=None, functions=(AtFirst.SALES,), informed=(OTHER,))
    assert rules.merged(
        details, rules.changes_to(details, {"review_on": date(2026, 9, 3)})
    ).review_on == date(2026, 9, 3)


def test_a_draft_holds_in_which_role_somebody_is_named() -> None:
    """It reads back as it was chosen; who is not named any more is in no role of that rule."""
    reviewer = Named(Rule.CONTRIBUTOR, OTHER, RoleId("reviewers"))
    details = Details("Euro first", DRIVER, contributors=(CONTRIBUTOR,))
    changes = rules.changes_to(details, {"contributors": (CONTRIBUTOR, OTHER), "named": (reviewer,)})
    assert json.loads(json.dumps(changes)) == {
        "contributors": ["U4", "U5"],
        "named": [["contributor", "U5", "reviewers"]],
    }
    merged = rules.merged(details, changes)
    assert merged.role(Rule.CONTRIBUTOR, OTHER) == "reviewers"
    assert merged.role(Rule.CONTRIBUTOR, CONTRIBUTOR) == Rule.CONTRIBUTOR.first
    assert rules.merged(merged, {"contributors": [CONTRIBUTOR]}).named == ()


def test_roles_do_not_overlap() -> None:
    """Whoever drives or approves is no contributor as well; everybody stands once, functions in their order."""
    details = Details(
        "Euro first",
        DRIVER,
        approver=APPROVER,
        contributors=(CONTRIBUTOR, DRIVER, APPROVER, CONTRIBUTOR),
        functions=(AtFirst.SALES, AtFirst.PRODUCT),
    )
    sound = rules.sound(details)
    assert sound.contributors == (CONTRIBUTOR,)
    assert sound.functions == (AtFirst.PRODUCT, AtFirst.SALES)
