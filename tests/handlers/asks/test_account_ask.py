"""The one ask: whoever captured by emoji is asked once, the next working morning, for which account."""

from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on, wish

ASK = "Which account was F-1 from #sales for?"


async def captured(door: FrontDoor) -> None:
    """Sam captures by emoji on a working day's noon."""
    await door.slack.advance("next monday", as_="sam")
    await door.slack.advance("1 hour", as_="sam")
    await switch_on(door.slack)
    await door.slack.react(await wish(door.slack), "bulb", as_="sam")


async def test_it_is_asked_the_next_working_morning_once(door: FrontDoor) -> None:
    """Not the same day, at nine in the person's own zone, and never again."""
    await captured(door)
    assert ASK not in await ours_to(door.slack, "sam")

    await door.slack.advance("next morning", as_="sam")
    assert (await ours_to(door.slack, "sam")).count(ASK) == 1
    for _ in range(3):
        await door.slack.advance("next morning", as_="sam")

    assert (await ours_to(door.slack, "sam")).count(ASK) == 1


async def test_several_are_one_message(door: FrontDoor) -> None:
    """What is due together is asked together."""
    await captured(door)
    await door.slack.react(await wish(door.slack, "And dark mode"), "bulb", as_="sam")

    await door.slack.advance("next morning", as_="sam")

    ask = await card_of(door.slack, "sam")
    assert ask.text.startswith("2 things for you")
    assert ask.buttons == ["Type the account", "None", "Type the account", "None"]


async def test_typing_the_account_answers_it(door: FrontDoor) -> None:
    """The card shows the account, and Home no longer needs the person."""
    await captured(door)
    await door.slack.advance("next morning", as_="sam")
    await door.slack.open_home("sam")
    assert ASK in (await door.slack.home("sam")).text

    await door.slack.click(await card_of(door.slack, "sam"), "Type the account", as_="sam")
    await door.slack.submit("sam", account="Acme")

    assert "*F-1* is for *Acme*." in (await door.slack.modal("sam")).text
    assert ASK not in (await door.slack.home("sam")).text


async def test_none_is_an_answer(door: FrontDoor) -> None:
    """It was for nobody in particular: said once, never asked again."""
    await captured(door)
    await door.slack.advance("next morning", as_="sam")

    await door.slack.click(await card_of(door.slack, "sam"), "None", as_="sam")

    assert (await door.slack.ephemerals("sam", "D0SAM"))[-1].words == "Saved: F-1 is for no account."


async def test_an_account_given_before_is_not_asked_for(door: FrontDoor) -> None:
    """Whoever adds it on the card the same day is left in peace."""
    await captured(door)
    await door.slack.click(await card_of(door.slack, "sam"), "Add account", as_="sam")
    await door.slack.submit("sam", account="Acme")

    await door.slack.advance("next morning", as_="sam")

    assert ASK not in await ours_to(door.slack, "sam")


async def test_an_undone_capture_is_not_asked_about(door: FrontDoor) -> None:
    """Nobody is asked about what no longer exists."""
    await captured(door)
    await door.slack.click(await card_of(door.slack, "sam"), "Undo", as_="sam")

    await door.slack.advance("next morning", as_="sam")

    assert await ours_to(door.slack, "sam") == ["F-1 is undone"]
