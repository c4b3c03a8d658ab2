"""The cards of feedback: what is on them, where they stand, and drawing them again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.feedback import (
    alike,
    answering,
    history_views,
    ids,
    merging_views,
    modals,
    rules,
    scoring_views,
)
from handlers.feedback.history_views import Told, Voice
from handlers.feedback.merging_views import Merged
from handlers.feedback.views import Card
from handlers.kit.replies import View
from handlers.kit.surfaces import MessageContent, modal
from handlers.links import service as links
from handlers.links.service import Someone
from storage.areas import queries as areas
from storage.areas.values import AreaId, Cards
from storage.database import Tx
from storage.feedback import asking, closing, family, standings, triage
from storage.feedback import queries as feedbacks
from storage.feedback.family import Relative
from storage.feedback.values import (
    OPEN,
    TRIAGED_KINDS,
    Feedback,
    FeedbackState,
    Merge,
    Shipment,
    Sorted,
    Spurned,
)
from storage.outbox import boards
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.things import queries as things
from storage.things.values import Letter, Viewer
from storage.values import ChannelId, Json, PersonId, PersonKind, folded
from storage.workspaces import queries as workspaces

TURNS = 10
"""So many times that the same was said are looked through for whom it was told."""


def changed(tx: Tx, feedback: Feedback) -> None:
    """Whatever shows it is to be drawn again."""
    linked = links.changing(tx, feedback.reference)
    itself = Relative(feedback.number, feedback.captured_by, feedback.author)
    showing = [itself, *family.relatives(tx, feedback.number)]
    cards = [
        key for one in showing for key in (card_key(one.number, one.captured_by), triage_key(one.number))
    ]
    people = [one for each in showing for one in (each.captured_by, each.author) if one is not None]
    boards.touch_all(tx, [*cards, *(boards.home_key(one) for one in people)])
    linked()


def sorted_anew(tx: Tx, feedback: Feedback) -> None:
    """It waits for triage no more, or again: also what lists all that does is to be drawn again."""
    area = answering.area_of(tx, feedback)
    if area is not None:
        boards.touch_home(tx, area.owner, area.deputy)
        if area.cards is Cards.DAILY and (last := areas.carded(tx, area.id)) is not None:
            boards.touch(tx, day_key(area.id, last))


def confirmed(tx: Tx, feedback: Feedback, captor: Viewer) -> Card:
    """The card of what was captured just now, in this transaction, as the page needs it that confirms it to its captor.

    Only they want it yet, and nothing is linked to it but what its words name.
    """
    named = links.named(feedback.reference, feedback.words)
    linked = links.linked(tx, feedback.reference, captor) if named else []
    answer = answering.known(tx, feedback, captor.person, new=True)
    return Card(feedback, 1, "", None, None, captor.person, linked, answer=answer)


def card(tx: Tx, feedback: Feedback, looking: PersonId) -> Card:
    """The card as this person sees it; names are plain text, nobody is pinged by a card."""
    closed, told = None, []
    if feedback.state is FeedbackState.SHIPPED:
        closed, told = closing.find(tx, feedback.number), closing.told(tx, feedback.number)
    if closed is None and feedback.state in rules.TOLD:
        told = _told(tx, feedback)
    found = triage.find(tx, feedback.number) if feedback.kind in TRIAGED_KINDS else Sorted()
    score = "" if found.score is None else scoring_views.line(found.score, asking.voices(tx, feedback))
    needed = {feedback.captured_by, feedback.author, looking, None if closed is None else closed.by, *told}
    known = people.people(tx, sorted(one for one in needed if one is not None))
    viewer = Viewer(looking, known[looking].kind if looking in known else PersonKind.MEMBER)
    linked = links.linked(tx, feedback.reference, viewer)
    may_ship = linked and feedback.state in OPEN
    shipment = shipment_of(tx, feedback, viewer) if may_ship else None
    admin = looking in known and known[looking].admin
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
        linked,
        shipment if rules.may_close(feedback, looking, shipment, admin=admin) else None,
        closed,
        "" if closed is None else _name(known, closed.by),
        [_name(known, one) for one in told],
        answering.known(tx, feedback, looking, closed),
        score,
        _theme(found),
        _may_say(tx, feedback, viewer, admin=admin),
        _parts(tx, feedback, viewer, admin=admin),
    )


def shown(tx: Tx, feedback: Feedback, who: Someone) -> View:
    """The card in a window. Who looks at what was merged is led to what it is part of, if they may see that."""
    if feedback.state is not FeedbackState.MERGED:
        seen = card(tx, feedback, who.person)
        may = feedback.state in OPEN and (seen.may_say or who.person == feedback.captured_by)
        may = may and triage.find(tx, feedback.number).spurned is not Spurned.NEW
        near = alike.near(tx, feedback, links.viewer_of(who)) if may else []
        so_far = _so_far(tx, feedback)
        last = so_far[0].turn if so_far else None
        may_take_back = seen.may_say and seen.closing is None and rules.may_take_back(feedback, last, tx.now)
        heard = _voices(tx, feedback, who.person, may_say=seen.may_say)
        return modals.shown(replace(seen, may_take_back=may_take_back), near=near, heard=heard, told=so_far)
    merge = family.merge_of(tx, feedback.number)
    whole = feedbacks.see(tx, family.whole(tx, feedback.number), links.viewer_of(who))
    if merge is None or whole is None:
        told = part_message(tx, feedback, who.person)
        return modal(str(feedback.reference), told.blocks if told else [], close="Close")
    led = merging_views.led(feedback, whole, _merger(tx, merge))
    return modals.shown(card(tx, whole, who.person), led=led, told=_so_far(tx, whole))


def part_message(tx: Tx, feedback: Feedback, looking: PersonId) -> MessageContent | None:
    """What was merged, as whoever captured it keeps it: where it went, and what is known there."""
    merge, viewer = family.merge_of(tx, feedback.number), as_viewer(tx, looking)
    whole = feedbacks.get(tx, family.whole(tx, feedback.number))
    if merge is None or whole is None:
        return None
    seen = things.visible(tx, whole.reference, viewer)
    known = answering.known(tx, whole, looking)
    may = whole.state in OPEN and _may_part(tx, feedback, merge, viewer)
    return merging_views.card(feedback, whole, _merger(tx, merge), known, seen=seen, may=may)


def part_elsewhere(tx: Tx, feedback: Feedback) -> MessageContent | None:
    """What was merged, where everybody in a channel may see it: then they may see what it is part of, too."""
    merge, whole = family.merge_of(tx, feedback.number), feedbacks.get(tx, family.whole(tx, feedback.number))
    if merge is None or whole is None:
        return None
    return merging_views.elsewhere(feedback, whole, _merger(tx, merge))


def shipment_of(tx: Tx, feedback: Feedback, viewer: Someone) -> Shipment | None:
    """The launch that shipped what was wanted, if one did and this person may see it."""
    came = links.reached(tx, feedback.reference, viewer, Letter.LAUNCH, through=Letter.DECISION)
    found = closing.shipments(tx, [one.number for one in came])
    return found[0] if found else None


def put(tx: Tx, feedback: Feedback) -> None:
    """Show its captor the card, in their messages."""
    captor = feedback.captured_by
    key, about = card_key(feedback.number, captor), str(feedback.reference)
    boards.put(tx, key, ids.CARD, _subject(feedback), to=captor, about=about)


def as_viewer(tx: Tx, person: PersonId) -> Viewer:
    """A person as somebody who looks, where no request tells who they are."""
    known = people.person(tx, person)
    return Viewer(person, PersonKind.MEMBER if known is None else known.kind)


def adopt(tx: Tx, feedback: Feedback, channel: ChannelId, ts: str) -> None:
    """The offer somebody accepted becomes the card, in its place."""
    key = card_key(feedback.number, feedback.captured_by)
    boards.adopt(tx, key, ids.CARD, _subject(feedback), channel, ts, about=str(feedback.reference))


def card_key(number: int, captor: PersonId) -> str:
    """The key of the card in its captor's messages."""
    return f"feedback.card:{number}:{captor}"


def open_channel(tx: Tx, channel: ChannelId | None) -> Channel | None:
    """The channel, if we can post there and nobody from outside reads it."""
    found = None if channel is None else people.channel(tx, channel)
    if found is None or not found.ours or found.shared or found.archived:
        return None
    return found if found.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else None


def triage_key(number: int) -> str:
    """The key of the card in the channel where it is sorted."""
    return f"feedback.triage:{number}"


def day_key(area: AreaId, day: date) -> str:
    """The key of the one card of a day for all that waits of an area."""
    return f"feedback.day:{area}:{day.isoformat()}"


# ---------------------------------------------------------------------------------------------------------


def _told(tx: Tx, feedback: Feedback) -> list[PersonId]:
    """Who was told last of how it stands now."""
    for turn in standings.turns(tx, feedback.number, TURNS):
        if turn.state is not feedback.state:
            break
        if told := closing.told(tx, feedback.number, turn.number):
            return told
    return []


def _theme(found: Sorted) -> str | None:
    """What it is about, as that is called now, and what it was called the day somebody said so."""
    if found.theme is None or found.theme_then is None or folded(found.theme) == folded(found.theme_then):
        return found.theme
    return f"{found.theme} ({found.theme_then} then)"


def _so_far(tx: Tx, feedback: Feedback) -> list[Told]:
    """What was said of it, the last first; nobody said anything of what nobody touched."""
    turns = standings.turns(tx, feedback.number, TURNS) if feedback.touched else []
    known = people.people(tx, sorted({one.said.by for one in turns})) if turns else {}
    return [Told(one, _name(known, one.said.by)) for one in turns]


def _voices(tx: Tx, feedback: Feedback, looking: PersonId, *, may_say: bool) -> list[Voice]:
    """Who asked for it, too: their words are for whoever looks after it, and for who said them."""
    asked = asking.asked(tx, feedback.number) if feedback.touched else []
    known = people.people(tx, sorted({one.person for one in asked[: history_views.SHOWN]})) if asked else {}
    return [Voice(one, _name(known, one.person), may_say or one.person == looking) for one in asked]


def _may_say(tx: Tx, feedback: Feedback, viewer: Viewer, *, admin: bool) -> bool:
    return answering.may_say(tx, feedback, viewer.person, viewer.kind, admin=admin)


def _parts(tx: Tx, feedback: Feedback, viewer: Viewer, *, admin: bool) -> list[Merged]:
    """What was merged into it, of what this person may see."""
    found = []
    for merge in family.merges(tx, feedback.number):
        part = feedbacks.see(tx, merge.number, viewer)
        if part is not None:
            may = feedback.state in OPEN and _may_part(tx, part, merge, viewer, admin=admin)
            found.append(Merged(part, _named(tx, part.captured_by), _merger(tx, merge), may))
    return found


def _may_part(tx: Tx, part: Feedback, merge: Merge, viewer: Viewer, *, admin: bool | None = None) -> bool:
    if admin is None:
        known = people.person(tx, viewer.person)
        admin = known is not None and known.admin
    roles = viewer.person in (merge.by, part.captured_by)
    return roles or _may_say(tx, part, viewer, admin=admin)


def _merger(tx: Tx, merge: Merge) -> str:
    """Who merged it, as they are called; nobody where it was attached by itself."""
    us = workspaces.find(tx)
    return "" if us is not None and us.bot_user == merge.by else _named(tx, merge.by)


def _named(tx: Tx, person: PersonId) -> str:
    known = people.person(tx, person)
    return known.name if known is not None and known.name else "a colleague"


def _name(known: Mapping[PersonId, Person], person: PersonId) -> str:
    return known[person].name if person in known and known[person].name else "a colleague"


def _subject(feedback: Feedback) -> dict[str, Json]:
    return {"number": feedback.number, "person": feedback.captured_by}
