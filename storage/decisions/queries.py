"""Keep and find decisions."""

from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.decisions.tables import DecisionRow, RoleRow, TextRow
from storage.decisions.values import (
    Decision,
    DecisionState,
    Details,
    Named,
    NewDecision,
    Source,
)
from storage.roles.values import Rule
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import Audience, ChannelId, FunctionId, PersonId, RoleId

_columns = DecisionRow.__table__.c
its_thing = things.is_thing(Letter.DECISION, DecisionRow)
its_text = and_(
    TextRow.workspace == DecisionRow.workspace,
    TextRow.number == DecisionRow.number,
    TextRow.version == DecisionRow.text_version,
)
_ours = (
    select(*_columns, TextRow.what, TextRow.why, TextRow.options, ThingRow.permalink)
    .join(ThingRow, its_thing)
    .join(TextRow, its_text)
    .where(DecisionRow.workspace == OURS)
)
_ONE = _ours.where(DecisionRow.number == bindparam("number"))
_SEEN = _ONE.where(things.VISIBLE)
_OF_SOURCE = (
    _ours.where(DecisionRow.channel == bindparam("in_channel"), DecisionRow.message_ts == bindparam("ts"))
    .where(DecisionRow.state != DecisionState.WITHDRAWN, things.VISIBLE)
    .order_by(DecisionRow.number.desc())
    .limit(1)
)
_OLDER = (
    _ours.where(things.VISIBLE, DecisionRow.number < bindparam("before"))
    .where(DecisionRow.state != DecisionState.WITHDRAWN)
    .order_by(DecisionRow.number.desc())
    .limit(bindparam("limit"))
)
_ADD = insert(DecisionRow).values(workspace=OURS, replaced_by=None, round=1, text_version=1, version=1)
_ADD_TEXT = insert(TextRow).values(workspace=OURS)
_ROLES = select(RoleRow.role, RoleRow.person, RoleRow.known_as).where(
    RoleRow.workspace == OURS, RoleRow.number == bindparam("of")
)
_ADD_ROLE = insert(RoleRow).values(workspace=OURS).on_conflict_do_nothing()
NEWEST = 2**31 - 1
"""A number above all: the first page of a list starts below it."""


def add(tx: Tx, new: NewDecision, title: str, audience: Audience) -> Decision:
    """Give it a number and keep it; its driver owns the thing."""
    details, decided = new.details, new.state is DecisionState.DECIDED
    reference = things.create(tx, Letter.DECISION, title, new.state, details.driver, audience)
    source = new.source
    tx.put(
        _ADD,
        number=reference.number,
        state=new.state,
        driver=details.driver,
        approver=details.approver,
        functions=[*details.functions],
        due_on=details.due_on,
        review_on=details.review_on,
        channel=new.channel,
        message_ts=None if source is None else source.ts,
        thread_ts=None if source is None else source.thread,
        recorded_by=new.recorded_by,
        recorded_at=tx.now,
        decided_by=new.recorded_by if decided else None,
        decided_at=tx.now if decided else None,
        replaces=new.replaces,
        changed_by=new.recorded_by,
    )
    write_words(tx, reference.number, 1, details, new.recorded_by)
    name_people(tx, reference.number, details)
    return must(tx, reference.number)


def get(tx: Tx, number: int) -> Decision | None:
    """That decision, whoever asks; for work of our own."""
    return _one(tx, tx.first(_ONE, number=number))


def must(tx: Tx, number: int) -> Decision:
    """That decision, which is known to be there."""
    found = get(tx, number)
    assert found is not None
    return found


def see(tx: Tx, number: int, viewer: Viewer) -> Decision | None:
    """That decision, if this person may see it."""
    return _one(tx, tx.first(_SEEN, number=number, **things.viewing(viewer)))


def of_message(tx: Tx, channel: ChannelId, ts: str, viewer: Viewer) -> Decision | None:
    """The newest decision recorded from this message, if this person may see it."""
    return _one(tx, tx.first(_OF_SOURCE, in_channel=channel, ts=ts, **things.viewing(viewer)))


def older(tx: Tx, viewer: Viewer, limit: int, before: int = NEWEST) -> list[Decision]:
    """Whole decisions this person may see, newest first, below the number `before`; for the export."""
    rows = tx.all(_OLDER, limit=limit, before=before, **things.viewing(viewer))
    return [_decision(tx, row) for row in rows]


def write_words(tx: Tx, number: int, version: int, details: Details, by: PersonId) -> None:
    """Keep a wording of it, beside those before."""
    words = [one for one in (details.what, details.why, details.options) if one]
    tx.put(
        _ADD_TEXT,
        number=number,
        version=version,
        what=details.what,
        why=details.why,
        options=details.options,
        folded="\n".join(words).casefold(),
        by=by,
        at=tx.now,
    )


def name_people(tx: Tx, number: int, details: Details) -> None:
    """Keep who contributes and who is informed."""
    others = {(one.rule, one.person): one.role for one in details.named}
    named = [(rule, one) for rule in (Rule.CONTRIBUTOR, Rule.INFORMED) for one in details.follow(rule)]
    rows = [
        {"number": number, "role": rule, "person": one, "known_as": others.get((rule, one))}
        for rule, one in named
    ]
    tx.run_many(_ADD_ROLE, rows)


# ---------------------------------------------------------------------------------------------------------


def _one(tx: Tx, row: Any) -> Decision | None:
    return None if row is None else _decision(tx, row)


def _decision(tx: Tx, row: Any) -> Decision:
    channel = None if row.channel is None else ChannelId(row.channel)
    source = None
    if channel is not None and row.message_ts is not None:
        source = Source(channel, row.message_ts, row.thread_ts or row.message_ts)
    return Decision(
        row.number,
        DecisionState(row.state),
        _details(tx, row),
        PersonId(row.recorded_by),
        row.recorded_at,
        _person(row.decided_by),
        row.decided_at,
        channel,
        source,
        row.permalink,
        row.replaces,
        row.replaced_by,
        row.round,
        PersonId(row.changed_by),
        row.version,
    )


def _details(tx: Tx, row: Any) -> Details:
    people = sorted(
        (Rule(rule), PersonId(person), role) for rule, person, role in tx.all(_ROLES, of=row.number)
    )
    return Details(
        row.what,
        PersonId(row.driver),
        row.why,
        row.options,
        _person(row.approver),
        tuple(person for rule, person, _ in people if rule is Rule.CONTRIBUTOR),
        tuple(person for rule, person, _ in people if rule is Rule.INFORMED),
        tuple(FunctionId(one) for one in row.functions),
        row.due_on,
        row.review_on,
        tuple(Named(rule, person, RoleId(role)) for rule, person, role in people if role is not None),
    )


def _person(found: str | None) -> PersonId | None:
    return None if found is None else PersonId(found)
