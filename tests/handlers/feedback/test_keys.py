"""The key of the same work in another tracker: given by a person, and its automation closes the loop."""

from collections.abc import Mapping

import aiohttp

from storage.tokens import queries as tokens
from tests.front import HERE, FrontDoor
from tests.handlers.feedback.acts import card_of, switch_on, wish

TITLE = "F-1"


async def program(door: FrontDoor, method: str, path: str, body: Mapping[str, str]) -> int:
    """Another program does something."""
    _, written = await door.app.database.transact(HERE, lambda tx: tokens.make(tx, "Jira", None))
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {written}"}) as session,
        session.request(method, f"{door.url}{path}", json=body) as answer,
    ):
        await door.app.settled()
        return answer.status


async def test_a_tracker_s_automation_says_how_a_wish_stands(door: FrontDoor) -> None:
    """Sam gives his card the tracker's key in his own way to write it; what the tracker says, the card says."""
    slack = door.slack
    await switch_on(slack)
    await slack.react(await wish(slack), "bulb", as_="sam")
    await slack.click(await card_of(slack, "sam"), "Edit", as_="sam")
    await slack.submit("sam", key=" pay-12 ")
    assert "PAY-12" in (await slack.modal("sam")).text
    assert "PAY-12" in (await card_of(slack, "sam")).text

    said = {"status": "planned", "sentence": "It comes on 10 December.", "planned_for": "2026-12-10"}
    assert await program(door, "PATCH", "/api/feedback/PAY-12", said) == 200

    await slack.command("/capture", "show F-1", as_="sam")
    shown = (await slack.modal("sam")).text
    assert "planned for 10 Dec" in shown
    assert "It comes on 10 December." in shown


async def test_whoever_asked_hears_what_the_tracker_said(door: FrontDoor) -> None:
    """Once, with the sentence to forward, however often the tracker says it; also that it shipped."""
    slack = door.slack
    await slack.command("/capture", "Export to Excel", as_="sam")
    await slack.submit("sam")
    await slack.command("/capture", "show F-1", as_="sam")
    await slack.click(await slack.modal("sam"), "Edit", as_="sam")
    await slack.submit("sam", key="PAY-12")
    for said in ({"status": "in_progress"}, {"status": "shipped", "sentence": "You can export now."}) * 2:
        assert await program(door, "PATCH", "/api/feedback/PAY-12", said) == 200

    await slack.advance("next morning", as_="sam")

    told = [
        one
        for one in await slack.dms("sam")
        if one.user == "throughline" and "You can export now." in one.words
    ]
    assert len(told) == 1


async def test_what_a_program_sent_is_found_and_edited(door: FrontDoor) -> None:
    """It says where it is from, belongs to nobody, and whoever may say what becomes of it can give it an account."""
    slack = door.slack
    assert await program(door, "POST", "/api/feedback", {"words": "Please <!channel> export"}) == 201

    await slack.command("/capture", "show F-1", as_="maya")
    modal = await slack.modal("maya")
    assert "sent to the API" in modal.text
    await slack.click(modal, "Edit", as_="maya")
    await slack.submit("maya", account="Acme")
    assert "for Acme" in (await slack.modal("maya")).text
    assert not [one for one in await slack.dms("maya") if one.user == "throughline" and "export" in one.words]
