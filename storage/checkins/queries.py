"""Keep and find check-ins. When one asks and whom is its series'; both are always written together."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, not_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.checkins.tables import CheckInRow
from storage.checkins.values import CheckIn, Settings, number_of, series_key
from storage.database import OURS, Tx
from storage.recurrence import Recurrence
from storage.schedules import queries as schedules
from storage.schedules.tables import SeriesRow
from storage.schedules.values import Series, SeriesState
from storage.things import queries as things
from storage.things.tables import ThingRow
from storage.things.values import Letter, Viewer
from storage.values import Audience, ChannelId, Json, PersonId

ASK = "checkins.ask"
"""The kind of a check-in's series."""
_its_thing = things.is_thing(Letter.CHECKIN, CheckInRow)
_its_series = and_(SeriesRow.workspace == CheckInRow.workspace, SeriesRow.key == CheckInRow.series)
_ours = (
    select(
        *CheckInRow.__table__.c,
        ThingRow.title,
        SeriesRow.rule,
        SeriesRow.start,
        SeriesRow.at,
        SeriesRow.zone,
        SeriesRow.state,
    )
    .join(ThingRow, _its_thing)
    .join(SeriesRow, _its_series)
    .where(CheckInRow.workspace == OURS)
)
_ONE = _ours.where(CheckInRow.number == bindparam("number"))
_SOME = _ours.where(CheckInRow.number.in_(bindparam("numbers", expanding=True)))
_SEEN = _ONE.where(things.VISIBLE)
_running = SeriesRow.state != SeriesState.ENDED
_OF_CHANNEL = (
    _ours.where(CheckInRow.channel == bindparam("in_channel"), _running, things.VISIBLE)
    .order_by(CheckInRow.number)
    .limit(20)
)
_VISIBLE = (
    _ours.where(_running, things.VISIBLE, CheckInRow.number > bindparam("after"))
    .order_by(CheckInRow.number)
    .limit(bindparam("limit"))
)
_RUNNING = (
    _ours.where(CheckInRow.number.in_(bindparam("numbers", expanding=True)), _running, things.VISIBLE)
    .order_by(CheckInRow.number)
    .limit(bindparam("limit"))
)
_HIDDEN = (
    select(CheckInRow.series)
    .join(ThingRow, _its_thing)
    .where(
        CheckInRow.workspace == OURS,
        CheckInRow.number.in_(bindparam("numbers", expanding=True)),
        not_(things.VISIBLE),
    )
)
_ADD = insert(CheckInRow).values(workspace=OURS, version=1)
_SAVE = (
    update(CheckInRow)
    .where(
        CheckInRow.workspace == OURS,
        CheckInRow.number == bindparam("which"),
        CheckInRow.version == bindparam("seen"),
    )
    .values(
        channel=bindparam("new_channel"),
        questions=bindparam("new_questions", type_=CheckInRow.questions.type),
        closes_at=bindparam("new_closes_at"),
        closes_zone=bindparam("new_closes_zone"),
        changed_by=bindparam("by"),
        version=CheckInRow.version + 1,
    )
)
_RENUMBER = (
    update(CheckInRow)
    .where(CheckInRow.workspace == OURS, CheckInRow.channel == bindparam("old"))
    .values(channel=bindparam("new"))
)


def add(tx: Tx, settings: Settings, owner: PersonId, where: str) -> CheckIn:
    """Give it a number and keep it; its series begins, with nobody in it yet. `where` is how people know its place."""
    audience = Audience.of_channel(settings.channel)
    reference = things.create(tx, Letter.CHECKIN, settings.name, SeriesState.ACTIVE, owner, audience)
    tx.put(
        _ADD,
        number=reference.number,
        series=series_key(reference.number),
        channel=settings.channel,
        owner=owner,
        questions=[*settings.questions],
        closes_at=settings.closes_at,
        closes_zone=settings.closes_zone,
        created_at=tx.now,
        changed_by=owner,
    )
    _put_series(tx, reference.number, settings, owner, SeriesState.ACTIVE, where)
    return must(tx, reference.number)


def save(tx: Tx, seen: CheckIn, settings: Settings, by: PersonId, where: str) -> bool:
    """Change it; False when somebody else has since `seen`. The round under way keeps its questions and end."""
    changed = tx.run(
        _SAVE,
        which=seen.number,
        seen=seen.version,
        new_channel=settings.channel,
        new_questions=[*settings.questions],
        new_closes_at=settings.closes_at,
        new_closes_zone=settings.closes_zone,
        by=by,
    )
    if not changed:
        return False
    things.change(tx, seen.reference, settings.name, seen.state)
    if (settings.recurrence, settings.name) != (seen.settings.recurrence, seen.name):
        _put_series(tx, seen.number, settings, seen.owner, seen.state, where)
    return True


def pause(tx: Tx, checkin: CheckIn) -> None:
    """Nobody is asked until it is resumed."""
    schedules.pause(tx, checkin.series)
    things.change(tx, checkin.reference, checkin.name, SeriesState.PAUSED)


def resume(tx: Tx, checkin: CheckIn) -> None:
    """On again, from the next date on."""
    schedules.resume(tx, checkin.series)
    things.change(tx, checkin.reference, checkin.name, SeriesState.ACTIVE)


def end(tx: Tx, checkin: CheckIn) -> None:
    """It asks no more; its rounds and answers are kept."""
    schedules.end(tx, checkin.series)
    things.change(tx, checkin.reference, checkin.name, SeriesState.ENDED)


def get(tx: Tx, number: int) -> CheckIn | None:
    """That check-in, whoever asks; for work of our own."""
    return _one(tx.first(_ONE, number=number))


def some(tx: Tx, numbers: Sequence[int]) -> dict[int, CheckIn]:
    """The same for several."""
    return {row.number: _checkin(row) for row in tx.all(_SOME, numbers=list(numbers))}


def must(tx: Tx, number: int) -> CheckIn:
    """That check-in, which is known to be there."""
    found = get(tx, number)
    assert found is not None
    return found


def see(tx: Tx, number: int, viewer: Viewer) -> CheckIn | None:
    """That check-in, if this person may see it."""
    return _one(tx.first(_SEEN, number=number, **things.viewing(viewer)))


def of_channel(tx: Tx, channel: ChannelId, viewer: Viewer) -> list[CheckIn]:
    """Those that have not ended and are summed up there, as far as this person may see them."""
    return [_checkin(row) for row in tx.all(_OF_CHANNEL, in_channel=channel, **things.viewing(viewer))]


def visible(tx: Tx, viewer: Viewer, limit: int, after: int = 0) -> list[CheckIn]:
    """Those that have not ended and this person may see, by number, above `after`."""
    return [_checkin(row) for row in tx.all(_VISIBLE, limit=limit, after=after, **things.viewing(viewer))]


def of_person(tx: Tx, viewer: Viewer, limit: int) -> list[CheckIn]:
    """Those that have not ended and this person takes part in."""
    numbers = _numbers(schedules.keys_of(tx, viewer.person))
    rows = tx.all(_RUNNING, numbers=numbers, limit=limit, **things.viewing(viewer)) if numbers else ()
    return [_checkin(row) for row in rows]


def hidden(tx: Tx, viewer: Viewer, series: Collection[str]) -> set[str]:
    """Which of these series ask in check-ins this person may not see."""
    numbers = _numbers(series)
    found = tx.all(_HIDDEN, numbers=numbers, **things.viewing(viewer)) if numbers else ()
    return {key for (key,) in found}


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id for good."""
    tx.put(_RENUMBER, old=old, new=new)


# ---------------------------------------------------------------------------------------------------------


def _numbers(series: Collection[str]) -> list[int]:
    return sorted(number for key in series if (number := number_of(key)) is not None)


def _put_series(
    tx: Tx, number: int, settings: Settings, owner: PersonId, state: SeriesState, where: str
) -> None:
    before = schedules.find(tx, series_key(number))
    subject: dict[str, Json] = {"number": number}
    title = f"{settings.name} in {where}"
    schedules.put(
        tx,
        Series(
            series_key(number), ASK, title, settings.recurrence, subject, owner, per_person=True, state=state,
            skips=() if before is None else before.skips,
        ),
    )  # fmt: skip


def _one(row: Any) -> CheckIn | None:
    return None if row is None else _checkin(row)


def _checkin(row: Any) -> CheckIn:
    settings = Settings(
        row.title,
        ChannelId(row.channel),
        tuple(str(one) for one in row.questions),
        Recurrence(row.rule, row.start, row.at, row.zone),
        row.closes_at,
        row.closes_zone,
    )
    return CheckIn(
        row.number, settings, PersonId(row.owner), SeriesState(row.state), PersonId(row.changed_by),
        row.version,
    )  # fmt: skip
