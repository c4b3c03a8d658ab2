"""Asking for what was said before, in one's own words: chosen by somebody, or said in the very same words."""

from collections.abc import Callable
from dataclasses import replace

from handlers.feedback import cards, ids
from handlers.feedback.service import Saved, viewer
from handlers.kit import forms
from handlers.kit.replies import ButtonReply
from handlers.kit.requests import ButtonRequest, SubmitRequest
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import asking, family, reactions, reopenings
from storage.feedback import queries as feedbacks
from storage.feedback.values import KEPT, Feedback, FeedbackState, NewFeedback, same
from storage.values import Audience, AudienceKind, folded

GONE = "That is not there any more."


def chosen(tx: Tx, request: SubmitRequest, new: NewFeedback) -> Saved | None:
    """*It is this one*: join what somebody chose, if they may see it."""
    picked = request.choice(ids.BLOCK_NEAR)
    if picked is None or not picked.isdecimal() or len(picked) > 9:
        return None
    number = family.whole(tx, int(picked))
    feedback = feedbacks.see_to_change(tx, number, viewer(request.who))
    return None if feedback is None or feedback.state not in KEPT else join(tx, feedback, new)


def said_before(
    tx: Tx, new: NewFeedback, audience: Audience, equal: Callable[[], int | None]
) -> Saved | None:
    """The very same words were said before, where as many could read them: join that, nobody has to choose.

    `equal` is what was found of them. What is said in private never tells by itself, to those who see more, that
    somebody asked.
    """
    if audience.kind is not AudienceKind.WORKSPACE:
        return None
    number = equal()
    feedback = None if number is None else feedbacks.hold(tx, number)
    return None if feedback is None else join(tx, feedback, new)


def join(tx: Tx, feedback: Feedback, new: NewFeedback) -> Saved:
    """They want it too: their words are kept as they said them, once, and the account counts once."""
    supports = feedbacks.support(tx, feedback.number, new.captured_by)
    theirs = [one for one in asking.asked(tx, feedback.number) if one.person == new.captured_by]
    said = next((one for one in theirs if _again(new, one.words, one.account)), None)
    if said is not None or (
        feedback.captured_by == new.captured_by and _again(new, feedback.words, feedback.account)
    ):
        return Saved(feedback, known=True, asked=said, supports=supports)
    asked = asking.ask(tx, feedback, new.captured_by, new.account, new.words)
    feedbacks.mark_touched(tx, feedback.number)
    if feedback.state is FeedbackState.DECLINED:
        reopenings.look_again(tx, feedback.number, tx.now)
        tx.wake("clock")
    audit.note(tx, new.captured_by, "feedback.asked", str(feedback.reference), source=new.source)
    cards.changed(tx, feedback)
    return Saved(replace(feedback, touched=True), known=True, asked=asked, supports=supports)


def _again(new: NewFeedback, words: str | None, account: str | None) -> bool:
    """Whether somebody says what they said before, for nobody else."""
    return same(new.words) == same(words) and (
        new.account is None or folded(new.account) == folded(account or "")
    )


def unask(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Whoever asked takes it back."""
    which, _, new = request.value.partition("|")
    asked = asking.find(tx, which)
    feedback = None if asked is None else feedbacks.hold(tx, asked.number)
    if asked is None or feedback is None or asked.person != request.who.person:
        return forms.say(request, GONE)
    asking.forget(tx, which)
    others = [
        one
        for one in asking.asked(tx, asked.number)
        if (one.person, one.number) == (asked.person, asked.number)
    ]
    if new == "1" and not others and feedback.captured_by != asked.person:
        reactions.unsupport(tx, asked.number, asked.person)
    audit.note(tx, asked.person, "feedback.unasked", str(feedback.reference))
    cards.changed(tx, feedback)
    return forms.say(request, f"Undone: you do not ask for {feedback.reference} any more.")
