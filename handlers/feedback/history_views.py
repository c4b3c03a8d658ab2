"""What became of feedback so far: who asked for it since, and who said what of it, and when. Pure.

Why they said so stays with those who were told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.feedback import answers
from handlers.kit.blocks import Block, context, quote, section
from handlers.kit.mrkdwn import date_token, escape
from storage.feedback.values import Asked, FeedbackState, Turn

SHOWN = 5
"""Voices that stand on a card; the others are counted."""
WORDS_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A turn, and who said so."""

    turn: Turn
    by: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who asked for it since it was captured; with their words for whoever may read them."""

    asked: Asked
    by: str
    words: bool


def voices(heard: Sequence[Voice]) -> list[Block]:
    """Who asked for the same, each in their own words, first come first."""
    blocks: list[Block] = [section("*Asked for it, too*")] if heard else []
    for one in heard[:SHOWN]:
        account = f" for {escape(one.asked.account)}" if one.asked.account else ""
        blocks.append(context(f"{escape(one.by)}{account} · {_at(one.asked.at)}"))
        if one.words and one.asked.words:
            blocks.append(quote(one.asked.words, WORDS_SHOWN))
    hidden = len(heard) - SHOWN
    return [*blocks, context(f"and {hidden} more")] if hidden > 0 else blocks


def lines(told: Sequence[Told]) -> list[Block]:
    """The last one first."""
    return [section("\n".join(["*So far*", *map(_line, told)]))] if told else []


def _line(one: Told) -> str:
    said, state = one.turn.said, one.turn.state
    at = _at(said.at)
    if state is FeedbackState.NEW:
        return f"{at}: open again"
    day = f" for {said.planned_for.day} {said.planned_for:%b %Y}" if said.planned_for else ""
    return f"{at}: {answers.STANDS[state]}{day} · {escape(one.by)}"


def _at(moment: datetime) -> str:
    return date_token(moment, "{date_short_pretty}", f"{moment:%Y-%m-%d}")
