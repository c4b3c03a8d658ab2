"""One job at a time: what is off does nothing and says what it is, and what is on can be switched off again."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.driver import Home, Message
from storage.audit import queries as audit
from tests.front import HERE, FrontDoor, front_door
from tests.handlers.decisions import acts


@pytest.fixture
async def fresh(database_url: str) -> AsyncIterator[FrontDoor]:
    """A workspace in which nobody has switched anything yet."""
    async with front_door(database_url, everything_on=False) as door:
        yield door


async def home_of(door: FrontDoor, as_: str) -> Home:
    """Somebody opens their Home."""
    await door.slack.open_home(as_)
    return await door.slack.home(as_)


async def answer(door: FrontDoor, command: str, text: str, as_: str) -> Message:
    """What somebody's command is answered."""
    await door.slack.command(command, text, as_=as_, channel="#general")
    return (await door.slack.ephemerals(as_, "#general"))[-1]


async def switch_off(door: FrontDoor, job: str) -> None:
    """Maya, the admin, switches a job off in her Home."""
    await door.slack.click(await home_of(door, "maya"), f"switches.off:{job}", as_="maya")


async def switch_on(door: FrontDoor, job: str) -> None:
    """Maya switches it on."""
    await door.slack.click(await home_of(door, "maya"), f"switches.on:{job}", as_="maya")
    await door.slack.close("maya")


async def test_a_fresh_workspace_captures_and_nothing_else(fresh: FrontDoor) -> None:
    """Feedback is on; a decision typed with `/decision` is not recorded."""
    await fresh.slack.command("/capture", "Acme wants invoices in euro", as_="sam", channel="#general")
    await fresh.slack.submit("sam")
    await fresh.slack.command("/decision", "We invoice in euro", as_="sam", channel="#general")

    assert not await fresh.slack.sees_modal("omar")
    assert "F-1" in (await home_of(fresh, "sam")).text
    assert "ecision" not in (await home_of(fresh, "sam")).text


async def test_what_is_off_says_what_it_is_and_who_can_switch_it_on(fresh: FrontDoor) -> None:
    """By name and in plain text; an admin gets the button instead, and a command typed the long way too."""
    told = await answer(fresh, "/decision", "help", "sam")
    assert "Decisions is a job that is switched off in this workspace." in told.words
    assert "It keeps who decided what and why" in told.words
    assert "Maya Lindqvist can switch it on." in told.words
    assert told.buttons == []
    assert (await answer(fresh, "/throughline", "decision", "sam")).words == told.words

    offered = await answer(fresh, "/decision", "", "maya")
    await fresh.slack.click(offered, "Switch on decisions", as_="maya")
    now = (await fresh.slack.ephemerals("maya", "#general"))[-1]
    assert "Decisions* · on from now" in now.words
    await fresh.slack.command("/decision", "We invoice in euro", as_="sam", channel="#general")
    assert (await fresh.slack.modal("sam")).inputs


async def test_a_message_shortcut_of_what_is_off_says_it_too(fresh: FrontDoor) -> None:
    """The menu always lists it: the manifest knows nothing of switches."""
    message = (await fresh.slack.channel("#general", as_="sam").messages())[-1]
    await fresh.slack.message_shortcut("Record a decision", message, as_="sam")

    assert "switched off" in (await fresh.slack.ephemerals("sam", "#general"))[-1].words
    assert not await fresh.slack.sees_modal("sam")


async def test_what_was_typed_is_not_lost(door: FrontDoor) -> None:
    """Switched off while somebody fills in the form: it stays open, and can be sent when it is on again."""
    await door.slack.command("/decision", "We invoice in euro", as_="omar", channel="#general")
    await switch_off(door, "decisions")
    refused = await door.slack.submit("omar")
    assert "Not saved: Decisions is a job that is switched off" in str(refused.errors)
    assert "We invoice in euro" in str((await door.slack.modal("omar")).inputs)

    await switch_on(door, "decisions")
    await door.slack.submit("omar")
    assert "D-1" in (await door.slack.modal("omar")).text


async def test_what_is_off_asks_nobody_and_goes_on_when_it_is_on(door: FrontDoor) -> None:
    """An ask queued before comes neither in messages nor in Home, says so under `why`, and comes afterwards."""
    await acts.record(door.slack)
    await acts.name(door.slack, Approver="kenji")
    await switch_off(door, "decisions")
    await acts.monday(door.slack)
    await door.slack.advance("next morning", as_="kenji")
    assert await acts.letters_to(door.slack, "kenji") == []
    assert "D-1" not in (await home_of(door, "kenji")).text
    assert "switched off in this workspace" in (await answer(door, "/throughline", "why", "kenji")).words

    await switch_on(door, "decisions")
    await door.slack.advance("next morning", as_="kenji")
    assert "D-1" in (await acts.letters_to(door.slack, "kenji"))[-1].text
    assert "D-1" in (await home_of(door, "kenji")).text


async def test_emoji_of_what_is_off_capture_nothing(door: FrontDoor) -> None:
    """Events of a job that is off are ignored; those of one that is on are not."""
    offered = await answer(door, "/capture", "", "maya")
    await door.slack.click(offered, "Capture 💡 and 🐞 here", as_="maya")
    await switch_off(door, "feedback")
    message = (await door.slack.channel("#general", as_="sam").messages())[0]
    await door.slack.react(message, "bulb", as_="sam")
    await switch_on(door, "feedback")

    assert "F-1" not in (await home_of(door, "sam")).text


async def test_only_admins_switch_and_it_is_noted(door: FrontDoor) -> None:
    """Others see no switch in their Home; the audit says who pressed one."""
    assert "Switch off" not in (await home_of(door, "sam")).buttons
    await switch_off(door, "decisions")

    lines = await door.app.database.read(HERE, lambda tx: audit.of(tx, "job decisions"))
    assert [(one.actor, one.verb) for one in lines] == [("U0MAYA", "job.off")]


async def test_every_open_home_is_drawn_anew(door: FrontDoor) -> None:
    """Nobody's Home goes on showing a job that is off."""
    await acts.record(door.slack)
    assert "D-1" in (await home_of(door, "omar")).text
    await switch_off(door, "decisions")

    assert "D-1" not in (await door.slack.home("omar")).text


async def test_what_people_said_is_theirs_while_feedback_is_off(door: FrontDoor) -> None:
    """The author finds the card and objects; the captor undoes by emoji or button; nothing else works."""
    slack = door.slack
    offered = await answer(door, "/capture", "", "maya")
    await slack.click(offered, "Capture 💡 and 🐞 here", as_="maya")
    said = [
        await slack.message("#general", f"{words}, please", as_="dana") for words in ("Euro", "Francs", "Yen")
    ]
    for one in said:
        await slack.react(one, "bulb", as_="sam")
    cards = {one.text.split(" ")[1]: one for one in await slack.dms("sam") if one.user == "throughline"}
    await switch_off(door, "feedback")

    await slack.command("/throughline", "show F-1", as_="dana", channel="#general")
    await slack.click(await slack.modal("dana"), "Open F-1", as_="dana")
    await slack.click(await slack.modal("dana"), "Object", as_="dana")
    await slack.unreact(said[1], "bulb", as_="sam")
    await slack.click(cards["F-3"], "Undo", as_="sam")
    await slack.react(said[1], "bulb", as_="sam")

    shown = {name: (await slack.again(card, "sam")).text for name, card in cards.items()}
    assert "F-1 is not kept" in shown["F-1"]
    assert "F-2 is undone" in shown["F-2"]
    assert "F-3 is undone" in shown["F-3"]
    await slack.click(await slack.again(cards["F-3"], "sam"), "Bring it back", as_="sam")
    assert "switched off" in (await slack.ephemerals("sam", "D0SAM"))[-1].words
