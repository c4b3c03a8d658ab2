"""Home in three parts: what needs me, what I wait for, what there is to know; then where, and my settings."""

from bot.sandbox.driver import Home
from handlers.asks import service as asks
from handlers.kit.blocks import actions, section
from handlers.kit.elements import button
from storage.database import Tx
from storage.values import PersonId
from tests.front import HERE, FrontDoor
from tests.handlers.decisions.acts import monday, name, record

BEN = PersonId("U0BEN")
TITLES = [
    "Needs you",
    "Waiting for others",
    "For information",
    "Look something up",
    "Where Throughline listens",
    "My settings",
]


async def home_of(door: FrontDoor, as_: str) -> Home:
    """Somebody opens their Home."""
    await door.slack.open_home(as_)
    return await door.slack.home(as_)


def titles(home: Home) -> list[str]:
    """The headings of its parts."""
    return [str(block["text"]["text"]) for block in home.blocks if block["type"] == "header"]


async def test_an_empty_home_is_calm(door: FrontDoor) -> None:
    """Nothing needs a newcomer, who waits for nobody, and the buttons to begin with stand on top."""
    home = await home_of(door, "kenji")
    assert titles(home) == [one for one in TITLES if one != "Waiting for others"]
    assert "Nothing needs you now." in home.text
    assert home.buttons[:2] == ["Capture feedback", "Record a decision"]


async def test_everything_stands_in_its_part(door: FrontDoor) -> None:
    """The parts come in their order, and what somebody waits for is not what they are told."""
    await monday(door.slack)
    await record(door.slack)
    await name(door.slack, approver="ines")
    home = await home_of(door, "omar")

    assert titles(home) == TITLES
    needs, waiting, information = (home.text.index(one) for one in TITLES[:3])
    assert needs < waiting < home.text.index("waits for Inês Duarte") < information


async def test_a_guest_is_offered_what_a_guest_may(door: FrontDoor) -> None:
    """Gil sees the same parts, without what only members may do."""
    home = await home_of(door, "gil")
    assert "Capture in a channel" not in home.buttons
    assert "Switch off" not in home.buttons
    assert titles(home)[-1] == "My settings"


async def test_many_questions_leave_room_for_the_rest(door: FrontDoor) -> None:
    """The first ones stand in Home with their buttons, and one button opens all of them."""

    def work(tx: Tx) -> None:
        for number in range(12):
            deeds = actions(button(f"Answer {number}", f"test.answer:{number}"))
            words = [section(f"Line {line} of {number}") for line in range(3)]
            asks.ask(tx, BEN, f"many:{number:02}", f"Question {number}?", [*words, deeds], due=tx.now)

    await monday(door.slack)
    await door.app.database.transact(HERE, work)
    await door.slack.advance("10 minutes", as_="ben")
    home = await home_of(door, "ben")

    assert "Question 5?" in home.text
    assert "Question 6?" not in home.text
    assert titles(home)[-1] == "My settings"
    await door.slack.click(home, "and 6 more", as_="ben")
    assert "Question 11?" in (await door.slack.modal("ben", "Needs you")).text
