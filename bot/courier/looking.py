"""Looking up what an earlier attempt may have posted, by the mark in its metadata or the file that it shows.

Only the time around the tries is read, so that a busy channel's later messages do not stand in the way after a long
outage. Where the app may not read there, or so little at a time that it would never see all of it, nobody can look.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.courier.attempt import EVENT_TYPE, Outcome
from bot.courier.codes import verdict_of
from bot.courier.documented import REVOKED
from bot.slack import Response, SlackLine
from storage.outbox.values import UNCONFIRMED, Claimed, Verdict

AROUND = timedelta(minutes=10)
"""How far our clock may be from Slack's; beyond half of it Slack's requests are refused anyway."""
LIMIT, PAGES = 200, 25
LITTLE = 15
"""Messages a page has at most where Slack allows an app one request a minute."""


async def look_up(slack: SlackLine, row: Claimed, until: datetime | None) -> Outcome:
    """Find the message an earlier attempt may have posted, by `until` at the latest.

    DONE with its `ts`, DEAD when it is not there, UNKNOWN when Slack would not tell now, and BLOCKED when nobody
    can look.
    """
    channel, thread = row.arguments.get("channel"), row.arguments.get("thread_ts")
    method = "conversations.history" if thread is None else "conversations.replies"
    query: dict[str, Any] = {"channel": channel, "include_all_metadata": "true", "limit": LIMIT}
    if row.first_sent_at is not None:
        query["oldest"] = _slack_time(row.first_sent_at - AROUND)
    if until is not None:
        query["latest"] = _slack_time(until + AROUND)
    if thread is not None:
        query["ts"] = thread
    little, shown = False, _files(row.arguments)
    for _ in range(PAGES):
        try:
            response = await slack.call(method, query)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return Outcome(Verdict.UNKNOWN, type(error).__name__, {})
        if not response.ok:
            return _refused(method, response, little=little)
        messages = response.data.get("messages", [])
        for message in messages:
            if _marker(message) == row.id or shown & _files(message):
                return Outcome(Verdict.DONE, "", {"ok": True, "ts": message["ts"], "channel": channel})
        cursor = response.data.get("response_metadata", {}).get("next_cursor")
        if not cursor:
            return Outcome(Verdict.DEAD, "not_there", {})
        query["cursor"], little = cursor, len(messages) <= LITTLE
    return Outcome(Verdict.BLOCKED, UNCONFIRMED, {})


def _refused(method: str, response: Response, *, little: bool) -> Outcome:
    """What it means that Slack did not show us the messages; `little`: after a page with hardly any."""
    code = response.code
    limited = response.status == 429
    if limited and little:
        return Outcome(Verdict.BLOCKED, UNCONFIRMED, {})
    for_good = verdict_of(method, code) in (Verdict.DEAD, Verdict.BLOCKED) and code not in REVOKED
    if response.status == 200 and for_good:
        return Outcome(Verdict.BLOCKED, UNCONFIRMED, {})
    return Outcome(Verdict.UNKNOWN, code, {}, response.retry_after)


def _marker(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    marker = metadata.get("event_payload", {}).get("k")
    return marker if isinstance(marker, str) else None


def _files(said: Mapping[str, Any]) -> set[str]:
    """The files that a message shows, or a call was to show."""
    return {str(one.get("id")) for one in said.get("files") or [] if isinstance(one, Mapping)}


def _slack_time(instant: datetime) -> str:
    return f"{instant.timestamp():.6f}"
