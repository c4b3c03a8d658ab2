"""Slack in: sorting what came in, one after the other in one window; the next one opens by itself."""

from datetime import date

from handlers.feedback import (
    alike,
    cards,
    ids,
    merging_listeners,
    merging_views,
    outcomes,
    rules,
    saying,
    service,
    triage_views,
    triaging,
)
from handlers.feedback.merging_views import MergeForm
from handlers.feedback.outcomes import Outcome
from handlers.feedback.triage_views import SAME, Shown, TriageForm
from handlers.kit import forms
from handlers.kit.mrkdwn import one_line
from handlers.kit.replies import ButtonReply, FieldErrors, Options, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, Filled, OptionsRequest, SubmitRequest, Who
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import themes as kept_themes
from storage.feedback import triage
from storage.feedback.values import Feedback, FeedbackState, Standing

OFFERED = 20
AHEAD = 30
"""How many are looked at for those the same can be done with."""


def begin(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The window, with the one of a card first."""
    number, *_ = forms.numbers(request.value)
    return forms.open_view(request, page(tx, request.who, first=number))


def page(
    tx: Tx,
    who: Who,
    first: int = 0,
    done: int = 0,
    said: str = "",
    back: tuple[int, tuple[int, ...]] = (0, ()),
) -> View:
    """The next one that waits for this person, or `first` if it still does.

    `back` is how often somebody came back to that one, and which others they had chosen with it.
    """
    found = triaging.queue(tx, who, AHEAD)
    chosen = _seen(tx, who, first) or next(iter(found.next), None)
    if chosen is None:
        return triage_views.nothing(done, said)
    after = [one for one in found.next if one.number != chosen.number]
    theme = triage.find(tx, chosen.number).theme
    turn, also = back if chosen.number == first else (0, ())
    shown = Shown(cards.card(tx, chosen, who.person), after, max(found.count, 1), theme, also, turn)
    return triage_views.item(shown, done, said)


def taken(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """*Take it*: it is theirs now, and the next one follows."""
    form = forms.read(TriageForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    numbers = (form.number, *_same(request, form.number))
    triaging.name_theme(tx, request.who, numbers, _theme(request, form.number))
    said = Standing(None, None, None, request.who.person, tx.now)
    done = triaging.decide(tx, request.who, numbers, Outcome(FeedbackState.TRIAGED, said))
    return UpdateModal(_next(tx, request.who, form.done, done, FeedbackState.TRIAGED))


def later(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It comes up again in a week."""
    number, before, *_ = (*forms.numbers(request.value), 0)
    filled = forms.filled(request)
    numbers = (number, *_same(filled, number))
    triaging.name_theme(tx, request.who, numbers, _theme(filled, number))
    done, until = triaging.postpone(tx, request.who, numbers)
    return forms.open_view(request, _next(tx, request.who, before, done, None, until))


def decide(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Plan…*, *Decline…*, *Answer…*: what was chosen so far is kept, and asked for the rest."""
    number, before, *_ = (*forms.numbers(request.value), 0, 0)
    state = next((one for one in triage_views.DECIDING if one == request.value.rpartition("|")[2]), None)
    feedback = None if state is None else triaging.find(tx, request.who, number)
    if feedback is None or state is None:
        said = triage_views.done([], None)
        return forms.open_view(request, page(tx, request.who, done=before, said=said))
    filled = forms.filled(request)
    form = _going_on(filled, number, before, state)
    triaging.name_theme(tx, request.who, form.numbers, _theme(filled, number))
    return forms.open_view(request, triage_views.decide(feedback, form))


def same_as(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Merge…*: what was chosen so far is kept, and asked which one it is."""
    number, before, *_ = (*forms.numbers(request.value), 0)
    feedback = triaging.find(tx, request.who, number)
    if feedback is None:
        return forms.open_view(request, page(tx, request.who, done=before, said=triage_views.done([], None)))
    filled = forms.filled(request)
    triaging.name_theme(tx, request.who, [number], _theme(filled, number))
    near = alike.near(tx, feedback, service.viewer(request.who))
    way = triage_views.back(_going_on(filled, number, before))
    return forms.open_view(request, merging_views.form(feedback, near, done=before, back=[way]))


def back(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Back* in one of the forms: the one that is being sorted, as it was left."""
    number, before, turn, *also = (*forms.numbers(request.value), 0, 0)
    again = _seen(tx, request.who, number) is not None
    said = "" if again else triage_views.done([], None)
    chosen = tuple(one for one in also[:SAME] if one)
    return forms.open_view(request, page(tx, request.who, number, before, said, (turn, chosen)))


def merged(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is part of the other one, and the next one follows."""
    form = forms.read(MergeForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    done = merging_listeners.chosen(tx, request, form)
    if isinstance(done, FieldErrors):
        return done
    said = f"✓ {done[0].reference} is part of {done[1].reference} now."
    return UpdateModal(page(tx, request.who, done=form.done + 1, said=said))


def decided(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """So it is, and the next one follows."""
    form = forms.read(TriageForm, request.metadata)
    if form is None or form.state not in triage_views.DECIDING:
        return UpdateModal(forms.TOO_OLD)
    feedback = triaging.find(tx, request.who, form.number)
    if feedback is None:
        return UpdateModal(page(tx, request.who, done=form.done, said=triage_views.done([], None)))
    outcome, errors = saying.read(tx, request, feedback, form.state, request.who.person)
    if errors:
        return FieldErrors(errors)
    done = triaging.decide(tx, request.who, form.numbers, outcome)
    return UpdateModal(_next(tx, request.who, form.done, done, form.state))


def themes(tx: Tx, request: OptionsRequest) -> Options:
    """What is offered while somebody types a theme."""
    found = kept_themes.offered(tx, service.viewer(request.who), request.value, OFFERED)
    return Options(triage_views.themes([one.name for one in found], request.value))


# ---------------------------------------------------------------------------------------------------------


def _next(
    tx: Tx,
    who: Who,
    before: int,
    done: list[Feedback],
    state: FeedbackState | None,
    until: date | None = None,
) -> View:
    return page(tx, who, done=before + len(done), said=triage_views.done(done, state, until))


def _going_on(
    filled: Filled, number: int, before: int, state: FeedbackState = FeedbackState.TRIAGED
) -> TriageForm:
    """What a form takes along that the window leads to: what was chosen there, and how often it was come back to."""
    there = forms.read(TriageForm, filled.metadata)
    turn = 0 if there is None else there.turn
    return TriageForm(number=number, also=_same(filled, number), state=state, done=before, turn=turn)


def _seen(tx: Tx, who: Who, number: int) -> Feedback | None:
    """The one a card is about, if it still waits and they may sort it."""
    found = feedbacks.see(tx, number, service.viewer(who)) if number else None
    if found is None or not triaging.waits(found) or not outcomes.may(tx, found, who):
        return None
    return found


def _same(filled: Filled, number: int) -> tuple[int, ...]:
    name = f"{ids.BLOCK_SAME}.{number}"
    block = next((one for one in filled.state if one == name or one.startswith(f"{name}.")), name)
    chosen = filled.choices(block)
    found = [one for value in chosen[:SAME] for one in forms.numbers(value) if one and one != number]
    return tuple(dict.fromkeys(found))


def _theme(filled: Filled, number: int) -> str | None:
    chosen = filled.choice(f"{ids.BLOCK_THEME}.{number}")
    return one_line(chosen)[: rules.THEME_LIMIT].strip() or None if chosen else None
