"""What those concerned do about a blocker: clear it, say that it takes longer, pass it on, open it again."""

from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.asks import service as asks
from handlers.checkins import blocker_views, blocking, cards, places
from handlers.checkins.blocker_views import BlockerCard
from handlers.checkins.views import together
from handlers.kit.permissions import allowed
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.calendar import local_date
from storage.checkins import blockers
from storage.checkins import queries as checkins
from storage.checkins.values import Blocker, BlockerState, Party
from storage.database import Tx
from storage.values import PersonId


class Refusal(StrEnum):
    """Why something was not done."""

    NOT_THEIRS = "not_theirs"
    ALREADY = "already"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Done:
    """How the blocker stands now, and why nothing was done if so."""

    blocker: Blocker
    refusal: Refusal | None = None


def see(tx: Tx, number: int, who: Who) -> Blocker | None:
    """The blocker, if this person may see it."""
    return blockers.see(tx, number, cards.viewer(who))


def brief(tx: Tx, one: Blocker, who: Who) -> BlockerCard:
    """As much of the card as a line of a list shows."""
    since, today = (local_date(moment, who.zone) for moment in (one.since, tx.now))
    return BlockerCard(one, blocking.names(tx, one), places.where(tx, one.channel), since, today)


def card(tx: Tx, one: Blocker, who: Who) -> BlockerCard:
    """The card as this person sees it, with what they may do."""
    may, is_asked = may_clear(tx, one, who), who.person in blocking.asked(tx, one)
    linked = links.linked(tx, one.reference, who)
    return replace(brief(tx, one, who), may_clear=may, is_asked=is_asked, may_undo=may, links=linked)


def may_clear(tx: Tx, one: Blocker, who: Who) -> bool:
    """The one blocked, the one waited on or who was asked for them, whoever runs the check-in, and admins."""
    return allowed(who.person, roles=_concerned(tx, one), admin=who.admin)


def clear(tx: Tx, number: int, note: str | None, who: Who) -> Done | None:
    """It is out of the way; whoever was blocked is told once, with what was said."""
    one = see(tx, number, who)
    if one is None or (refusal := _refused(tx, one, who)) is not None:
        return None if one is None else Done(one, refusal)
    if one.asked is not None:
        asks.answered(tx, blocking.ask_key(one))
    now = blocking.change(
        tx, one, replace(one, state=BlockerState.CLEARED, settled_at=tx.now, note=note), who.person
    )
    blocking.say_cleared(tx, now, who.person)
    return Done(now)


def cannot_yet(tx: Tx, number: int, why: str, who: Who) -> Done | None:
    """It takes longer; whoever is blocked hears why."""
    one = see(tx, number, who)
    if one is None or (refusal := _refused(tx, one, who)) is not None:
        return None if one is None else Done(one, refusal)
    asks.answered(tx, blocking.ask_key(one))
    now = blocking.change(tx, one, replace(one, note=why), who.person)
    if now.blocked != who.person:
        said = blocker_views.cannot_yet(now, blocking.names(tx, now))
        asks.tell(
            tx, now.blocked, f"checkin.blocker_not_yet:{now.number}:{now.version}", said.summary, said.blocks
        )
    return Done(now)


def hand_on(tx: Tx, number: int, party: Party, who: Who) -> Done | None:
    """It waits on somebody else, who is asked once."""
    one = see(tx, number, who)
    if one is None or (refusal := _refused(tx, one, who)) is not None:
        return None if one is None else Done(one, refusal)
    asked = blocking.find_asked(tx, party, one.channel, one.blocked, but=blocking.asked(tx, one))
    if party == one.waits and asked == one.asked:
        return Done(one, Refusal.SAME)
    asks.answered(tx, blocking.ask_key(one))
    now = replace(one, waits=party, asked=asked, times=one.times + 1)
    return Done(blocking.change(tx, one, now, who.person))


def undo(tx: Tx, number: int, who: Who) -> Done | None:
    """It was not out of the way after all: open again, and asked about once more."""
    one = see(tx, number, who)
    if one is None:
        return None
    if one.state is not BlockerState.CLEARED:
        return Done(one, Refusal.ALREADY)
    if not may_clear(tx, one, who):
        return Done(one, Refusal.NOT_THEIRS)
    asks.withdraw(tx, blocking.cleared_key(one))
    now = replace(one, state=BlockerState.OPEN, settled_at=None, note=None, times=one.times + 1)
    return Done(blocking.change(tx, one, now, who.person))


# ---------------------------------------------------------------------------------------------------------


def _refused(tx: Tx, one: Blocker, who: Who) -> Refusal | None:
    if one.state is not BlockerState.OPEN:
        return Refusal.ALREADY
    return None if may_clear(tx, one, who) else Refusal.NOT_THEIRS


def names_of(tx: Tx, one: Blocker) -> str:
    """Who may clear it, in a sentence."""
    those = _concerned(tx, one)
    known = places.names(tx, those)
    return together(list(dict.fromkeys(known[who] for who in those if who is not None and who in known)))


def _concerned(tx: Tx, one: Blocker) -> list[PersonId | None]:
    checkin = None if one.checkin is None else checkins.get(tx, one.checkin)
    return [one.blocked, *blocking.asked(tx, one), None if checkin is None else checkin.owner]
