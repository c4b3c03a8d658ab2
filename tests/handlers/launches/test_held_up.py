"""What an item that is blocked waits on has a name of its own, and one person who is asked to clear the way."""

import pytest

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.decisions.acts import record
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday
from tests.handlers.links.acts import link

WAITS = "checkins.waits_on"


async def blocked(door: FrontDoor, waits: str = "Engineering", channel: str = "#launches") -> None:
    """On a Monday, Priya's draft waits on somebody; the launch is Maya's."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28, channel=channel)
    await slack.close("maya")
    await slack.advance("15 minutes")
    await block(slack, waits)


async def block(slack: Slack, waits: str) -> None:
    await slack.command("/launch", "L-1/4", as_="priya", channel="#launches")
    await slack.click(await slack.modal("priya"), "Blocked…", as_="priya")
    said = await slack.submit("priya", reason="No pictures before the build is up", **{WAITS: waits})
    assert said.errors == {}
    await slack.close("priya")


async def lines_of(slack: Slack, as_: str, words: str) -> str:
    await slack.command("/checkin", words, as_=as_, channel="#launches")
    return (await slack.ephemerals(as_, "#launches"))[-1].words


async def test_whoever_it_waits_on_is_asked_once(door: FrontDoor) -> None:
    """It is a blocker like any other: listed, linked to the launch, one person asked; the owner told."""
    slack = door.slack
    await blocked(door)

    ask = await letter_to(slack, "ines", "can you clear B-1?")
    assert ask.text.startswith("Priya Nair waits on Engineering: can you clear B-1?")
    assert "No pictures before the build is up" in ask.text
    assert "Priya Nair is blocked on L-1/4" in "".join(await headlines(slack, "maya"))
    assert "*B-1* Priya Nair waits on *Engineering*" in await lines_of(slack, "maya", "blockers")
    await slack.command("/checkin", "show B-1", as_="maya", channel="#launches")
    assert "*L-1* Invoices in euro" in (await slack.modal("maya")).text


async def test_cleared_the_item_goes_on(door: FrontDoor) -> None:
    """Whoever was blocked hears what was said, and the board holds nothing against them any more."""
    slack = door.slack
    await blocked(door)
    assert "1 blocked" in (await board(slack)).words

    await slack.click(await letter_to(slack, "ines", "can you clear B-1?"), "Cleared…", as_="ines")
    await slack.submit("ines", words="It is up on staging")
    await slack.advance("1 minute")

    told = await letter_to(slack, "priya", "cleared B-1")
    assert "It is up on staging" in told.words
    assert "blocked" not in (await board(slack)).words
    await slack.command("/launch", "L-1/4", as_="priya", channel="#launches")
    assert "🟦 L-1/4" in (await slack.modal("priya")).text


async def test_gone_on_by_itself_nobody_is_asked_any_more(door: FrontDoor) -> None:
    """Its owner says that they are on it: the question is withdrawn and the blocker cleared."""
    slack = door.slack
    await blocked(door)
    await slack.command("/launch", "L-1/4", as_="priya", channel="#launches")
    await slack.click(await slack.modal("priya"), "Doing", as_="priya")

    ask = await letter_to(slack, "ines", "can you clear B-1?")
    assert "No longer needed" in (await slack.again(ask, "ines")).words
    assert "B-1" not in await lines_of(slack, "maya", "blockers")


async def test_gone_on_by_somebody_elses_press_it_is_cleared_for_those_concerned(door: FrontDoor) -> None:
    """Maya presses Doing: Priya, who was blocked, hears it once, and so does who has something linked to it."""
    slack = door.slack
    await blocked(door)
    await record(slack, as_="omar", channel="#launches")
    await slack.close("omar")
    await link(slack, "B-1", "D-1", "omar")
    asked = await letter_to(slack, "ines", "can you clear B-1?")
    await slack.click(asked, "Cannot yet…", as_="ines")
    await slack.submit("ines", words="The bank signs on Friday")
    await slack.command("/launch", "L-1/4", as_="maya", channel="#launches")

    await slack.click(await slack.modal("maya"), "Doing", as_="maya")
    await slack.advance("1 minute")

    told = await letter_to(slack, "priya", "cleared B-1 for you")
    assert told.text.startswith("Maya Lindqvist cleared B-1 for you")
    assert "It was: No pictures before the build is up" in told.words
    assert "The bank signs on Friday" not in told.words
    heard = await letter_to(slack, "omar", "Maya Lindqvist cleared B-1")
    assert "You hear this because B-1 is linked to *D-1*" in heard.words
    for who, words in (("priya", "cleared B-1"), ("omar", "cleared B-1"), ("maya", "cleared B-1")):
        assert sum(words in one for one in await headlines(slack, who)) == (who != "maya")


async def preview(slack: Slack) -> str:
    """What a digest of #general would say now."""
    await slack.command("/digest", "preview", as_="maya", channel="#general")
    return (await slack.ephemerals("maya", "#general"))[-1].words


async def ended(slack: Slack, how: str) -> None:
    """Maya ends her launch."""
    await slack.click(await board(slack, "#general"), "Show all", as_="maya")
    await slack.click(await slack.modal("maya"), how, as_="maya")
    if how != "Ship it":
        await slack.submit("maya", reason="The bank does not offer it")
    await slack.close("maya")


@pytest.mark.parametrize(
    ("how", "stands"), [("Ship it", "cleared by Maya"), ("Cancel launch…", "is none any more")]
)
async def test_what_held_up_a_launch_that_ended_is_in_nobodys_way(
    door: FrontDoor, how: str, stands: str
) -> None:
    """Whoever was asked need not answer; no list, Home or digest shows it, and nobody is told of it apart."""
    slack = door.slack
    await blocked(door, channel="#general")
    ask = await letter_to(slack, "ines", "can you clear B-1?")
    assert "B-1" in await preview(slack)

    await ended(slack, how)
    await slack.advance("1 minute")

    assert "No longer needed" in (await slack.again(ask, "ines")).words
    assert "B-1" not in await lines_of(slack, "maya", "blockers")
    await slack.command("/checkin", "show B-1", as_="maya", channel="#launches")
    assert stands in (await slack.modal("maya")).text
    assert "B-1" not in "".join(await headlines(slack, "priya"))
    for who in ("priya", "ines"):
        await slack.open_home(who)
        assert "B-1" not in (await slack.home(who)).text
    assert "waits on" not in await preview(slack)
    assert "blocked" not in (await board(slack, "#general")).words


async def test_what_held_up_a_launch_taken_back_is_none_any_more(door: FrontDoor) -> None:
    """Within ten minutes Priya is blocked and Maya takes the launch back: Inês need not answer."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await block(slack, "Engineering")
    ask = await letter_to(slack, "ines", "can you clear B-1?")

    await slack.click(await slack.modal("maya"), "Undo", as_="maya")

    assert "No longer needed" in (await slack.again(ask, "ines")).words
    assert "B-1" not in await lines_of(slack, "maya", "blockers")


async def test_without_check_ins_nobody_is_promised_an_answer(door: FrontDoor) -> None:
    """Where that job is off the form asks for the reason alone."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.open_home("maya")
    await slack.click(await slack.home("maya"), "switches.off:checkins", as_="maya")

    await slack.command("/launch", "L-1/4", as_="priya", channel="#launches")
    await slack.click(await slack.modal("priya"), "Blocked…", as_="priya")
    assert list((await slack.modal("priya")).inputs) == ["What it waits for"]


async def test_it_may_wait_on_nobody(door: FrontDoor) -> None:
    """A reason is enough; then there is no blocker, and the owner hears of it as before."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.command("/launch", "L-1/4", as_="priya", channel="#launches")
    await slack.click(await slack.modal("priya"), "Blocked…", as_="priya")
    await slack.submit("priya", reason="I am ill")

    assert "B-1" not in await lines_of(slack, "maya", "blockers")
    assert "Priya Nair is blocked on L-1/4" in "".join(await headlines(slack, "maya"))
