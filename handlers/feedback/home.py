"""Feedback's part of Home: what I captured, what was captured from me, and where emoji capture."""

from collections.abc import Sequence

from handlers.feedback import ids, listing, service, triage_views, triaging, views
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.elements import Element, button
from handlers.kit.lists import and_more
from handlers.kit.mrkdwn import channel_link
from handlers.kit.permissions import MEMBERS
from handlers.kit.pickers import channel_menu
from handlers.kit.requests import Who
from storage.database import Tx
from storage.feedback import listening
from storage.feedback import queries as feedbacks
from storage.feedback.values import Feedback, Listening, ListeningState
from storage.people import queries as people

SHOWN = 6
COUNTED = 40
PLACES = 10
FIRST, AGAIN = "Capture in a channel", "Capture in another channel"
STATES = {
    ListeningState.JOINING: "joining…",
    ListeningState.NEEDS_INVITE: "invite me: `/invite @Throughline`",
}
PAUSED = "paused: people from outside are in it"


def begin(who: Who) -> list[Element]:
    """The button that captures."""
    del who
    return [button("Capture feedback", ids.OPEN_CAPTURE, style="primary")]


def look(who: Who) -> list[Element]:
    """All they captured, and whose what is."""
    mine = button("My feedback", f"{ids.LIST}:look", listing.value(listing.MINE))
    everything = button("All feedback", f"{ids.FIND}:look")
    known = [
        button("Triage", ids.TRIAGE, "0"),
        button("Product areas", ids.AREAS),
        button("Themes", ids.THEMES),
        button("Accounts", ids.ACCOUNTS),
    ]
    return [mine, everything, *(known if who.kind in MEMBERS else [])]


def triage(tx: Tx, who: Who) -> list[Block]:
    """What waits for somebody who looks after an area."""
    nobody_does = who.admin and not triaging.anybody(tx)
    if who.kind not in MEMBERS or not (nobody_does or triaging.looks_after(tx, who.person)):
        return []
    found = triaging.queue(tx, who, 1)
    if not found.count:
        return []
    return triage_views.waiting(found.count, triaging.COUNTED, found.next[0], nobody=nobody_does)


def captured(tx: Tx, who: Who) -> list[Block]:
    """What this person captured."""
    mine = feedbacks.mine(tx, service.viewer(who), COUNTED)
    return _listed("Feedback you captured", mine, listing.NOTHING, listing.MINE)


def said(tx: Tx, who: Who) -> list[Block]:
    """What others captured from what this person said."""
    found = feedbacks.said_by(tx, service.viewer(who), COUNTED)
    if not found:
        return []
    rest = context("*Show* lets you object; then your words are deleted.")
    return [*_listed("Feedback captured from what you said", found, "", listing.SAID), rest]


def places(tx: Tx, who: Who) -> list[Block]:
    """Where emoji capture, and the menu that switches it on elsewhere."""
    found = [one for one in listening.every(tx) if _known_to(tx, who, one)]
    may = who.kind in MEMBERS
    pick = [actions(channel_menu(ids.LISTEN_PICK, AGAIN if found else FIRST))] if may else []
    if not found:
        choose = " Choose a channel; a message there says that it is on." if may else ""
        return [section(f"💡 and 🐞 are captured nowhere yet.{choose}"), *pick]
    title = section("*💡 and 🐞 are captured in*")
    hidden = len(found) - PLACES
    rest = [context(f"and {hidden} more channels")] if hidden > 0 else []
    return [title, *[_place(one, may=may) for one in found[:PLACES]], *rest, *pick]


# ---------------------------------------------------------------------------------------------------------


def _listed(title: str, found: Sequence[Feedback], empty: str, which: str) -> list[Block]:
    more = and_more(len(found) - SHOWN, f"{ids.LIST}:{which}", "Show all of it", listing.value(which))
    return [*views.lines(title, found[:SHOWN], empty), *more]


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


def _known_to(tx: Tx, who: Who, place: Listening) -> bool:
    """A private channel's name is shown to its members only."""
    channel = people.channel(tx, place.channel)
    public = channel is not None and channel.kind == "public"
    return public or place.by == who.person or people.is_member(tx, place.channel, who.person)
