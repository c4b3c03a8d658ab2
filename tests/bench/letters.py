"""What is said in the benches of the way out: so many letters over so many channels, in turn."""

from functools import partial

from handlers.kit.blocks import section
from storage.database import Clock, Database, Tx
from storage.outbox import letters
from storage.values import ChannelId
from tests.bench.workspace import TEAM

CHANNELS = 500
AT_ONCE = 100


async def fill(url: str, count: int) -> None:
    """Have so many letters waiting in the outbox."""
    database = Database(url, Clock())
    try:
        for first in range(0, count, AT_ONCE):
            await database.transact(TEAM, partial(_fill, first=first, last=min(first + AT_ONCE, count)))
    finally:
        await database.close()


def arguments(number: int) -> dict[str, object]:
    """What one of them says to Slack."""
    words = _words(number)
    return {"channel": _channel(number), "text": words, "blocks": [section(words)], "unfurl_links": False}


def _fill(tx: Tx, first: int, last: int) -> None:
    for number in range(first, last):
        words = _words(number)
        letters.post(tx, f"bench:{number}", _channel(number), words, [section(words)])


def _channel(number: int) -> ChannelId:
    return ChannelId(f"C0BENCH{number % CHANNELS}")


def _words(number: int) -> str:
    return f"F-{number}: the export keeps your columns now. It was asked for by three accounts."
