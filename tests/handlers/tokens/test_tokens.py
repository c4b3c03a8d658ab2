"""API tokens in Home: made, shown once, used, revoked; by admins alone."""

import re

import pytest
from aiohttp import ClientSession

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.feedback.acts import everything_kept, press

WRITTEN = re.compile(r"tl_T0NORTHWIND_[A-Za-z0-9_-]{43}")


async def make(slack: Slack, name: str = "Zendesk") -> str:
    """Maya makes a token from her Home; how it is written."""
    await slack.open_home("maya")
    await slack.click(await slack.home("maya"), "API tokens", as_="maya")
    await slack.click(await slack.modal("maya"), "Make a token", as_="maya")
    told = await slack.submit("maya", name=name)
    assert not told.errors
    (written,) = WRITTEN.findall((await slack.modal("maya")).text)
    await slack.close("maya")
    return str(written)


async def listed(slack: Slack) -> str:
    """All that Maya sees of them."""
    while await slack.sees_modal("maya"):
        await slack.close("maya")
    await slack.click(await slack.home("maya"), "API tokens", as_="maya")
    return (await slack.modal("maya")).text


async def send(door: FrontDoor, token: str) -> int:
    """Another program sends feedback by it."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        ClientSession() as session,
        session.post(f"{door.url}/api/feedback", json={"words": "Excel, please"}, headers=headers) as answer,
    ):
        return answer.status


async def test_a_token_is_made_used_and_revoked(door: FrontDoor) -> None:
    """Who made it, and when it was used last, stands in the list; a revoked one opens nothing from then on."""
    slack = door.slack
    written = await make(slack)
    assert "*Zendesk*\nmade by Maya Lindqvist" in await listed(slack)
    assert "never used" in await listed(slack)

    assert await send(door, written) == 201
    assert "last used" in await listed(slack)
    await slack.click(await slack.modal("maya"), "Revoke", as_="maya")
    page = (await slack.modal("maya")).text
    assert "Zendesk opens nothing any more." in page
    assert "There is no token yet." in page
    assert "Zendesk, revoked" in page
    assert await send(door, written) == 401


async def test_how_it_is_written_is_kept_nowhere(door: FrontDoor, capsys: pytest.CaptureFixture[str]) -> None:
    """Not in the database, where also what was answered is kept, nor in a log; a repeated request shows it not."""
    written = await make(door.slack)
    assert await send(door, written) == 201

    kept = await everything_kept(door)
    assert "Zendesk" in kept
    assert written not in kept
    assert written.removeprefix("tl_T0NORTHWIND_") not in kept
    assert "It was shown once, in the answer before this one" in kept
    logged = capsys.readouterr()
    assert written not in logged.out + logged.err


async def test_a_name_is_needed(door: FrontDoor) -> None:
    """So that somebody knows which to revoke."""
    slack = door.slack
    await slack.open_home("maya")
    await slack.click(await slack.home("maya"), "API tokens", as_="maya")
    await slack.click(await slack.modal("maya"), "Make a token", as_="maya")

    refused = await slack.submit("maya", name="   ")

    assert refused.errors == {"name": "Say what it is for, such as Zendesk."}


async def test_only_admins_have_to_do_with_tokens(door: FrontDoor) -> None:
    """No button for others, and what they send all the same is refused."""
    slack = door.slack
    written = await make(slack)
    await slack.open_home("sam")
    assert "API tokens" not in (await slack.home("sam")).buttons

    for action in ("tokens.show", "tokens.new", "tokens.revoke"):
        await press(door, action, "x", "sam")
        assert not await slack.sees_modal("sam") or "admin" in (await slack.modal("sam")).text.casefold()
    assert await send(door, written) == 201
