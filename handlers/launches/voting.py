"""Slack in: *Go / no-go…*, opening and closing the vote, and voting. One call into the gate each."""

from handlers.kit import forms
from handlers.kit.functions import FUNCTIONS
from handlers.kit.replies import ButtonReply, FieldErrors, Note, SubmitReply, UpdateModal
from handlers.kit.requests import ButtonRequest, SubmitRequest
from handlers.launches import cards, gate, ids, listing, modals, rules
from handlers.launches.gate import Refused, Result
from handlers.launches.modals import LaunchForm, VoteForm
from handlers.launches.rules import VOTES
from handlers.launches.shown import together
from handlers.links import service as links
from storage.database import Tx
from storage.launches import queries as launches
from storage.launches.values import Gate, Vote
from storage.people import queries as people
from storage.values import FunctionId

ONE_MOMENT = "One moment, I am learning who you are. Please press it again."
CHANGED = "It was changed meanwhile. Open it again to see how it stands now."
NOT_OPEN = "No vote is open."
NO_FUNCTION = "That function is retired, so nobody votes for it any more."


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The vote as it stands."""
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    return forms.open_view(request, modals.gate(cards.shown(tx, launch, request.who)))


def opened(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Open the vote: each function's lead is asked."""
    form = forms.read(LaunchForm, request.metadata)
    launch = None if form is None else cards.see(tx, form.number, request.who)
    if form is None or launch is None:
        return UpdateModal(forms.TOO_OLD if form is None else forms.told("Not opened", listing.GONE))
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return UpdateModal(forms.told("Not opened", listing.whose(tx, launch)))
    shown, chosen = cards.shown(tx, launch, request.who), request.choices(ids.BLOCK_FUNCTIONS)
    required = [one.function for one in shown.leads if one.function in chosen]
    nobody = [FUNCTIONS[one] for one in required if shown.lead(one) is None]
    if nobody or not required:
        none = "Choose at least one function." if not required else ""
        first = (
            f"Nobody sees to {together(nobody)} yet; name somebody under Owners… first." if nobody else none
        )
        return FieldErrors({ids.BLOCK_FUNCTIONS: first})
    now = gate.open_vote(tx, launch, required, request.who) if launch.version == form.seen else None
    if now is None:
        return UpdateModal(forms.told("Not opened", CHANGED))
    return UpdateModal(modals.gate(cards.shown(tx, now, request.who)))


def close(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Close the vote, whoever has not voted."""
    number = forms.numbers(request.value)[0]
    launches.hold(tx, number)
    launch = cards.see(tx, number, request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.say(request, listing.whose(tx, launch))
    if launch.gate is not Gate.OPEN:
        return forms.say(request, NOT_OPEN)
    now = gate.close(tx, cards.shown(tx, launch, request.who), request.who.person)
    return forms.open_view(request, modals.gate(cards.shown(tx, now, request.who)))


def go(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Go*, which needs no reason."""
    if not people.learned(tx, request.who.person):
        return forms.say(request, ONE_MOMENT)
    number, round_, function = _value(request)
    if function is None:
        return forms.say(request, NO_FUNCTION)
    result = gate.vote(tx, number, round_, function, Vote.GO, None, request.who)
    if result is None or result.refused is not None:
        return forms.say(request, listing.GONE if result is None else why_not(result, function))
    if forms.in_modal(request):
        return UpdateModal(modals.gate(result.shown))
    return Note(f"Noted: {VOTES[Vote.GO]} for {FUNCTIONS[function]} on {result.shown.launch.reference}.")


def ask_why(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Every other vote has a reason: ask for it."""
    number, round_, function = _value(request)
    if function is None:
        return forms.say(request, NO_FUNCTION)
    result = gate.look(tx, number, round_, function, request.who)
    if result is None or result.refused is not None:
        return forms.say(request, listing.GONE if result is None else why_not(result, function))
    said = Vote(request.action_id.partition(":")[2])
    return forms.open_view(request, modals.vote_why(result.shown, function, said))


def voted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """A vote with its reason."""
    form, reason = forms.read(VoteForm, request.metadata), request.text(ids.BLOCK_REASON)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    if not people.learned(tx, request.who.person):
        return FieldErrors({ids.BLOCK_REASON: ONE_MOMENT})
    if reason is None:
        return FieldErrors({ids.BLOCK_REASON: "Say why; the others go by it."})
    function = FUNCTIONS.chosen(form.function)
    if function is None:
        return UpdateModal(forms.told("Not taken", NO_FUNCTION))
    result = gate.vote(tx, form.number, form.round, function, form.vote, reason, request.who)
    if result is None or result.refused is not None:
        words = listing.GONE if result is None else why_not(result, function)
        return UpdateModal(forms.told("Not taken", words))
    named = links.read(tx, result.shown.launch.reference, reason, request.who)
    return UpdateModal(modals.gate(result.shown, named))


def why_not(result: Result, function: FunctionId) -> str:
    """Why a vote was not taken."""
    shown, launch = result.shown, result.shown.launch
    if result.refused is Refused.NOT_THEIRS:
        return f"{shown.name(shown.lead(function))} votes for {FUNCTIONS[function]} on {launch.reference}."
    if launch.gate is Gate.OPEN:
        return (
            f"That vote on {launch.reference} is over; another one is open. Press Go / no-go… on its board."
        )
    came = f": {VOTES[launch.outcome]}, D-{launch.decision}" if launch.outcome else ""
    return f"The vote on {launch.reference} is closed{came}. Its owner can open another one."


# ---------------------------------------------------------------------------------------------------------


def _value(request: ButtonRequest) -> tuple[int, int, FunctionId | None]:
    number, round_, *_ = (*forms.numbers(request.value), 0, 0)
    return number, round_, FUNCTIONS.chosen(request.value.rpartition("|")[2])
