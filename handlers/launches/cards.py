"""Launches as they are shown: everything a view needs, where the board stands, and drawing it again."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from handlers.asks import reasons
from handlers.asks import service as asks
from handlers.asks.reasons import Reader
from handlers.kit.features import Content
from handlers.kit.requests import Who
from handlers.launches import ids, rules, views
from handlers.launches.rules import Workdays
from handlers.launches.shown import Shown
from handlers.links import service as links
from storage.database import Tx
from storage.launches import changes, items
from storage.launches import queries as launches
from storage.launches.values import Launch
from storage.outbox import boards
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes


def viewer(who: Who) -> Viewer:
    """The person as somebody who looks."""
    return Viewer(who.person, who.kind)


def see(tx: Tx, number: int, who: Who) -> Launch | None:
    """The launch, if this person may see it."""
    return launches.see(tx, number, viewer(who))


def week_of(tx: Tx, owner: PersonId) -> tuple[Workdays, date]:
    """The days a launch of this person's counts by, and which day it is where they are."""
    there = worktimes.of(tx, owner)
    return Workdays(there.worktime.workdays, there.holidays), there.today(tx.now)


def shown(tx: Tx, launch: Launch, who: Who | None = None, also: Collection[PersonId] = ()) -> Shown:
    """The launch as this person sees it, or as everybody does; `also` are others whose names are needed."""
    its, leads = tuple(items.every(tx, launch.number)), rules.in_order(launches.leads(tx, launch.number))
    moves, votes = changes.moves(tx, launch.number), changes.votes(tx, launch)
    asked = (
        []
        if who is None
        else [one for prefix in rules.asked_under(launch) for one in asks.report(tx, prefix)]
    )
    needed = {launch.owner, launch.changed_by, *also, *(one.owner for one in its)}
    needed |= {one.person for one in leads} | {one.person for one in votes.values()}
    needed |= {one.recipient for one in asked}
    known = people.people(tx, sorted(one for one in needed if one is not None))
    names = {person: found.name for person, found in known.items() if found.name}
    week, today = week_of(tx, launch.owner)
    moved = moves[-1] if moves else None
    if who is None:
        linked = links.linked_in(tx, launch.reference, launch.channel)
        return Shown(launch, its, leads, today, week, names, moved, votes, links=linked)
    linked = links.linked(tx, launch.reference, who)
    held: dict[str, str] = {}
    if rules.may_change(launch, who.person, admin=who.admin):
        reader = Reader(who.person, who.zone, tx.now, names)
        held = {one.key: reasons.to_owner(one, reader) for one in asked if reasons.held(one)}
    return Shown(
        launch, its, leads, today, week, names, moved, votes, who.person, who.admin, linked, asked, held
    )


def concerned(tx: Tx, launch: Launch) -> set[PersonId]:
    """Everybody with a part in it and everybody who follows it, as far as they may see it."""
    its, leads = items.every(tx, launch.number), launches.leads(tx, launch.number)
    found = rules.involved(launch, its, leads) | {*things.followers(tx, launch.reference)}
    known = people.people(tx, sorted(found))
    return {one for one in found if one in known and sees(tx, launch, known[one])}


def sees(tx: Tx, launch: Launch, person: Person) -> bool:
    """Whether somebody may see the launch."""
    return things.visible(tx, launch.reference, Viewer(person.id, person.kind))


def stand(tx: Tx, launch: Launch) -> bool:
    """Put the board into the launch's channel, pinned, if we may post there; whether it stands there."""
    channel = open_channel(tx, launch.channel)
    if channel is not None:
        subject: dict[str, Any] = {"number": launch.number}
        about = str(launch.reference)
        boards.put_in(tx, board_key(launch.number), ids.BOARD, subject, channel.id, pin=True, about=about)
    return channel is not None


def stand_with_owner(tx: Tx, launch: Launch) -> None:
    """Where no channel can have it, its owner does."""
    key, subject = board_key(launch.number), {"number": launch.number}
    boards.put(tx, key, ids.BOARD, {**subject}, to=launch.owner, about=str(launch.reference))


def draw(tx: Tx, launch: Launch, *others: PersonId | None) -> None:
    """Whatever shows it is to be drawn again."""
    boards.touch(tx, board_key(launch.number))
    boards.touch_home(tx, launch.owner, *others)
    links.changed(tx, launch.reference)


def board(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The board as it is now, for everybody in its channel."""
    launch = launches.get(tx, int(subject["number"]))
    if launch is None:
        return None
    made = views.board(shown(tx, launch))
    return {"text": made.text, "blocks": made.blocks}


def board_key(number: int) -> str:
    """The key of a launch's board."""
    return f"launch.board:{number}"


def open_channel(tx: Tx, channel: ChannelId | None) -> Channel | None:
    """The channel, if we can post there and nobody from outside reads it."""
    found = None if channel is None else people.channel(tx, channel)
    if found is None or not found.ours or found.shared or found.archived:
        return None
    return found if found.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else None
