"""A role that is retired names nobody new; who is named in it stays, and it can be used again."""

from tests.front import FrontDoor
from tests.handlers.decisions.acts import card_in, monday, name, page, record, shown
from tests.handlers.decisions.test_more import more
from tests.handlers.roles.acts import open_one, press, preview_retirement, retire, split


async def test_without_an_approver_a_decision_is_decided_when_it_is_saved(door: FrontDoor) -> None:
    """Read before it is done; the field is gone where nobody is named, and there again once it is used again."""
    slack = door.slack
    read = await preview_retirement(slack, "Approver")
    assert "its field on decisions that name nobody in it: they are decided when they are saved" in read
    await slack.close("maya")
    assert "✓ It is retired. It can be used again." in await retire(slack, "Approver")

    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    assert [*(await slack.modal("omar")).inputs] == ["Driver", "Contributors", "Informed"]
    await slack.submit("omar", informed=["lena"])
    await slack.submit("omar")
    await slack.close("omar")
    assert "Decided by Omar Haddad" in (await card_in(slack)).words

    assert "✓ It is in use again." in await press(slack, "Approver", "Use it again")
    await record(slack)
    await name(slack, approver="ines")
    assert "Inês Duarte is asked to approve it." in (await slack.modal("omar")).text


async def test_who_is_named_in_it_stays(door: FrontDoor) -> None:
    """They decide as before, their field stays on that decision, and what replaces it needs nobody's approval."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await slack.close("omar")
    read = await preview_retirement(slack, "Approver")
    assert "*Stays*\n• 1 person in 1 decision: they still decide" in read
    await slack.close("maya")
    await retire(slack, "Approver")

    await more(door, "omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    form = await slack.modal("omar")
    assert form.inputs["Approver"] == "U0INES"
    assert "Is retired: nobody new can be named in it." in form.text
    refused = await slack.submit("omar", approver="tomas")
    assert refused.errors == {"approver": "Approver is retired: nobody new can be named in it."}
    await slack.close("omar")
    await slack.command("/decision", "show D-1", as_="ines", channel="#general")
    await slack.click(await slack.modal("ines"), "Approve", as_="ines")
    await slack.close("ines")
    assert "Decided by Inês Duarte" in (await card_in(slack)).words
    await slack.command("/decision", "supersede D-1", as_="omar", channel="#general")
    await slack.submit("omar", what="Dollars first")
    assert "Decided by you." in (await slack.modal("omar")).text


async def test_a_draft_that_names_somebody_in_it_is_not_saved(door: FrontDoor) -> None:
    """It says why, and keeps the draft."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Name people", contributors=["lena"])
    await retire(slack, "Contributors")
    await slack.submit("omar")
    said = (await slack.modal("omar")).text
    assert "*Contributors is retired: nobody new can be named in it.*" in said
    assert "Contributors: Lena Fischer" in said


async def test_whom_a_new_decision_takes_over_is_named_in_what_is_left(door: FrontDoor) -> None:
    """Who was to know the old one is to know the new one, in another role that means the same."""
    slack = door.slack
    await split(slack, "Informed", "Stakeholders")
    await record(slack)
    await name(slack, Stakeholders=["priya"])
    await slack.close("omar")
    await retire(slack, "Stakeholders")
    await slack.command("/decision", "supersede D-1", as_="omar", channel="#general")
    await slack.submit("omar", what="Dollars first")
    await slack.close("omar")
    assert "Stakeholders: Priya Nair" in await shown(slack, 1, "omar")
    assert "Informed: Priya Nair" in await shown(slack, 2, "omar")


async def test_every_decision_has_a_driver(door: FrontDoor) -> None:
    """It says so instead of offering to retire it."""
    said = await open_one(door.slack, "Driver")
    assert "Every decision has one, so it is not retired." in said
    assert "Retire…" not in (await door.slack.modal("maya")).buttons
