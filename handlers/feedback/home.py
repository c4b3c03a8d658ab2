"""Feedback's part of Home: what I captured, what was captured from me, and where emoji capture."""

from handlers.feedback import ids, service, views
from handlers.kit.blocks import Block, actions, context, divider, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import channel_link
from handlers.kit.permissions import MEMBERS
from handlers.kit.requests import Who
from storage.database import Tx
from storage.feedback import listening
from storage.feedback import queries as feedbacks
from storage.feedback.values import Listening, ListeningState
from storage.people import queries as people

SHOWN = 8
NOTHING = (
    "Nothing yet. React 💡 or 🐞 where capturing is on, use a message's menu, or press the button above."
)
STATES = {
    ListeningState.JOINING: "joining…",
    ListeningState.NEEDS_INVITE: "invite me: `/invite @Throughline`",
}
PAUSED = "paused: people from outside are in it"


def sections(tx: Tx, who: Who) -> list[Block]:
    """For information: everything of feedback that concerns this person."""
    mine = feedbacks.mine(tx, service.viewer(who), SHOWN)
    said = feedbacks.said_by(tx, service.viewer(who), SHOWN)
    blocks: list[Block] = [
        actions(button("Capture feedback", ids.OPEN_CAPTURE, style="primary")),
        *views.lines("What you captured", mine, NOTHING),
    ]
    if said:
        blocks += [divider(), *views.lines("What was captured from what you said", said, "")]
        blocks.append(context("*Show* lets you object; then your words are deleted."))
    return [*blocks, divider(), *_where(tx, who)]


def _where(tx: Tx, who: Who) -> list[Block]:
    places = [one for one in listening.every(tx) if _known_to(tx, who, one)]
    may = who.kind in MEMBERS
    title = section("*Where 💡 and 🐞 are captured*")
    pick = [actions(_picker())] if may else []
    if not places:
        choose = " Choose a channel; a message there says that it is on." if may else ""
        return [title, context(f"Nowhere yet.{choose}"), *pick]
    return [title, *[_place(one, may=may) for one in places], *pick]


def _place(place: Listening, *, may: bool) -> Block:
    state = PAUSED if place.shared and place.state is ListeningState.ON else STATES.get(place.state)
    words = f"{channel_link(place.channel)}{' · ' + state if state else ''}"
    off = button(
        "Switch off",
        ids.UNLISTEN,
        place.channel,
        accessibility_label=f"Stop capturing in {place.channel_name}",
    )
    return section(words, off if may else None)


def _picker() -> dict[str, object]:
    return {
        "type": "conversations_select",
        "action_id": ids.LISTEN_PICK,
        "placeholder": {"type": "plain_text", "text": "Capture in another channel"},
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }


def _known_to(tx: Tx, who: Who, place: Listening) -> bool:
    """A private channel's name is shown to its members only."""
    channel = people.channel(tx, place.channel)
    public = channel is not None and channel.kind == "public"
    return public or place.by == who.person or people.is_member(tx, place.channel, who.person)
