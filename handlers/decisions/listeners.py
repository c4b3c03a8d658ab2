"""Slack in: the buttons on a decision, and the small forms they open. One call into the service each."""

from collections.abc import Callable

from handlers.decisions import cards, ids, modals, pressed, rules, service, views
from handlers.decisions.modals import NumberForm
from handlers.decisions.pressed import GONE
from handlers.decisions.service import Done, Refusal
from handlers.decisions.views import Card
from handlers.kit import forms
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.kit.role_names import known
from handlers.kit.roles import ROLES
from handlers.links import service as links
from storage.database import Tx
from storage.decisions.values import Decision, DecisionState, Stance
from storage.people import queries as people
from storage.roles.values import Rule
from storage.values import PersonId
from storage.worktime import queries as worktimes

ONE_MOMENT = "One moment, I am learning who you are. Please press it again."
NOTED = {
    Stance.AGREE: "Noted: you agree with {name}.",
    Stance.OBJECT: "Noted: you object to {name}.",
    Stance.NO_VIEW: "Noted: you have no view on {name}.",
}


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open the card."""
    decision = pressed.decision(tx, request)
    if decision is None:
        return pressed.say(request, GONE)
    return pressed.open_view(request, modals.shown(cards.card(tx, decision, request.who)))


@known
def opens(tx: Tx, who: Who, number: int) -> View | None:
    """The card, for somebody who meets it elsewhere."""
    decision = cards.see(tx, number, who)
    return None if decision is None else modals.shown(cards.card(tx, decision, who))


def approve(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Its approver decides it, as they saw it."""
    if not people.learned(tx, request.who.person):
        return pressed.say(request, ONE_MOMENT)
    number, seen, *_ = (*pressed.numbers(request), 0)
    done = service.approve(tx, number, seen, request.who)
    if done is not None and done.refusal is Refusal.CHANGED:
        return pressed.open_view(
            request, modals.changed_meanwhile(cards.card(tx, done.decision, request.who))
        )
    return _answer(tx, request, done, "{name} is decided.")


def agree(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """A contributor agrees."""
    return _stance(tx, request, Stance.AGREE)


def no_view(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """A contributor has no view."""
    return _stance(tx, request, Stance.NO_VIEW)


def ask_missing(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Not yet: ask what is missing."""
    return _form(tx, request, rules.may_approve, modals.not_yet)


def ask_objection(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """A contributor objects: ask why."""
    return _form(tx, request, rules.may_answer, modals.objection)


def not_yet_said(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What is missing before its approver would approve it."""
    return _reason(tx, request, service.not_yet, "{name} stays proposed{told}.")


def objected(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Why a contributor objects."""

    def answer(tx: Tx, number: int, reason: str, who: Who) -> Done | None:
        return service.answer(tx, number, Stance.OBJECT, reason, who)

    return _reason(tx, request, answer, NOTED[Stance.OBJECT])


def keep(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It still holds: ask when to look at it again."""
    decision = pressed.decision(tx, request)
    if decision is None:
        return pressed.say(request, GONE)
    if decision.state is not DecisionState.DECIDED:
        return pressed.say(request, _why_not(tx, Done(decision, Refusal.ALREADY), request.who))
    if not rules.may_change(decision, request.who.person, admin=request.who.admin):
        return pressed.say(request, _why_not(tx, Done(decision, Refusal.NOT_THEIRS), request.who))
    today = worktimes.today(tx, request.who.person)
    return pressed.open_view(request, modals.keep(decision, rules.next_review(decision, today)))


def kept(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """When to look at it again, or never."""
    form, day = forms.read(NumberForm, request.metadata), request.day(ids.BLOCK_REVIEW)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    if day is not None and day <= worktimes.today(tx, request.who.person):
        return FieldErrors({ids.BLOCK_REVIEW: "Choose a day after today, or none."})
    done = service.keep(tx, form.number, form.seen, day, request.who)
    again = f"I ask again on {views.day(day)}." if day else "Nobody is asked again."
    return _told(tx, done, f"{{name}} stays as it is. {again}", request.who)


def withdraw(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Take it back."""
    return _answer(
        tx, request, service.withdraw(tx, pressed.numbers(request)[0], request.who), "{name} is withdrawn."
    )


# ---------------------------------------------------------------------------------------------------------


def _stance(tx: Tx, request: ButtonRequest, stance: Stance) -> ButtonReply:
    if not people.learned(tx, request.who.person):
        return pressed.say(request, ONE_MOMENT)
    done = service.answer(tx, pressed.numbers(request)[0], stance, None, request.who)
    return _answer(tx, request, done, NOTED[stance])


def _form(
    tx: Tx,
    request: ButtonRequest,
    may: Callable[[Decision, PersonId], bool],
    view: Callable[[Decision], View],
) -> ButtonReply:
    decision = pressed.decision(tx, request)
    if decision is None:
        return pressed.say(request, GONE)
    if not may(decision, request.who.person):
        over = decision.state is not DecisionState.PROPOSED
        refusal = Refusal.ALREADY if over else Refusal.NOT_THEIRS
        return pressed.say(request, _why_not(tx, Done(decision, refusal), request.who))
    return pressed.open_view(request, view(decision))


def _reason(
    tx: Tx, request: SubmitRequest, act: Callable[[Tx, int, str, Who], Done | None], words: str
) -> SubmitReply:
    form, reason = forms.read(NumberForm, request.metadata), request.text(ids.BLOCK_REASON)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    if not people.learned(tx, request.who.person):
        return FieldErrors({ids.BLOCK_REASON: "One moment, I am learning who you are. Please send it again."})
    if reason is None:
        return FieldErrors({ids.BLOCK_REASON: "Say why; one sentence helps them most."})
    return _told(tx, act(tx, form.number, reason, request.who), words, request.who, reason)


def _answer(tx: Tx, request: ButtonRequest, done: Done | None, words: str) -> ButtonReply:
    """In a modal the card as it is now; elsewhere one sentence."""
    if done is None:
        return pressed.say(request, GONE)
    if done.refusal is not None:
        return pressed.say(request, _why_not(tx, done, request.who))
    if pressed.in_modal(request):
        return UpdateModal(modals.shown(cards.card(tx, done.decision, request.who)))
    said = words.format(name=done.decision.reference)
    return pressed.say(request, said)


def _told(tx: Tx, done: Done | None, words: str, who: Who, reason: str = "") -> SubmitReply:
    if done is None:
        return UpdateModal(modals.told("Not there any more", GONE))
    if done.refusal:
        return UpdateModal(modals.told("Not saved", _why_not(tx, done, who)))
    about, driver = done.decision.reference, done.decision.details.driver
    told = "" if driver == who.person else f"; {cards.card(tx, done.decision).name(driver)} is told why"
    said = words.format(name=about, told=told)
    return UpdateModal(modals.noted(about, said, links.read(tx, about, reason, who)))


def _why_not(tx: Tx, done: Done, who: Who) -> str:
    decision, card = done.decision, cards.card(tx, done.decision, who)
    name, changer = str(decision.reference), card.name(decision.changed_by)
    if done.refusal is Refusal.CHANGED:
        return f"{name} was changed meanwhile by {changer}. Open it again to see how it reads now."
    if done.refusal is Refusal.NOT_THEIRS:
        return _whose(card)
    match decision.state:
        case DecisionState.DECIDED:
            decider = "you" if decision.decided_by == who.person else card.name(decision.decided_by)
            return f"{name} is decided already, by {decider}."
        case DecisionState.SUPERSEDED:
            return f"{name} was replaced by D-{decision.replaced_by} meanwhile."
        case DecisionState.WITHDRAWN:
            return f"{name} was withdrawn by {changer}; nothing is needed any more."
        case _:
            return f"{name} is not decided yet."


def _whose(card: Card) -> str:
    decision, details = card.decision, card.decision.details
    word, driver = ROLES.word(Rule.DRIVER), card.name(details.driver)
    if decision.state is DecisionState.PROPOSED and details.approver:
        return f"Only {card.name(details.approver)} approves {decision.reference}. {word}: {driver}."
    return f"That is not for you to do. {word} of {decision.reference}: {driver}."
