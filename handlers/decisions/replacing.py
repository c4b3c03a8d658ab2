"""Slack in: superseding a decision, by the command, the button on its card, or the review's."""

from handlers.decisions import cards, modals, pressed, service
from handlers.decisions.consequences import consequences, sees
from handlers.decisions.naming import placed
from handlers.decisions.pressed import GONE
from handlers.decisions.service import Refusal
from handlers.kit.references import parse_reference
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, Who
from storage.database import Tx
from storage.decisions.values import Decision, DecisionState

WHICH = "Which one? Type `/decision supersede D-7`; `/decision list` shows them all."


def command(tx: Tx, who: Who, rest: str) -> CommandReply:
    """`/decision supersede D-7`: the form for what is decided instead."""
    if not rest:
        return Text(WHICH)
    reference = parse_reference(rest)
    named = reference is not None and reference.letter == "D"
    old = cards.see(tx, reference.number, who) if reference is not None and named else None
    if old is None:
        return Text(GONE)
    refusal = service.may_replace(old, who)
    return Text(why_not(tx, old, refusal)) if refusal else OpenModal(form(tx, old, who))


def button(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Supersede* on a card."""
    old = pressed.decision(tx, request)
    if old is None:
        return pressed.say(request, GONE)
    refusal = service.may_replace(old, request.who)
    if refusal:
        return pressed.say(request, why_not(tx, old, refusal))
    return pressed.open_view(request, form(tx, old, request.who))


def submitted(tx: Tx, number: int, what: str, who: Who) -> SubmitReply:
    """Record what is decided instead."""
    done = service.replace_by(tx, number, what, who)
    if done is None:
        return UpdateModal(modals.told("Not there any more", GONE))
    if done.refusal:
        return UpdateModal(modals.told("Not superseded", why_not(tx, done.decision, done.refusal)))
    card = cards.card(tx, done.decision, who)
    return UpdateModal(modals.saved(card, consequences(card, cards.place(tx, done.decision))))


def form(tx: Tx, old: Decision, who: Who) -> View:
    """The form for what is decided instead."""
    approver = placed(old.details).approver
    waits = None if approver in (None, who.person) else cards.card(tx, old).name(approver)
    return modals.supersede(old, waits, sees(cards.place(tx, old)))


def why_not(tx: Tx, old: Decision, refusal: Refusal) -> str:
    """Why it cannot be replaced, and what to do instead."""
    name = str(old.reference)
    if refusal is Refusal.NOT_THEIRS:
        roles = (old.details.driver, old.details.approver, old.recorded_by)
        who = cards.card(tx, old).listed(dict.fromkeys(one for one in roles if one is not None))
        return f"Only {who} can supersede {name}."
    if old.state is DecisionState.PROPOSED:
        return f"{name} is not decided yet: change it under “More” instead."
    if old.state is DecisionState.WITHDRAWN:
        return f"{name} was withdrawn; record a new one with `/decision`."
    if old.state is DecisionState.SUPERSEDED:
        return f"{name} was replaced by D-{old.replaced_by} already; supersede that one."
    return f"D-{old.replaced_by} is proposed to replace {name} already; change that one."
