"""A launch made from a decision: linked for sure, and its people hear what changes for them."""

from tests.front import FrontDoor
from tests.handlers.decisions.acts import record
from tests.handlers.launches.acts import board, day, headlines, letter_to, make, monday


async def decided(door: FrontDoor) -> None:
    """Eleven on a Monday; Omar has decided, and Maya makes a launch of it from its card."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await slack.close("omar")
    await slack.command("/decision", "show D-1", as_="maya")
    await slack.click(await slack.modal("maya"), "Make a launch", as_="maya")
    assert (await slack.modal("maya")).inputs["For"] == "D-1"
    made = await slack.submit(
        "maya", **{"What is launched": "Invoices in euro", "day": day(door, 28), "Board in": "#general"}
    )
    assert made.errors == {}
    await slack.close("maya")
    await slack.advance("15 minutes")


async def test_a_launch_made_from_a_decision_is_linked_to_it(door: FrontDoor) -> None:
    """Both show it; whoever decided hears of a move once, and why it concerns them."""
    slack = door.slack
    await decided(door)
    assert "linked to D-1" in (await board(slack, "#general")).words
    await slack.command("/decision", "show D-1", as_="omar")
    assert "L-1" in (await slack.modal("omar")).text
    await slack.close("omar")

    await slack.click(await board(slack, "#general"), "Move date…", as_="maya")
    await slack.submit("maya", day=day(door, 35), reason="The bank is late")
    await slack.submit("maya")
    await slack.close("maya")
    await slack.advance("15 minutes")

    heard = await letter_to(slack, "omar", "L-1 Invoices in euro moves from")
    assert "The bank is late" in heard.words
    assert "You hear this because L-1 is linked to *D-1*" in heard.words
    assert len([one for one in await headlines(slack, "omar") if "moves from" in one]) == 1
    assert len([one for one in await headlines(slack, "priya") if "moves from" in one]) == 1


async def test_a_launch_is_made_from_feedbacks_card(door: FrontDoor) -> None:
    """One press, and what it is made for stands in the form; the channel of its board is asked for."""
    slack = door.slack
    await monday(slack)
    await slack.command("/capture", "Acme would like invoices in euro", as_="sam", channel="#general")
    await slack.submit("sam", Account="Acme")
    await slack.close("sam")
    await slack.command("/capture", "show F-1", as_="maya")

    await slack.click(await slack.modal("maya"), "Make a launch", as_="maya")
    assert (await slack.modal("maya")).inputs["For"] == "F-1"
    made = await slack.submit(
        "maya", **{"What is launched": "Invoices in euro", "day": day(door, 28), "Board in": "#general"}
    )
    assert made.errors == {}

    await slack.close("maya")
    await slack.command("/capture", "show F-1", as_="sam")
    assert "*L-1* Invoices in euro" in (await slack.modal("sam")).text


async def test_shipping_asks_to_close_the_feedback_it_was_for(door: FrontDoor) -> None:
    """The launch's owner is asked at once, and nobody is told in their name before they have written it."""
    slack = door.slack
    await monday(slack)
    await slack.command("/capture", "Acme would like invoices in euro", as_="sam", channel="#general")
    await slack.submit("sam", Account="Acme")
    await slack.close("sam")
    await make(door, For="F-1")
    await slack.close("maya")
    await slack.advance("15 minutes")
    await slack.click(await board(slack), "Show all", as_="maya")

    await slack.click(await slack.modal("maya"), "Ship it", as_="maya")

    assert await letter_to(slack, "maya", "F-1") is not None
    assert not any("shipped" in one for one in await headlines(slack, "sam"))


async def test_what_a_launch_is_for_has_to_be_there(door: FrontDoor) -> None:
    """A name nobody can see is refused at its field; a private decision stays unnamed."""
    slack = door.slack
    await monday(slack)
    await record(slack, "Secret", as_="sam", channel="#pricing-private")
    await slack.command("/launch", "new Invoices", as_="lena", channel="#launches")

    refused = await slack.submit("lena", day=day(door, 14), For="D-1 D-9")

    assert refused.errors == {"for": "I find no D-1 and D-9 that you can see."}
    again = await slack.submit("lena", For="the euro thing")
    assert list(again.errors) == ["for"]


async def test_a_launch_in_a_private_channel_stays_there(door: FrontDoor) -> None:
    """Nobody else finds, opens, votes on or hears of it; only its members are proposed as owners."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await monday(slack)
    await make(door, channel="#pricing-private")
    held = {name: who for name, who in (await slack.modal("maya")).inputs.items() if who}
    assert held == {"Product": "U0MAYA", "Sales": "U0SAM"}
    refused = await slack.submit("maya", Marketing="priya")
    assert refused.errors == {
        "lead-marketing": "Priya Nair is not where this launch was made and cannot see it."
    }

    for text in ("L-1", "show L-1/1", "move L-1 friday"):
        told = await slack.command("/launch", text, as_="priya")
        assert "no launch of that name" in (told.text or "")
    listed = await slack.command("/launch", "list", as_="priya")
    assert "Invoices" not in (listed.text or "")
    await slack.open_home("priya")
    assert "Invoices" not in (await slack.home("priya")).text
    await slack.command("/launch", "L-1", as_="sam")
    assert "Invoices in euro" in (await slack.modal("sam")).text


async def test_a_guest_answers_and_makes_nothing(door: FrontDoor) -> None:
    """Gil may be given an item where he is a member; making one is for members."""
    slack = door.slack
    told = await slack.command("/launch", "new Fair", as_="gil", channel="#launches")
    assert "full members" in (told.text or "")
