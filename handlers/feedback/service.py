"""What happens to feedback: captured, supported, undone, objected to, completed."""

from dataclasses import dataclass, replace

from handlers.asks import service as asks
from handlers.feedback import ids, rules, views
from handlers.feedback.views import Card
from handlers.kit import places
from handlers.kit.requests import Who
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import reactions
from storage.feedback.values import Feedback, FeedbackState, Kind, MessageRef, NewFeedback, Source
from storage.outbox import boards
from storage.outbox.calls import enqueue
from storage.outbox.values import Call
from storage.people import queries as people
from storage.people.values import Channel
from storage.things.values import Viewer
from storage.values import Audience, ChannelId, Json, PersonId, PersonKind

TICK = "white_check_mark"
"""Our own reaction: it means the feedback is on disk."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A capture; `known` when the message had been captured before and the person now supports it."""

    feedback: Feedback
    known: bool


def viewer(who: Who) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(who.person, who.kind)


def capture(tx: Tx, new: NewFeedback, audience: Audience) -> Saved:
    """Keep it, and begin what follows: our tick, the words and the link where it came from a message."""
    if new.message is not None and (known := feedbacks.of_message(tx, new.message)) is not None:
        return _join(tx, known, new)
    channel = None if new.message is None else people.channel(tx, new.message.channel)
    return Saved(_keep(tx, new, audience, channel), known=False)


def react(
    tx: Tx, channel: Channel, message: MessageRef, author: PersonId | None, captor: PersonId, kind: Kind
) -> Feedback:
    """The first emoji on a message: keep it and show its captor the card; the rest follows the words."""
    audience = places.audience_of(channel.id, channel.kind, captor, with_us=False)
    new = NewFeedback(kind, Source.EMOJI, captor, message=message, author=author)
    feedback = _keep(tx, new, audience, channel)
    boards.put(tx, card_key(feedback.number), ids.CARD, {"number": feedback.number}, to=captor)
    return feedback


def follow_up(tx: Tx, feedback: Feedback) -> None:
    """Once the words of an emoji capture are known (or will not be): what its people are asked and told."""
    if feedback.source is Source.EMOJI and feedback.state is FeedbackState.NEW:
        if feedback.account is None:
            _ask_account(tx, feedback)
        _tell_author_once(tx, feedback)


def settle_reactions(tx: Tx, channel: Channel, message: MessageRef, author: PersonId | None) -> None:
    """Make the feedback of a message what the emoji standing on it say, in whatever order they came."""
    standing = [(person, kind) for person, name in reactions.standing(tx, message)
                if (kind := rules.emoji_kind(name)) is not None]  # fmt: skip
    feedback = feedbacks.of_message(tx, message)
    if feedback is None:
        if not standing:
            return
        captor, kind = standing[0]
        feedback = react(tx, channel, message, author, captor, kind)
        if len(standing) == 1:
            return
    elif feedback.state is FeedbackState.UNDONE and standing:
        _revive(tx, feedback, standing[0][0])
    if feedback.state is not FeedbackState.OBJECTED:
        _settle_supporters(tx, feedback, [person for person, _ in standing])


def undo(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Take it back; None when this person may not or it is no longer there to take back."""
    feedback = feedbacks.see(tx, number, viewer(who))
    if feedback is None or not rules.may_undo(feedback, who.person):
        return None
    return _withdraw(tx, feedback, FeedbackState.UNDONE, who.person)


def redo(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Bring back what this person had undone."""
    feedback = feedbacks.see(tx, number, viewer(who))
    if feedback is None or feedback.captured_by != who.person or feedback.state is not FeedbackState.UNDONE:
        return None
    return _revive(tx, feedback, who.person)


def objected(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Its author does not want it kept: the words are deleted, and emoji capture it no more."""
    feedback = feedbacks.get(tx, number)
    if feedback is None or not rules.may_object(feedback, who.person):
        return None
    withdrawn = _withdraw(tx, feedback, FeedbackState.OBJECTED, who.person)
    feedbacks.erase_words(tx, feedback)
    return withdrawn


def give_account(tx: Tx, number: int, who: Who, account: str | None) -> Feedback | None:
    """Which account it was for; None is an answer too."""
    feedback = feedbacks.see(tx, number, viewer(who))
    if feedback is None or feedback.state is not FeedbackState.NEW:
        return None
    feedbacks.set_account(tx, number, account)
    asks.answered(tx, account_key(number))
    audit.note(tx, who.person, "feedback.account", str(feedback.reference), given=account is not None)
    changed(tx, feedback)
    return replace(feedback, account=account)


def edit(
    tx: Tx, number: int, who: Who, seen: int, kind: Kind, words: str, account: str | None
) -> Feedback | None:
    """A person's own wording; None when somebody changed it since they opened the form."""
    feedback = feedbacks.see(tx, number, viewer(who))
    if feedback is None or feedback.state is not FeedbackState.NEW:
        return None
    if not feedbacks.edit(tx, feedback, kind, words, account, rules.title_of(words, kind), seen):
        return None
    if account is not None:
        asks.answered(tx, account_key(number))
    audit.note(tx, who.person, "feedback.edited", str(feedback.reference), kind=kind)
    changed(tx, feedback)
    return replace(feedback, kind=kind, words=words, account=account, version=feedback.version + 1)


def changed(tx: Tx, feedback: Feedback) -> None:
    """Whatever shows it is to be drawn again."""
    boards.touch(tx, card_key(feedback.number))
    boards.touch_home(tx, feedback.captured_by, feedback.author)


def card(tx: Tx, feedback: Feedback, looking: PersonId) -> Card:
    """The card as this person sees it; names are plain text, nobody is pinged by a card."""
    ids_needed = [one for one in (feedback.captured_by, feedback.author) if one is not None]
    known = people.people(tx, ids_needed)
    channel = None if feedback.message is None else people.channel(tx, feedback.message.channel)
    author = known.get(feedback.author) if feedback.author is not None else None
    captor = known.get(feedback.captured_by)
    return Card(
        feedback,
        feedbacks.supporter_count(tx, feedback.number),
        captor.name if captor is not None and captor.name else "a colleague",
        author.name if author is not None and author.name else None,
        channel.name if channel is not None and channel.name else None,
        looking,
    )


def adopt_card(tx: Tx, feedback: Feedback, channel: ChannelId, ts: str) -> None:
    """The offer somebody accepted becomes the card, in its place."""
    boards.adopt(tx, card_key(feedback.number), ids.CARD, {"number": feedback.number}, channel, ts)


def card_key(number: int) -> str:
    """The key of the card in its captor's messages."""
    return f"feedback.card:{number}"


def account_key(number: int) -> str:
    """The key of the ask for its account."""
    return f"feedback.account:{number}"


# ---------------------------------------------------------------------------------------------------------


def _keep(tx: Tx, new: NewFeedback, audience: Audience, channel: Channel | None) -> Feedback:
    feedback = feedbacks.add(tx, new, rules.title_of(new.words, new.kind), audience)
    audit.note(tx, new.captured_by, "feedback.captured", str(feedback.reference), source=new.source)
    if new.message is not None:
        _mark(tx, feedback, new.message, channel)
        _ask_link(tx, feedback, new.message)
    boards.touch_home(tx, new.captured_by, new.author)
    return feedback


def _join(tx: Tx, known: Feedback, new: NewFeedback) -> Saved:
    if known.state is FeedbackState.UNDONE:
        known = _revive(tx, known, new.captured_by)
    if known.state is FeedbackState.NEW:
        feedbacks.support(tx, known.number, new.captured_by)
        changed(tx, known)
    return Saved(known, known=True)


def _settle_supporters(tx: Tx, feedback: Feedback, standing: list[PersonId]) -> None:
    supporters = feedbacks.supporters(tx, feedback.number)
    gone = [one for one in supporters if one not in standing] if feedback.source is Source.EMOJI else []
    if not standing and rules.untouched(feedback, len(supporters)):
        if feedback.state is FeedbackState.NEW:
            _withdraw(tx, feedback, FeedbackState.UNDONE, feedback.captured_by)
        return
    moved = [feedbacks.support(tx, feedback.number, one) for one in standing if one not in supporters]
    moved += [reactions.unsupport(tx, feedback.number, one) for one in gone if one != feedback.captured_by]
    if moved:
        changed(tx, feedback)


def _withdraw(tx: Tx, feedback: Feedback, state: FeedbackState, by: PersonId) -> Feedback:
    title = rules.title_of(feedback.words if state is FeedbackState.UNDONE else None, feedback.kind)
    feedbacks.set_state(tx, feedback, state, title)
    asks.withdraw(tx, account_key(feedback.number))
    audit.note(tx, by, f"feedback.{state}", str(feedback.reference))
    if feedback.message is not None:
        _enqueue_reaction(tx, feedback, feedback.message, "reactions.remove")
    changed(tx, feedback)
    return replace(feedback, state=state, version=feedback.version + 1)


def _revive(tx: Tx, feedback: Feedback, by: PersonId) -> Feedback:
    feedbacks.set_state(tx, feedback, FeedbackState.NEW, rules.title_of(feedback.words, feedback.kind))
    audit.note(tx, by, "feedback.revived", str(feedback.reference))
    if feedback.message is not None:
        _mark(tx, feedback, feedback.message, people.channel(tx, feedback.message.channel))
    changed(tx, feedback)
    return replace(feedback, state=FeedbackState.NEW, version=feedback.version + 1)


def _mark(tx: Tx, feedback: Feedback, message: MessageRef, channel: Channel | None) -> None:
    """Our tick, where we are in the channel and nobody from outside is."""
    if channel is not None and channel.ours and not channel.shared:
        _enqueue_reaction(tx, feedback, message, "reactions.add")


def _enqueue_reaction(tx: Tx, feedback: Feedback, message: MessageRef, method: str) -> None:
    arguments: dict[str, Json] = {"channel": message.channel, "timestamp": message.ts, "name": TICK}
    key = f"{method}:{feedback.reference}:{feedback.version}"
    enqueue(tx, Call(key, method, arguments, thread=f"tick:{feedback.reference}"))


def _ask_link(tx: Tx, feedback: Feedback, message: MessageRef) -> None:
    arguments: dict[str, Json] = {"channel": message.channel, "message_ts": message.ts}
    about: dict[str, Json] = {"number": feedback.number}
    key = f"link:{feedback.reference}"
    enqueue(tx, Call(key, "chat.getPermalink", arguments, then="feedback.linked", about=about))


def _ask_account(tx: Tx, feedback: Feedback) -> None:
    shown = card(tx, feedback, feedback.captured_by)
    summary, blocks = views.account_ask(feedback, shown.channel)
    asks.ask(tx, feedback.captured_by, account_key(feedback.number), summary, blocks)


def _tell_author_once(tx: Tx, feedback: Feedback) -> None:
    author = feedback.author
    if author is None or author == feedback.captured_by:
        return
    known = people.person(tx, author)
    if known is not None and known.kind in (PersonKind.MEMBER, PersonKind.GUEST):
        summary, blocks = views.object_letter(card(tx, feedback, author))
        asks.tell(tx, author, f"feedback.first:{author}", summary, blocks)
