"""Slack in: how an item stands, and who sees to it. One call into the service each."""

from collections.abc import Sequence

from handlers.checkins import blocking, places
from handlers.checkins import ids as checkin_ids
from handlers.checkins import rules as checkin_rules
from handlers.kit import forms
from handlers.kit.blocks import Block
from handlers.kit.replies import ButtonReply, FieldErrors, Note, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.launches import cards, ids, listing, modals, service
from handlers.launches.modals import ItemForm
from handlers.launches.rules import NAMES
from handlers.launches.service import Done, Refusal
from handlers.links import service as links
from handlers.links import views as link_views
from storage.checkins import blockers
from storage.database import Tx
from storage.launches.values import ItemState


def doing(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Somebody is on it."""
    return _state(tx, request, ItemState.DOING)


def done(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is done."""
    return _state(tx, request, ItemState.DONE)


def todo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is not started, or not done after all."""
    return _state(tx, request, ItemState.TODO)


def blocked(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It cannot go on: ask why."""
    return _why(tx, request, ItemState.BLOCKED)


def not_needed(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It need not be done: ask why."""
    return _why(tx, request, ItemState.NOT_NEEDED)


def reason_said(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Why an item is blocked or not needed."""
    form, reason = forms.read(ItemForm, request.metadata), request.text(ids.BLOCK_REASON)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    if reason is None:
        return FieldErrors({ids.BLOCK_REASON: "Say why; one sentence helps the others most."})
    party = checkin_rules.party_of(request.choice(checkin_ids.WAITS_ON) or "")
    if party is not None and not places.can_be_asked(tx, party):
        return FieldErrors({checkin_ids.WAITS_ON: places.STRANGER})
    done = service.set_state(tx, form.launch, form.item, form.state, reason, request.who, party)
    return _then(done, form.back, _named(tx, done, reason, request.who))


def ask_whom(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Hand over…* was pressed: ask to whom."""
    found = _find(tx, request)
    if found is None or found.refusal is not None:
        return forms.say(request, listing.GONE if found is None else why_not(found))
    return forms.open_view(request, modals.hand_over(found.shown, found.item))


def handed_over(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Somebody else sees to it."""
    form, to = forms.read(ItemForm, request.metadata), request.person(ids.BLOCK_OWNER)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    launch = cards.see(tx, form.launch, request.who)
    if to is None:
        return FieldErrors({ids.BLOCK_OWNER: "Choose somebody."})
    if launch is not None and (wrong := service.strangers(tx, launch, [to])):
        return FieldErrors({ids.BLOCK_OWNER: wrong[to]})
    return _then(service.hand_over(tx, form.launch, form.item, to, request.who), "item")


def why_not(found: Done) -> str:
    """Why somebody cannot change an item."""
    launch, one, shown = found.shown.launch, found.item, found.shown
    if found.refusal is Refusal.OVER:
        return f"{launch.reference} is {launch.state}; nothing of it changes any more."
    return f"{one.name} is for {shown.name(one.owner)}; {shown.name(launch.owner)} owns {launch.reference}."


# ---------------------------------------------------------------------------------------------------------


def _state(tx: Tx, request: ButtonRequest, state: ItemState) -> ButtonReply:
    number, which, back = _value(request)
    found = service.set_state(tx, number, which, state, None, request.who)
    if found is None or found.refusal is not None:
        return forms.say(request, listing.GONE if found is None else why_not(found))
    if not forms.in_modal(request):
        return Note(f"Noted: {found.item.name} is {NAMES[state]}.")
    return UpdateModal(_page(tx, found, back, request.who))


def _why(tx: Tx, request: ButtonRequest, state: ItemState) -> ButtonReply:
    found, (_, _, back) = _find(tx, request), _value(request)
    if found is None or found.refusal is not None:
        return forms.say(request, listing.GONE if found is None else why_not(found))
    return forms.open_view(
        request, modals.reason(found.shown, found.item, state, back, asks=blocking.may_ask(tx))
    )


def _find(tx: Tx, request: ButtonRequest) -> Done | None:
    number, which, _ = _value(request)
    return service.look(tx, number, which, request.who)


def _value(request: ButtonRequest) -> tuple[int, int, str]:
    number, which, *_ = (*forms.numbers(request.value), 0, 0)
    return number, which, request.value.rpartition("|")[2]


def _page(tx: Tx, found: Done, back: str, who: Who) -> View:
    """Where the button stood, as it is now."""
    if back == "mine":
        return modals.mine(found.shown)
    if back == "items":
        return listing.my_items(tx, who)
    return modals.item(found.shown, found.item)


def _named(tx: Tx, found: Done | None, reason: str, who: Who) -> list[Block]:
    """Link what a reason names: to the blocker that says what an item waits for, else to the launch."""
    if found is None or found.refusal is not None:
        return []
    blocker = blockers.holding_up(tx, found.item.name)
    about = found.shown.launch.reference if blocker is None else blocker.reference
    return link_views.lines(about, links.read(tx, about, reason, who))


def _then(found: Done | None, back: str, linked: Sequence[Block] = ()) -> SubmitReply:
    if found is None:
        return UpdateModal(forms.told("Not there any more", listing.GONE))
    if found.refusal is not None:
        return UpdateModal(forms.told("Not saved", why_not(found)))
    if back == "mine":
        return UpdateModal(modals.mine(found.shown, linked))
    return UpdateModal(modals.item(found.shown, found.item, linked))
