"""Read and keep people, channels and memberships."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.database import OURS, Tx
from storage.people.tables import ChannelRow, MemberRow, PersonRow
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, FunctionId, PersonId, PersonKind

PERSON = select(
    PersonRow.id,
    PersonRow.name,
    PersonRow.kind,
    PersonRow.admin,
    PersonRow.zone,
    PersonRow.dm,
    func.coalesce(PersonRow.own_function, PersonRow.function).label("function"),
    PersonRow.learned_at,
).where(PersonRow.workspace == OURS)
_ONE_PERSON = PERSON.where(PersonRow.id == bindparam("person"))
_HOLD = (
    select(PersonRow.id)
    .where(PersonRow.workspace == OURS, PersonRow.id.in_(bindparam("ids", expanding=True)))
    .order_by(PersonRow.id)
    .with_for_update()
)
_SOME_PEOPLE = PERSON.where(PersonRow.id.in_(bindparam("ids", expanding=True)))
_learned = insert(PersonRow).values(workspace=OURS)
_LEARN = _learned.on_conflict_do_update(
    index_elements=["workspace", "id"],
    set_={key: _learned.excluded[key] for key in ("name", "kind", "admin", "zone", "function", "learned_at")},
)
_met = insert(PersonRow).values(
    workspace=OURS, name="", admin=False, zone="UTC", function=None, own_function=None
)
_MEET = _met.on_conflict_do_nothing()
_SET_DM = (
    update(PersonRow)
    .where(PersonRow.workspace == OURS, PersonRow.id == bindparam("person"))
    .values(dm=bindparam("at"))
)
_SET_FUNCTION = (
    update(PersonRow)
    .where(PersonRow.workspace == OURS, PersonRow.id == bindparam("person"))
    .values(own_function=bindparam("chosen"))
)
_OWN_FUNCTION = select(PersonRow.own_function).where(
    PersonRow.workspace == OURS, PersonRow.id == bindparam("person")
)
_OF_FUNCTION = (
    PERSON.where(
        PersonRow.kind == PersonKind.MEMBER,
        func.coalesce(PersonRow.own_function, PersonRow.function).in_(bindparam("of", expanding=True)),
    )
    .order_by(PersonRow.name, PersonRow.id)
    .limit(100)
)
_BY_FUNCTION = (
    select(
        func.coalesce(PersonRow.own_function, PersonRow.function).label("of"), func.count().label("people")
    )
    .where(PersonRow.workspace == OURS, PersonRow.kind == PersonKind.MEMBER)
    .group_by(func.coalesce(PersonRow.own_function, PersonRow.function))
)
_ADMINS = (
    PERSON.where(PersonRow.kind == PersonKind.MEMBER, PersonRow.admin == true())
    .order_by(PersonRow.name, PersonRow.id)
    .limit(bindparam("limit"))
)
_ANYBODY = select(PersonRow.id).limit(1)
_NAMED = (
    PERSON.where(
        PersonRow.kind.in_([PersonKind.MEMBER, PersonKind.GUEST]),
        PersonRow.name.ilike(bindparam("like"), escape="\\"),
    )
    .order_by(PersonRow.name, PersonRow.id)
    .limit(bindparam("limit"))
)
_CHANNEL = select(
    ChannelRow.id, ChannelRow.name, ChannelRow.kind, ChannelRow.shared, ChannelRow.archived, ChannelRow.ours
).where(ChannelRow.workspace == OURS)
_ONE_CHANNEL = _CHANNEL.where(ChannelRow.id == bindparam("channel"))
_SOME_CHANNELS = _CHANNEL.where(ChannelRow.id.in_(bindparam("channels", expanding=True)))
_kept = insert(ChannelRow).values(workspace=OURS)
_KEEP_CHANNEL = _kept.on_conflict_do_update(
    index_elements=["workspace", "id"],
    set_={key: _kept.excluded[key] for key in ("name", "kind", "shared", "archived", "ours")},
)
_this_channel = (ChannelRow.workspace == OURS) & (ChannelRow.id == bindparam("channel"))
_SET_OURS = update(ChannelRow).where(_this_channel).values(ours=bindparam("is_ours"))
_SET_ARCHIVED = update(ChannelRow).where(_this_channel).values(archived=bindparam("is_archived"))
_SET_SHARED = update(ChannelRow).where(_this_channel).values(shared=bindparam("is_shared"))
_known, _there = aliased(ChannelRow), aliased(MemberRow)
_FORGET_OLD = delete(ChannelRow).where(
    _this_channel, exists().where(_known.workspace == OURS, _known.id == bindparam("new"))
)
_RENUMBER = update(ChannelRow).where(_this_channel).values(id=bindparam("new"))
_ONLY_OURS = (
    update(ChannelRow)
    .where(
        ChannelRow.workspace == OURS,
        ChannelRow.ours == true(),
        ChannelRow.id.not_in(bindparam("listed", expanding=True)),
    )
    .values(ours=False)
)
_old_member = and_(MemberRow.workspace == OURS, MemberRow.channel == bindparam("old"))
_FORGET_THERE = delete(MemberRow).where(
    _old_member,
    MemberRow.person.in_(
        select(_there.person).where(_there.workspace == OURS, _there.channel == bindparam("new"))
    ),
)
_MEMBERS_MOVE = update(MemberRow).where(_old_member).values(channel=bindparam("new"))
_JOIN = insert(MemberRow).values(workspace=OURS).on_conflict_do_nothing()
_this_member = (MemberRow.workspace == OURS) & (MemberRow.channel == bindparam("in_channel"))
_KINDS_IN = (
    select(PersonRow.kind)
    .join(MemberRow, and_(MemberRow.workspace == OURS, MemberRow.person == PersonRow.id))
    .where(PersonRow.workspace == OURS, MemberRow.channel == bindparam("in_channel"))
    .distinct()
)
_LEAVE = delete(MemberRow).where(_this_member, MemberRow.person == bindparam("who"))
_EMPTY = delete(MemberRow).where(_this_member)
_MEMBERS = (
    PERSON.join(MemberRow, and_(MemberRow.workspace == OURS, MemberRow.person == PersonRow.id))
    .where(MemberRow.channel == bindparam("in_channel"))
    .order_by(PersonRow.name, PersonRow.id)
)
_AMONG = select(MemberRow.channel, MemberRow.person).where(
    MemberRow.workspace == OURS,
    MemberRow.channel.in_(bindparam("channels", expanding=True)),
    MemberRow.person.in_(bindparam("ids", expanding=True)),
)
_IS_MEMBER = select(MemberRow.person).where(_this_member, MemberRow.person == bindparam("who"))


def person(tx: Tx, person: PersonId) -> Person | None:
    """What we know of somebody, or None for one never seen."""
    row = tx.first(_ONE_PERSON, person=person)
    return None if row is None else person_of(row)


def hold(tx: Tx, *people: PersonId) -> None:
    """Let no other worker decide about these people until the transaction ends."""
    tx.all(_HOLD, ids=list(people))


def people(tx: Tx, ids: Sequence[PersonId]) -> dict[PersonId, Person]:
    """What we know of these people."""
    return {found.id: found for found in map(person_of, tx.all(_SOME_PEOPLE, ids=list(ids)))}


def learned(tx: Tx, person: PersonId) -> bool:
    """Whether Slack has told us who this is (not only that the id exists)."""
    row = tx.first(_ONE_PERSON, person=person)
    return row is not None and row.learned_at is not None


def learn(tx: Tx, found: Sequence[Person]) -> None:
    """Slack told us who they are; our conversation with them, and the function they chose, are kept."""
    tx.read.clear()  # some of it may be about them
    tx.run_many(
        _LEARN,
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "admin": one.admin,
                "zone": one.zone,
                "dm": None,
                "function": one.function,
                "own_function": None,
                "learned_at": tx.now,
            }
            for one in found
        ],
    )


def meet(tx: Tx, person: PersonId, kind: PersonKind) -> bool:
    """Note that somebody exists before Slack has told us more; whether that was news."""
    return tx.run(_MEET, id=person, kind=kind, dm=None, learned_at=None) == 1


def set_dm(tx: Tx, person: PersonId, channel: ChannelId) -> None:
    """Our conversation with this person, resolved once."""
    tx.put(_SET_DM, person=person, at=channel)


def set_function(tx: Tx, person: PersonId, chosen: FunctionId | None) -> None:
    """The function this person works in, whatever their title says; None goes by the title again."""
    tx.put(_SET_FUNCTION, person=person, chosen=chosen)


def own_function(tx: Tx, person: PersonId) -> FunctionId | None:
    """The function this person or an admin chose; None where their title says it."""
    chosen = tx.scalar(_OWN_FUNCTION, person=person)
    return None if chosen is None else FunctionId(chosen)


def by_function(tx: Tx) -> dict[FunctionId, int]:
    """How many members work in each function."""
    return {FunctionId(row.of): row.people for row in tx.all(_BY_FUNCTION) if row.of is not None}


def of_function(tx: Tx, family: Sequence[FunctionId]) -> list[Person]:
    """Members who work in any of these functions, by name, at most a hundred."""
    return [person_of(row) for row in tx.all(_OF_FUNCTION, of=list(family))] if family else []


def anybody(tx: Tx) -> bool:
    """Whether we know anybody, in any workspace; only for a look across them."""
    return tx.first(_ANYBODY) is not None


def admins(tx: Tx, limit: int) -> list[Person]:
    """Admins of the workspace, by name."""
    return [person_of(row) for row in tx.all(_ADMINS, limit=limit)]


def named(tx: Tx, words: str, limit: int) -> list[Person]:
    """Members and guests with these words in their name, by name; all, for no words."""
    for sign in "\\%_":
        words = words.replace(sign, f"\\{sign}")
    return [person_of(row) for row in tx.all(_NAMED, like=f"%{words}%", limit=limit)]


def members(tx: Tx, channel: ChannelId) -> list[Person]:
    """The people known to be in a channel, by name; us, other bots and people not yet known included."""
    return [person_of(row) for row in tx.all(_MEMBERS, in_channel=channel)]


def channel(tx: Tx, channel: ChannelId) -> Channel | None:
    """What we know of a channel."""
    return asked_channel(tx, channel)()


def asked_channel(tx: Tx, channel: ChannelId) -> Callable[[], Channel | None]:
    """The same, asked now and taken later."""
    found = tx.ask(_ONE_CHANNEL, channel=channel)
    return lambda: next(map(_to_channel, found()), None)


def channels(tx: Tx, ids: Sequence[ChannelId]) -> dict[ChannelId, Channel]:
    """What we know of these channels."""
    return {found.id: found for found in map(_to_channel, tx.all(_SOME_CHANNELS, channels=list(ids)))}


def keep_channels(tx: Tx, found: Sequence[Channel]) -> None:
    """Slack told us what these channels are."""
    tx.run_many(
        _KEEP_CHANNEL,
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "shared": one.shared,
                "archived": one.archived,
                "ours": one.ours,
            }
            for one in found
        ],
    )


def set_ours(tx: Tx, channel: ChannelId, *, ours: bool) -> None:
    """The bot came into or left the channel."""
    tx.put(_SET_OURS, channel=channel, is_ours=ours)


def set_archived(tx: Tx, channel: ChannelId, *, archived: bool) -> None:
    """The channel was archived or brought back."""
    tx.put(_SET_ARCHIVED, channel=channel, is_archived=archived)


def set_shared(tx: Tx, channel: ChannelId, *, shared: bool) -> None:
    """People of another workspace came into the channel, or the sharing ended."""
    tx.put(_SET_SHARED, channel=channel, is_shared=shared)


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """Slack gave the channel another id for good (a private channel that was shared).

    News of the new id may have come first: what we know under it stays.
    """
    tx.put(_FORGET_OLD, channel=old, new=new)
    tx.put(_RENUMBER, channel=old, new=new)
    tx.put(_FORGET_THERE, old=old, new=new)
    tx.put(_MEMBERS_MOVE, old=old, new=new)


def only_ours(tx: Tx, listed: Sequence[ChannelId]) -> None:
    """Slack listed every channel we are in: we are in no other, even if nobody told us that we left."""
    tx.put(_ONLY_OURS, listed=list(listed))


def join(tx: Tx, channel: ChannelId, people: Sequence[PersonId]) -> None:
    """These people are in the channel."""
    tx.run_many(_JOIN, [{"channel": channel, "person": one} for one in people])


def leave(tx: Tx, channel: ChannelId, person: PersonId) -> None:
    """This person is no longer in the channel."""
    tx.put(_LEAVE, in_channel=channel, who=person)


def empty(tx: Tx, channel: ChannelId) -> None:
    """Forget who is in the channel: we left it and would not hear of changes."""
    tx.put(_EMPTY, in_channel=channel)


def is_member(tx: Tx, channel: ChannelId, person: PersonId) -> bool:
    """Whether the person is known to be in the channel; unknown means not."""
    return tx.first(_IS_MEMBER, in_channel=channel, who=person) is not None


def members_among(
    tx: Tx, channels: Sequence[ChannelId], people: Sequence[PersonId]
) -> set[tuple[ChannelId, PersonId]]:
    """Who of these people is known to be in which of these channels."""
    rows = tx.all(_AMONG, channels=list(channels), ids=list(people))
    return {(ChannelId(row.channel), PersonId(row.person)) for row in rows}


def all_full(tx: Tx, channel: ChannelId) -> bool:
    """Whether everybody in the channel is known to be a full member of the workspace; unknown means not."""
    kinds = {PersonKind(kind) for (kind,) in tx.all(_KINDS_IN, in_channel=channel)}
    return PersonKind.MEMBER in kinds and kinds <= {PersonKind.MEMBER, PersonKind.BOT, PersonKind.GONE}


def person_of(row: Any) -> Person:
    """A row of `PERSON`, read."""
    dm = None if row.dm is None else ChannelId(row.dm)
    function = None if row.function is None else FunctionId(row.function)
    return Person(PersonId(row.id), row.name, PersonKind(row.kind), row.admin, row.zone, dm, function)


def _to_channel(row: Any) -> Channel:
    kind = ChannelKind(row.kind)
    return Channel(ChannelId(row.id), row.name, kind, row.shared, row.archived, row.ours)
