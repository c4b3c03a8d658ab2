"""Change launches. Every change says which version it saw, so that nothing is overwritten unseen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, false, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.launches.tables import LaunchRow, MoveRow, VoteRow
from storage.launches.values import Gate, Launch, LaunchState, Move, Said, Vote
from storage.things import queries as things
from storage.values import FunctionId, PersonId

_this = and_(LaunchRow.workspace == OURS, LaunchRow.number == bindparam("which"))
_as_seen = and_(_this, LaunchRow.version == bindparam("seen"), LaunchRow.state == LaunchState.PLANNED)
_changed: dict[str, Any] = {
    "changed_by": bindparam("by"),
    "changed_at": bindparam("at", type_=LaunchRow.changed_at.type),
    "version": LaunchRow.version + 1,
}
_MOVE = (
    update(LaunchRow)
    .where(_as_seen)
    .values(
        on=bindparam("new_on", type_=LaunchRow.on.type),
        told_on=bindparam("new_told", type_=LaunchRow.told_on.type),
        tell_at=bindparam("new_tell", type_=LaunchRow.tell_at.type),
        **_changed,
    )
)
_TELL_AT = update(LaunchRow).where(_this).values(tell_at=bindparam("new_tell", type_=LaunchRow.tell_at.type))
_END = update(LaunchRow).where(_as_seen).values(state=bindparam("new_state"), tell_at=None, **_changed)
_OPEN_GATE = (
    update(LaunchRow)
    .where(_as_seen, LaunchRow.gate != Gate.OPEN)
    .values(
        gate=Gate.OPEN,
        round=LaunchRow.round + 1,
        required=bindparam("functions", type_=LaunchRow.required.type),
        outcome=None,
        decision=None,
        **_changed,
    )
)
_CLOSE_GATE = (
    update(LaunchRow)
    .where(_as_seen, LaunchRow.gate == Gate.OPEN)
    .values(gate=Gate.CLOSED, outcome=bindparam("what"), decision=bindparam("as_decision"), **_changed)
)
_its_moves = and_(MoveRow.workspace == OURS, MoveRow.launch == bindparam("of"))
_LAST_MOVE = select(func.max(MoveRow.number)).where(_its_moves)
_ADD_MOVE = insert(MoveRow).values(workspace=OURS, undone=False)
_UNDO = update(MoveRow).where(_its_moves, MoveRow.number == bindparam("which")).values(undone=True)
_MOVES = (
    select(MoveRow.number, MoveRow.before, MoveRow.after, MoveRow.reason, MoveRow.by, MoveRow.at)
    .where(_its_moves, MoveRow.undone == false())
    .order_by(MoveRow.number)
)
_its_votes = and_(VoteRow.workspace == OURS, VoteRow.launch == bindparam("of"))
_LAST_VOTE = select(func.max(VoteRow.number)).where(_its_votes)
_ADD_VOTE = insert(VoteRow).values(workspace=OURS)
_VOTES = (
    select(VoteRow.function, VoteRow.person, VoteRow.vote, VoteRow.reason, VoteRow.item, VoteRow.at)
    .where(_its_votes, VoteRow.round == bindparam("in_round"))
    .order_by(VoteRow.number)
)


def move(
    tx: Tx, seen: Launch, on: date, reason: str, by: PersonId, told_on: date, tell_at: datetime | None
) -> bool:
    """It is on another day; False when it changed since.

    `told_on` is the day people know, `tell_at` when they are told the new one.
    """
    moved = tx.run(
        _MOVE,
        which=seen.number,
        seen=seen.version,
        new_on=on,
        new_told=told_on,
        new_tell=tell_at,
        by=by,
        at=tx.now,
    )
    if moved:
        number = (tx.scalar(_LAST_MOVE, of=seen.number) or 0) + 1
        tx.put(
            _ADD_MOVE,
            launch=seen.number,
            number=number,
            before=seen.on,
            after=on,
            reason=reason,
            by=by,
            at=tx.now,
        )
    return bool(moved)


def unmove(tx: Tx, seen: Launch, last: Move, by: PersonId, told_on: date, tell_at: datetime | None) -> bool:
    """The last move is undone; False when it changed since."""
    values = {"which": seen.number, "seen": seen.version, "new_on": last.before}
    undone = tx.run(_MOVE, **values, new_told=told_on, new_tell=tell_at, by=by, at=tx.now) == 1
    if undone:
        tx.put(_UNDO, of=seen.number, which=last.number)
    return undone


def moves(tx: Tx, number: int) -> list[Move]:
    """Every move that stands, oldest first."""
    return [
        Move(of, before, after, reason, PersonId(by), at)
        for of, before, after, reason, by, at in tx.all(_MOVES, of=number)
    ]


def tell_at(tx: Tx, number: int, moment: datetime | None) -> None:
    """When people are told of its date and of their part in it."""
    tx.put(_TELL_AT, which=number, new_tell=moment)


def end(tx: Tx, seen: Launch, state: LaunchState, by: PersonId) -> bool:
    """It has shipped or is called off; False when it changed since."""
    done = tx.run(_END, which=seen.number, seen=seen.version, new_state=state, by=by, at=tx.now) == 1
    if done:
        things.change(tx, seen.reference, seen.name, state)
    return done


def open_gate(tx: Tx, seen: Launch, required: Sequence[FunctionId], by: PersonId) -> bool:
    """These functions vote now; False when it changed since."""
    values = {"which": seen.number, "seen": seen.version, "functions": [*required]}
    return tx.run(_OPEN_GATE, **values, by=by, at=tx.now) == 1


def close_gate(tx: Tx, seen: Launch, outcome: Vote, decision: int, by: PersonId) -> bool:
    """The vote is over; False when it changed since."""
    values = {"which": seen.number, "seen": seen.version, "what": outcome, "as_decision": decision}
    return tx.run(_CLOSE_GATE, **values, by=by, at=tx.now) == 1


def vote(
    tx: Tx,
    launch: Launch,
    function: FunctionId,
    by: PersonId,
    vote: Vote,
    reason: str | None,
    item: int | None,
) -> None:
    """A function votes, or votes anew, in this round. Whoever calls it holds the launch."""
    number = (tx.scalar(_LAST_VOTE, of=launch.number) or 0) + 1
    tx.put(
        _ADD_VOTE,
        launch=launch.number,
        number=number,
        round=launch.round,
        function=function,
        person=by,
        vote=vote,
        reason=reason,
        item=item,
        at=tx.now,
    )


def votes(tx: Tx, launch: Launch) -> dict[FunctionId, Said]:
    """What each function voted last in this round."""
    found: dict[FunctionId, Said] = {}
    for function, person, vote, reason, item, at in tx.all(_VOTES, of=launch.number, in_round=launch.round):
        of = FunctionId(function)
        found[of] = Said(of, PersonId(person), Vote(vote), reason, item, at)
    return found
