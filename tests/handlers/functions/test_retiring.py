"""A function is retired: nobody is asked as it any more, and nothing that is open is lost."""

from tests.front import FrontDoor
from tests.handlers.asks.acts import home_of
from tests.handlers.functions.acts import (
    confirm,
    merge,
    open_all,
    open_one,
    preview_retirement,
    rename,
    retire,
)
from tests.handlers.launches.acts import board, headlines, letter_to, make, monday
from tests.handlers.launches.test_gate import QUESTION, opened


async def test_what_ends_and_what_stays(door: FrontDoor) -> None:
    """Read before: open items stay with whoever sees to them, what is done keeps its function, votes are not waited for."""
    slack = door.slack
    await opened(door)
    await slack.command("/launch", "items", as_="ben", channel="#launches")
    await slack.command("/launch", "L-1/5", as_="ben", channel="#launches")
    await slack.click(await slack.modal("ben"), "Done", as_="ben")
    await slack.close("ben")
    ask = await letter_to(slack, "ben", QUESTION)

    said = await preview_retirement(slack, "Customer Success")
    assert "*Ends*\n• its part in new launches\n• 1 open vote of it is not waited for any more\n" in said
    assert "• 1 open item in 1 planned launch: with whoever sees to them, under *Others*\n" in said
    assert "• 2 people work in no function then, until they or you choose another one" in said
    done = await confirm(slack)

    assert "✓ It is retired. It can be used again." in done
    stands = (await board(slack)).words
    assert "*Customer Success* · nobody yet · 1 of 1" in stands
    assert "*Others* · 0 of 1" in stands
    assert "0 of 1 voted; waiting for Marketing" in stands
    assert "No longer needed" in (await slack.again(ask, "ben")).words
    assert "I do not know which function you work in" in await home_of(door, "ben")
    await slack.click(await letter_to(slack, "priya", QUESTION), "Go", as_="priya")
    assert "🟢 *Go* · D-1" in (await board(slack)).words


async def test_nothing_offers_it(door: FrontDoor) -> None:
    """Not My settings, not the filters, not what something can wait on, not a new launch; a form that was open says so."""
    slack = door.slack
    await monday(slack)
    await slack.command("/throughline", "settings", as_="sam", channel="#general")
    assert "Customer Success" in str((await slack.modal("sam")).blocks)
    await retire(slack, "Customer Success")
    refused = await slack.submit("sam", function="Customer Success")
    assert refused.errors == {
        "function": "That function is retired. Choose another one, or *As the title says*."
    }
    await slack.close("sam")
    await slack.command("/throughline", "settings", as_="sam", channel="#general")
    assert "Customer Success" not in str((await slack.modal("sam")).blocks)
    await slack.close("sam")
    await make(door, ahead=28)
    assert "Customer Success" not in (await slack.modal("maya")).inputs
    assert "help article" not in (await board(slack)).words


async def test_who_chose_it_keeps_it_for_when_it_is_used_again(door: FrontDoor) -> None:
    """Their settings still say it, as retired."""
    slack = door.slack
    await monday(slack)
    await slack.command("/throughline", "settings", as_="lena", channel="#general")
    await slack.submit("lena", function="Sales")
    await slack.close("lena")
    await retire(slack, "Sales")
    await slack.command("/throughline", "settings", as_="lena", channel="#general")
    assert (await slack.modal("lena")).inputs["My function"] == "Sales (retired)"
    await slack.submit("lena")
    assert "You work Monday to Friday" in (await slack.modal("lena", "Saved")).text
    await slack.close("lena")
    await open_one(slack, "Sales")
    await slack.click(await slack.modal("maya"), "Use it again", as_="maya")
    assert "✓ It is in use again." in (await slack.modal("maya")).text
    assert "3 people work in it." in (await slack.modal("maya")).text
    assert "You work in Sales" in await home_of(door, "lena")


async def test_retired_and_then_renamed(door: FrontDoor) -> None:
    """It is retired under its new name; nothing can be merged into it, and it can be merged."""
    slack = door.slack
    await retire(slack, "Sales")
    assert (await rename(slack, "Sales", "Field")).errors == {}
    said = (await slack.modal("maya")).text
    assert "It is retired: nobody is asked as it any more." in said
    await slack.close("maya")
    await open_one(slack, "Design")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    assert "Field" not in str((await slack.modal("maya")).blocks)
    await slack.close("maya")
    assert "4 people work in it." in await merge(slack, "Field", "Design")
    assert "You work in Design" in await home_of(door, "sam")


async def test_a_vote_with_nobody_left_is_over(door: FrontDoor) -> None:
    """Nothing is decided by it."""
    slack = door.slack
    await opened(door)
    await retire(slack, "Customer Success")
    await retire(slack, "Marketing")
    stands = (await board(slack)).words
    assert "voted" not in stands
    assert "D-1" not in stands


async def test_the_launchs_owner_hears_of_it(door: FrontDoor) -> None:
    """Once, with what became of what was open."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28, as_="omar")
    await slack.close("omar")
    await retire(slack, "Customer Success")
    told = await letter_to(slack, "omar", "Customer Success is retired")
    assert "Its 2 open items stand under Others, with whoever sees to them." in told.words
    assert "Maya Lindqvist changed it for every launch." in told.words
    assert sum("retired" in one for one in await headlines(slack, "omar")) == 1


async def test_the_last_one_stays(door: FrontDoor) -> None:
    """Somebody has to be asked."""
    slack = door.slack
    for name in ("Product", "Engineering", "Design", "Marketing", "Sales"):
        await retire(slack, name)
    await open_all(slack)
    assert "*Sales* · retired" in (await slack.modal("maya")).text
    await slack.close("maya")
    assert "It is the only function in use, so it stays." in await retire(slack, "Customer Success")
