"""Moving the date: first what moves, then who is told, once, ten minutes later."""

from tests.front import FrontDoor
from tests.handlers.decisions.acts import record
from tests.handlers.launches.acts import board, day, headlines, letter_to, make, monday

EVERYBODY = ["maya", "omar", "ines", "kenji", "tomas", "aiko", "lena", "priya", "sam", "dana", "ruth", "ben"]


async def look(door: FrontDoor, ahead: int, why: str = "The bank is late") -> None:
    """From the board: look at what a move would move."""
    await door.slack.click(await board(door.slack), "Move date…", as_="maya")
    seen = await door.slack.submit("maya", day=day(door, ahead), reason=why)
    assert seen.errors == {}


async def made(door: FrontDoor) -> None:
    """Ten on a Monday; a launch in four weeks, whose owners know of it."""
    await monday(door.slack)
    await make(door, ahead=28)
    await door.slack.close("maya")
    await door.slack.advance("15 minutes")


async def test_it_shows_what_moves_before_anything_does(door: FrontDoor) -> None:
    """Items with their old and new days, who falls below their notice, how many are told; nothing moves by looking."""
    slack = door.slack
    await made(door)
    await slack.click(await board(slack), "Move date…", as_="maya")
    refused = await slack.submit("maya", day=day(door, 28), reason="Late")
    assert refused.errors == {"day": "It is on that day already."}
    await slack.close("maya")

    await look(door, 11)

    page = await slack.modal("maya")
    assert "Marketing needs 10 working days' notice and would have 9." in page.text
    assert "people would be told in ten minutes" in page.text
    assert "L-1/5 Write a help article: Friday 18 December → Friday 4 December" in page.text
    assert "Its day is over already" in page.text
    assert page.buttons == ["New date", "Why", "Move only"]
    assert (await board(slack)).text.split("\n")[0].endswith("T-19")


async def test_it_says_exactly_how_many_are_told(door: FrontDoor) -> None:
    """Those with a part in it, and owners and followers of what is linked to it: nobody is left out or counted twice."""
    slack = door.slack
    await monday(slack)
    await record(slack, as_="kenji")
    await slack.close("kenji")
    for person in ("sam", "dana", "maya"):
        await slack.command("/decision", "show D-1", as_=person)
        await slack.click(await slack.modal(person), "Why?", as_=person)
        await slack.click(await slack.modal(person), "Follow", as_=person)
        await slack.close(person)
    await make(door, ahead=28, For="D-1")
    await slack.close("maya")
    await slack.advance("15 minutes")

    await look(door, 35)

    assert "7 people would be told in ten minutes" in (await slack.modal("maya")).text
    await slack.submit("maya")
    assert "7 people are told at" in (await slack.modal("maya")).text
    await slack.advance("15 minutes")
    for person in ("aiko", "sam"):
        await slack.advance("next morning", as_=person)
    told = {one for one in EVERYBODY if any("moves from" in said.words for said in await slack.dms(one))}
    assert told == {"aiko", "ben", "dana", "ines", "kenji", "priya", "sam"}


async def test_those_concerned_are_told_once_of_the_net_change(door: FrontDoor) -> None:
    """Two moves within ten minutes are one telling; what it means to each stands in it."""
    slack = door.slack
    await made(door)
    await look(door, 35)
    await slack.submit("maya")
    assert "people are told at" in (await slack.modal("maya")).text
    assert "T-23" in (await board(slack)).text.split("\n")[0]
    assert "Moved from Monday 28 December: “The bank is late”" in (await board(slack)).words
    await slack.close("maya")
    await slack.advance("5 minutes")
    await look(door, 42, "The bank is later still")
    await slack.submit("maya")
    await slack.close("maya")
    await slack.advance("6 minutes")
    assert not any("moves from" in one for one in await headlines(slack, "priya"))

    await slack.advance("6 minutes")

    told = [one for one in await headlines(slack, "priya") if "moves from" in one]
    assert told == ["L-1 Invoices in euro moves from Monday 28 December to Monday 11 January"]
    letter = await letter_to(slack, "priya", "moves from")
    assert "The bank is later still" in letter.words
    assert "Draft announcement and in-app message, by Tuesday 29 December" in letter.words
    assert not any("moves from" in one for one in await headlines(slack, "maya"))


async def test_undone_within_ten_minutes_nobody_hears_of_it(door: FrontDoor) -> None:
    """The button on the confirmation takes it back, and afterwards says why it cannot."""
    slack = door.slack
    await made(door)
    before = await board(slack)
    await look(door, 35)
    await slack.submit("maya")
    await slack.click(await slack.modal("maya"), "Undo", as_="maya")
    assert (await slack.modal("maya")).title == "L-1"
    await slack.close("maya")
    await slack.advance("15 minutes")
    assert not any("moves from" in one for one in await headlines(slack, "priya"))
    assert (await board(slack)).words == before.words

    await look(door, 35)
    await slack.submit("maya")
    await slack.advance("15 minutes")
    await slack.click(await slack.modal("maya"), "Undo", as_="maya")
    assert "cannot be undone any more" in (await slack.modal("maya")).text
    assert any("moves from" in one for one in await headlines(slack, "priya"))


async def test_moved_only_tells_nobody(door: FrontDoor) -> None:
    """The board says it; a later move tells from the day people could read there."""
    slack = door.slack
    await made(door)
    await look(door, 35)

    await slack.click(await slack.modal("maya"), "Move only", as_="maya")

    assert "Nobody is told" in (await slack.modal("maya")).text
    await slack.close("maya")
    await slack.advance("15 minutes")
    assert not any("moves from" in one for one in await headlines(slack, "priya"))
    assert "Monday 4 January" in (await board(slack)).text


async def test_what_moves_is_shown_again_when_it_changed_meanwhile(door: FrontDoor) -> None:
    """Whoever looked at an older state, or chose another day, sees what moves now; typed words stay."""
    slack = door.slack
    await made(door)
    await look(door, 35, "First")
    await slack.submit("maya", day=day(door, 36))
    assert "This is what moves for the other day." in (await slack.modal("maya")).text
    assert (await slack.modal("maya")).inputs["Why"] == "First"
    await slack.submit("maya")
    assert "L-1 is on Tuesday 5 January now." in (await slack.modal("maya")).text

    told = await slack.command("/launch", "move L-1 friday", as_="sam")
    assert "That is for Maya Lindqvist to do" in (told.text or "")
