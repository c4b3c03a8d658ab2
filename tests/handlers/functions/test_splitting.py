"""A function is split: who and what leaves it goes to another one, new or there already; the rest stays."""

from storage.database import Tx
from storage.functions import queries as functions
from storage.values import AtFirst
from tests.front import FrontDoor
from tests.handlers.asks.acts import OMAR, do, home_of
from tests.handlers.functions.acts import confirm, merge, open_one, rename, split
from tests.handlers.launches.acts import board, letter_to, make, monday

DASHBOARDS = "Dashboards and alerts in place"


async def test_people_and_what_is_to_be_ready_go_to_a_new_one(door: FrontDoor) -> None:
    """Read before it is done; people are told, the next launch asks the new one, planned ones stay as they are."""
    slack = door.slack
    await monday(slack)
    await make(door, ahead=28)
    await slack.close("maya")

    said = await split(slack, "Engineering", "DevOps", ["ines"], [DASHBOARDS])
    assert "*DevOps* is a new function." in said
    assert f"*Goes there*\n• Inês Duarte\n• for new launches: {DASHBOARDS}\n" in said
    assert "*Stays with Engineering*\n• 2 people\n• 3 open items in 1 planned launch\n" in said
    done = await confirm(slack)

    assert "✓ Split: this is DevOps now." in done
    assert "1 person works in it." in done
    told = await letter_to(slack, "ines", "noted that you work in DevOps")
    assert "If it is wrong, change it." in told.words
    assert "You work in DevOps" in await home_of(door, "ines")
    assert "You work in Engineering" in await home_of(door, "kenji")
    assert "DevOps" not in (await board(slack)).words

    await make(door, ahead=28)
    inputs = (await slack.modal("maya")).inputs
    assert inputs["DevOps"] == "U0INES"
    await slack.submit("maya")
    assert "*DevOps* · Inês Duarte · 0 of 1" in (await board(slack)).words
    assert "0 of 2" in (await board(slack)).words.split("*Engineering*")[1].split("\n")[0]


async def test_what_is_wrong_with_a_split(door: FrontDoor) -> None:
    """It says so at the field: of whom, of nothing, into itself."""
    slack = door.slack
    await open_one(slack, "Engineering")
    await slack.click(await slack.modal("maya"), "Split…", as_="maya")
    refused = await slack.submit("maya", name="DevOps", people=["sam", "kenji"])
    assert refused.errors == {"people": "Sam Okafor does not work in Engineering."}
    refused = await slack.submit("maya", name="DevOps", people=[])
    assert refused.errors == {"people": "Choose somebody, or something it has ready."}
    refused = await slack.submit("maya", name="engineering", people=["kenji"])
    assert refused.errors == {"name": "Choose another one than itself."}


async def test_a_merge_and_then_a_split(door: FrontDoor) -> None:
    """What went to one function leaves it again under another name; what was merged counts where it counted."""
    slack = door.slack
    await monday(slack)
    await merge(slack, "Customer Success", "Sales")
    said = await split(slack, "Sales", "Care", ["ben", "ruth"], ["Brief support", "Write a help article"])
    assert "• 2 people" in said
    await confirm(slack)
    assert "You work in Care" in await home_of(door, "ben")
    assert "You work in Sales" in await home_of(door, "sam")
    await make(door, ahead=28)
    inputs = (await slack.modal("maya")).inputs
    assert inputs["Care"] == "U0BEN"
    assert "Customer Success" not in inputs


async def test_a_split_into_one_there_is(door: FrontDoor) -> None:
    """What one function has ready goes to another; nobody has to move."""
    slack = door.slack
    await monday(slack)
    assert (await rename(slack, "Customer Success", "Care")).errors == {}
    await slack.close("maya")
    said = await split(slack, "Sales", "care", [], ["Tell the sales team"])
    assert "*Care* is there already." in said
    await confirm(slack)
    await split(slack, "Care", "Sales", [], ["Tell the sales team"])
    done = await confirm(slack)
    assert "✓ Split: this is Sales now." in done
    assert "Tell the sales team" in done


async def test_who_changed_meanwhile_what_is_split(door: FrontDoor) -> None:
    """They are named, and nothing is done."""
    slack = door.slack
    await split(slack, "Engineering", "DevOps", ["kenji"])

    def by_omar(tx: Tx) -> None:
        (one,) = (one for one in functions.hold(tx) if one.id == AtFirst.ENGINEERING)
        functions.change(tx, functions.renamed(one, "Tech", tx.now, OMAR))

    await do(door, by_omar)
    await slack.submit("maya")
    assert "Tech was changed meanwhile by Omar Haddad." in (await slack.modal("maya")).text
    assert "You work in Tech" in await home_of(door, "kenji")
