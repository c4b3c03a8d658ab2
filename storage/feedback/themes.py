"""Keep and find themes: what feedback is about, in the workspace's own words.

A theme's name is read by those who could read it where it was first written: by everybody here, by the members of a
private channel, or by one person. To nobody else is it offered, listed or counted, and what counts under another
theme never shows them a narrower name (`reads_wider`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from storage.areas.values import AreaId
from storage.database import OURS, Tx, new_id
from storage.feedback.tables import ThemeRow, TriageRow
from storage.feedback.values import Theme, ThemeId
from storage.people import queries as people
from storage.people.tables import MemberRow
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import Audience, AudienceKind, ChannelId, PersonId, folded

_FIELDS = (
    ThemeRow.id,
    ThemeRow.name,
    ThemeRow.place,
    ThemeRow.area,
    ThemeRow.part_of,
    ThemeRow.retired,
    ThemeRow.version,
    ThemeRow.changed_by,
)
KNOWN = or_(
    and_(ThemeRow.place == "", bindparam("viewer_full").is_(True)),
    ThemeRow.place == bindparam("viewer"),
    exists().where(
        MemberRow.workspace == OURS,
        MemberRow.channel == ThemeRow.place,
        MemberRow.person == bindparam("viewer"),
    ),
)
"""Whose names somebody may read; bound by `things.viewing`."""
_ours = select(*_FIELDS).where(ThemeRow.workspace == OURS)
_KNOWN_ONE = _ours.where(ThemeRow.id == bindparam("which"), KNOWN)
_HELD = (
    _ours.where(ThemeRow.id.in_(bindparam("these", expanding=True)))
    .order_by(ThemeRow.id)
    .with_for_update(of=ThemeRow)
)
_NAMED = _ours.where(
    ThemeRow.place.in_(bindparam("places", expanding=True)), ThemeRow.folded == bindparam("written")
).order_by(ThemeRow.place.desc())
_PARTS = _ours.where(ThemeRow.part_of == bindparam("which"), KNOWN).order_by(ThemeRow.folded)
_stands = _ours.where(ThemeRow.part_of.is_(None), KNOWN)
_EVERY = _stands.order_by(ThemeRow.retired, ThemeRow.folded, ThemeRow.id).limit(bindparam("limit"))
_begins = ThemeRow.folded.like(bindparam("start"), escape="\\")
_OFFERED = (
    _stands.where(or_(ThemeRow.retired.is_(False), bindparam("retired_too").is_(True)))
    .where(ThemeRow.folded.like(bindparam("inside"), escape="\\"))
    .order_by(case((_begins, 0), else_=1), ThemeRow.folded)
    .limit(bindparam("limit"))
)
_new = insert(ThemeRow).values(workspace=OURS, area=None, part_of=None, retired=False, version=1, redraw=None)
_ADD = _new.on_conflict_do_update(
    index_elements=["workspace", "place", "folded"], set_={"folded": _new.excluded.folded}
).returning(*_FIELDS)
_this = and_(ThemeRow.workspace == OURS, ThemeRow.id == bindparam("which"))
_CHANGE = (
    update(ThemeRow)
    .where(_this)
    .values(
        {
            one: bindparam(f"new_{one}")
            for one in ("name", "folded", "area", "part_of", "retired", "changed_by")
        }
        | {"version": ThemeRow.version + 1}
    )
)
_ADOPT = (
    update(ThemeRow)
    .where(ThemeRow.workspace == OURS, ThemeRow.part_of == bindparam("which"))
    .values(part_of=bindparam("new_part_of"))
)
_whole = aliased(ThemeRow)
_OF = (
    select(_whole.id, _whole.name, ThemeRow.id.label("own"))
    .join(TriageRow, and_(TriageRow.workspace == ThemeRow.workspace, TriageRow.about == ThemeRow.id))
    .join(
        _whole,
        and_(
            _whole.workspace == ThemeRow.workspace, _whole.id == func.coalesce(ThemeRow.part_of, ThemeRow.id)
        ),
    )
    .where(ThemeRow.workspace == OURS, TriageRow.number == bindparam("of"))
)
_FAMILY = select(ThemeRow.id).where(
    ThemeRow.workspace == OURS, or_(ThemeRow.id == bindparam("which"), ThemeRow.part_of == bindparam("which"))
)
_REDRAW = update(ThemeRow).where(_this).values(redraw=bindparam("new_redraw"))
_TO_REDRAW = (
    select(ThemeRow.id, ThemeRow.redraw)
    .where(ThemeRow.workspace == OURS, ThemeRow.redraw.is_not(None))
    .order_by(ThemeRow.id)
    .limit(1)
    .with_for_update()
)
_ABOUT = (
    select(TriageRow.number)
    .where(
        TriageRow.workspace == OURS,
        TriageRow.about == bindparam("which"),
        TriageRow.number < bindparam("before"),
    )
    .order_by(TriageRow.number.desc())
    .limit(bindparam("limit"))
)
_FORGET = delete(ThemeRow).where(
    _this,
    ThemeRow.version == 1,
    ~exists().where(TriageRow.workspace == OURS, TriageRow.about == bindparam("which")),
    ~exists().where(_whole.workspace == OURS, _whole.part_of == bindparam("which")),
)
_moved = aliased(ThemeRow)
_RENUMBER = (
    update(ThemeRow)
    .where(ThemeRow.workspace == OURS, ThemeRow.place == bindparam("old"))
    .where(
        ~exists().where(
            _moved.workspace == OURS, _moved.place == bindparam("new"), _moved.folded == ThemeRow.folded
        )
    )
    .values(place=bindparam("new"))
)


def place_of(tx: Tx, audience: Audience, person: PersonId) -> str:
    """Where a theme belongs that this person writes on something with this audience.

    Of a channel whose members we do not know it is theirs alone.
    """
    if audience.kind is AudienceKind.WORKSPACE:
        return ""
    channel = audience.channel
    return channel if channel is not None and people.is_member(tx, channel, person) else person


def named(tx: Tx, name: str, place: str, person: PersonId) -> Theme:
    """The theme people there call so, made where there is none; what counts under another one is that one.

    A retired one that somebody writes again is in use again.
    """
    found = called(tx, name, place)
    if found is None:
        return add(tx, name, place, person)
    if found.part_of is not None:
        return hold(tx, found.part_of)[0]
    if found.retired:
        found = Theme(found.id, found.name, found.place, found.area, version=found.version + 1, by=person)
        change(tx, found)
    return found


def called(tx: Tx, name: str, place: str) -> Theme | None:
    """The theme people there call so: one of their own before one of everybody's."""
    row = tx.first(_NAMED, places=sorted({place, ""}), written=folded(name))
    return None if row is None else _theme(row)


def add(tx: Tx, name: str, place: str, person: PersonId) -> Theme:
    """A new one; if somebody made the same one at the same moment, that."""
    row = tx.first(_ADD, id=new_id(), name=name, folded=folded(name), place=place, changed_by=person)
    assert row is not None
    return _theme(row)


def see(tx: Tx, theme: ThemeId, viewer: Viewer) -> Theme | None:
    """The theme of that id, for whoever may read its name."""
    row = tx.first(_KNOWN_ONE, which=theme, **things.viewing(viewer))
    return None if row is None else _theme(row)


def hold(tx: Tx, *these: ThemeId) -> list[Theme]:
    """The themes of these ids, to be changed: others who would change them wait until we are done."""
    found = {row.id: _theme(row) for row in tx.all(_HELD, these=sorted(these))}
    return [found[one] for one in these if one in found]


def every(tx: Tx, viewer: Viewer, limit: int) -> list[Theme]:
    """All whose names this person may read and that stand for themselves, by name, the retired ones last."""
    return [_theme(row) for row in tx.all(_EVERY, limit=limit, **things.viewing(viewer))]


def offered(tx: Tx, viewer: Viewer, typed: str, limit: int, *, retired: bool = False) -> list[Theme]:
    """Those in use (or also `retired` ones) with this in their names, those that begin so first."""
    words = things.literal(folded(typed))
    values = {"start": f"{words}%", "inside": f"%{words}%", "retired_too": retired}
    return [_theme(row) for row in tx.all(_OFFERED, limit=limit, **values, **things.viewing(viewer))]


def parts(tx: Tx, theme: ThemeId, viewer: Viewer) -> list[Theme]:
    """What counts under it."""
    return [_theme(row) for row in tx.all(_PARTS, which=theme, **things.viewing(viewer))]


def family(tx: Tx, theme: ThemeId) -> list[ThemeId]:
    """Its own id and those of what counts under it."""
    return [ThemeId(row.id) for row in tx.all(_FAMILY, which=theme)]


def about(tx: Tx, these: Sequence[ThemeId], before: int, limit: int) -> list[int]:
    """The newest numbers of what is about these, below the number `before`; each is read in its own order."""
    found = [row.number for one in these for row in tx.all(_ABOUT, which=one, before=before, limit=limit)]
    return sorted(found, reverse=True)[:limit]


def of(tx: Tx, number: int) -> tuple[ThemeId, str] | None:
    """Which theme a piece of feedback counts under, and what that is called now."""
    row = tx.first(_OF, of=number)
    return None if row is None else (ThemeId(row.id), row.name)


def reads_wider(into: Theme, theme: Theme) -> bool:
    """Whether everybody who reads the one name may read the other."""
    return into.place in ("", theme.place)


def change(tx: Tx, theme: Theme) -> None:
    """It is so from now on; whoever changes it holds it."""
    tx.put(
        _CHANGE,
        which=theme.id,
        new_name=theme.name,
        new_folded=folded(theme.name),
        new_area=theme.area,
        new_part_of=theme.part_of,
        new_retired=theme.retired,
        new_changed_by=theme.by,
    )


def adopt(tx: Tx, theme: ThemeId, into: ThemeId) -> None:
    """What counts under the one counts under the other."""
    tx.put(_ADOPT, which=theme, new_part_of=into)


def redraw(tx: Tx, theme: ThemeId, below: int | None) -> None:
    """What shows it below this number is still to be drawn again; None once all is."""
    tx.put(_REDRAW, which=theme, new_redraw=below)


def to_redraw(tx: Tx, limit: int) -> tuple[ThemeId, list[int]] | None:
    """A theme whose cards show an older name, and the next numbers of what is about it; who changes it waits."""
    row = tx.first(_TO_REDRAW)
    if row is None:
        return None
    return ThemeId(row.id), about(tx, family(tx, ThemeId(row.id)), row.redraw, limit)


def forget_unused(tx: Tx, theme: ThemeId) -> None:
    """Nothing is about it any more, and nobody has changed it: it was only ever what somebody wrote."""
    tx.put(_FORGET, which=theme)


def renumber(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """A channel has another id: its members read the same names."""
    tx.put(_RENUMBER, old=old, new=new)


# ---------------------------------------------------------------------------------------------------------


def _theme(row: Any) -> Theme:
    return Theme(
        ThemeId(row.id),
        row.name,
        row.place,
        None if row.area is None else AreaId(row.area),
        None if row.part_of is None else ThemeId(row.part_of),
        bool(row.retired),
        row.version,
        None if row.changed_by is None else PersonId(row.changed_by),
    )
