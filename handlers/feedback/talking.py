"""Slack in: people who simply type to us, in our messages or by mentioning us in a channel or thread.

They are offered what it most likely is; one button saves, and nothing is kept before it.
"""

from typing import Any

from pydantic import Field

from handlers.feedback import answering, answers, cards, joining, probing, rules, service, typed, whereabouts
from handlers.feedback.modals import CaptureForm
from handlers.feedback.service import Saved
from handlers.feedback.typed import Choice
from handlers.kit.blocks import section
from handlers.kit.references import parse_reference
from handlers.kit.replies import ButtonReply, Note, OpenModal
from handlers.kit.requests import ButtonRequest, EventRequest, MaybeId, Payload, SlackId, Stamp, Who
from handlers.kit.surfaces import MessageContent
from storage.database import Tx
from storage.feedback import asking
from storage.feedback import queries as feedbacks
from storage.feedback.values import FeedbackState, MessageRef, NewFeedback, Source
from storage.outbox import letters
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.things import queries as things
from storage.things.values import Letter, Reference, Thing
from storage.values import ChannelId, PersonId

SAID = (None, "", "file_share", "thread_broadcast", "me_message")
"""Subtypes of a message that somebody wrote; the others tell of edits, deletions, comings and goings."""


class Typed(Payload):
    """A direct message to us, or a mention in a channel; its words can stand in any of its parts."""

    type: str
    channel: SlackId
    ts: Stamp
    user: MaybeId = ""
    text: str = ""
    blocks: list[dict[str, Any]] = Field(default_factory=list)
    attachments: list[dict[str, Any]] = Field(default_factory=list)
    thread_ts: Stamp | None = None
    subtype: str | None = None
    bot_id: SlackId | None = None
    channel_type: str | None = None


def direct_message(tx: Tx, request: EventRequest[Typed]) -> None:
    """Somebody typed to us: offer what it most likely is."""
    event = request.event
    if event.channel_type == "im" and request.who is not None:
        people.set_dm(tx, request.who.person, ChannelId(event.channel))
        thing = _named(tx, event, request.who)
        if thing is None:
            _offer(tx, event, request.who)
        else:
            answer(tx, event, typed.named(thing))


def mentioned(tx: Tx, request: EventRequest[Typed]) -> None:
    """Somebody mentioned us, perhaps in a thread, where slash commands do not work."""
    if request.who is not None:
        _offer(tx, request.event, request.who)


def words_of(tx: Tx, event: Typed) -> str | None:
    """What somebody wrote to us; None for what nobody wrote, and for what was not written to us."""
    if event.subtype not in SAID or event.bot_id or (event.type == "message" and event.channel_type != "im"):
        return None
    message = {"text": event.text, "blocks": event.blocks, "attachments": event.attachments}
    return whereabouts.words_of(tx, message)


def answer(tx: Tx, event: Typed, content: MessageContent) -> None:
    """Answer where they wrote: in our messages, else in the thread below it."""
    thread = event.thread_ts or (None if event.channel_type == "im" else event.ts)
    letters.post(
        tx, f"typed:{event.channel}:{event.ts}", ChannelId(event.channel), content.text, content.blocks,
        thread_ts=thread, last_moment=tx.now + typed.WORTH_ANSWERING,
    )  # fmt: skip


def save(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One button saves what was typed; its words stand in the offer itself."""
    choice, words = _offered(request)
    if choice is None or words is None or request.message is None:
        return Note(typed.TOO_OLD)
    form = _form(tx, choice)
    author = choice.by if choice.by != request.who.person else None
    # Of longer words the offer quotes the beginning only: the whole is fetched from the message itself.
    kept = None if typed.is_cut(words) else words
    new = NewFeedback(choice.kind, Source.TYPED, request.who.person, kept, None, choice.message, author)
    where = whereabouts.asked_audience(tx, request.who.person, form)
    equal = asking.asked_equal(tx, service.viewer(request.who), kept)
    audience = where()
    before = feedbacks.of_message(tx, choice.message) is None and joining.said_before(
        tx, new, audience, equal
    )
    if before:
        return _known(tx, before, request.who.person)
    saved = service.capture(tx, new, audience)
    if saved.feedback.state is FeedbackState.OBJECTED:
        return Note(f"{saved.feedback.reference} is not kept: whoever said it asked so.")
    if saved.known:
        return _known(tx, saved, request.who.person)
    ts = str(request.message.get("ts") or "")
    if request.channel and ts:
        cards.adopt(tx, saved.feedback, request.channel, ts)
    else:
        cards.put(tx, saved.feedback)
    return None


def change(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Something else than offered: the form, filled in."""
    choice, words = _offered(request)
    if choice is None or words is None:
        return Note(typed.TOO_OLD)
    return OpenModal(probing.form(tx, request.who, _form(tx, choice), words, choice.kind))


# ---------------------------------------------------------------------------------------------------------


def _known(tx: Tx, saved: Saved, person: PersonId) -> Note:
    """It was there already: what is known of it."""
    feedback = saved.feedback
    answer = answering.known(tx, feedback, person)
    already = f"That is {feedback.reference} already; you are one of those who want it."
    words = " ".join([already, *answers.said(feedback, answer)])
    return Note(words, [section(already), *answers.blocks(feedback, answer)], replace=True)


def _named(tx: Tx, event: Typed, who: Who) -> Thing | None:
    """What they named and said no more of, if they may see it; nobody else reads what we answer them alone."""
    name = parse_reference(words_of(tx, event) or "")
    if name is None or name.item is not None:
        return None
    return things.find(tx, Reference(Letter(name.letter), name.number), service.viewer(who))


def _offer(tx: Tx, event: Typed, who: Who) -> None:
    said = words_of(tx, event)
    if said is None or typed.wants_help(said):
        return  # help is not ours alone to give: the workspace does
    choice = Choice(rules.likely_kind(said), MessageRef(ChannelId(event.channel), event.ts), who.person)
    answer(tx, event, typed.offer(said, choice))


def _offered(request: ButtonRequest) -> tuple[Choice | None, str | None]:
    words = None if request.message is None else typed.words_in(request.message)
    return typed.read(request.value), words


def _form(tx: Tx, choice: Choice) -> CaptureForm:
    """As if it had been captured where it was typed."""
    message = choice.message
    in_dm = message.channel.startswith("D")
    return CaptureForm(
        source=Source.TYPED,
        channel=message.channel,
        where=ChannelKind.IM if in_dm else whereabouts.kind(tx, message.channel, ChannelKind.PRIVATE),
        ts=message.ts,
        author="" if in_dm or choice.by is None else choice.by,
    )
