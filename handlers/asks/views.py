"""The message several asks and tellings go out in together."""

from collections.abc import Sequence

from handlers.kit.blocks import Block, divider, section
from handlers.kit.mrkdwn import escape
from handlers.kit.surfaces import MessageContent, message
from handlers.kit.words import words_of
from storage.asks.values import Ask

MOST = 8
"""Asks in one message; Slack takes fifty blocks, and people fewer."""


def merged(due: Sequence[Ask]) -> MessageContent:
    """One message: the headline, then each with its own words and buttons."""
    if len(due) == 1:
        return single(due[0].summary, due[0].blocks)
    said = "\n".join(f"{one.summary}. {_spoken(one.blocks)}".strip() for one in due)
    return message(f"{len(due)} things for you", said, _listed(due))


def single(summary: str, blocks: Sequence[Block]) -> MessageContent:
    """The message of one ask or telling; its text says all that its blocks say."""
    return message(summary, _spoken(blocks), blocks)


def waiting(asked: Sequence[Ask]) -> MessageContent:
    """What waits for somebody, for Home and for a command typed alone; empty when nothing does."""
    blocks = [section("*Needs you*"), *_listed(asked), divider()] if asked else []
    return MessageContent(" · ".join(one.summary for one in asked), blocks)


def _listed(asked: Sequence[Ask]) -> list[Block]:
    blocks: list[Block] = []
    for one in asked:
        blocks += [*([divider()] if blocks else []), section(f"*{escape(one.summary)}*"), *one.blocks]
    return blocks


def _spoken(blocks: Sequence[Block]) -> str:
    return words_of({"blocks": [*blocks]})
