"""Go or no-go: one vote per function, and what comes of it is a decision."""

from tests.front import FrontDoor
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday

QUESTION = "Go or no-go for L-1 Invoices in euro"


async def opened(door: FrontDoor) -> None:
    """Eleven on a Monday: Priya and Ben are to vote on a launch of Maya's."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.advance("1 hour")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    await slack.submit("maya", functions=["Marketing", "Customer Success"])
    await slack.close("maya")


async def test_the_outcome_is_a_decision(door: FrontDoor) -> None:
    """A condition becomes an item; when all have voted the board, the owner and the voters know."""
    slack = door.slack
    await opened(door)
    assert "0 of 2 voted; waiting for Marketing and Customer Success" in (await board(slack)).words
    ask = await letter_to(slack, "priya", QUESTION)
    await slack.click(ask, "Go with conditions…", as_="priya")
    assert list((await slack.submit("priya")).errors) == ["reason"]
    await slack.submit("priya", reason="Prices on the website")
    assert "Priya Nair: Go with conditions: “Prices on the website”" in (await slack.modal("priya")).text
    assert "0 of 13 ready" in (await board(slack)).words

    await slack.click(await letter_to(slack, "ben", QUESTION), "Go", as_="ben")

    assert "🟡 *Go with conditions* · D-1" in (await board(slack)).words
    assert "L-1 Invoices in euro: Go with conditions" in await headlines(slack, "maya")
    assert "D-1 is decided" in await headlines(slack, "priya")
    shown = await slack.command("/decision", "show D-1", as_="lena")
    assert shown.ok
    card = (await slack.modal("lena")).text
    assert "Go with conditions for L-1 Invoices in euro" in card
    assert "Marketing (Priya Nair): Go with conditions: Prices on the website" in card
    await slack.command("/launch", "show L-1/13", as_="priya")
    item = (await slack.modal("priya")).text
    assert "Prices on the website · Priya Nair · due Thursday 24 December" in item


async def test_a_vote_can_be_changed_until_it_is_closed(door: FrontDoor) -> None:
    """The last one counts, its condition goes with it; after the close a vote is refused clearly."""
    slack = door.slack
    await opened(door)
    ask = await letter_to(slack, "priya", QUESTION)
    await slack.click(ask, "Go with conditions…", as_="priya")
    await slack.submit("priya", reason="Prices on the website")
    await slack.click(await slack.modal("priya"), "Go", as_="priya")
    assert "Priya Nair: Go" in (await slack.modal("priya")).text
    assert "0 of 12 ready" in (await board(slack)).words
    late = await letter_to(slack, "ben", QUESTION)
    await slack.click(late, "Hold…", as_="ben")

    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    await slack.click(await slack.modal("maya"), "Close the vote", as_="maya")

    assert "🟠 *Hold* · D-1" in (await board(slack)).words
    await slack.submit("ben", reason="Support is not trained")
    assert "The vote on L-1 is closed: Hold, D-1." in (await slack.modal("ben")).text
    await slack.command("/decision", "show D-1", as_="lena")
    assert "Not heard, which is never a yes: Customer Success" in (await slack.modal("lena")).text
    await slack.close("maya")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    assert (await slack.modal("maya")).submit_label == "Open the vote"


async def test_its_owner_sees_who_was_not_asked_for_their_vote(door: FrontDoor) -> None:
    """On the vote's page and on the launch's card, with the reason; voters do not see it of each other."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")
    await slack.advance("1 hour")
    await slack.command("/throughline", "away until friday", as_="priya")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    await slack.submit("maya", functions=["Marketing", "Customer Success"])
    await slack.advance("1 minute")

    await slack.close("maya")
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    said = "*Not asked yet*\n• Priya Nair, vote for Marketing: waits until Monday"
    assert said in (await slack.modal("maya")).text
    assert ": away until Friday" in (await slack.modal("maya")).text
    await slack.close("maya")
    await slack.command("/launch", "L-1", as_="maya")
    assert said in (await slack.modal("maya")).text
    await slack.click(await board(slack), "Go / no-go…", as_="ben")
    assert "Not asked yet" not in (await slack.modal("ben")).text


async def test_only_its_lead_votes_for_a_function(door: FrontDoor) -> None:
    """Everybody sees the votes; nobody votes for another, not even the launch's owner."""
    slack = door.slack
    await opened(door)
    await slack.click(await board(slack, as_="sam"), "Go / no-go…", as_="sam")
    assert (await slack.modal("sam")).buttons == []
    await slack.click(await board(slack), "Go / no-go…", as_="maya")
    assert (await slack.modal("maya")).buttons == ["Close the vote"]
    await slack.close("maya")
    ask = await letter_to(slack, "priya", QUESTION)

    await slack.command("/launch", "L-1", as_="maya")
    await slack.click(await slack.modal("maya"), "Owners…", as_="maya")
    await slack.submit("maya", Marketing="lena")

    assert QUESTION in "".join(await headlines(slack, "lena"))
    assert "No longer needed" in (await slack.again(ask, "priya")).words
