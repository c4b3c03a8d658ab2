"""One call to Slack, and what its outcome means.

Whatever leaves doubt (a timeout, a reset, a 5xx, an answer that is not JSON) is UNKNOWN: Slack may have done
it. Only what provably never reached Slack, or what Slack itself refused, is anything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.courier.codes import verdict_of
from bot.courier.documented import METHODS, SLACKS_OWN
from bot.slack import Response, SlackLine
from storage.outbox.values import POSTING, SHOWING, Claimed, Verdict

EVENT_TYPE = "throughline_delivery"
"""The metadata every message of ours carries, with an opaque marker to find it again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to. `data` is Slack's answer when it did it.

    `outage` means that Slack itself failed or could not be heard: no fault of the call's.
    """

    verdict: Verdict
    code: str
    data: Mapping[str, Any]
    retry_after: float | None = None
    outage: bool = False


async def send(slack: SlackLine, row: Claimed, said: Mapping[str, Any] | None = None) -> Outcome:
    """Make the row's call once; with what is `said` in its arguments' place."""
    arguments: dict[str, Any] = dict(row.arguments if said is None else said)
    if row.method == POSTING:
        arguments["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"k": row.id}}
    if row.method == SHOWING:
        arguments["channel_id"] = arguments.pop("channel")
    try:
        response = await slack.call(row.method, arguments)
    except aiohttp.ClientConnectorError as error:
        return Outcome(Verdict.LATER, type(error).__name__, {})
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        return Outcome(Verdict.UNKNOWN, type(error).__name__, {}, outage=True)
    return classify(row.method, response)


def classify(method: str, response: Response) -> Outcome:
    """The meaning of an answer."""
    if response.ok:
        return Outcome(Verdict.DONE, "", response.data)
    if response.status == 429:
        return Outcome(Verdict.LATER, "ratelimited", {}, response.retry_after)
    if response.status != 200 or "error" not in response.data:
        return Outcome(Verdict.UNKNOWN, response.code, {}, outage=True)
    verdict, code = verdict_of(method, response.code), response.code
    return Outcome(verdict, code, {}, response.retry_after, outage=code in SLACKS_OWN)


def repeatable(method: str) -> bool:
    """Whether doing it twice has the effect of doing it once."""
    return METHODS[method].repeatable
