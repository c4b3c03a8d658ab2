"""How many are named in a role, in the decisions somebody may see that are proposed or in force."""

from collections.abc import Sequence

from sqlalchemy import bindparam, distinct, func, select
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.decisions.queries import its_thing
from storage.decisions.tables import DecisionRow, RoleRow
from storage.decisions.values import DecisionState
from storage.roles.values import Rule
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Viewer
from storage.values import RoleId

OPEN = (DecisionState.PROPOSED, DecisionState.DECIDED)
_here = (
    select(func.count(distinct(DecisionRow.number)).label("decisions"))
    .select_from(DecisionRow)
    .join(ThingRow, its_thing)
    .where(DecisionRow.workspace == OURS, DecisionRow.state.in_(OPEN), things.VISIBLE)
)
_DRIVERS = _here.add_columns(func.count(distinct(DecisionRow.driver)).label("people"))
_APPROVERS = _here.add_columns(func.count(distinct(DecisionRow.approver)).label("people")).where(
    DecisionRow.approver.is_not(None)
)
# Which can be is looked up by index first: what is over may be thousands, and has as many people again.
_one = aliased(DecisionRow)
_holding = select(_one.number).where(_one.workspace == OURS, _one.state.in_(OPEN))
_NAMED = (
    _here.add_columns(func.count(distinct(RoleRow.person)).label("people"))
    .join(RoleRow, (RoleRow.workspace == DecisionRow.workspace) & (RoleRow.number == DecisionRow.number))
    .where(
        RoleRow.number.in_(_holding),
        RoleRow.role == bindparam("rule"),
        func.coalesce(RoleRow.known_as, RoleRow.role).in_(bindparam("family", expanding=True)),
    )
)


def count(tx: Tx, viewer: Viewer, rule: Rule, family: Sequence[RoleId]) -> tuple[int, int]:
    """In how many decisions how many people are named in any of these roles, which follow that rule."""
    seen = things.viewing(viewer)
    match rule:
        case Rule.DRIVER:
            row = tx.first(_DRIVERS, **seen)
        case Rule.APPROVER:
            row = tx.first(_APPROVERS, **seen)
        case _:
            row = tx.first(_NAMED, rule=rule, family=list(family), **seen)
    return (0, 0) if row is None else (row.decisions, row.people)
