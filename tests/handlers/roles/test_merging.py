"""A role that is merged counts under another one of the same rule, until it is taken apart."""

from storage.database import Tx
from storage.roles import queries as roles
from storage.roles.values import Rule
from storage.values import PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import monday, name, record, shown
from tests.handlers.decisions.test_more import more
from tests.handlers.roles.acts import merge, open_one, press, preview_merge, split


async def named_in_both(door: FrontDoor) -> None:
    """Lena contributes to D-1, which Inês is to approve, and Tomás reviews it."""
    await monday(door.slack)
    await split(door.slack, "Contributors", "Reviewers")
    await record(door.slack)
    await name(door.slack, approver="ines", contributors=["lena"], Reviewers=["tomas"])
    await door.slack.close("omar")


async def test_it_is_counted_and_shown_under_the_other_one(door: FrontDoor) -> None:
    """Read before it is done; one field for both, and taken apart each has their own people again."""
    slack = door.slack
    await named_in_both(door)
    read = await preview_merge(slack, "Reviewers", "Contributors")
    assert "*Reviewers* counts under *Contributors* from now on." in read
    assert "*Goes there*\n• 1 person in 1 decision\n• its field: there is one for both" in read
    assert "• what is decided already, and reads *Contributors (Reviewers then)*" in read
    await slack.close("maya")

    done = await merge(slack, "Reviewers", "Contributors")
    assert "✓ They are merged." in done
    assert "1 decision names 2 people in it." in done
    assert "*Reviewers* counts under it" in done
    assert "Contributors: Lena Fischer and Tomás Vidal" in await shown(slack, 1, "omar")
    await more(door, "omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    form = await slack.modal("omar")
    assert [*form.inputs] == ["Driver", "Approver", "Contributors", "Informed"]
    await slack.submit("omar", contributors=["lena", "tomas", "priya"])
    await slack.submit("omar")
    await slack.close("omar")

    assert "✓ They are taken apart." in await press(slack, "Contributors", "Take apart")
    apart = await shown(slack, 1, "omar")
    assert "Contributors: Lena Fischer and Priya Nair\nReviewers: Tomás Vidal" in apart


async def test_what_is_decided_reads_the_name_of_its_day(door: FrontDoor) -> None:
    """Beside the one it counts under now."""
    slack = door.slack
    await named_in_both(door)
    await slack.command("/decision", "show D-1", as_="ines", channel="#general")
    await slack.click(await slack.modal("ines"), "Approve", as_="ines")
    await slack.close("ines")
    await merge(slack, "Reviewers", "Contributors")
    said = await shown(slack, 1, "omar")
    assert "Contributors: Lena Fischer\nContributors (Reviewers then): Tomás Vidal" in said


async def test_a_form_that_was_open_meanwhile_still_counts(door: FrontDoor) -> None:
    """Who was chosen in the field that is gone is named in the one it counts under."""
    slack = door.slack
    await split(slack, "Contributors", "Reviewers")
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    await merge(slack, "Reviewers", "Contributors")
    await slack.submit("omar", Reviewers=["tomas"])
    await slack.submit("omar")
    await slack.close("omar")
    assert "Contributors: Tomás Vidal" in await shown(slack, 1, "omar")
    await press(slack, "Contributors", "Take apart")
    assert "Contributors: Tomás Vidal" in await shown(slack, 1, "omar")


async def test_only_what_follows_the_same_rule_is_offered(door: FrontDoor) -> None:
    """Who is asked for a view is not only told from one day to the next."""
    slack = door.slack
    await split(slack, "Contributors", "Reviewers")
    await open_one(slack, "Contributors")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    assert "Reviewers" in str((await slack.modal("maya")).blocks)
    assert "Informed" not in str((await slack.modal("maya")).blocks)
    await slack.close("maya")
    await open_one(slack, "Informed")
    await slack.click(await slack.modal("maya"), "Merge…", as_="maya")
    assert (
        "There is no other role in use that means the same as Informed." in (await slack.modal("maya")).text
    )


async def test_who_merges_second_reads_who_was_first(door: FrontDoor) -> None:
    """And nothing of theirs is done."""
    slack = door.slack
    await split(slack, "Contributors", "Reviewers")
    await preview_merge(slack, "Reviewers", "Contributors")

    def first(tx: Tx) -> None:
        (one,) = (one for one in roles.hold(tx) if one.id == Rule.CONTRIBUTOR.first)
        roles.change(tx, roles.renamed(one, "Consulted", tx.now, PersonId("U0OMAR")))

    await do(door, first)
    await slack.submit("maya")
    said = (await slack.modal("maya")).text
    assert "Consulted was changed meanwhile by Omar Haddad. Nothing of yours is done" in said
    assert "counts under it" not in said
