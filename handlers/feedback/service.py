"""What happens to feedback: captured, supported, undone, objected to, completed."""

from dataclasses import dataclass, replace

from handlers.asks import service as asks
from handlers.feedback import answering, authors, cards, merging, routing, rules, views
from handlers.kit.places import kind_of_channel
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.areas.values import AreaId
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import family
from storage.feedback import queries as feedbacks
from storage.feedback.values import (
    GROWING,
    OPEN,
    Asked,
    Feedback,
    FeedbackState,
    Kind,
    MessageRef,
    NewFeedback,
    Source,
    WordsState,
)
from storage.outbox import boards
from storage.outbox.calls import enqueue
from storage.outbox.values import Call
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import Audience, Json, PersonId

TICK = "white_check_mark"
"""Our own reaction: it means the feedback is on disk."""
ARRIVING = (FeedbackState.NEW, FeedbackState.MERGED)
"""What somebody merged while its words were on their way has an account and an author all the same."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A capture; `known` when the message had been captured before and the person now supports it."""

    feedback: Feedback
    known: bool
    asked: Asked | None = None
    """How they asked for what was there already."""
    supports: bool = False
    """Whether they did not want it before."""


def viewer(who: Who) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(who.person, who.kind)


def capture(tx: Tx, new: NewFeedback, audience: Audience) -> Saved:
    """Keep it, or join what was captured from the same message, and begin what follows."""
    if new.message is not None and (known := feedbacks.hold_message(tx, new.message)()) is not None:
        return Saved(_join(tx, known, new), known=True)
    channel = None if new.message is None else people.channel(tx, new.message.channel)
    feedback = keep(tx, new, audience, channel)
    follow_up(tx, feedback)
    return Saved(feedback, known=False)


def keep(tx: Tx, new: NewFeedback, audience: Audience, channel: Channel | None) -> Feedback:
    """Keep what nobody captured before; all that can wait until the words are known waits (`follow_up`)."""
    feedback = feedbacks.add(tx, new, rules.title_of(new.words, new.kind), audience)
    audit.note(tx, new.captured_by, "feedback.captured", str(feedback.reference), source=new.source)
    if new.message is not None:
        _mark(tx, feedback, new.message, channel)
        if (
            kind_of_channel(new.message.channel, "") is not ChannelKind.IM
        ):  # nobody else could follow it there
            _ask_link(tx, feedback, new.message)
    links.read_for(tx, feedback.reference, new.words, new.captured_by)
    boards.touch_home(tx, new.captured_by, new.author)
    return feedback


def follow_up(tx: Tx, feedback: Feedback) -> None:
    """Once the words are known (or will not be): what the captor is asked, and what the author is told."""
    if feedback.state not in ARRIVING or feedback.words_state is WordsState.PENDING:
        return
    routing.arrived(tx, feedback)
    if feedback.source is Source.EMOJI and feedback.account is None:
        _ask_account(tx, feedback)
    if feedback.author is not None and feedback.author != feedback.captured_by:
        things.admit(tx, feedback.reference, [feedback.author])
        boards.touch_home(tx, feedback.author)
        authors.tell_once(tx, feedback, feedback.author)


def undo(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Take it back; None when this person may not or it is no longer there to take back."""
    feedback = feedbacks.see_to_change(tx, number, viewer(who))
    if feedback is None or not rules.may_undo(feedback, who.person):
        return None
    return withdraw(tx, feedback, FeedbackState.UNDONE, who.person)


def redo(tx: Tx, number: int, who: Who) -> Feedback | None:
    """Bring back what this person had undone; from then on no emoji taken away undoes it."""
    feedback = feedbacks.see_to_change(tx, number, viewer(who))
    if feedback is None or feedback.captured_by != who.person or feedback.state is not FeedbackState.UNDONE:
        return None
    feedbacks.mark_touched(tx, number)
    return revive(tx, feedback, who.person)


def withdraw(tx: Tx, feedback: Feedback, state: FeedbackState, by: PersonId) -> Feedback:
    """It is undone or objected to: our tick goes, and nobody is asked or told about it any more."""
    title = rules.title_of(feedback.words if state is FeedbackState.UNDONE else None, feedback.kind)
    merging.let_all_go(tx, feedback, by)
    feedbacks.set_state(tx, feedback, state, title)
    if feedback.words_state is not WordsState.PENDING:  # before, nobody is asked or told of it: see follow_up
        asks.withdraw(tx, rules.account_key(feedback.number))
        routing.withdraw(tx, feedback)
        authors.untell(tx, feedback)
        cards.sorted_anew(tx, feedback)
    audit.note(tx, by, f"feedback.{state}", str(feedback.reference))
    if feedback.message is not None and people.channel(tx, feedback.message.channel) is not None:
        _enqueue_reaction(tx, feedback, feedback.message, "reactions.remove")
    cards.changed(tx, feedback)
    return replace(feedback, state=state, version=feedback.version + 1)


def revive(tx: Tx, feedback: Feedback, by: PersonId) -> Feedback:
    """It counts again; whoever captures anew what its captor had taken back is its captor now."""
    if by != feedback.captured_by:
        feedbacks.hand_to(tx, feedback, by)
        cards.changed(tx, feedback)
        feedback = replace(feedback, captured_by=by, version=feedback.version + 1)
    feedbacks.set_state(tx, feedback, FeedbackState.NEW, rules.title_of(feedback.words, feedback.kind))
    feedbacks.support(tx, feedback.number, by)
    audit.note(tx, by, "feedback.revived", str(feedback.reference))
    if feedback.message is not None:
        _mark(tx, feedback, feedback.message, people.channel(tx, feedback.message.channel))
    cards.changed(tx, feedback)
    revived = replace(feedback, state=FeedbackState.NEW, version=feedback.version + 1)
    follow_up(tx, revived)
    return revived


def part(tx: Tx, number: int, who: Who) -> tuple[Feedback, Feedback] | merging.Refusal:
    """Take apart what was merged; either of the two that nobody wants any more is undone, as it would have been."""
    done = merging.take_apart(tx, number, who)
    if isinstance(done, merging.Refusal):
        return done
    one, other = (_faded(tx, each) for each in done)
    return one, other


def give_account(tx: Tx, number: int, who: Who, account: str | None) -> Feedback | None:
    """Which account it was for; None is an answer too."""
    feedback = feedbacks.see_to_change(tx, number, viewer(who))
    if feedback is None or feedback.state not in GROWING:
        return None
    feedbacks.set_account(tx, number, account)
    asks.answered(tx, rules.account_key(number))
    audit.note(tx, who.person, "feedback.account", str(feedback.reference), given=account is not None)
    cards.changed(tx, feedback)
    given = replace(feedback, account=account)
    routing.arrived(tx, given)
    return given


def edit(
    tx: Tx,
    number: int,
    who: Who,
    seen: int,
    kind: Kind,
    words: str | None,
    account: str | None,
    key: str | None,
    area: AreaId | None = None,
) -> Feedback | None:
    """A person's own wording (None leaves it, and its area); None when it was changed since they opened the form."""
    feedback = feedbacks.see_to_change(tx, number, viewer(who))
    if feedback is None or feedback.state not in OPEN:
        return None
    words = words or feedback.words or ""
    if not feedbacks.edit(tx, feedback, kind, words, account, rules.title_of(words, kind), seen):
        return None
    if key != feedback.outside:
        feedbacks.set_outside(tx, number, key)
    if account is not None:
        asks.answered(tx, rules.account_key(number))
    if feedback.kind is Kind.QUESTION and kind is not Kind.QUESTION:
        asks.withdraw(tx, rules.question_key(number))
    feedback = _put_in(tx, feedback, area)
    audit.note(tx, who.person, "feedback.edited", str(feedback.reference), kind=kind)
    links.read(tx, feedback.reference, words, who)
    cards.changed(tx, feedback)
    version = feedback.version + 1
    edited = replace(feedback, kind=kind, words=words, account=account, outside=key, version=version)
    routing.arrived(tx, edited)
    return edited


# ---------------------------------------------------------------------------------------------------------


def _put_in(tx: Tx, feedback: Feedback, area: AreaId | None) -> Feedback:
    """It is about another area: whoever looks after that one is shown and asked it, and whoever did before is not."""
    now = answering.area_of(tx, feedback)
    if area is None or (now is not None and now.id == area):
        return feedback
    feedbacks.set_area(tx, feedback.number, area)
    asks.withdraw(tx, rules.question_key(feedback.number))
    cards.sorted_anew(tx, feedback)
    return replace(feedback, area=area)


def _join(tx: Tx, known: Feedback, new: NewFeedback) -> Feedback:
    """Somebody captures a message that was captured before."""
    if known.state is FeedbackState.OBJECTED:
        return known
    things.admit(tx, known.reference, [new.captured_by])
    if known.state is FeedbackState.MERGED:
        feedbacks.support(tx, known.number, new.captured_by)
        cards.changed(tx, known)
        return (
            feedbacks.see(tx, family.whole(tx, known.number), cards.as_viewer(tx, new.captured_by)) or known
        )
    if known.state is FeedbackState.UNDONE:
        return _take_over(tx, known, new)
    if feedbacks.support(tx, known.number, new.captured_by):
        cards.changed(tx, known)
    return known


def _faded(tx: Tx, feedback: Feedback) -> Feedback:
    """What only emoji held, and all of them were taken away while it was merged, is undone now."""
    held = rules.outlives_emoji(feedback) or feedbacks.supporters(tx, feedback.number)
    if held or feedback.state is not FeedbackState.NEW or family.parts(tx, feedback.number):
        return feedback
    return withdraw(tx, feedback, FeedbackState.UNDONE, feedback.captured_by)


def _take_over(tx: Tx, known: Feedback, new: NewFeedback) -> Feedback:
    revived = revive(tx, known, new.captured_by)
    if new.words is None:
        return revived
    title = rules.title_of(new.words, new.kind)
    feedbacks.edit(tx, revived, new.kind, new.words, new.account, title, revived.version)
    links.read_for(tx, known.reference, new.words, new.captured_by)
    if new.account is not None:
        asks.answered(tx, rules.account_key(known.number))
    return replace(revived, kind=new.kind, words=new.words, account=new.account, version=revived.version + 1)


def _mark(tx: Tx, feedback: Feedback, message: MessageRef, channel: Channel | None) -> None:
    """Our tick, in channels we have been in and where nobody from outside is."""
    if channel is not None and not channel.shared:
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
    shown = cards.card(tx, feedback, feedback.captured_by)
    summary, blocks = views.account_ask(feedback, shown.channel)
    asks.ask(tx, feedback.captured_by, rules.account_key(feedback.number), summary, blocks)
