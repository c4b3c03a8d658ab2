"""Slack in: emoji and the buttons on feedback. One call into the service each, then a reply."""

from typing import Literal

from pydantic import Field

from handlers.feedback import (
    answering,
    cards,
    emoji,
    ids,
    listening,
    modals,
    naming,
    objecting,
    rules,
    service,
)
from handlers.feedback.modals import EditForm
from handlers.kit import forms, places
from handlers.kit.replies import (
    ButtonReply,
    FieldErrors,
    Note,
    OpenModal,
    PushModal,
    SubmitReply,
    UpdateModal,
    View,
)
from handlers.kit.requests import (
    ButtonRequest,
    EventRequest,
    MaybeId,
    Payload,
    SlackId,
    Stamp,
    SubmitRequest,
    Who,
    is_id,
)
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import reactions
from storage.feedback.listening import where_on
from storage.feedback.values import OPEN, Feedback, FeedbackState, Kind, MessageRef, outside_key
from storage.people.values import ChannelKind
from storage.values import ChannelId, PersonId

NOT_YOURS = "Only whoever captured it can take it back. Its author can object to it."


class ReactionItem(Payload):
    """What was reacted to; files and the like have no channel."""

    type: str
    channel: MaybeId = ""
    ts: Stamp = ""


class Reaction(Payload):
    """`reaction_added`, `reaction_removed`."""

    type: Literal["reaction_added", "reaction_removed"]
    user: SlackId
    reaction: str = Field(max_length=255)
    item: ReactionItem
    item_user: SlackId | None = None
    event_ts: Stamp = Field(pattern=r"^[0-9]+\.[0-9]+$")


class Membership(Payload):
    """`member_joined_channel`, `member_left_channel`."""

    user: SlackId
    channel: SlackId


class Left(Payload):
    """`channel_left`, `group_left`."""

    channel: SlackId


class ChannelMoved(Payload):
    """`channel_id_changed`."""

    old_channel_id: SlackId
    new_channel_id: SlackId


def captures(event: Reaction) -> bool:
    """Whether it is an emoji that captures, on a message; most are not."""
    on_message = event.item.type == "message" and event.item.channel != ""
    return on_message and rules.emoji_kind(event.reaction) is not None


def reacted(tx: Tx, request: EventRequest[Reaction]) -> None:
    """An emoji that captures was set or taken away."""
    event, added = request.event, request.event.type == "reaction_added"
    message = MessageRef(ChannelId(event.item.channel), event.item.ts)
    person, name = PersonId(event.user), event.reaction.split("::", 1)[0]
    channel = where_on(tx, message.channel)
    if channel is not None:
        news = reactions.hear(tx, message, person, name, event.event_ts, active=added)
    elif added:
        return
    else:
        # Taking an emoji back counts wherever it was set, even where capturing was switched off meanwhile.
        news = reactions.lift(tx, message, person, name, event.event_ts)
    author = PersonId(event.item_user) if event.item_user else None
    emoji.settle(tx, channel, message, author, person if added else None, news)


def joined(tx: Tx, request: EventRequest[Membership]) -> None:
    """When it is us who came in, a switch that waited for it is thrown."""
    if listening.is_us(tx, PersonId(request.event.user)):
        listening.came_in(tx, ChannelId(request.event.channel))


def left(tx: Tx, request: EventRequest[Membership]) -> None:
    """When it is us who left, capturing waits for an invitation."""
    if listening.is_us(tx, PersonId(request.event.user)):
        listening.went_out(tx, ChannelId(request.event.channel))


def we_left(tx: Tx, request: EventRequest[Left]) -> None:
    """We were removed: capturing waits for an invitation."""
    listening.went_out(tx, ChannelId(request.event.channel))


def moved(tx: Tx, request: EventRequest[ChannelMoved]) -> None:
    """A channel that is shared now has another id: what was captured there, and its emoji, go along."""
    listening.moved(tx, ChannelId(request.event.old_channel_id), ChannelId(request.event.new_channel_id))


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Open the card."""
    feedback = _find(tx, request)
    if feedback is None:
        return _say(request, naming.GONE)
    card = cards.shown(tx, feedback, request.who)
    # Over a list: closing the card leads back to it.
    return PushModal(card) if (request.view or {}).get("callback_id") == ids.FOUND else OpenModal(card)


def opens(tx: Tx, who: Who, number: int) -> View | None:
    """The card, for somebody who meets it elsewhere."""
    feedback = feedbacks.see(tx, number, service.viewer(who))
    return None if feedback is None else cards.shown(tx, feedback, who)


def undo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Take it back."""
    feedback = service.undo(tx, _number(request), request.who)
    if feedback is None:
        return _already(tx, request, FeedbackState.UNDONE) or _say(request, NOT_YOURS)
    return _withdrawn(request, feedback)


def redo(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Bring it back."""
    feedback = service.redo(tx, _number(request), request.who) or _back(tx, request)
    if feedback is None:
        return _say(request, naming.GONE)
    if request.view is not None and request.view.get("type") == "modal":
        return UpdateModal(modals.shown(cards.card(tx, feedback, request.who.person)))
    return _say(request, f"{feedback.reference} is back.")


def object_to(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Its author does not want it kept."""
    feedback = objecting.objected(tx, _number(request), request.who)
    if feedback is None:
        done = _already(tx, request, FeedbackState.OBJECTED)
        return done or _say(request, "Only whoever said it can object to it.")
    return _withdrawn(request, feedback)


def open_edit(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Words, kind, area and account, to be changed."""
    feedback = _find(tx, request)
    if feedback is None or feedback.state not in OPEN:
        return _say(request, naming.GONE)
    return _open(request, modals.edit(feedback, answering.areas_for(tx, feedback)))


def edited(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """A person's own wording."""
    form = forms.read(EditForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    words, account, kind = read_fields(request)
    if errors := field_errors(words, account, words_needed=form.editable):
        return FieldErrors(errors)
    said = request.text(ids.BLOCK_KEY)
    key = None if said is None else outside_key(said)
    area = answering.area_chosen(tx, request.choice(ids.BLOCK_AREA), None)()
    feedback = service.edit(tx, form.number, request.who, form.seen, kind, words, account, key, area)
    if feedback is None:
        block = ids.BLOCK_WORDS if form.editable else ids.BLOCK_KIND
        return FieldErrors(
            {block: "It was changed meanwhile. Copy your words, close this and open it again."}
        )
    return UpdateModal(modals.shown(cards.card(tx, feedback, request.who.person)))


def listen(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Capture 💡 and 🐞 in a channel."""
    channel, _, hint = request.value.partition(":")
    if not is_id(channel):
        return forms.say(request, forms.OLD_BUTTON)
    kind = ChannelKind.PRIVATE if hint else places.kind_of_channel(ChannelId(channel), "")
    return _say(
        request,
        listening.switch_on(tx, request.who, ChannelId(channel), kind, here=request.channel == channel),
    )


def unlisten(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Capture there no more."""
    if not is_id(request.value):
        return forms.say(request, forms.OLD_BUTTON)
    return _say(request, listening.switch_off(tx, request.who, ChannelId(request.value)))


def link(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """A link was followed; Slack tells us, and there is nothing to do."""
    del tx, request
    return None


def read_fields(request: SubmitRequest) -> tuple[str | None, str | None, Kind]:
    """What the capture and edit modals ask for."""
    chosen = request.choice(ids.BLOCK_KIND)
    kind = Kind(chosen) if chosen in set(Kind) else Kind.IDEA
    return request.text(ids.BLOCK_WORDS), naming.account_in(request), kind


def field_errors(words: str | None, account: str | None, *, words_needed: bool = True) -> dict[str, str]:
    """What is wrong with them, by block."""
    errors: dict[str, str] = {}
    if words is None and words_needed:
        errors[ids.BLOCK_WORDS] = "Write what was said; a few words are enough."
    if error := modals.account_error(account):
        errors[ids.BLOCK_ACCOUNT] = error
    return errors


# ---------------------------------------------------------------------------------------------------------


def _number(request: ButtonRequest) -> int:
    return int(request.value) if request.value.isdecimal() and len(request.value) < 10 else 0


def _find(tx: Tx, request: ButtonRequest) -> Feedback | None:
    return feedbacks.see(tx, _number(request), service.viewer(request.who))


def _open(request: ButtonRequest, view: View) -> ButtonReply:
    return UpdateModal(view) if _in_modal(request) else OpenModal(view)


def _say(request: ButtonRequest, words: str) -> ButtonReply:
    return UpdateModal(modals.told("Throughline", words)) if _in_modal(request) else Note(words)


def _withdrawn(request: ButtonRequest, feedback: Feedback) -> ButtonReply:
    view = modals.withdrawn(feedback, request.who.person)
    if _in_modal(request):
        return UpdateModal(view)
    return (
        OpenModal(view) if request.view is not None else Note(f"{feedback.reference} is {_word(feedback)}.")
    )


def _word(feedback: Feedback) -> str:
    return "not kept any more" if feedback.state is FeedbackState.OBJECTED else "undone"


def _already(tx: Tx, request: ButtonRequest, state: FeedbackState) -> ButtonReply:
    """A second click finds the first one's result, not an error."""
    feedback = feedbacks.get(tx, _number(request))
    if feedback is None or feedback.state is not state or not _theirs(feedback, request.who):
        return None
    return _withdrawn(request, feedback)


def _back(tx: Tx, request: ButtonRequest) -> Feedback | None:
    """What this person had brought back by the click before."""
    feedback = _find(tx, request)
    if feedback is None or feedback.captured_by != request.who.person:
        return None
    return feedback if feedback.state is FeedbackState.NEW else None


def _theirs(feedback: Feedback, who: Who) -> bool:
    return who.person in (feedback.captured_by, feedback.author)


def _in_modal(request: ButtonRequest) -> bool:
    return request.view is not None and request.view.get("type") == "modal"
