"""Slack in: product areas, who looks after them, and by when they answer."""

from dataclasses import replace

from handlers.feedback import answering, area_views, heading_views, headings, ids, triage_views, triaging
from handlers.feedback.area_views import AreaForm
from handlers.feedback.heading_views import Which
from handlers.kit import forms
from handlers.kit.blocks import actions
from handlers.kit.mrkdwn import one_line
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from storage.areas import queries as areas
from storage.areas.values import AreaId, Cards
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback.queries import NEWEST
from storage.people import queries as people
from storage.settings import queries as settings

GONE = "That area is not there any more."


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All areas, from a button."""
    return forms.open_view(request, listed(tx, request.who))


def listed(tx: Tx, who: Who, said: str = "") -> View:
    """All areas, as this person sees them."""
    found = areas.every(tx)
    needed = {one for area in found for one in (area.owner, area.deputy) if one is not None}
    names = {one.id: one.name for one in people.people(tx, sorted(needed)).values() if one.name}
    promises = {one.id: triaging.kept(tx, one) for one in found[: area_views.SHOWN]}
    kept = {area: triage_views.kept_said(one) for area, one in promises.items() if one is not None}
    return area_views.listed(found, names, answering.promise(tx), kept, said, admin=who.admin)


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One area to be changed, or a new one."""
    if request.value == "new":
        return forms.open_view(request, area_views.form(None, ()))
    area = areas.find(tx, AreaId(request.value))
    if area is None:
        return forms.say(request, GONE)
    one = headings.find(tx, request.who, Which.AREA, area.id)
    parts = [] if one is None else headings.parts(tx, request.who, one)
    about = heading_views.part_lines(Which.AREA, parts, may=True)
    deeds = [] if one is None else [actions(*heading_views.deeds(one))]
    return forms.open_view(request, area_views.form(area, areas.channels(tx, area.id), [*about, *deeds]))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it, or say at which field what is wrong."""
    form = forms.read(AreaForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    name = one_line(request.text(ids.BLOCK_NAME) or "")[: area_views.NAME_LIMIT]
    if not name:
        return FieldErrors({ids.BLOCK_NAME: "Give it a name."})
    same = areas.called(tx, name)
    if same is not None and same.id != form.area:
        return FieldErrors({ids.BLOCK_NAME: headings.taken(Which.AREA, same, form.area)})
    area = next(iter(areas.hold(tx, AreaId(form.area))), None) if form.area else areas.add(tx, name)
    if area is None:
        return UpdateModal(forms.told("Not saved", GONE))
    if form.seen and (refused := headings.as_seen(tx, request.who, area, form.seen)):
        return FieldErrors({ids.BLOCK_NAME: refused})
    changed = replace(
        area,
        name=name,
        owner=request.person(ids.BLOCK_OWNER),
        deputy=request.person(ids.BLOCK_DEPUTY),
        triage=request.channel(ids.BLOCK_TRIAGE),
        cards=Cards.DAILY if request.choice(ids.BLOCK_CARDS) == Cards.DAILY else Cards.EACH,
    )
    areas.change(tx, replace(changed, by=request.who.person))
    areas.assign(tx, area.id, request.channels(ids.BLOCK_CHANNELS))
    areas.redraw(tx, area.id, NEWEST)
    audit.note(tx, request.who.person, "feedback.area", area.id)
    return UpdateModal(listed(tx, request.who))


def promised(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Within how many working days whoever looks after an area answers."""
    days, *_ = forms.numbers(request.value)
    if days in area_views.PROMISES:
        settings.put(tx, answering.PROMISE, {"days": days}, request.who.person)
    return forms.open_view(request, listed(tx, request.who))
