"""Slack in: *Move date…*, the page that shows what moves, and what is chosen there."""

from collections.abc import Mapping
from datetime import date

from handlers.kit import forms
from handlers.kit.dates import parse_date, say_time
from handlers.kit.references import parse_reference
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.launches import cards, ids, listing, modals, moves, rules
from handlers.launches.modals import MoveForm
from handlers.launches.shown import Shown
from handlers.links import service as links
from storage.calendar import local_time
from storage.database import Tx

WHICH = "Which one, and when? Type `/launch move L-4 friday`; `/launch list` shows them all."
CHANGED = "Changed meanwhile by {who}. This is what moves now."
ANOTHER_DAY = "This is what moves for the other day."
SAY_WHY = "Say why below; one sentence helps everybody who planned by the old date."
TOO_LATE = (
    "That cannot be undone any more: people may have been told, or it changed since. Move it again instead."
)


def command(tx: Tx, who: Who, rest: str) -> CommandReply:
    """`/launch move L-4 friday`: what would move; without a day the form."""
    word, _, day = rest.partition(" ")
    reference = parse_reference(word)
    if reference is None or reference.letter != "L":
        return Text(WHICH)
    launch = cards.see(tx, reference.number, who)
    if launch is None or not rules.may_change(launch, who.person, admin=who.admin):
        return Text(listing.GONE if launch is None else listing.whose(tx, launch))
    shown = cards.shown(tx, launch, who)
    on = parse_date(day, shown.today) if day else None
    if day and on is None:
        return Text(
            f"I do not understand “{day}” as a day. Type `/launch move {word} 2026-12-10`, or `friday`."
        )
    if on is None or _wrong(shown, on):
        return OpenModal(modals.move(shown, on))
    return OpenModal(_preview(tx, shown, on, None, who))


def button(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Move date…* was pressed: ask for the day, and why."""
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.say(request, listing.whose(tx, launch))
    return forms.open_view(request, modals.move(cards.shown(tx, launch, request.who)))


def look(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Show what would move."""
    found = _found(tx, request)
    if not isinstance(found, Shown):
        return UpdateModal(found)
    on, why = request.day(ids.BLOCK_DAY), request.text(ids.BLOCK_REASON)
    errors = _errors(found, on, why)
    if errors or on is None:
        return FieldErrors(errors)
    return UpdateModal(_preview(tx, found, on, why, request.who))


def and_tell(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Move it, and tell those concerned in ten minutes."""
    found, on, why = _found(tx, request), request.day(ids.BLOCK_DAY), request.text(ids.BLOCK_REASON)
    if isinstance(found, Shown) and (errors := _errors(found, on, why)):
        return FieldErrors(errors)
    return UpdateModal(_move(tx, request, tell=True))


def only(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Move it and tell nobody; the button reads what the form holds."""
    view = request.view or {}
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    metadata = str(view.get("private_metadata", ""))
    submitted = SubmitRequest(ids.MOVE_AND_TELL, metadata, values or {}, request.who)
    return UpdateModal(_move(tx, submitted, tell=False))


def undo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Take the move back before anybody is told."""
    number, seen, *_ = (*forms.numbers(request.value), 0)
    launch = cards.see(tx, number, request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.say(request, listing.whose(tx, launch))
    now = moves.undo(tx, launch, request.who) if launch.version == seen else None
    if now is None:
        return forms.say(request, TOO_LATE)
    return forms.open_view(request, modals.card(cards.shown(tx, now, request.who)))


# ---------------------------------------------------------------------------------------------------------


def _found(tx: Tx, request: SubmitRequest) -> Shown | View:
    form = forms.read(MoveForm, request.metadata)
    launch = None if form is None else cards.see(tx, form.number, request.who)
    if form is None:
        return forms.TOO_OLD
    if launch is None or not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.told("Not moved", listing.GONE if launch is None else listing.whose(tx, launch))
    return cards.shown(tx, launch, request.who)


def _move(tx: Tx, request: SubmitRequest, *, tell: bool) -> View:
    found, form = _found(tx, request), forms.read(MoveForm, request.metadata)
    on, why = request.day(ids.BLOCK_DAY), request.text(ids.BLOCK_REASON)
    if not isinstance(found, Shown) or form is None:
        return found if not isinstance(found, Shown) else forms.TOO_OLD
    notice = _notice(found, form, on, why)
    if notice or on is None or why is None:
        again = on if on is not None and not _wrong(found, on) else form.on or found.launch.on
        return _preview(tx, found, again, why, request.who, notice)
    told = moves.preview(tx, found, on, request.who).told
    now = moves.move(tx, found.launch, on, why, request.who, tell=tell)
    if now is None:
        return _preview(tx, found, on, why, request.who, CHANGED.format(who="somebody"))
    at = say_time(local_time(now.tell_at, request.who.zone)) if tell and now.tell_at else ""
    named = links.read(tx, now.reference, why, request.who)
    return modals.moved(cards.shown(tx, now, request.who), len(told) if tell else 0, at, named)


def _notice(found: Shown, form: MoveForm, on: date | None, why: str | None) -> str:
    """Why what moves is shown once more instead of moved."""
    if found.launch.version != form.seen:
        return CHANGED.format(who=found.name(found.launch.changed_by))
    if on is None or _wrong(found, on):
        return _wrong(found, on) if on else "Choose the new date."
    if on != form.on:
        return ANOTHER_DAY
    return "" if why else SAY_WHY


def _preview(tx: Tx, shown: Shown, on: date, why: str | None, who: Who, notice: str = "") -> View:
    found = moves.preview(tx, shown, on, who)
    return modals.what_moves(shown, found.plan, len(found.told), why, notice)


def _errors(shown: Shown, on: date | None, why: str | None) -> dict[str, str]:
    errors: dict[str, str] = {}
    if on is None or _wrong(shown, on):
        errors[ids.BLOCK_DAY] = _wrong(shown, on) if on else "Choose the new date."
    if why is None:
        errors[ids.BLOCK_REASON] = "Say why; one sentence helps everybody who planned by the old date."
    return errors


def _wrong(shown: Shown, on: date) -> str:
    if on <= shown.today:
        return "Choose a day after today."
    return "It is on that day already." if on == shown.launch.on else ""
