"""Decisions in Home: those that need somebody, then those they have a part in."""

from bot.sandbox.driver.reading import Home
from tests.front import FrontDoor
from tests.handlers.decisions.acts import letter_to, monday, name, record

NEEDS, MINE = "*Decisions that need you*", "*Your decisions, and those that name you*"
WAITS = "Waiting for others\n*Decisions*"


async def home_of(door: FrontDoor, person: str) -> Home:
    """Somebody's Home as it is now."""
    await door.slack.open_home(person)
    return await door.slack.home(person)


async def test_an_empty_home_says_how_to_begin(door: FrontDoor) -> None:
    """A button that records, and a sentence."""
    slack = door.slack
    home = await home_of(door, "omar")
    assert f"{MINE}\nNothing yet. `/decision` records one in ten seconds" in home.text

    await slack.click(home, "Record a decision", as_="omar")
    await slack.submit("omar", what="We invoice in euro first")

    assert "Everybody in this workspace can see it." in (await slack.modal("omar")).text
    assert "D-1* We invoice in euro first" in (await slack.home("omar")).text


async def test_everybody_sees_what_it_is_to_them(door: FrontDoor) -> None:
    """Its approver, a contributor, its driver, somebody informed, and somebody who has nothing to do with it."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines", contributors=["tomas"], informed=["lena"])

    needs = {one: (await home_of(door, one)).text for one in ("ines", "tomas", "lena", "omar", "priya")}
    assert "D-1* We invoice in euro first · waits for your approval" in needs["ines"]
    assert "D-1* We invoice in euro first · asks for your view" in needs["tomas"]
    assert NEEDS not in needs["lena"] + needs["omar"]
    assert f"{MINE}\n⏳ *D-1* We invoice in euro first · proposed" in needs["lena"]
    assert f"{WAITS}\n⏳ *D-1* We invoice in euro first · waits for Inês Duarte" in needs["omar"]
    assert "D-1" not in needs["priya"]


async def test_a_question_stands_in_home_once(door: FrontDoor) -> None:
    """Once its approver has been asked, the question with its buttons is there and the list is not."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await slack.advance("next morning", as_="ines")

    home = (await home_of(door, "ines")).text
    assert home.count("D-1") == 1
    assert "asks you to approve D-1" in home
    assert NEEDS not in home


async def test_a_long_list_says_how_many_more_there_are(door: FrontDoor) -> None:
    """Six are shown; the button opens all of them, a page at a time."""
    for number in range(1, 10):
        await record(door.slack, f"Decision number {number}")
        await door.slack.close("omar")
    home = await home_of(door, "omar")
    assert "D-4*" in home.text
    assert "D-3*" not in home.text

    await door.slack.click(home, "and 3 more", as_="omar")
    window = await door.slack.modal("omar", "Decisions")
    assert "D-2*" in window.text
    assert "D-1*" not in window.text
    await door.slack.click(window, "Older", as_="omar")
    assert "D-1*" in (await door.slack.modal("omar", "Decisions")).text


async def test_what_is_answered_needs_nobody(door: FrontDoor) -> None:
    """Home follows at once."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines", contributors=["tomas"])
    for person in ("ines", "tomas"):
        await home_of(door, person)
    await slack.advance("next morning", as_="ines")

    await slack.click(await letter_to(slack, "tomas", "asks for your view"), "No view", as_="tomas")
    assert NEEDS not in (await slack.home("tomas")).text
    await slack.click(await letter_to(slack, "ines", "asks you to approve"), "Approve", as_="ines")

    assert NEEDS not in (await slack.home("ines")).text
    assert f"{MINE}\n⚖️ *D-1* We invoice in euro first" in (await slack.home("ines")).text
