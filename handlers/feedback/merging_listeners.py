"""Slack in: merging feedback, and taking it apart."""

from handlers.feedback import alike, answering, cards, ids, merging, merging_views, service
from handlers.feedback.merging import Refusal
from handlers.feedback.merging_views import MergeForm
from handlers.feedback.rules import title_of
from handlers.kit import forms, limits
from handlers.kit.references import find_references, parse_reference
from handlers.kit.replies import (
    ButtonReply,
    FieldErrors,
    Options,
    SubmitReply,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, OptionsRequest, SubmitRequest, Who
from handlers.kit.shortening import shorten
from storage.database import Tx
from storage.feedback import finding
from storage.feedback import queries as feedbacks
from storage.feedback.values import GROWING, OPEN, Feedback, FeedbackState, Filters, Spurned
from storage.values import PersonId

OFFERED = 20
CHOOSE = "Choose the one it is the same as."
CHOOSE_PART = "Choose the one to merge."


def command(tx: Tx, who: Who, rest: str) -> View | None:
    """`/capture merge`, `merge F-2`, `merge F-2 into F-1`: the form; None for what is no such."""
    named = find_references(rest.upper())
    left = [word for word in rest.casefold().split() if parse_reference(word) is None]
    if any(one.letter != "F" for one in named) or len(named) > 2 or left not in ([], ["into"], ["with"]):
        return None
    if not named:
        return None if left else merging_views.form(None)
    into = named[1].number if len(named) == 2 else None
    return _form(tx, who, named[0].number, into)


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Which one is it the same as?"""
    number, *_ = forms.numbers(request.value)
    return forms.open_view(request, _form(tx, request.who, number))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Merge them, or say at which field what is wrong."""
    form = forms.read(MergeForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    done = chosen(tx, request, form)
    return done if isinstance(done, FieldErrors) else UpdateModal(_merged(tx, *done, request.who.person))


def chosen(tx: Tx, request: SubmitRequest, form: MergeForm) -> tuple[Feedback, Feedback] | FieldErrors:
    """Merge what the form says: the part and what it is part of now, or what is wrong at which field."""
    part = form.number or _number(request, ids.BLOCK_PART)
    into = _number(request, ids.BLOCK_INTO) or _number(request, ids.BLOCK_NEAR)
    if not part or not into:  # at the one menu that each of the forms has; Slack itself asks for the other
        return FieldErrors({ids.BLOCK_INTO: CHOOSE if part else CHOOSE_PART})
    done = merging.merge(tx, part, into, request.who)
    return FieldErrors({ids.BLOCK_INTO: done.value}) if isinstance(done, Refusal) else done


def same(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is the one that was offered on its card."""
    part, into, *_ = (*forms.numbers(request.value), 0)
    done = merging.merge(tx, part, into, request.who)
    if isinstance(done, Refusal):
        return forms.say(request, done)
    return forms.open_view(request, _merged(tx, *done, request.who.person))


def spurn_new(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """It is none of those that were offered: nothing is offered for it any more."""
    return _spurned(tx, request, Spurned.NEW)


def spurn_later(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Not now: its cards in messages offer nothing any more; in a window it is offered still."""
    return _spurned(tx, request, Spurned.LATER)


def take_apart(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """They stand for themselves again."""
    number, *_ = forms.numbers(request.value)
    done = service.part(tx, number, request.who)
    if isinstance(done, Refusal):
        return forms.say(request, done)
    return forms.open_view(request, merging_views.parted(*done))


def found(tx: Tx, request: OptionsRequest) -> Options:
    """Open feedback they may see, by its number or its words."""
    named = parse_reference(request.value)
    one = None
    if named is not None and named.letter == "F":
        one = feedbacks.see(tx, named.number, service.viewer(request.who))
    page, _ = finding.find(tx, service.viewer(request.who), Filters(words=request.value), OFFERED)
    several = [each for each in page if each.state in OPEN]
    return Options([_option(each) for each in ([one] if one is not None else several)])


# ---------------------------------------------------------------------------------------------------------


def _spurned(tx: Tx, request: ButtonRequest, said: Spurned) -> ButtonReply:
    number, *_ = forms.numbers(request.value)
    done = merging.spurn(tx, number, request.who, said)
    if isinstance(done, Refusal):
        return forms.say(request, done)
    return forms.open_view(request, cards.shown(tx, done, request.who)) if forms.in_modal(request) else None


def _form(tx: Tx, who: Who, number: int, into: int | None = None) -> View:
    feedback = feedbacks.see(tx, number, service.viewer(who))
    if feedback is None or feedback.state not in GROWING:
        return forms.told("Not merged", Refusal.GONE if feedback is None else Refusal.OVER)
    if feedback.state is FeedbackState.MERGED:
        return cards.shown(tx, feedback, who)
    if not merging.may_merge(tx, feedback, who):
        return forms.told("Not yours to merge", Refusal.NOT_YOURS)
    near = alike.near(tx, feedback, service.viewer(who))
    chosen = None if into is None else feedbacks.see(tx, into, service.viewer(who))
    return merging_views.form(feedback, near, None if chosen is None else _option(chosen))


def _merged(tx: Tx, part: Feedback, whole: Feedback, person: PersonId) -> View:
    return merging_views.merged(part, whole, answering.known(tx, whole, person))


def _number(request: SubmitRequest, block: str) -> int:
    number, *_ = forms.numbers(request.choice(block) or "0")
    return number


def _option(feedback: Feedback) -> tuple[str, str]:
    words = f"{feedback.reference} {title_of(feedback.words, feedback.kind)}"
    return shorten(words, limits.OPTION), str(feedback.number)
