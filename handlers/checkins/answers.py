"""Slack in: opening the questions, and what somebody submits."""

from datetime import date

from handlers.checkins import answering, cards, ids, modals, pressed, rules
from handlers.checkins.answering import Typed
from handlers.checkins.modals import RoundForm
from handlers.kit import forms
from handlers.kit.dates import say_day
from handlers.kit.functions import FUNCTIONS
from handlers.kit.replies import (
    ButtonReply,
    FieldErrors,
    OpenModal,
    Options,
    SubmitReply,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, OptionsRequest, SubmitRequest, Who
from storage.checkins import rounds
from storage.checkins.values import CheckIn, Round, RoundState
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import queries as schedules

NOT_IN_IT = "You do not take part in {name}. “Take part” on its card does."
NOT_ASKED = "{name} has no round under way. {next}"
OVER = "The round of {day} is over for too long; the next one takes your words."
MOST_OFFERED = 50
OUTSIDE = "Outside:"


def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Answer*, or *Change my answer*."""
    checkin = pressed.checkin(tx, request)
    if checkin is None:
        return pressed.say(request, pressed.GONE)
    found = open_form(tx, checkin, pressed.day(request), request.who)
    if isinstance(found, str):
        return pressed.say(request, found)
    return UpdateModal(found) if pressed.in_modal(request) else OpenModal(found)


def open_form(tx: Tx, checkin: CheckIn, on: date | None, who: Who) -> View | str:
    """The questions of a round, or of the one under way; else why there are none."""
    found = _round(tx, checkin, on, who)
    if who.person not in schedules.people_of(tx, checkin.series) and not _has_said(tx, found, who):
        return NOT_IN_IT.format(name=checkin.reference)
    if found is None:
        card = cards.card(tx, checkin)
        following = f"The next one begins on {say_day(card.next_on)}." if card.next_on else "It does not run."
        return NOT_ASKED.format(name=checkin.reference, next=following)
    if not rules.takes_late(found, tx.now):
        return OVER.format(day=say_day(found.on))
    return modals.asking(answering.asking(tx, checkin, found, who))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it, or say which field is wrong."""
    form = forms.read(RoundForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    checkin, found = cards.see(tx, form.number, request.who), rounds.hold(tx, form.number, form.on)
    if checkin is None or found is None:
        return UpdateModal(modals.told("Not there any more", pressed.GONE))
    typed = _typed(request, found)
    if errors := _errors(tx, typed, request.who):
        return FieldErrors(errors)
    if not rules.takes_late(found, tx.now):
        return UpdateModal(modals.too_late(found, typed.words))
    kept = answering.keep(tx, checkin, found, typed, request.who)
    follows = answering.consequences(tx, kept, request.who.zone)
    return UpdateModal(modals.answered(found, follows, answering.linked(tx, kept, request.who)))


def parties(tx: Tx, request: OptionsRequest) -> Options:
    """Who something may wait on: functions, then people, then somebody outside of that name."""
    typed = " ".join(request.value.split())
    functions = [(name, f"f:{one}") for one, name in FUNCTIONS.items() if typed.casefold() in name.casefold()]
    found = [one for one in people.named(tx, typed, MOST_OFFERED) if one.id != request.who.person]
    persons = [(one.name, f"p:{one.id}") for one in found]
    outside = typed.removeprefix(OUTSIDE).strip()[: rules.PARTY_LIMIT]
    return Options([*functions, *persons, *([(f"{OUTSIDE} {outside}", f"o:{outside}")] if outside else [])])


# ---------------------------------------------------------------------------------------------------------


def _round(tx: Tx, checkin: CheckIn, on: date | None, who: Who) -> Round | None:
    """The round named, else the one under way, else one that has just ended and lacks their answer."""
    if on is not None:
        return rounds.find(tx, checkin.number, on)
    under_way = cards.open_round(tx, checkin.number, who.person)
    if under_way is not None:
        return under_way
    last = next(iter(rounds.last(tx, checkin.number, 1)), None)
    today = last is not None and last.state is not RoundState.OPEN and last.on >= tx.now.date()
    return last if today else None


def _has_said(tx: Tx, found: Round | None, who: Who) -> bool:
    return found is not None and rounds.answer_of(tx, found.number, found.on, who.person) is not None


def _typed(request: SubmitRequest, found: Round) -> Typed:
    plain = [request.text(ids.block_question(at)) for at in range(len(found.questions) - 1)]
    stuck, chosen = request.text(ids.BLOCK_BLOCKER), request.choice(ids.WAITS_ON)
    return Typed((*plain, stuck), None if chosen is None else rules.party_of(chosen))


def _errors(tx: Tx, typed: Typed, who: Who) -> dict[str, str]:
    errors = rules.answer_errors(typed.words[:-1], typed.words[-1], typed.party)
    waits_on = None if typed.party is None else typed.party.person
    if errors or waits_on is None:
        return errors
    if waits_on == who.person:
        return {ids.WAITS_ON: "That is you. Choose who else it waits on."}
    known = people.person(tx, waits_on)
    if known is None or known.kind not in rules.CAN_ANSWER:
        return {ids.WAITS_ON: "I do not know that person. Choose another one, or a function."}
    return {}
