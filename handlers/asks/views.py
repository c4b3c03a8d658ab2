"""The message several asks and tellings go out in together."""

from collections.abc import Sequence

from handlers.asks import rules
from handlers.kit.blocks import Block, divider, section
from handlers.kit.surfaces import MessageContent, message
from storage.asks.values import Ask

MOST = 8
"""Asks in one message; Slack takes fifty blocks, and people fewer."""


def merged(due: Sequence[Ask]) -> tuple[str, list[Block]]:
    """One message: the headline, then each with its own buttons."""
    said = rules.merged([one.summary for one in due])
    blocks: list[Block] = []
    for one in due:
        blocks += [*([divider()] if blocks else []), *one.blocks]
    content = message(said.headline, said.summary if len(due) > 1 else "", blocks)
    return content.text, content.blocks


def waiting(asked: Sequence[Ask]) -> MessageContent:
    """What waits for somebody, for Home and for a command typed alone; empty when nothing does."""
    blocks: list[Block] = []
    if asked:
        blocks = [section("*Needs you*"), *[block for one in asked for block in one.blocks], divider()]
    return MessageContent(" · ".join(one.summary for one in asked), blocks)
