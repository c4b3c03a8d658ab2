"""What became of feedback so far: who said what of it, and when; why they did stays with those who were told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.feedback import answers
from handlers.kit.blocks import Block, section
from handlers.kit.mrkdwn import date_token, escape
from storage.feedback.values import FeedbackState, Turn


@dataclass(frozen=True, slots=True)
class Told:
    """A turn, and who said so."""

    turn: Turn
    by: str


def lines(told: Sequence[Told]) -> list[Block]:
    """The last one first."""
    return [section("\n".join(["*So far*", *map(_line, told)]))] if told else []


def _line(one: Told) -> str:
    said, state = one.turn.said, one.turn.state
    at = date_token(said.at, "{date_short_pretty}", f"{said.at:%Y-%m-%d}")
    if state is FeedbackState.NEW:
        return f"{at}: open again"
    day = f" for {said.planned_for.day} {said.planned_for:%b %Y}" if said.planned_for else ""
    return f"{at}: {answers.STANDS[state]}{day} · {escape(one.by)}"
