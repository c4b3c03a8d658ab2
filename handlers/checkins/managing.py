"""Slack in: a check-in's card and what can be pressed on it."""

from collections.abc import Callable, Mapping

from handlers.checkins import cards, modals, pausing, places, pressed, rules, service
from handlers.checkins.starting import whose
from handlers.kit.dates import say_day
from handlers.kit.replies import ButtonReply, Note, UpdateModal, View
from handlers.kit.requests import ButtonRequest, Who
from storage.checkins import queries as checkins
from storage.checkins.values import CheckIn
from storage.database import Tx
from storage.schedules.values import SeriesState

NEXT = "The next one is on {day}."
Deed = Callable[[Tx, CheckIn, Who], str]


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open the card."""
    checkin = pressed.checkin(tx, request)
    if checkin is None:
        return pressed.say(request, pressed.GONE)
    return pressed.open_view(request, modals.shown(cards.card(tx, checkin, request.who)))


def opens(tx: Tx, who: Who, number: int) -> View | None:
    """The card, for somebody who meets it elsewhere."""
    checkin = cards.see(tx, number, who)
    return None if checkin is None else modals.shown(cards.card(tx, checkin, who))


def join(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Take part."""
    return _own(tx, request, service.join, "You take part in {name} from the next date on.")


def leave(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Take part no more."""
    return _own(tx, request, service.leave, "You do not take part in {name} any more.")


def pause(tx: Tx, checkin: CheckIn, who: Who) -> str:
    """Ask nobody for a while."""
    if checkin.state is not SeriesState.ACTIVE:
        return f"{checkin.reference} does not run, so there is nothing to pause."
    pausing.pause(tx, checkin, who.person)
    return f"{checkin.reference} is paused: nobody is asked until you resume it."


def resume(tx: Tx, checkin: CheckIn, who: Who) -> str:
    """Go on."""
    if checkin.state is not SeriesState.PAUSED:
        return f"{checkin.reference} is not paused."
    if (found := pausing.resume(tx, checkin, who.person)) is not None:
        return f"{checkin.reference} stays paused. {places.words(tx, found, checkin.channel)}"
    return f"{checkin.reference} is on again. {_next(tx, checkin)}"


def skip(tx: Tx, checkin: CheckIn, who: Who) -> str:
    """Leave out the next date."""
    day = pausing.skip(tx, checkin, who.person)
    if day is None:
        return f"{checkin.reference} does not run, so there is nothing to skip."
    return f"{checkin.reference} leaves out {say_day(day)}. {_next(tx, checkin)}"


def run(tx: Tx, checkin: CheckIn, who: Who) -> str:
    """Ask now."""
    if not rules.can_run(checkin) or not pausing.run_now(tx, checkin, who.person):
        return f"{checkin.reference} is paused or nobody takes part, so nobody is asked."
    return f"On it: whoever works today and was not asked in {checkin.reference} yet is asked now."


def end(tx: Tx, checkin: CheckIn, who: Who) -> str:
    """Ask nobody any more."""
    if checkin.state is SeriesState.ENDED:
        return f"{checkin.reference} has ended already."
    pausing.end(tx, checkin, who.person)
    return f"{checkin.reference} has ended. What was said is kept."


def _guarded(deed: Deed) -> Deed:
    """For whoever runs it, and admins."""

    def guarded(tx: Tx, checkin: CheckIn, who: Who) -> str:
        if not rules.may_manage(checkin, who.person, admin=who.admin):
            return whose(tx, checkin.number, who)
        return deed(tx, checkin, who)

    return guarded


DEEDS: Mapping[str, Deed] = {
    "pause": _guarded(pause),
    "resume": _guarded(resume),
    "skip": _guarded(skip),
    "run": _guarded(run),
    "end": _guarded(end),
}


def deed(name: str) -> Callable[[Tx, ButtonRequest], ButtonReply]:
    """The button that does the same as the word behind the command."""

    def run(tx: Tx, request: ButtonRequest) -> ButtonReply:
        checkin = pressed.checkin(tx, request)
        if checkin is None:
            return pressed.say(request, pressed.GONE)
        return _answer(tx, request, checkin, DEEDS[name](tx, checkin, request.who))

    return run


# ---------------------------------------------------------------------------------------------------------


def _own(
    tx: Tx, request: ButtonRequest, act: Callable[[Tx, CheckIn, Who], str | None], words: str
) -> ButtonReply:
    checkin = pressed.checkin(tx, request)
    if checkin is None:
        return pressed.say(request, pressed.GONE)
    refused = act(tx, checkin, request.who)
    return _answer(tx, request, checkin, refused or words.format(name=checkin.reference))


def _answer(tx: Tx, request: ButtonRequest, checkin: CheckIn, said: str) -> ButtonReply:
    """In a modal the card as it is now, with what happened; elsewhere one sentence."""
    if not pressed.in_modal(request):
        return Note(said)
    return UpdateModal(modals.shown(cards.card(tx, checkins.must(tx, checkin.number), request.who), said))


def _next(tx: Tx, checkin: CheckIn) -> str:
    card = cards.card(tx, checkins.must(tx, checkin.number))
    return NEXT.format(day=say_day(card.next_on)) if card.next_on else "Nobody takes part yet."
