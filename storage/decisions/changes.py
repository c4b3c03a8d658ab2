"""Change decisions. Every change says which version it saw, so that nothing is overwritten unseen."""

from sqlalchemy import Integer, and_, bindparam, delete, func, select, update

from storage.database import OURS, Tx
from storage.decisions.queries import name_people, write_words
from storage.decisions.tables import DecisionRow, RoleRow
from storage.decisions.values import Decision, DecisionState, Details
from storage.things import queries as things
from storage.values import PersonId

_this = and_(DecisionRow.workspace == OURS, DecisionRow.number == bindparam("which"))
_as_seen = and_(_this, DecisionRow.version == bindparam("seen"))
_SAVE = (
    update(DecisionRow)
    .where(_as_seen, DecisionRow.state.in_([DecisionState.PROPOSED, DecisionState.DECIDED]))
    .values(
        state=bindparam("new_state"),
        driver=bindparam("new_driver"),
        approver=bindparam("new_approver"),
        functions=bindparam("new_functions", type_=DecisionRow.functions.type),
        due_on=bindparam("new_due", type_=DecisionRow.due_on.type),
        review_on=bindparam("new_review", type_=DecisionRow.review_on.type),
        decided_by=bindparam("new_decider"),
        decided_at=bindparam("new_decided_at", type_=DecisionRow.decided_at.type),
        round=bindparam("new_round"),
        text_version=func.coalesce(bindparam("new_text", type_=Integer), DecisionRow.text_version),
        changed_by=bindparam("by"),
        version=DecisionRow.version + 1,
    )
)
_DECIDE = (
    update(DecisionRow)
    .where(_as_seen, DecisionRow.state == DecisionState.PROPOSED)
    .values(
        state=DecisionState.DECIDED,
        decided_by=bindparam("by"),
        decided_at=bindparam("at", type_=DecisionRow.decided_at.type),
        changed_by=bindparam("by"),
        version=DecisionRow.version + 1,
    )
)
_WITHDRAW = (
    update(DecisionRow)
    .where(_as_seen)
    .values(state=DecisionState.WITHDRAWN, changed_by=bindparam("by"), version=DecisionRow.version + 1)
)
_HOLD = select(DecisionRow.version).where(_this).with_for_update()
_NAME_HEIR = (
    update(DecisionRow)
    .where(_this, DecisionRow.state == DecisionState.DECIDED, DecisionRow.replaced_by.is_(None))
    .values(replaced_by=bindparam("heir"))
)
_FORGET_HEIR = (
    update(DecisionRow)
    .where(_this, DecisionRow.state == DecisionState.DECIDED, DecisionRow.replaced_by == bindparam("heir"))
    .values(replaced_by=None)
)
_SUPERSEDE = (
    update(DecisionRow)
    .where(_this, DecisionRow.state == DecisionState.DECIDED, DecisionRow.replaced_by == bindparam("heir"))
    .values(state=DecisionState.SUPERSEDED, changed_by=bindparam("by"), version=DecisionRow.version + 1)
)
_FORGET_ROLES = delete(RoleRow).where(RoleRow.workspace == OURS, RoleRow.number == bindparam("of"))


def save(
    tx: Tx, seen: Decision, details: Details, state: DecisionState, by: PersonId, title: str, *, again: bool
) -> bool:
    """Change it; False when somebody else has since `seen`. `again` asks its approver once more."""
    words = (details.what, details.why, details.options)
    reworded = words != (seen.details.what, seen.details.why, seen.details.options)
    newly = state is DecisionState.DECIDED and seen.state is not DecisionState.DECIDED
    kept = state is DecisionState.DECIDED and not newly
    version = seen.version + 1
    changed = tx.run(
        _SAVE,
        which=seen.number,
        seen=seen.version,
        new_state=state,
        new_driver=details.driver,
        new_approver=details.approver,
        new_functions=[*details.functions],
        new_due=details.due_on,
        new_review=details.review_on,
        new_decider=by if newly else seen.decided_by if kept else None,
        new_decided_at=tx.now if newly else seen.decided_at if kept else None,
        new_round=seen.round + again,
        new_text=version if reworded else None,
        by=by,
    )
    if not changed:
        return False
    if reworded:
        write_words(tx, seen.number, version, details, by)
    tx.put(_FORGET_ROLES, of=seen.number)
    name_people(tx, seen.number, details)
    things.change(tx, seen.reference, title, state)
    if details.driver != seen.details.driver:
        things.hand_over(tx, seen.reference, details.driver)
    return True


def decide(tx: Tx, seen: Decision, by: PersonId, title: str) -> bool:
    """Its approver approves what they saw; False when it changed since."""
    done = tx.run(_DECIDE, which=seen.number, seen=seen.version, by=by, at=tx.now) == 1
    if done:
        things.change(tx, seen.reference, title, DecisionState.DECIDED)
    return done


def withdraw(tx: Tx, seen: Decision, by: PersonId, title: str) -> bool:
    """It does not count any more; False when it changed since."""
    done = tx.run(_WITHDRAW, which=seen.number, seen=seen.version, by=by) == 1
    if done:
        things.change(tx, seen.reference, title, DecisionState.WITHDRAWN)
    return done


def hold(tx: Tx, number: int) -> None:
    """Nobody else changes it until this transaction ends."""
    tx.first(_HOLD, which=number)


def name_heir(tx: Tx, number: int, heir: int) -> bool:
    """A decision that is to replace it was recorded; False when another one was before."""
    return tx.run(_NAME_HEIR, which=number, heir=heir) == 1


def forget_heir(tx: Tx, number: int, heir: int) -> bool:
    """What was to replace it was withdrawn."""
    return tx.run(_FORGET_HEIR, which=number, heir=heir) == 1


def supersede(tx: Tx, old: Decision, heir: int, by: PersonId, title: str) -> bool:
    """Its heir is decided: it holds no longer."""
    done = tx.run(_SUPERSEDE, which=old.number, heir=heir, by=by) == 1
    if done:
        things.change(tx, old.reference, title, DecisionState.SUPERSEDED)
    return done
