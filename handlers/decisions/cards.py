"""The cards of decisions: what is on them, where they stand, and drawing them again."""

from collections.abc import Collection, Mapping
from typing import Any

from handlers.asks import reasons
from handlers.asks import service as asks
from handlers.asks.reasons import Reader
from handlers.decisions import ids, rules, views
from handlers.decisions.consequences import Place
from handlers.decisions.views import Card
from handlers.kit.features import Content
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.asks.values import Ask
from storage.database import Tx
from storage.decisions import queries as decisions
from storage.decisions import voices
from storage.decisions.values import Decision, DecisionState
from storage.outbox import boards
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import AudienceKind, ChannelId, PersonId


def viewer(who: Who) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(who.person, who.kind)


def see(tx: Tx, number: int, who: Who) -> Decision | None:
    """The decision, if this person may see it."""
    return decisions.see(tx, number, viewer(who))


def card(tx: Tx, decision: Decision, who: Who | None = None, also: Collection[PersonId] = ()) -> Card:
    """The card as this person sees it, or as everybody does; names are plain text, nobody is pinged by it.

    `also` are others whose names are needed.
    """
    said, held = voices.every(tx, decision.number), _held(tx, decision, who)
    needed = {*decision.involved, *said, *also, decision.changed_by, decision.decided_by}
    needed |= {one.recipient for one in held}
    known = people.people(tx, sorted(one for one in needed if one is not None))
    names = {person: found.name for person, found in known.items() if found.name}
    if who is None:
        named = links.linked_in(tx, decision.reference, decision.channel)
        return Card(decision, said, names, links=named)
    linked = links.linked(tx, decision.reference, who)
    reader = Reader(who.person, who.zone, tx.now, names)
    unasked = [
        (f"{reader.name(one.person)}, {_what(decision, one)}", reasons.to_owner(one, reader)) for one in held
    ]
    return Card(decision, said, names, who.person, who.admin, linked, unasked)


def stand(tx: Tx, decision: Decision) -> None:
    """Put the card where the decision was recorded if we are there, else into messages with its recorder."""
    channel = _open_channel(tx, decision.channel)
    key, subject = card_key(decision.number), {"number": decision.number}
    if channel is None:
        boards.put(tx, key, ids.CARD, {**subject}, to=decision.recorded_by, about=str(decision.reference))
    else:
        boards.put_in(tx, key, ids.CARD, {**subject}, channel.id, about=str(decision.reference))


def draw(tx: Tx, decision: Decision, *others: PersonId | None) -> None:
    """Whatever shows it is to be drawn again."""
    boards.touch(tx, card_key(decision.number))
    boards.touch_home(tx, *decision.involved, *others)
    links.changed(tx, decision.reference)


def board(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The card as it is now, for everybody in its channel."""
    decision = decisions.get(tx, int(subject["number"]))
    if decision is None:
        return None
    shown = views.card_message(card(tx, decision))
    return {"text": shown.text, "blocks": shown.blocks}


def place(tx: Tx, decision: Decision) -> Place:
    """Where its card stands and who sees it, for the last page of a form."""
    audience = things.audience(tx, decision.reference)
    stands = _open_channel(tx, decision.channel)
    closed = None if audience.channel is None else people.channel(tx, audience.channel)
    return Place(
        None if stands is None else stands.name,
        audience.kind,
        None if closed is None else closed.name,
        _reached(tx, decision),
    )


def thread_of(tx: Tx, old: Decision) -> tuple[ChannelId, str] | None:
    """The thread a decision was made in, or below its card; None where outsiders would read it."""
    if things.audience(tx, old.reference).kind is AudienceKind.PEOPLE:
        return None
    found = boards.at(tx, card_key(old.number))
    if old.source is not None:
        found = (old.source.channel, old.source.thread)
    if found is None or found[0].startswith("D"):
        return None
    channel = people.channel(tx, found[0])
    return None if channel is not None and (channel.shared or channel.archived) else found


def card_key(number: int) -> str:
    """The key of a decision's card."""
    return f"decision.card:{number}"


# ---------------------------------------------------------------------------------------------------------


def _held(tx: Tx, decision: Decision, who: Who | None) -> list[Ask]:
    """What its approver and its contributors were to be asked and have not been, for whoever may change it."""
    if who is None or not rules.may_change(decision, who.person, admin=who.admin):
        return []
    keys = rules.open_keys(decision)
    found = [one for prefix in rules.asked_under(decision) for one in asks.report(tx, prefix)]
    return [one for one in found if one.key in keys and reasons.held(one)]


def _what(decision: Decision, one: Ask) -> str:
    return "to approve it" if one.key == rules.approve_key(decision) else "for a view"


def _open_channel(tx: Tx, channel: ChannelId | None) -> Channel | None:
    """The channel if we can post there and nobody from outside reads it."""
    found = None if channel is None else people.channel(tx, channel)
    if found is None or not found.ours or found.shared or found.archived:
        return None
    return found if found.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else None


def _reached(tx: Tx, decision: Decision) -> bool | None:
    if decision.replaces is None or decision.state is not DecisionState.DECIDED:
        return None
    old = decisions.get(tx, decision.replaces)
    thread = None if old is None else thread_of(tx, old)
    return None if thread is None else _open_channel(tx, thread[0]) is not None
