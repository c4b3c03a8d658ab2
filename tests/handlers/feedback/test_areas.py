"""Areas are the workspace's own words, too: merged, split and retired, after a look at what that changes."""

from dataclasses import replace

from bot.sandbox.driver import Slack
from handlers.feedback import ids
from storage.areas import queries as areas
from storage.database import Tx
from storage.values import PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.feedback.acts import tell
from tests.handlers.feedback.test_answers import looked_after
from tests.handlers.feedback.test_themes import card


async def two(slack: Slack) -> None:
    """Omar looks after Payments, Ruth after Invoices; Sam says something of each."""
    await looked_after(slack)
    await looked_after(slack, "Invoices", owner="ruth")
    await said(slack, "Pay by card", "Payments")
    await said(slack, "Bills in euro", "Invoices")


async def said(slack: Slack, words: str, area: str) -> None:
    """Sam says something of an area."""
    await slack.command("/capture", words, as_="sam", channel="#general")
    await slack.submit("sam", area=area)
    await slack.close("sam")


async def open_area(door: FrontDoor, name: str) -> None:
    """An admin opens the form of an area."""
    area = await do(door, lambda tx: areas.called(tx, name))
    assert area is not None
    await door.slack.command("/capture", "areas", as_="maya", channel="#general")
    await door.slack.click(await door.slack.modal("maya"), f"{ids.AREA}:{area.id}", as_="maya")


async def test_one_counts_under_the_other(door: FrontDoor) -> None:
    """What waits of both is sorted by whoever looks after the one that stays, and it can be taken apart again."""
    slack = door.slack
    await two(slack)
    assert "Ruth Castellanos looks after Invoices" in await card(slack, 2, "sam")
    await open_area(door, "Invoices")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    await slack.submit("maya", into_area="Payments")
    preview = (await slack.modal("maya")).text
    assert "*Invoices* counts under *Payments* from now on: one piece of feedback that you can see" in preview
    assert "Omar Haddad sorts what waits of it" in preview
    await slack.submit("maya")
    assert "✓ They are merged." in (await slack.modal("maya")).text
    await slack.close("maya")

    assert "Omar Haddad looks after it" in await card(slack, 2, "sam")
    await slack.command("/capture", "triage", as_="omar", channel="#general")
    assert "1 more wait." in (await slack.modal("omar")).text
    await slack.close("omar")

    await open_area(door, "Payments")
    await slack.click(await slack.modal("maya"), "Take apart", as_="maya")
    await slack.close("maya")
    assert "Ruth Castellanos looks after Invoices" in await card(slack, 2, "sam")


async def test_some_go_to_another_one(door: FrontDoor) -> None:
    """One that there is, or a new one, which nobody looks after yet."""
    slack = door.slack
    await two(slack)
    await open_area(door, "Payments")
    await slack.click(await slack.modal("maya"), "Split…", as_="maya")
    await slack.submit("maya", sought="card")
    assert "One of the one you can see leaves *Payments*:" in (await slack.modal("maya")).text
    await slack.submit("maya", name="Invoices")
    assert "✓ Split: this is Invoices now." in (await slack.modal("maya")).text
    await slack.close("maya")
    assert "Ruth Castellanos looks after Invoices" in await card(slack, 1, "sam")


async def test_a_retired_one_is_chosen_no_more(door: FrontDoor) -> None:
    """What waits of it is still sorted; the only one in use stays, and it can be used again."""
    slack = door.slack
    await two(slack)
    await open_area(door, "Invoices")
    await slack.click(await slack.modal("maya"), "Retire…", as_="maya")
    assert "Ruth Castellanos still sorts what waits of it." in (await slack.modal("maya")).text
    await slack.submit("maya")
    assert "*Invoices* · retired" in (await slack.modal("maya")).text
    await slack.close("maya")
    await slack.command("/capture", "Something new", as_="sam", channel="#general")
    assert "Area" not in (await slack.modal("sam")).inputs
    await slack.close("sam")
    await slack.command("/capture", "triage", as_="ruth", channel="#general")
    assert "Bills in euro" in (await slack.modal("ruth")).text
    await slack.close("ruth")

    await open_area(door, "Payments")
    await slack.click(await slack.modal("maya"), "Retire…", as_="maya")
    await slack.submit("maya")
    assert "It is the only area in use" in (await slack.modal("maya")).text
    await slack.close("maya")
    await open_area(door, "Invoices")
    await slack.click(await slack.modal("maya"), "Use it again", as_="maya")
    assert "retired" not in (await slack.modal("maya")).text


async def test_its_area_is_changed_where_its_words_are(door: FrontDoor) -> None:
    """Whoever looks after the other one sorts it from now on."""
    slack = door.slack
    await two(slack)
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    await slack.click(await slack.modal("sam"), "Edit", as_="sam")
    await slack.submit("sam", area="Invoices")
    assert "Ruth Castellanos looks after Invoices" in (await slack.modal("sam")).text
    await slack.close("sam")
    await slack.command("/capture", "triage", as_="ruth", channel="#general")
    assert "Pay by card" in (await slack.modal("ruth")).text
    await slack.close("ruth")
    await slack.command("/capture", "triage", as_="omar", channel="#general")
    assert "Nothing waits for triage" in (await slack.modal("omar")).text


async def test_two_at_once(door: FrontDoor) -> None:
    """Who saves second reads who changed it meanwhile; what they typed stays in the form."""
    slack = door.slack
    await two(slack)
    await open_area(door, "Payments")

    def meanwhile(tx: Tx) -> None:
        areas.change(tx, replace(areas.every(tx)[0], by=PersonId("U0OMAR")))

    await do(door, meanwhile)
    refused = await slack.submit("maya", name="Money")
    assert refused.errors == {
        "name": "Payments was changed meanwhile by Omar Haddad. "
        "Nothing of yours is done; look at it and do it again."
    }


async def test_who_is_no_admin_changes_none(door: FrontDoor) -> None:
    """They read who looks after what."""
    slack = door.slack
    await two(slack)
    await slack.command("/capture", "areas", as_="omar", channel="#general")
    assert "Change" not in (await slack.modal("omar")).buttons


async def test_what_is_sorted_in_a_channel_is_sorted_there_when_it_has_another_id(door: FrontDoor) -> None:
    """Slack gives a channel another id; what is said in it is about the same area, and its cards come there."""
    slack = door.slack
    await slack.invite("throughline", "#product", "omar")
    await looked_after(slack, triage="#product", channels=["#product"])
    await tell(door, type="channel_id_changed", old_channel_id="C0PRODUCT", new_channel_id="C0PRODUCT2")
    (area,) = await do(door, areas.every)
    assert area.triage == "C0PRODUCT2"
    assert await do(door, lambda tx: areas.channels(tx, area.id)) == ["C0PRODUCT2"]
