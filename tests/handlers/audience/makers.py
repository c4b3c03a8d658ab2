"""How each kind of thing is made with a canary in its words, as people make it.

A new letter of `storage.things.values.Letter` that some feature uses has to be given a maker here.
"""

from collections.abc import Callable

from storage.things.values import Letter
from tests.handlers.audience.desk import Desk, view_of
from tests.handlers.audience.places import Place

Maker = Callable[[Desk, Place, str], None]


def capture(desk: Desk, place: Place, words: str) -> None:
    """`/capture` and the form it opens."""
    opened = desk.command("capture", words, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def capture_message(desk: Desk, place: Place, words: str) -> None:
    """*Capture feedback* on a message somebody else wrote."""
    message = {"ts": f"1.{abs(hash(words)) % 10**6:06}", "text": words, "user": "U0BORIS"}
    opened = desk.on_message("feedback.capture_message", message, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def decide(desk: Desk, place: Place, words: str) -> None:
    """`/decision` and its one field."""
    opened = desk.command("decision", words, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


def decide_on_message(desk: Desk, place: Place, words: str) -> None:
    """*Record a decision* on a message."""
    message = {"ts": f"2.{abs(hash(words)) % 10**6:06}", "text": words, "user": "U0BORIS"}
    opened = desk.on_message("decisions.record_message", message, place, keep=True)
    desk.submit(view_of(opened), {}, keep=True)


MAKERS: dict[Letter, tuple[Maker, ...]] = {
    Letter.FEEDBACK: (capture, capture_message),
    Letter.DECISION: (decide, decide_on_message),
}
