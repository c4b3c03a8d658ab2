"""What the emoji on a message say: they capture it, support it, choose its kind, and undo it when all are gone.

The listener of reactions calls `settle` after each of them. What it makes of a message depends only on which
emoji stand on it, not on the order in which Slack told us.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.feedback import cards, rules, service
from handlers.kit import places
from storage.areas import queries as areas
from storage.areas.values import Area
from storage.database import Tx
from storage.feedback import family, reactions
from storage.feedback import queries as feedbacks
from storage.feedback.reactions import Heard, News
from storage.feedback.values import GROWING, Feedback, FeedbackState, Kind, MessageRef, NewFeedback, Source
from storage.people.values import Channel
from storage.values import PersonId

ANSWERED_AFTER = timedelta(minutes=3)
"""So long after their emoji those who want it, too, are told what is known of it (`wanting`)."""


def settle(
    tx: Tx,
    channel: Channel | None,
    message: MessageRef,
    author: PersonId | None,
    setter: PersonId | None,
    news: News,
) -> None:
    """Make the feedback of a message what its emoji say, if there is news of them.

    `channel` is where it stands, if capturing is on there. `setter` has just set one; only that brings back
    what was undone, never that somebody else took one away.
    """
    found, all_heard = feedbacks.hold_message(tx, message), reactions.on(tx, message)
    area = areas.asked_of_channel(tx, message.channel)
    if not news():
        return
    feedback, heard = found(), all_heard()
    standing = [one for one in heard if one.standing]
    if feedback is None and standing and channel is not None:
        feedback = _capture(tx, channel, message, author, standing[0], area())
        if len(heard) == 1:
            return
    elif feedback is not None and feedback.state is FeedbackState.UNDONE and setter is not None:
        feedback = service.revive(tx, feedback, setter)
        cards.put(tx, feedback)
    if feedback is not None and feedback.state in GROWING:
        _settle(tx, _of_kind(tx, feedback, standing), heard)


def _capture(
    tx: Tx,
    channel: Channel,
    message: MessageRef,
    author: PersonId | None,
    first: Heard,
    area: Area | None,
) -> Feedback:
    """The first emoji on a message: keep it and show its captor the card; the rest follows the words."""
    audience = places.audience_of(channel.id, channel.kind, first.person, with_us=False)
    new = NewFeedback(
        _kind(first),
        Source.EMOJI,
        first.person,
        message=message,
        author=author,
        area=None if area is None else area.id,
    )
    feedback = service.keep(tx, new, audience, channel)
    cards.put(tx, feedback)
    return feedback


def _of_kind(tx: Tx, feedback: Feedback, standing: Sequence[Heard]) -> Feedback:
    """Its captor's emoji says the kind, until somebody says more about it."""
    said = [one for one in standing if one.person == feedback.captured_by] or standing
    if not said or rules.outlives_emoji(feedback) or _kind(said[0]) is feedback.kind:
        return feedback
    kind = _kind(said[0])
    feedbacks.set_kind(tx, feedback, kind, rules.title_of(feedback.words, kind))
    cards.changed(tx, feedback)
    return replace(feedback, kind=kind, version=feedback.version + 1)


def _settle(tx: Tx, feedback: Feedback, heard: Sequence[Heard]) -> None:
    standing = {one.person for one in heard if one.standing}
    taken_back = {one.person for one in heard} - standing
    if rules.outlives_emoji(feedback):
        taken_back -= {feedback.captured_by}
    before = set(feedbacks.supporters(tx, feedback.number))
    after = (before | standing) - taken_back
    for person in sorted(after - before):
        soon = (
            None if person == feedback.captured_by else tx.now + ANSWERED_AFTER
        )  # who captured it has the card
        feedbacks.support(tx, feedback.number, person, soon)
    for person in sorted(before - after):
        reactions.unsupport(tx, feedback.number, person)
    if not after and _alone(tx, feedback):
        service.withdraw(tx, feedback, FeedbackState.UNDONE, feedback.captured_by)
    elif after != before:
        cards.changed(tx, feedback)


def _alone(tx: Tx, feedback: Feedback) -> bool:
    """Whether nobody's else's counts with it: what was merged outlives its emoji until it is taken apart."""
    return feedback.state is not FeedbackState.MERGED and not family.parts(tx, feedback.number)


def _kind(one: Heard) -> Kind:
    return rules.emoji_kind(one.emoji) or Kind.IDEA
