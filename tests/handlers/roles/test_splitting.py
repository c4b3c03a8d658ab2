"""A role that several people hold is split: another one beside it that follows the same rule."""

import pytest

from handlers.decisions import naming
from handlers.kit.requests import Filled
from handlers.kit.roles import named
from storage.roles.values import AT_FIRST, Role, Rule
from storage.values import RoleId
from tests.front import FrontDoor
from tests.handlers.decisions.acts import headlines, monday, name, record, shown
from tests.handlers.decisions.test_more import more
from tests.handlers.decisions.test_rules import decision
from tests.handlers.roles.acts import open_one, split


async def test_people_are_named_in_either_and_asked_alike(door: FrontDoor) -> None:
    """Read before it is done; nobody is moved, the form has one more field, and each is asked for their view."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, contributors=["lena"])
    await slack.close("omar")

    read = await split(slack, "Contributors", "Reviewers")
    assert "People named there are asked for their view in the same way." in read
    assert "Nobody is moved; *Contributors* keeps 1 person in 1 decision." in read

    await more(door, "omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    form = await slack.modal("omar")
    assert [*form.inputs] == ["Driver", "Approver", "Contributors", "Reviewers", "Informed"]
    assert form.inputs["Contributors"] == ["U0LENA"]
    await slack.submit("omar", Reviewers=["tomas"])
    assert "Contributors: Lena Fischer\nReviewers: Tomás Vidal" in (await slack.modal("omar")).text
    await slack.submit("omar")
    assert "Tomás Vidal are asked for a view." in (await slack.modal("omar")).text
    await slack.close("omar")
    assert "Reviewers: Tomás Vidal" in await shown(slack, 1, "lena")
    await slack.advance("next morning", as_="tomas")
    assert "Omar Haddad asks for your view on D-1" in await headlines(slack, "tomas")
    assert "1 decision names 1 person in it." in await open_one(slack, "Reviewers")


async def test_who_is_informed_in_another_role_is_told_alike(door: FrontDoor) -> None:
    """Also by what replaces it, where they are named in the same role."""
    slack = door.slack
    await monday(slack)
    await split(slack, "Informed", "Stakeholders")
    await record(slack)
    await name(slack, informed=["lena"], Stakeholders=["priya"])
    await slack.close("omar")
    await slack.command("/decision", "supersede D-1", as_="omar", channel="#general")
    assert "Taken over: Driver, Informed and Stakeholders" in (await slack.modal("omar")).text
    await slack.submit("omar", what="Dollars first")
    await slack.close("omar")

    assert "Informed: Lena Fischer\nStakeholders: Priya Nair" in await shown(slack, 2, "omar")
    await slack.advance("next morning", as_="priya")
    assert "D-2 replaces it" in " ".join(await headlines(slack, "priya"))


async def test_nobody_is_named_in_two_roles_of_one_rule(door: FrontDoor) -> None:
    """It says so at the second field; one of each rule is no contradiction."""
    slack = door.slack
    await split(slack, "Contributors", "Reviewers")
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    refused = await slack.submit(
        "omar", contributors=["lena", "priya"], Reviewers=["lena"], informed=["lena"]
    )
    assert [*refused.errors.values()] == [
        "Lena Fischer is named in Contributors already; one of the two is enough."
    ]
    assert (await slack.submit("omar", Reviewers=["tomas"])).errors == {}


def test_all_of_a_rule_have_room_for_so_many() -> None:
    """However many roles there are, no more people are asked than before."""
    chosen = {
        "driver": {"driver": {"selected_user": "U0OMAR"}},
        "contributors": {"contributors": {"selected_users": [f"U0A{at}" for at in range(11)]}},
        "reviewers": {"reviewers": {"selected_users": [f"U0B{at}" for at in range(11)]}},
    }
    reviewers = Role(RoleId("reviewers"), "Reviewers", Rule.CONTRIBUTOR, 5)
    with named([*AT_FIRST, reviewers]):
        errors = naming.wrong(Filled("", "", chosen), decision(), str)
    assert errors == {"reviewers": "There is room for 20 people in Contributors and Reviewers; these are 22."}


@pytest.mark.parametrize("role", ["Driver", "Approver"])
async def test_what_one_person_holds_is_not_split(door: FrontDoor, role: str) -> None:
    """It says why instead of offering it."""
    said = await open_one(door.slack, role)
    buttons = (await door.slack.modal("maya")).buttons
    assert "In each decision it is one person, so it is not split or merged." in said
    assert "Split…" not in buttons
    assert "Merge…" not in buttons


async def test_no_more_than_can_be_told_apart(door: FrontDoor) -> None:
    """Eight in use at most; it says what to do."""
    slack = door.slack
    for at in range(4):
        await split(slack, "Informed", f"Informed {'abcd'[at]}")
    await open_one(slack, "Informed")
    await slack.click(await slack.modal("maya"), "Split…", as_="maya")
    assert (await slack.submit("maya", name="Stakeholders")).errors == {
        "name": "There are 8 roles in use already. Merge or retire one first."
    }
