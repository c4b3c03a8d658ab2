"""Keep and find launches and the leads of their functions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.database import OURS, Tx
from storage.launches import items
from storage.launches.tables import LaunchRow, LeadRow
from storage.launches.values import Gate, Launch, LaunchState, Lead, NewLaunch, Tier, Vote
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import Audience, ChannelId, FunctionId, PersonId

NEWEST = 2**31 - 1
"""More than any number."""

its_thing = things.is_thing(Letter.LAUNCH, LaunchRow)
_ours = (
    select(*LaunchRow.__table__.c, ThingRow.title, ThingRow.permalink)
    .join(ThingRow, its_thing)
    .where(LaunchRow.workspace == OURS)
)
_ONE = _ours.where(LaunchRow.number == bindparam("number"))
_SEEN = _ONE.where(things.VISIBLE)
_IN_CHANNEL = _ours.where(
    LaunchRow.channel == bindparam("in_channel"), LaunchRow.state == LaunchState.PLANNED
)
_ADD = insert(LaunchRow).values(
    workspace=OURS, state=LaunchState.PLANNED, tell_at=None, gate=Gate.NONE, round=0, outcome=None,
    decision=None, version=1,
)  # fmt: skip
_ADD_LEAD = insert(LeadRow).values(workspace=OURS)
_its_leads = and_(LeadRow.workspace == OURS, LeadRow.launch == bindparam("of"))
_LEADS = (
    select(LeadRow.function, LeadRow.person, LeadRow.notice, LeadRow.told)
    .where(_its_leads)
    .order_by(LeadRow.function)
)
_NAME_LEAD = (
    update(LeadRow)
    .where(_its_leads, LeadRow.function == bindparam("which"))
    .values(person=bindparam("who"), told=bindparam("knows"))
)
_TOLD = update(LeadRow).where(_its_leads).values(told=True)
_HOLD = (
    select(LaunchRow.version)
    .where(LaunchRow.workspace == OURS, LaunchRow.number == bindparam("which"))
    .with_for_update()
)


def add(tx: Tx, new: NewLaunch, audience: Audience) -> Launch:
    """Give it a number and keep it, with its leads and items."""
    reference = things.create(tx, Letter.LAUNCH, new.name, LaunchState.PLANNED, new.owner, audience)
    tx.put(
        _ADD,
        number=reference.number,
        on=new.on,
        tier=new.tier,
        owner=new.owner,
        channel=new.channel,
        told_on=new.on,
        required=[],
        shown_on=new.shown_on,
        created_by=new.owner,
        created_at=tx.now,
        changed_by=new.owner,
        changed_at=tx.now,
    )
    add_leads(tx, reference.number, new.leads)
    items.add(tx, reference.number, new.items)
    return must(tx, reference.number)


def get(tx: Tx, number: int) -> Launch | None:
    """That launch, whoever asks; for work of our own."""
    return _one(tx.first(_ONE, number=number))


def must(tx: Tx, number: int) -> Launch:
    """That launch, which is known to be there."""
    found = get(tx, number)
    assert found is not None
    return found


def see(tx: Tx, number: int, viewer: Viewer) -> Launch | None:
    """That launch, if this person may see it."""
    return _one(tx.first(_SEEN, number=number, **things.viewing(viewer)))


def in_channel(tx: Tx, channel: ChannelId) -> list[Launch]:
    """What is planned in a channel; for work of our own."""
    return [_launch(row) for row in tx.all(_IN_CHANNEL, in_channel=channel)]


def hold(tx: Tx, number: int) -> None:
    """Nobody else changes it until this transaction ends."""
    tx.first(_HOLD, which=number)


def leads(tx: Tx, number: int) -> tuple[Lead, ...]:
    """Who sees to which function's part."""
    return tuple(
        Lead(FunctionId(function), _person(person), notice, told)
        for function, person, notice, told in tx.all(_LEADS, of=number)
    )


def add_leads(tx: Tx, number: int, new: Sequence[Lead]) -> None:
    """These see to their functions' parts."""
    tx.run_many(_ADD_LEAD, [_lead_row(number, one) for one in new])


def name_leads(tx: Tx, number: int, named: Sequence[Lead]) -> None:
    """These people see to these functions from now on."""
    rows = [{"of": number, "which": one.function, "who": one.person, "knows": one.told} for one in named]
    tx.run_many(_NAME_LEAD, rows)


def leads_told(tx: Tx, number: int) -> None:
    """Everybody who sees to a function's part knows it."""
    tx.put(_TOLD, of=number)


# ---------------------------------------------------------------------------------------------------------


def _lead_row(number: int, lead: Lead) -> dict[str, object]:
    return {
        "launch": number,
        "function": lead.function,
        "person": lead.person,
        "notice": lead.notice,
        "told": lead.told,
    }


def _one(row: Any) -> Launch | None:
    return None if row is None else _launch(row)


def _launch(row: Any) -> Launch:
    made = Launch(
        row.number,
        row.title,
        row.on,
        Tier(row.tier),
        LaunchState(row.state),
        PersonId(row.owner),
        None if row.channel is None else ChannelId(row.channel),
        row.told_on,
        row.tell_at,
        Gate(row.gate),
        row.round,
        tuple(FunctionId(one) for one in row.required),
        None if row.outcome is None else Vote(row.outcome),
        row.decision,
        row.shown_on,
        PersonId(row.created_by),
        row.created_at,
        PersonId(row.changed_by),
        row.changed_at,
        row.version,
    )
    return replace(made, permalink=row.permalink)


def _person(found: str | None) -> PersonId | None:
    return None if found is None else PersonId(found)
