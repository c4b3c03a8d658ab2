"""Each of the five jobs begins in Home, by buttons alone."""

from bot.sandbox.driver import Home
from tests.front import FrontDoor


async def home_of(door: FrontDoor, as_: str = "maya") -> Home:
    """Somebody opens their Home."""
    await door.slack.open_home(as_)
    return await door.slack.home(as_)


async def test_feedback_and_decisions_begin_in_home(door: FrontDoor) -> None:
    """A button, a form, and it is there."""
    await door.slack.click(await home_of(door), "Capture feedback", as_="maya")
    await door.slack.submit("maya", words="Acme wants invoices in euro")
    assert "F-1" in (await home_of(door)).text
    await door.slack.close("maya")
    await door.slack.click(await home_of(door), "Record a decision", as_="maya")
    await door.slack.submit("maya", what="We invoice in euro")
    assert "D-1" in (await home_of(door)).text


async def test_a_launch_begins_in_home(door: FrontDoor) -> None:
    """The form opens; what it makes is another test's."""
    await door.slack.click(await home_of(door), "New launch", as_="maya")
    assert (await door.slack.modal("maya")).submit_label is not None


async def test_a_check_in_begins_in_home(door: FrontDoor) -> None:
    """Choose a channel: the same proposal as `/checkin` makes there, and *Start* starts it."""
    await door.slack.click(await home_of(door), "Start a check-in in…", as_="maya", choose="#general")
    proposal = await door.slack.modal("maya")
    assert "A check-in in #general?" in proposal.text
    await door.slack.click(proposal, "Start", as_="maya")

    assert "C-1 is on" in (await door.slack.modal("maya")).text
    assert "C-1" in (await home_of(door)).text


async def test_a_check_in_where_we_are_not_begins_in_home_too(door: FrontDoor) -> None:
    """We join first."""
    await door.slack.click(await home_of(door), "Start a check-in in…", as_="maya", choose="#product")
    await door.slack.click(await door.slack.modal("maya"), "Start", as_="maya")

    assert "I am joining" in (await door.slack.modal("maya")).text
    assert "C-1" in (await home_of(door)).text


async def test_a_digest_begins_in_home(door: FrontDoor) -> None:
    """The same proposal as `/digest`; then Home says where it is posted and when, and opens it."""
    await door.slack.click(await home_of(door), "Start a digest in…", as_="maya", choose="#general")
    await door.slack.click(await door.slack.modal("maya"), "Start", as_="maya")
    started = await door.slack.modal("maya")
    assert "The digest of #general is started" in started.text
    assert "Pause" in started.buttons
    await door.slack.close("maya")

    home = await home_of(door)
    assert "*Digests* are posted in" in home.text
    await door.slack.click(home, "digests.open", as_="maya")
    assert "#general has a digest" in (await door.slack.modal("maya")).text


async def test_a_guest_begins_what_guests_may(door: FrontDoor) -> None:
    """Gil captures and records; launches, check-ins and digests are for members."""
    assert [one for one in (await home_of(door, "gil")).buttons if one[0].isupper()][:3] == [
        "Capture feedback",
        "Record a decision",
        "Find something…",
    ]
