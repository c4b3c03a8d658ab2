"""Making a file and sending its bytes to Slack, where nobody sees it until it is shown."""

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, BinaryIO

import aiohttp

from bot.courier.attempt import Outcome, send
from bot.slack import SlackLine
from handlers.kit.features import FilePart, Registry
from storage.database import Database, Tx
from storage.outbox.values import Claimed, Verdict

MOST = 8 * 1024 * 1024
"""Bytes from which a file is not made any longer."""
MOST_THINGS = 20_000
"""Things in one file at most."""
OK = 200
Maker = Callable[[Tx, Mapping[str, Any], int | None], FilePart]


async def upload(
    database: Database, registry: Registry, slack: SlackLine, row: Claimed, most: int = MOST_THINGS
) -> Outcome:
    """Make the file and send it; `data` says what Slack calls it, how many things it holds and whether there are more.

    The bytes stand in a file of the system's until they are sent: memory holds a part of them only.
    """
    with tempfile.TemporaryFile() as file:
        count, more = await _make(database, registry, row, file, most)
        length = file.tell()
        if length == 0:
            return Outcome(Verdict.DONE, "", {"ok": True, "count": 0})
        asked = dict(row.arguments)
        name: dict[str, Any] = {"filename": asked["filename"], "length": length}
        outcome = await send(slack, row, name)
        if outcome.verdict is not Verdict.DONE:
            return outcome
        file.seek(0)
        try:
            status = await slack.upload(str(outcome.data["upload_url"]), file)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Outcome(Verdict.UNKNOWN, type(error).__name__, {}, outage=True)
    if status != OK:
        return Outcome(Verdict.UNKNOWN, "upload_failed", {})
    data = {"ok": True, "file_id": outcome.data["file_id"], "channel": asked["channel"], "count": count}
    return Outcome(Verdict.DONE, "", {**data, "more": more})


async def _make(
    database: Database, registry: Registry, row: Claimed, file: BinaryIO, most: int
) -> tuple[int, bool]:
    """Write it part by part, each as it is then; how many things it holds, and whether there are more."""
    make, subject = registry.files[str(row.arguments["maker"])], _subject(row)
    count = 0
    after: int | None = None
    while True:
        part = await database.read(row.workspace, partial(_part, make, subject, after))
        file.write(part.data)
        count, after = count + part.count, part.after
        if after is None or count >= most or file.tell() >= MOST:
            return count, after is not None


def _part(make: Maker, subject: Mapping[str, Any], after: int | None, tx: Tx) -> FilePart:
    return make(tx, subject, after)


def _subject(row: Claimed) -> dict[str, Any]:
    subject = row.arguments["subject"]
    return dict(subject) if isinstance(subject, dict) else {}
