"""The roles of decisions are called as the workspace calls them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from handlers.kit.roles import ROLES, named
from storage.database import Tx
from storage.roles import queries as roles
from storage.roles.values import AT_FIRST, Rule
from storage.values import Past, PersonId, WorkspaceId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import card_in, headlines, monday, name, record, shown
from tests.handlers.decisions.test_more import more
from tests.handlers.roles.acts import open_all, open_one, rename

THEN = datetime(2026, 3, 2, tzinfo=UTC)
DRI = tuple(
    replace(one, name="DRI", past=(Past("Driver", THEN),)) if one.rule is Rule.DRIVER else one
    for one in AT_FIRST
)


def test_what_they_are_called_is_forgotten_afterwards() -> None:
    """The next work may be another workspace's."""
    with named(DRI):
        assert ROLES.word(Rule.DRIVER) == "DRI"
        assert ROLES.word(Rule.APPROVER) == "Approver"
    assert ROLES.word(Rule.DRIVER) == "Driver"


def test_what_is_over_keeps_the_name_of_its_day() -> None:
    """Beside the one it has now, where they differ."""
    with named(DRI):
        assert ROLES.then(Rule.DRIVER.first, THEN - timedelta(days=1)) == "DRI (Driver then)"
        assert ROLES.then(Rule.DRIVER.first, THEN) == "DRI"
        assert ROLES.then(Rule.DRIVER.first, None) == "DRI"


async def test_another_name_is_read_everywhere(door: FrontDoor) -> None:
    """On forms, cards, in letters and the export; what was decided before reads both."""
    slack = door.slack
    await monday(slack)
    await record(slack, "We invoice in euro first")
    await name(slack, driver="ines", approver="tomas", contributors=["lena"], informed=["priya"])
    await slack.close("omar")
    await slack.command("/decision", "show D-1", as_="tomas", channel="#general")
    await slack.click(await slack.modal("tomas"), "Approve", as_="tomas")
    await slack.close("tomas")

    read = await open_one(slack, "Driver")
    assert "1 decision names 1 person in it." in read
    await slack.close("maya")
    for old, new in (
        ("Driver", "DRI"),
        ("Approver", "Accountable"),
        ("Contributors", "Consulted"),
        ("Informed", "Notified"),
    ):
        assert (await rename(slack, old, new)).errors == {}

    before = await shown(slack, 1, "omar")
    assert "DRI (Driver then): Inês Duarte" in before
    assert "Consulted (Contributors then): Lena Fischer" in before
    assert "Notified (Informed then): Priya Nair" in before

    await slack.advance("1 hour")
    await record(slack, "Dollars follow")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")
    assert [*(await slack.modal("omar")).inputs] == ["DRI", "Accountable", "Consulted", "Notified"]
    await slack.submit("omar", DRI="ines", Accountable="tomas", Consulted=["lena"], Notified=["priya"])
    overview = (await slack.modal("omar")).text
    assert (
        "DRI: Inês Duarte\nAccountable: Tomás Vidal\nConsulted: Lena Fischer\nNotified: Priya Nair"
        in overview
    )
    await slack.click(await slack.modal("omar"), "Set dates", as_="omar")
    assert "Whoever is named as DRI is asked on that day" in (await slack.modal("omar")).text
    await slack.submit("omar")
    await slack.submit("omar")
    await slack.close("omar")
    assert "DRI: Inês Duarte" in (await card_in(slack)).words
    await slack.advance("next morning", as_="ines")
    assert "Omar Haddad named you as DRI in D-2" in await headlines(slack, "ines")
    everything = await shown(slack, 2, "omar")
    assert "Consulted: Lena Fischer" in everything
    assert "Notified: Priya Nair" in everything

    await slack.command("/throughline", "show D-2", as_="omar", channel="#general")
    await slack.click(await slack.modal("omar"), "Open D-2", as_="omar")
    assert "Notified: Priya Nair" in (await slack.modal("omar")).text
    await slack.close("omar")

    await slack.command("/decision", "export", as_="omar", channel="#general")
    export = (await slack.modal("omar")).text
    assert "- DRI: Inês Duarte\n- Accountable: Tomás Vidal\n- Consulted: Lena Fischer (not heard)" in export
    assert "- DRI (Driver then): Inês Duarte\n- Accountable (Approver then): Tomás Vidal" in export
    await slack.close("omar")
    await more(door, "maya")
    for word in ("Driver", "Approver", "Contributors", "Informed"):
        assert word not in overview
        assert word not in everything


async def test_what_is_wrong_with_a_name(door: FrontDoor) -> None:
    """It says so at the field; two roles are not called the same."""
    slack = door.slack
    assert (await rename(slack, "Driver", "informed")).errors == {
        "name": "There is a role called Informed already."
    }
    refused = await slack.submit("maya", name="R&D")
    assert refused.errors == {"name": "A role's name has letters, digits, spaces and / - + . , only, no &."}


async def test_who_is_no_admin_changes_none(door: FrontDoor) -> None:
    """They are told who does."""
    outcome = await door.slack.command("/throughline", "settings roles", as_="ben", channel="#general")
    assert "Only an admin can say which roles decisions have" in str(outcome.text)
    await door.slack.open_home("ben")
    assert "Roles…" not in (await door.slack.home("ben")).buttons
    await door.slack.open_home("maya")
    await door.slack.click(await door.slack.home("maya"), "worktime.open_roles", as_="maya")
    assert "*Driver*" in (await door.slack.modal("maya")).text


async def test_who_saves_second_reads_who_was_first(door: FrontDoor) -> None:
    """And nothing of theirs is saved."""
    slack = door.slack
    await open_one(slack, "Driver")
    await slack.click(await slack.modal("maya"), "Rename…", as_="maya")

    def first(tx: Tx) -> None:
        (driver,) = (one for one in roles.hold(tx) if one.rule is Rule.DRIVER)
        roles.change(tx, roles.renamed(driver, "Owner", tx.now, PersonId("U0OMAR")))

    await do(door, first)
    refused = await slack.submit("maya", name="DRI")
    assert refused.errors == {
        "name": "Owner was changed meanwhile by Omar Haddad. Nothing of yours is done; look at it and do it again."
    }
    await slack.close("maya")
    await open_all(slack)
    assert "*Owner*" in (await slack.modal("maya")).text


async def test_another_workspace_has_its_own_words(door: FrontDoor) -> None:
    """What one calls its roles is nothing to another one."""
    await rename(door.slack, "Driver", "DRI")
    there = await door.app.database.read(WorkspaceId("T0ELSEWHERE"), roles.every)
    assert there == AT_FIRST


async def test_only_what_the_admin_may_see_is_counted(door: FrontDoor) -> None:
    """A decision that others made in a talk of their own is none of theirs."""
    slack = door.slack
    await record(slack, as_="omar")
    await slack.close("omar")
    await record(slack, "We wait for the audit", channel="D0OMAR")
    await slack.close("omar")
    assert "1 decision names 1 person in it." in await open_one(slack, "Driver")
