"""A name in a reason links like any other: the page that confirms shows it, with a way to undo it."""

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.checkins.acts import answer, morning, start
from tests.handlers.decisions.acts import letter_to, monday, name, record
from tests.handlers.launches.acts import board, day, make
from tests.handlers.links.acts import capture, joint

LINKED = "Linked to *F-1* Acme wants invoices in euro. Nobody is told of changes before you confirm."
WAITS = "checkins.waits_on"


async def wish(slack: Slack) -> None:
    """On a Monday there is F-1."""
    await monday(slack)
    await capture(slack)
    await slack.close("sam")


async def at_item(door: FrontDoor, press: str) -> Slack:
    """Maya has L-1, and the form open that a button on its first item opens."""
    slack = door.slack
    await wish(slack)
    await make(door)
    await slack.close("maya")
    await slack.command("/launch", "L-1/1", as_="maya", channel="#launches")
    await slack.click(await slack.modal("maya"), press, as_="maya")
    return slack


async def linked_and_undone(slack: Slack, as_: str, about: str) -> None:
    """The page says that it is linked, and one press on it undoes that."""
    page = await slack.modal(as_)
    assert LINKED in page.text
    assert f"Linked to *{about}*" in (await joint(slack, "F-1", "sam")).text
    await slack.click(page, "Undo link", as_=as_)
    assert f"{about} and F-1 are not linked." in (await slack.modal(as_)).text
    assert f"*{about}*" not in (await joint(slack, "F-1", "sam")).text


async def test_a_launchs_name(door: FrontDoor) -> None:
    """Both pages that say *saved* show it."""
    slack = door.slack
    await wish(slack)
    await slack.command("/launch", 'new "Euro invoices, F-1"', as_="maya", channel="#launches")
    assert (await slack.submit("maya", day=day(door, 14))).errors == {}
    assert LINKED in (await slack.modal("maya")).text
    await slack.submit("maya")
    await linked_and_undone(slack, "maya", "L-1")


async def test_why_a_launch_is_called_off(door: FrontDoor) -> None:
    """Its card, which stays on the screen, names what it is linked to, and links can be undone there."""
    slack = door.slack
    await wish(slack)
    await make(door)
    await slack.close("maya")
    await slack.command("/launch", "L-1", as_="maya", channel="#launches")
    await slack.click(await slack.modal("maya"), "Cancel launch…", as_="maya")
    await slack.submit("maya", reason="Nobody asks for F-1 any more")
    page = await slack.modal("maya")
    assert "F-1" in page.text
    assert "L-1" in (await joint(slack, "F-1", "sam")).text


async def test_why_an_item_is_not_needed(door: FrontDoor) -> None:
    """The item's page shows it, whose launch is linked."""
    slack = await at_item(door, "Not needed…")
    await slack.submit("maya", reason="F-1 has it already")
    await linked_and_undone(slack, "maya", "L-1")


async def test_why_an_item_is_blocked(door: FrontDoor) -> None:
    """Without anybody it waits on the launch is linked; so it is from one's own items."""
    slack = await at_item(door, "Blocked…")
    await slack.submit("maya", reason="Nobody knows what F-1 needs")
    await linked_and_undone(slack, "maya", "L-1")


async def test_what_an_item_waits_for(door: FrontDoor) -> None:
    """What is in its way is a blocker, which is what is linked."""
    slack = await at_item(door, "Blocked…")
    await slack.submit("maya", reason="Nobody knows what F-1 needs", **{WAITS: "Engineering"})
    await linked_and_undone(slack, "maya", "B-1")


async def test_why_a_launch_is_moved(door: FrontDoor) -> None:
    """Whether anybody is told or not."""
    slack = door.slack
    await wish(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.click(await board(slack), "Move date…", as_="maya")
    await slack.submit("maya", day=day(door, 35), reason="F-1 is more work")
    await slack.submit("maya")
    await linked_and_undone(slack, "maya", "L-1")


async def test_why_a_function_votes_so(door: FrontDoor) -> None:
    """A condition, too, which becomes an item."""
    slack = door.slack
    await wish(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    await slack.submit("maya", functions=["Marketing", "Customer Success"])
    await slack.close("maya")
    await slack.click(await letter_to(slack, "priya", "Go or no-go"), "Go with conditions…", as_="priya")
    await slack.submit("priya", reason="F-1 gets an answer")
    await linked_and_undone(slack, "priya", "L-1")


async def test_an_objection_and_what_is_missing(door: FrontDoor) -> None:
    """What contributors and approvers say of a decision."""
    slack = door.slack
    await wish(slack)
    await record(slack)
    await name(slack, approver="ines", contributors=["tomas"])
    await slack.command("/decision", "show D-1", as_="tomas")
    await slack.click(await slack.modal("tomas"), "I object…", as_="tomas")
    await slack.submit("tomas", reason="F-1 wants dollars")
    assert "Noted: you object to D-1." in (await slack.modal("tomas")).text
    await linked_and_undone(slack, "tomas", "D-1")

    await record(slack, "Dollars first")
    await name(slack, approver="ines")
    await slack.command("/decision", "show D-2", as_="ines")
    await slack.click(await slack.modal("ines"), "Not yet…", as_="ines")
    await slack.submit("ines", reason="What does F-1 say?")
    await linked_and_undone(slack, "ines", "D-2")


async def test_what_is_said_about_a_blocker(door: FrontDoor) -> None:
    """That it takes longer, and that it is cleared; its card is the page."""
    slack = door.slack
    await capture(slack)
    await slack.close("sam")
    await start(slack)
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No sandbox key", **{WAITS: "Engineering"})
    await slack.close("omar")
    await slack.click(await letter_to(slack, "ines", "can you clear B-1?"), "Cannot yet…", as_="ines")
    await slack.submit("ines", words="After F-1")
    assert LINKED in (await slack.modal("ines")).text
    await slack.click(await slack.modal("ines"), "Cleared…", as_="ines")
    await slack.submit("ines", words="By F-1")
    await linked_and_undone(slack, "ines", "B-1")
