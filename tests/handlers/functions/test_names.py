"""The functions are called as the workspace calls them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.kit.functions import FUNCTIONS, called
from handlers.kit.own_words import wrong_with
from storage.database import Tx
from storage.functions import queries as functions
from storage.functions.values import AT_FIRST
from storage.values import AtFirst, Past, PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.feedback.test_answers import capture
from tests.handlers.functions.acts import open_all, open_one, rename

THEN = datetime(2026, 3, 2, tzinfo=UTC)
REVENUE = tuple(
    replace(one, name="Revenue", past=(Past("Sales", THEN),)) if one.id == AtFirst.SALES else one
    for one in AT_FIRST
)


@pytest.mark.parametrize(
    "name", ["R and D", "Tech/Ops", "Ingénierie", "営業", "Customer-Success 2", "People's"]
)
def test_names_that_are_names(name: str) -> None:
    """In any language."""
    assert wrong_with(name, "function") is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("R&D", "no &"),
        ("*Sales*", "no *"),
        ("<!channel>", "no <"),
        ("a`b", "no `"),
        ("12", "at least one letter"),
        ("x" * 31, "at most 30 characters; this has 31"),
    ],
)
def test_what_would_format_or_ping_is_no_name(name: str, said: str) -> None:
    """It says which sign; names stand within sentences of ours."""
    assert said in (wrong_with(name, "function") or "")


def test_what_they_are_called_is_forgotten_afterwards() -> None:
    """The next work may be another workspace's."""
    with called(REVENUE):
        assert FUNCTIONS[AtFirst.SALES] == "Revenue"
        assert FUNCTIONS[AtFirst.DESIGN] == "Design"
    assert FUNCTIONS[AtFirst.SALES] == "Sales"


def test_what_is_over_keeps_the_name_of_its_day() -> None:
    """Beside the one it has now: of a day before it was renamed, and once it counts under another one."""
    with called(REVENUE):
        assert FUNCTIONS.then(AtFirst.SALES, THEN - timedelta(days=1)) == "Revenue (Sales then)"
        assert FUNCTIONS.then(AtFirst.SALES, THEN) == "Revenue"
        assert FUNCTIONS.then(AtFirst.SALES, None) == "Revenue"
    merged = [replace(one, part_of=AtFirst.MARKETING) if one.id == AtFirst.SALES else one for one in REVENUE]
    with called(merged):
        assert FUNCTIONS.then(AtFirst.SALES, THEN - timedelta(days=1)) == "Marketing (Sales then)"
        assert FUNCTIONS.then(AtFirst.SALES, THEN) == "Marketing (Revenue then)"
        assert FUNCTIONS.then(AtFirst.SALES, None) == "Marketing"


async def test_another_name_is_read_everywhere(door: FrontDoor) -> None:
    """In My settings, on Home, in the filters of a list; what it would change is read before."""
    slack = door.slack
    await open_one(slack, "Sales")
    assert "*Sales*\n2 people work in it." in (await slack.modal("maya")).text
    await slack.click(await slack.modal("maya"), "Rename…", as_="maya")
    assert "What is over reads both, as in *New name (Sales then)*" in (await slack.modal("maya")).text
    await slack.submit("maya", name="Revenue")
    assert "✓ It is called Revenue now." in (await slack.modal("maya")).text
    await slack.close("maya")

    await slack.command("/throughline", "settings", as_="ben", channel="#general")
    await slack.submit("ben", function="Revenue")
    assert "You work in Revenue" in (await slack.modal("ben")).text
    await slack.close("ben")
    await slack.open_home("ben")
    assert "You work in Revenue" in (await slack.home("ben")).text
    await capture(slack, "Invoices in euro", "sam")
    await capture(slack, "Invoices in dollars", "ben")
    await capture(slack, "Invoices in yen", "lena")
    await slack.command("/capture", "list", as_="ben", channel="#general")
    await slack.click(await slack.modal("ben"), "Filter…", as_="ben")
    await slack.submit("ben", function="Revenue")
    found = (await slack.modal("ben")).text
    assert "from Revenue" in found
    assert "Invoices in euro" in found
    assert "Invoices in dollars" in found, "Ben said that he works there, whatever his title says"
    assert "Invoices in yen" not in found


async def test_what_is_wrong_with_a_name(door: FrontDoor) -> None:
    """It says so at the field; two functions are not called the same."""
    slack = door.slack
    assert (await rename(slack, "Sales", "design")).errors == {
        "name": "There is a function called Design already."
    }
    refused = await slack.submit("maya", name="R&D")
    assert refused.errors == {
        "name": "A function's name has letters, digits, spaces and / - + . , only, no &."
    }


async def test_who_is_no_admin_changes_none(door: FrontDoor) -> None:
    """They are told who does."""
    outcome = await door.slack.command("/throughline", "settings functions", as_="ben", channel="#general")
    assert "Only an admin can say which functions there are" in str(outcome.text)


async def test_who_saves_second_reads_who_was_first(door: FrontDoor) -> None:
    """And nothing of theirs is saved."""
    slack = door.slack
    await open_one(slack, "Sales")
    await slack.click(await slack.modal("maya"), "Rename…", as_="maya")

    def first(tx: Tx) -> None:
        (sales,) = (one for one in functions.hold(tx) if one.id == AtFirst.SALES)
        functions.change(tx, functions.renamed(sales, "Income", tx.now, PersonId("U0OMAR")))

    await do(door, first)
    refused = await slack.submit("maya", name="Revenue")
    assert refused.errors == {
        "name": "Income was changed meanwhile by Omar Haddad. Nothing of yours is done; look at it and do it again."
    }
    await slack.close("maya")
    await open_all(slack)
    assert "*Income*" in (await slack.modal("maya")).text


async def test_a_function_is_added(door: FrontDoor) -> None:
    """People can choose it at once, and something can wait on it."""
    slack = door.slack
    await open_all(slack)
    await slack.click(await slack.modal("maya"), "Add a function…", as_="maya")
    assert "New launches ask nothing of it" in (await slack.modal("maya")).text
    refused = await slack.submit("maya", name="sales")
    assert refused.errors == {"name": "There is a function called Sales already."}
    await slack.submit("maya", name="Legal")
    assert "✓ It is added." in (await slack.modal("maya")).text
    await slack.close("maya")
    await slack.command("/throughline", "settings", as_="ben", channel="#general")
    await slack.submit("ben", function="Legal")
    assert "You work in Legal" in (await slack.modal("ben")).text
    await slack.close("ben")
    await open_one(slack, "Legal")
    assert "1 person works in it." in (await slack.modal("maya")).text
