"""The message several asks and tellings go out in together."""

from collections.abc import Sequence

from handlers.asks import rules
from handlers.kit.blocks import Block, divider, section
from handlers.kit.mrkdwn import escape
from handlers.kit.surfaces import MessageContent, message
from storage.asks.values import Ask

MOST = 8
"""Asks in one message; Slack takes fifty blocks, and people fewer."""


def merged(due: Sequence[Ask]) -> tuple[str, list[Block]]:
    """One message: the headline, then each with its own words and buttons."""
    said = rules.merged([one.summary for one in due])
    blocks = [*due[0].blocks] if len(due) == 1 else _listed(due)
    content = message(said.headline, said.summary, blocks)
    return content.text, content.blocks


def waiting(asked: Sequence[Ask]) -> MessageContent:
    """What waits for somebody, for Home and for a command typed alone; empty when nothing does."""
    blocks = [section("*Needs you*"), *_listed(asked), divider()] if asked else []
    return MessageContent(" · ".join(one.summary for one in asked), blocks)


def _listed(asked: Sequence[Ask]) -> list[Block]:
    blocks: list[Block] = []
    for one in asked:
        blocks += [*([divider()] if blocks else []), section(f"*{escape(one.summary)}*"), *one.blocks]
    return blocks
