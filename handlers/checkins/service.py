"""What happens to a check-in: started, changed, joined and left."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.checkins import cards, places, rules
from handlers.checkins.places import Trouble
from handlers.kit.requests import Who
from storage.audit import queries as audit
from storage.checkins import queries as checkins
from storage.checkins.values import MOST_PEOPLE, CheckIn, Settings
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import queries as schedules
from storage.schedules.values import SeriesState
from storage.values import ChannelId, PersonId
from storage.worktime import queries as worktimes


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be started in a channel."""

    settings: Settings
    people: tuple[PersonId, ...]


def propose(tx: Tx, channel: ChannelId, who: Who) -> Proposal:
    """Everything at once, for the people of the channel."""
    there = [one.id for one in places.in_channel(tx, channel)]
    zone = worktimes.of(tx, who.person).zone
    settings = rules.proposed(channel, places.zones(tx, there) or {zone}, zone, tx.now)
    return Proposal(settings, tuple(there))


def start(tx: Tx, settings: Settings, asked: Sequence[PersonId], by: PersonId) -> CheckIn:
    """Begin it, and say so in its channel."""
    checkin = checkins.add(tx, settings, by, places.where(tx, settings.channel))
    schedules.set_people(tx, checkin.series, list(asked)[:MOST_PEOPLE])
    audit.note(tx, by, "checkin.started", str(checkin.reference), people=len(asked))
    cards.stand(tx, checkin)
    cards.draw(tx, checkin)
    return checkin


def change(tx: Tx, seen: CheckIn, settings: Settings, asked: Sequence[PersonId], by: PersonId) -> bool:
    """Change it from the next round on; False when somebody else has meanwhile."""
    before = schedules.people_of(tx, seen.series)
    if not checkins.save(tx, seen, settings, by, places.where(tx, settings.channel)):
        return False
    schedules.set_people(tx, seen.series, list(asked))
    audit.note(tx, by, "checkin.changed", str(seen.reference))
    cards.draw(tx, checkins.must(tx, seen.number), *before)
    return True


def join(tx: Tx, checkin: CheckIn, who: Who) -> str | None:
    """Take part from the next round on; why not, where they cannot."""
    name, there = str(checkin.reference), schedules.people_of(tx, checkin.series)
    if checkin.state is SeriesState.ENDED:
        return f"{name} has ended."
    if who.person in there:
        return f"You take part in {name} already."
    if not people.is_member(tx, checkin.channel, who.person):
        return f"Join {places.where(tx, checkin.channel)} first: what is said comes there."
    if len(there) >= MOST_PEOPLE:
        return f"{MOST_PEOPLE} people take part in {name} already, which is the most it takes."
    schedules.add_people(tx, checkin.series, [who.person])
    audit.note(tx, who.person, "checkin.joined", str(checkin.reference))
    cards.draw(tx, checkin)
    return None


def leave(tx: Tx, checkin: CheckIn, who: Who) -> str | None:
    """Take part no more; why not, where they did not."""
    if who.person not in schedules.people_of(tx, checkin.series):
        return f"You do not take part in {checkin.reference}."
    schedules.remove_people(tx, checkin.series, [who.person])
    audit.note(tx, who.person, "checkin.left", str(checkin.reference))
    cards.draw(tx, checkin, who.person)
    return None


def moved(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """The channel has another id for good."""
    checkins.renumber(tx, old, new)


def stop_where(tx: Tx, channel: ChannelId) -> Trouble | None:
    """Why there can be no check-in in a channel."""
    return places.trouble(people.channel(tx, channel))


def of_channel(tx: Tx, channel: ChannelId, who: Who) -> list[CheckIn]:
    """Those of a channel that have not ended, as far as this person may see them."""
    return checkins.of_channel(tx, channel, cards.viewer(who))
