"""How a launch ends: shipped, called off, or taken back before anybody knew of it."""

from tests.front import FrontDoor
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday


async def test_shipping_tells_those_concerned_once_and_lets_the_board_go(door: FrontDoor) -> None:
    """Owners and followers hear of it; the board says so and is pinned no longer; nothing is asked any more."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await slack.advance("1 hour")
    stands = await board(slack)
    await slack.click(await board(slack, as_="omar"), "Show all", as_="omar")
    await slack.click(await slack.modal("omar"), "Why?", as_="omar")
    await slack.click(await slack.modal("omar"), "Follow", as_="omar")

    await slack.click(await board(slack), "Show all", as_="maya")
    await slack.click(await slack.modal("maya"), "Ship it", as_="maya")

    assert "🎉 L-1" in (await slack.modal("maya")).text
    again = await slack.again(stands, "maya")
    assert not again.raw["pinned"]
    assert again.buttons == ["Show all", "Why?"]
    for person in ("omar", "priya"):
        assert (await headlines(slack, person)).count("L-1 Invoices in euro has shipped") == 1
    before = await headlines(slack, "ben")
    for _ in range(3):
        await slack.advance("next morning", as_="ben")
    assert [one for one in await headlines(slack, "ben") if "due" in one] == [
        one for one in before if "due" in one
    ]


async def test_calling_it_off_says_why(door: FrontDoor) -> None:
    """Everybody who worked for it reads the reason."""
    slack = door.slack
    await monday(slack)
    await make(door)
    await slack.close("maya")
    await slack.advance("1 hour")
    await slack.click(await board(slack), "Show all", as_="maya")
    await slack.click(await slack.modal("maya"), "Cancel launch…", as_="maya")
    assert list((await slack.submit("maya")).errors) == ["reason"]

    await slack.submit("maya", reason="The bank does not offer it")

    assert "The bank does not offer it" in (await letter_to(slack, "priya", "called L-1")).words
    assert "✖️ L-1 · Invoices in euro · cancelled" in (await board(slack)).text


async def test_what_was_made_by_mistake_is_taken_back(door: FrontDoor) -> None:
    """Within ten minutes nobody has heard of it, and nobody does."""
    slack = door.slack
    await monday(slack)
    await make(door)

    await slack.click(await slack.modal("maya"), "Undo", as_="maya")

    assert "L-1 is taken back. Nobody was told of it." in (await slack.modal("maya")).text
    await slack.advance("1 hour")
    assert await headlines(slack, "priya") == []
    assert "↩️ L-1 · Invoices in euro · taken back" in (await board(slack)).text
    listed = await slack.command("/launch", "list", as_="maya")
    assert "L-1" not in (listed.text or "")
