"""What is a matter of a whole call is limited, too, and no number of the table is without a case."""

from collections.abc import Awaitable, Callable

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox
from bot.sandbox.errors import SlackError
from bot.sandbox.limits import LEAST, LIMITS
from bot.sandbox.views import open_modal, push_modal
from tests.bot.sandbox.samples import modal
from tests.bot.sandbox.test_block_limits import CASES


async def attach(web: AsyncWebClient, _: RunningSandbox, count: int) -> bool:
    await web.chat_postMessage(channel="C0GENERAL", text="x", attachments=[{"text": "x"}] * count)
    return True


async def cut(web: AsyncWebClient, _: RunningSandbox, count: int) -> bool:
    posted = await web.chat_postMessage(channel="C0GENERAL", text="x" * count)
    return len(posted["message"]["text"]) == count


async def change(web: AsyncWebClient, _: RunningSandbox, count: int) -> bool:
    posted = await web.chat_postMessage(channel="C0GENERAL", text="x")
    await web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="x" * count)
    return True


async def describe(web: AsyncWebClient, _: RunningSandbox, count: int) -> bool:
    around = len('{"event_type": "card", "event_payload": {"a": ""}}')
    metadata = {"event_type": "card", "event_payload": {"a": "x" * (count - around)}}
    await web.chat_postMessage(channel="C0GENERAL", text="x", metadata=metadata)
    return True


async def stack(_: AsyncWebClient, place: RunningSandbox, count: int) -> bool:
    open_modal(place.sandbox, "U0MAYA", modal())
    for _more in range(count - 1):
        push_modal(place.sandbox, "U0MAYA", modal())
    return True


Call = Callable[[AsyncWebClient, RunningSandbox, int], Awaitable[bool]]
CALLS: dict[str, tuple[Call, str]] = {
    "message.attachments": (attach, "too_many_attachments"),
    "message.text": (cut, "it is cut"),
    "message.update_text": (change, "msg_too_long"),
    "message.metadata": (describe, "metadata_too_large"),
    "modal.stack": (stack, "push_limit_reached"),
}


@pytest.mark.parametrize(("key", "call", "code"), [(k, *c) for k, c in CALLS.items()], ids=list(CALLS))
async def test_a_call_takes_so_much(
    key: str, call: Call, code: str, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """What is a matter of the whole call passes at its limit, too, and one more has its own answer."""
    assert await call(web, place, LIMITS[key])
    try:
        went = "taken" if await call(web, place, LIMITS[key] + 1) else "it is cut"
    except SlackApiError as error:
        went = error.response["error"]
    except SlackError as error:
        went = error.code
    assert went == code


def test_every_limit_has_a_case() -> None:
    """A number nobody tests is a number nobody keeps; rules cannot name a number that is not in the table."""
    assert {case[0] for case in CASES} | set(CALLS) == set(LIMITS)
    assert set(LEAST) <= set(LIMITS)
