"""Slack in: blockers' cards, lists and what can be pressed on them."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.checkins import blocker_views, cards, clearing, ids, modals, places, pressed, rules
from handlers.checkins.clearing import Done, Refusal
from handlers.checkins.modals import BlockerForm
from handlers.kit import forms
from handlers.kit.blocks import actions
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    Note,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.links import service as links
from storage.checkins import blockers
from storage.checkins.values import Blocker, BlockerState
from storage.database import Tx

SHOWN = 12
NOTHING = "Nothing is in anybody's way, as far as you can see."
CHOOSE = "Choose who it waits on: a function, a person, or type the name of somebody outside."


def listed(tx: Tx, who: Who, after: int = 0) -> Text:
    """A page of open blockers, oldest first."""
    found = blockers.open_ones(tx, cards.viewer(who), SHOWN + 1, after)
    shown = [clearing.brief(tx, one, who) for one in found[:SHOWN]]
    title = f"Open blockers ({blockers.count_open(tx, cards.viewer(who))})" if shown else "Open blockers"
    blocks = blocker_views.lines(title, shown, NOTHING)
    if len(found) > SHOWN:
        blocks.append(actions(button("More", ids.BLOCKERS_MORE, str(found[SHOWN - 1].number))))
    said = [title, *map(blocker_views.said_line, shown)] if shown else [NOTHING]
    return Text(escape("\n".join(said)), blocks)


def more(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page, in place of this one."""
    page = listed(tx, request.who, pressed.number(request))
    return Note(page.text, page.blocks, replace=True)


def shown(tx: Tx, number: int, who: Who) -> CommandReply:
    """`/checkin show B-5`."""
    one = clearing.see(tx, number, who)
    if one is None:
        return Text(pressed.BLOCKER_GONE)
    return OpenModal(blocker_views.card(clearing.card(tx, one, who)))


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open the card."""
    one = clearing.see(tx, pressed.number(request), request.who)
    if one is None:
        return pressed.say(request, pressed.BLOCKER_GONE)
    return pressed.open_view(request, blocker_views.card(clearing.card(tx, one, request.who)))


def opens(tx: Tx, who: Who, number: int) -> View | None:
    """The card, for somebody who meets it elsewhere."""
    one = clearing.see(tx, number, who)
    return None if one is None else blocker_views.card(clearing.card(tx, one, who))


def clear(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Cleared…*: what should they know?"""
    return _form(tx, request, blocker_views.clear_form)


def cannot(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Cannot yet…*: what does it take?"""
    return _form(tx, request, blocker_views.cannot_form)


def hand_on(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Not mine, pass on…*: who then?"""
    return _form(tx, request, blocker_views.hand_on_form)


def undo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is not cleared after all."""
    done = clearing.undo(tx, pressed.number(request), request.who)
    if done is None:
        return pressed.say(request, pressed.BLOCKER_GONE)
    said = _why_not(tx, done) if done.refusal else f"{done.blocker.reference} is open again."
    if pressed.in_modal(request):
        return UpdateModal(blocker_views.card(clearing.card(tx, done.blocker, request.who), said))
    return Note(said)


def cleared(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is out of the way."""
    note = request.text(ids.BLOCK_WORDS)
    act = lambda number: clearing.clear(tx, number, note, request.who)  # noqa: E731 - one line says it
    return _submitted(tx, request, act, "{name} is cleared.", note)


def cannot_said(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Why it takes longer."""
    why = request.text(ids.BLOCK_WORDS)
    if why is None:
        return FieldErrors({ids.BLOCK_WORDS: "Say why; one sentence helps them most."})
    told = "{name} stays open; {blocked} is told why."
    act = lambda number: clearing.cannot_yet(tx, number, why, request.who)  # noqa: E731 - one line says it
    return _submitted(tx, request, act, told, why)


def handed_on(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It waits on somebody else."""
    chosen = request.choice(ids.WAITS_ON)
    party = None if chosen is None else rules.party_of(chosen)
    if party is None:
        return FieldErrors({ids.WAITS_ON: CHOOSE})
    if not places.can_be_asked(tx, party):
        return FieldErrors({ids.WAITS_ON: places.STRANGER})
    act = lambda number: clearing.hand_on(tx, number, party, request.who)  # noqa: E731 - one line says it
    return _submitted(tx, request, act, "{name} waits on {waits} now.")


# ---------------------------------------------------------------------------------------------------------


def _form(tx: Tx, request: ButtonRequest, view: Callable[[Blocker], Mapping[str, Any]]) -> ButtonReply:
    one = clearing.see(tx, pressed.number(request), request.who)
    if one is None:
        return pressed.say(request, pressed.BLOCKER_GONE)
    if one.state is not BlockerState.OPEN:
        return pressed.say(request, _why_not(tx, Done(one, Refusal.ALREADY)))
    if not clearing.may_clear(tx, one, request.who):
        return pressed.say(request, _why_not(tx, Done(one, Refusal.NOT_THEIRS)))
    return pressed.open_view(request, view(one))


def _submitted(
    tx: Tx, request: SubmitRequest, act: Callable[[int], Done | None], words: str, note: str | None = None
) -> SubmitReply:
    form = forms.read(BlockerForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    done = act(form.number)
    if done is None:
        return UpdateModal(modals.told("Not there any more", pressed.BLOCKER_GONE))
    if done.refusal is Refusal.SAME:
        return FieldErrors({ids.WAITS_ON: "It waits on them already. Choose somebody else."})
    if done.refusal is None:
        links.read(tx, done.blocker.reference, note, request.who)
    card = clearing.card(tx, done.blocker, request.who)
    name, blocked = done.blocker.reference, card.name(done.blocker.blocked)
    said = words.format(name=name, blocked=blocked, waits=card.waits)
    return UpdateModal(blocker_views.card(card, _why_not(tx, done) if done.refusal else said))


def _why_not(tx: Tx, done: Done) -> str:
    one, names = done.blocker, clearing.names_of(tx, done.blocker)
    if done.refusal is Refusal.NOT_THEIRS:
        return f"{one.reference} is for {names} to clear."
    standing = {
        BlockerState.OPEN: "open",
        BlockerState.CLEARED: "cleared already",
        BlockerState.WITHDRAWN: "none any more",
    }
    return f"{one.reference} is {standing[one.state]}."
