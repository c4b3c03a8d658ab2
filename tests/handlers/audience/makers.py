"""How each kind of thing is made with a canary in its words, as people make it.

A new letter of `storage.things.values.Letter` that some feature uses has to be given a maker here.
"""

import re
from collections.abc import Callable

from sqlalchemy import bindparam, func, select

from storage.database import OURS
from storage.things.tables import ThingRow
from storage.things.values import Letter
from tests.handlers.audience.desk import EMPTY, TYPED, Desk, payload_of, pressables, view_of
from tests.handlers.audience.places import Place

Maker = Callable[[Desk, Place, str], None]
Poster = Callable[[Desk, Place], None]


def ts_of(words: str) -> str:
    """When the message with these words was said: a moment of its own for each canary."""
    return f"1.{int(re.sub(r'[^0-9]', '', words)):06}"


def capture(desk: Desk, place: Place, words: str) -> None:
    """`/capture` and the form it opens, for an account that is called as what was said."""
    opened = desk.command("capture", words, place, keep=True)
    desk.submit(view_of(opened), {"account": words}, keep=True)


def capture_message(desk: Desk, place: Place, words: str) -> None:
    """*Capture feedback* on a message somebody else wrote."""
    message = {"ts": ts_of(words), "text": words, "user": "U0BORIS"}
    opened = desk.on_message("feedback.capture_message", message, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def decide(desk: Desk, place: Place, words: str) -> None:
    """`/decision` and its one field."""
    opened = desk.command("decision", words, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def decide_on_message(desk: Desk, place: Place, words: str) -> None:
    """*Record a decision* on a message."""
    message = {"ts": ts_of(words), "text": words, "user": "U0BORIS"}
    opened = desk.on_message("decisions.record_message", message, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def launch(desk: Desk, place: Place, words: str) -> None:
    """`/launch new` and its form; none is made where people from outside are, nor in a talk."""
    opened = desk.command("launch", f'new "{words}"', place, keep=True)
    desk.submit(view_of(opened), {"for": EMPTY}, keep=True)


def check_in(desk: Desk, place: Place, words: str) -> None:
    """`/checkin new` and its form."""
    opened = desk.command("checkin", "new", place, keep=True)
    desk.submit(view_of(opened), {"name": words}, keep=True)


def block(desk: Desk, place: Place, words: str) -> None:
    """A check-in that asks at once, and an answer that names what is in the way."""
    check_in(desk, place, f"{TYPED} at {words[-2:-1]}")
    newest = desk.tx.scalar(_NEWEST, letter=Letter.CHECKIN)
    desk.command("checkin", f"run C-{newest}", place, keep=True)
    tick = next(job for job in desk.registry.jobs if job.name == "schedules.tick")
    while tick.run(desk.tx):
        pass
    opened = desk.command("checkin", f"answer C-{newest}", place, keep=True)
    desk.submit(view_of(opened), {"blocker": words, "checkins.waits_on": "f:engineering"}, keep=True)


_NEWEST = select(func.max(ThingRow.number)).where(
    ThingRow.workspace == OURS, ThingRow.letter == bindparam("letter")
)

MAKERS: dict[Letter, tuple[Maker, ...]] = {
    Letter.FEEDBACK: (capture, capture_message),
    Letter.DECISION: (decide, decide_on_message),
    Letter.LAUNCH: (launch,),
    Letter.CHECKIN: (check_in,),
    Letter.BLOCKER: (block,),
}


def digest(desk: Desk, place: Place) -> None:
    """`/digest`, *Start*, and one sent at once."""
    offered = desk.command("digest", "", place, keep=True)
    for one in pressables(payload_of(offered)):
        if one.action.partition(":")[0] == "digests.start":
            desk.press(one, place, keep=True)
            desk.command("digest", "send", place, keep=True)


POSTERS: tuple[Poster, ...] = (digest,)
"""What tells a channel of what there is."""
