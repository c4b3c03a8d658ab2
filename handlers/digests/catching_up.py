"""`/throughline catchup`: what happened while somebody was away. It only reads; nothing is queued."""

from datetime import date, time

from handlers.decisions import views as decision_views
from handlers.digests import ids, reading, recap, rules
from handlers.digests.recap import Recap
from handlers.kit import forms
from handlers.kit.blocks import Block
from handlers.kit.elements import Element, button
from handlers.kit.features import Button, Command, Feature, HomeSections, Mode, Usage
from handlers.kit.help import usage_text
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.references import find_references
from handlers.kit.replies import ButtonReply, CommandReply, OpenModal, Text
from handlers.kit.requests import ButtonRequest, CommandRequest, Who
from storage.asks import queries as asks
from storage.calendar import local_instant
from storage.database import Tx
from storage.decisions import lists
from storage.digests.values import Period
from storage.people import queries as people
from storage.things import queries as things
from storage.things.values import Letter, Viewer
from storage.worktime import queries as worktimes

MOST = 40
USAGE = (
    Usage("", "what happened since you went away, else in the last week"),
    Usage("2 weeks", "what happened in the last two weeks; days, a month or a date like 2026-03-02 do, too"),
    Usage("help", "this list"),
)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """What happened, as a window; nothing of it is sent."""
    there = worktimes.of(tx, request.who.person)
    today = there.today(tx.now)
    if not request.text:
        away = worktimes.last_away(tx, request.who.person, today)
        return OpenModal(_recap(tx, request.who, rules.catch_up_from(away, today), there.zone))
    first = rules.typed_from(request.text, today)
    if first is None:
        return Text(usage_text("throughline catchup", request.text, [(one.words, one.does) for one in USAGE]))
    return OpenModal(_recap(tx, request.who, first, there.zone))


def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The same from Home, or since another day that was chosen in the window."""
    there = worktimes.of(tx, request.who.person)
    today = there.today(tx.now)
    first = rules.typed_from(request.value, today)
    if first is None:
        first = rules.catch_up_from(worktimes.last_away(tx, request.who.person, today), today)
    return forms.open_view(request, _recap(tx, request.who, first, there.zone))


def look(who: Who) -> list[Element]:
    """The button for it that is always there."""
    del who
    return [button("What happened lately", f"{ids.CATCH_UP}:look")]


def home(tx: Tx, who: Who) -> list[Block]:
    """Home welcomes somebody who has just come back."""
    today = worktimes.today(tx, who.person)
    away = worktimes.last_away(tx, who.person, today)
    return recap.welcome(away) if away is not None and rules.welcome(away, today) else []


def of(tx: Tx, who: Who, period: Period) -> Recap:
    """What this person needs to know of a time."""
    viewer, today = Viewer(who.person, who.kind), period.today
    news = reading.gather(tx, things.viewing(viewer), period)
    needing = [] if Letter.DECISION in reading.off(tx) else lists.needing(tx, viewer, today, MOST)
    known = people.person(tx, who.person)
    decided = rules.concerning(news, None if known is None else known.function)
    shown = {str(one.reference) for one in needing}
    asked = [one.summary for one in asks.open_of(tx, who.person) if shown.isdisjoint(_named(one.summary))]
    return Recap(
        period,
        [(one, decision_views.need_of(one, who.person, today)) for one in needing],
        asked,
        decided,
        news.launches,
        [one for one in news.cleared if one.blocked == who.person],
        news.decided_in_all - len(decided),
        reading.names_of(tx, [one.by for one in decided]),
    )


# ---------------------------------------------------------------------------------------------------------


def _recap(tx: Tx, who: Who, first: date, zone: str) -> dict[str, object]:
    return recap.recap(of(tx, who, Period(local_instant(first, time(), zone), tx.now, zone)))


def _named(summary: str) -> set[str]:
    return {one.name for one in find_references(summary)}


FEATURE = Feature(
    name="catchup",
    commands=(
        Command(
            "catchup",
            "What happened while you were away",
            USAGE,
            PEOPLE_HERE,
            Mode.READS,
            command,
            alone=False,
        ),
    ),
    buttons=(Button(ids.CATCH_UP, "see what happened while they were away", PEOPLE_HERE, Mode.READS, press),),
    home=HomeSections(first=(home,), look=(look,)),
)
