"""The cards of check-ins: what is on them, and drawing them again."""

from collections.abc import Mapping
from typing import Any

from handlers.checkins import ids, places, rules, views
from handlers.checkins.views import Card
from handlers.kit.features import Content
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.checkins import queries as checkins
from storage.checkins import rounds
from storage.checkins.values import CheckIn, Round, RoundState
from storage.database import Tx
from storage.outbox import boards
from storage.schedules import queries as schedules
from storage.schedules.values import SeriesState
from storage.things.values import Viewer
from storage.values import PersonId


def viewer(who: Who) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(who.person, who.kind)


def see(tx: Tx, number: int, who: Who) -> CheckIn | None:
    """The check-in, if this person may see it."""
    return checkins.see(tx, number, viewer(who))


def card(tx: Tx, checkin: CheckIn, who: Who | None = None) -> Card:
    """The card as this person sees it, or as everybody does; names are plain text."""
    those = schedules.people_of(tx, checkin.series)
    known = places.names(tx, [*those, checkin.owner])
    taking_part = {one: known.get(one, "a colleague") for one in those}
    runs = checkin.state is SeriesState.ACTIVE
    next_on = schedules.next_date(tx, checkin.series) if runs else None
    where, owner = places.where(tx, checkin.channel), known.get(checkin.owner, "a colleague")
    if who is None:
        return Card(checkin, where, taking_part, owner, next_on)
    now = open_round(tx, checkin.number)
    own = None if now is None else rounds.answer_of(tx, now.number, now.on, who.person)
    manages = rules.may_manage(checkin, who.person, admin=who.admin)
    due = now is not None and who.person in taking_part
    linked = links.linked(tx, checkin.reference, who)
    last = rounds.last(tx, checkin.number, 1)
    return Card(
        checkin, where, taking_part, owner, next_on, who.person, manages, due, own is not None, linked,
        last[0].on if last else None,
    )  # fmt: skip


def brief(tx: Tx, checkin: CheckIn) -> Card:
    """As much of the card as a line of a list shows."""
    runs = checkin.state is SeriesState.ACTIVE
    next_on = schedules.next_date(tx, checkin.series) if runs else None
    return Card(checkin, places.where(tx, checkin.channel), {}, "", next_on)


def open_round(tx: Tx, number: int, person: PersonId | None = None) -> Round | None:
    """The round under way; of two (a date begins in Tokyo before it ends in Honolulu) the one this person owes."""
    under_way = [one for one in rounds.last(tx, number, 3) if one.state is RoundState.OPEN]
    for one in reversed(under_way):
        if person is not None and rounds.answer_of(tx, number, one.on, person) is None:
            return one
    return under_way[0] if under_way else None


def stand(tx: Tx, checkin: CheckIn) -> None:
    """Put the card into its channel, so that whoever is asked knows where it comes from."""
    key, subject = card_key(checkin.number), {"number": checkin.number}
    boards.put_in(tx, key, ids.CARD, {**subject}, checkin.channel, about=str(checkin.reference))


def draw(tx: Tx, checkin: CheckIn, *others: PersonId) -> None:
    """Whatever shows it is to be drawn again."""
    boards.touch(tx, card_key(checkin.number))
    boards.touch_home(tx, checkin.owner, *schedules.people_of(tx, checkin.series), *others)


def board(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The card as it is now, for everybody in its channel."""
    checkin = checkins.get(tx, int(subject["number"]))
    if checkin is None:
        return None
    shown = views.card_message(card(tx, checkin))
    return {"text": shown.text, "blocks": shown.blocks}


def card_key(number: int) -> str:
    """The key of a check-in's card."""
    return f"checkin.card:{number}"
