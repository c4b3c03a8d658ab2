"""`/throughline why`: what I was sent lately and what not, each with its reason."""

from collections.abc import Iterable
from datetime import datetime

from handlers.asks import ids, reasons, reports, seeing
from handlers.asks.reasons import Reader
from handlers.asks.views import history
from handlers.kit.features import Button, Command, Mode, Usage
from handlers.kit.help import usage_text
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.replies import ButtonReply, CommandReply, OpenModal, Text
from handlers.kit.requests import ButtonRequest, CommandRequest, Who
from handlers.kit.surfaces import MessageContent, modal
from storage.asks import queries as asks
from storage.checkins import queries as checkins
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import log
from storage.things.values import Viewer
from storage.values import PersonId

SHOWN = 12
UNSAID = "Something you may not see any more"
HIDDEN = "A check-in in a channel you are not in"
Line = tuple[datetime, str, str]


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """What I was sent, and why not more or less; and who was not asked today of what I run."""
    if request.text:
        return Text(usage_text("throughline why", request.text, USAGE))
    shown = everything(tx, request.who)
    return Text(shown.text, shown.blocks)


def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The same in a window, from Home."""
    return OpenModal(modal("What I sent you", everything(tx, request.who).blocks, close="Done"))


def everything(tx: Tx, who: Who) -> MessageContent:
    """Theirs, and of what they run."""
    mine = reports.of_mine(tx, who)
    return history(lines(tx, who), mine[: reports.MINE], max(len(mine) - reports.MINE, 0))


def lines(tx: Tx, who: Who) -> list[tuple[str, str]]:
    """What it was and what became of it, newest first."""
    asked = asks.last_of(tx, who.person, SHOWN)
    others = {one.recipient for one in asked} | {one.person for one in asked}
    reader = reader_for(tx, who.person, who.zone, others)
    outage = log.last_outage(tx)
    unsaid = seeing.hidden(tx, who.person, [one for one in asked if one.sent_at is None])
    found: list[Line] = [
        (
            one.sent_at or one.created_at,
            UNSAID if one.key in unsaid else one.summary,
            reasons.to_me(one, reader),
        )
        for one in asked
    ]
    occurred = log.of(tx, who.person, SHOWN)
    hidden = checkins.hidden(tx, Viewer(who.person, who.kind), {one.series.key for one in occurred})
    for one in occurred:
        said = reasons.of_occurrence(one, reader, outage)
        if said is not None:
            found.append((one.due_at, HIDDEN if one.series.key in hidden else one.series.title, said))
    found.sort(key=lambda line: line[0], reverse=True)
    return [(title, said) for _, title, said in found[:SHOWN]]


def reader_for(tx: Tx, person: PersonId, zone: str, others: Iterable[PersonId]) -> Reader:
    """Somebody who reads `reasons`, knowing what to call these people."""
    known = people.people(tx, sorted(others))
    return Reader(person, zone, tx.now, {one.id: one.name for one in known.values()})


USAGE = (
    (
        "",
        "what I sent you lately and what waits, each with its reason; and whom I did not ask of what you run",
    ),
    ("help", "this list"),
)
COMMAND = Command(
    "why",
    "See why you got something, or did not",
    tuple(Usage(words, does) for words, does in USAGE),
    PEOPLE_HERE,
    Mode.READS,
    command,
    alone=False,
)
BUTTONS = (
    Button(ids.WHY, "see what they were sent, and why", PEOPLE_HERE, Mode.READS, press),
    Button(
        ids.REPORT,
        "see who was not asked and why, if it is their series or they are an admin",
        PEOPLE_HERE,
        Mode.READS,
        reports.press,
    ),
)
