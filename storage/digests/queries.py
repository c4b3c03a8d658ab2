"""Keep which channels have a digest, and find out who reads it."""

from datetime import datetime

from sqlalchemy import and_, bindparam, case, delete, exists, func, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.calendar import known_zone
from storage.database import OURS, Tx
from storage.digests.tables import DigestRow
from storage.digests.values import Digest, Readers
from storage.people.tables import ChannelRow, MemberRow, PersonRow
from storage.people.values import ChannelKind
from storage.schedules.queries import their_zone
from storage.values import ChannelId, PersonId, PersonKind
from storage.worktime.tables import WorkTimeRow

MOST = 50
NAMED = 3

_FIELDS = (DigestRow.channel, DigestRow.told_until)
_this = and_(DigestRow.workspace == OURS, DigestRow.channel == bindparam("which"))
_ONE = select(*_FIELDS).where(_this)
_put = insert(DigestRow).values(workspace=OURS)
_PUT = _put.on_conflict_do_update(
    index_elements=["workspace", "channel"], set_={"told_until": _put.excluded.told_until}
)
_TOLD = (
    update(DigestRow)
    .where(_this, DigestRow.told_until == bindparam("seen"))
    .values(told_until=bindparam("new_until"))
)
_FORGET = delete(DigestRow).where(_this)
_known_to = or_(
    and_(ChannelRow.kind == ChannelKind.PUBLIC, bindparam("full").is_(True)),
    exists().where(
        MemberRow.workspace == OURS,
        MemberRow.channel == DigestRow.channel,
        MemberRow.person == bindparam("whose"),
    ),
)
_KNOWN_TO = (
    select(*_FIELDS)
    .join(ChannelRow, and_(ChannelRow.workspace == DigestRow.workspace, ChannelRow.id == DigestRow.channel))
    .where(DigestRow.workspace == OURS, _known_to)
    .order_by(ChannelRow.name, DigestRow.channel)
    .limit(MOST)
)
_there = and_(MemberRow.workspace == OURS, MemberRow.channel == bindparam("which"))
_is_person = and_(PersonRow.workspace == MemberRow.workspace, PersonRow.id == MemberRow.person)
_reads = PersonRow.kind.in_([PersonKind.MEMBER, PersonKind.GUEST])
_ZONES = (
    select(their_zone.label("zone"), func.count())
    .select_from(MemberRow)
    .join(PersonRow, _is_person)
    .outerjoin(
        WorkTimeRow,
        and_(WorkTimeRow.workspace == PersonRow.workspace, WorkTimeRow.person == PersonRow.id),
    )
    .where(_there, _reads, PersonRow.learned_at.is_not(null()))
    .group_by(their_zone)
)
_sees_everything = and_(
    PersonRow.learned_at.is_not(null()),
    PersonRow.kind.in_([PersonKind.MEMBER, PersonKind.BOT, PersonKind.GONE]),
)
_RESTRICTED = (
    select(func.coalesce(PersonRow.name, ""), case((PersonRow.learned_at.is_(null()), 1), else_=0))
    .select_from(MemberRow)
    .outerjoin(PersonRow, _is_person)
    .where(_there, or_(PersonRow.id.is_(null()), ~_sees_everything))
    .order_by(PersonRow.name)
    .limit(NAMED)
)


def find(tx: Tx, channel: ChannelId) -> Digest | None:
    """The channel's digest, if it has one."""
    row = tx.first(_ONE, which=channel)
    return None if row is None else Digest(ChannelId(row.channel), row.told_until)


def put(tx: Tx, channel: ChannelId, told_until: datetime) -> None:
    """The channel has a digest, which tells what happens from then on."""
    tx.put(_PUT, channel=channel, told_until=told_until)


def told(tx: Tx, channel: ChannelId, seen: datetime, until: datetime) -> bool:
    """It told what happened from `seen` to `until`; False when another one did, or it is no more."""
    return tx.run(_TOLD, which=channel, seen=seen, new_until=until) == 1


def forget(tx: Tx, channel: ChannelId) -> None:
    """The channel has no digest any more."""
    tx.put(_FORGET, which=channel)


def known_to(tx: Tx, person: PersonId, kind: PersonKind) -> list[Digest]:
    """The digests of the channels this person knows of, by the channels' names, at most fifty."""
    rows = tx.all(_KNOWN_TO, whose=person, full=kind is PersonKind.MEMBER)
    return [Digest(ChannelId(row.channel), row.told_until) for row in rows]


def readers(tx: Tx, channel: ChannelId) -> Readers:
    """Who would read what is posted there: by whose clocks, and whether all may see what is open to all."""
    zones = {zone: count for zone, count in tx.all(_ZONES, which=channel) if known_zone(zone)}
    restricted = tx.all(_RESTRICTED, which=channel)
    named = tuple(name for name, unlearned in restricted if name and not unlearned)
    return Readers(zones, bool(zones) and not restricted, named)
