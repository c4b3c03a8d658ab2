"""The functions are called as the workspace calls them."""

import pytest

from handlers.kit import function_names
from handlers.kit.functions import FUNCTIONS, called, wrong_with
from storage.values import Function, PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.feedback.test_answers import capture


@pytest.mark.parametrize(
    "name", ["R and D", "Tech/Ops", "Ingénierie", "営業", "Customer-Success 2", "People's"]
)
def test_names_that_are_names(name: str) -> None:
    """In any language."""
    assert wrong_with(name) is None


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
    assert said in (wrong_with(name) or "")


def test_what_they_are_called_is_forgotten_afterwards() -> None:
    """The next work may be another workspace's."""
    with called({Function.SALES: "Revenue"}):
        assert FUNCTIONS[Function.SALES] == "Revenue"
        assert FUNCTIONS[Function.DESIGN] == "Design"
    assert FUNCTIONS[Function.SALES] == "Sales"


async def test_another_name_is_read_everywhere(door: FrontDoor) -> None:
    """In My settings, on Home, in the filters of a list; an empty field takes the first name again."""
    slack = door.slack
    await slack.command("/throughline", "settings functions", as_="maya", channel="#general")
    assert "What was sent keeps the name of its day." in (await slack.modal("maya")).text
    await slack.submit("maya", name_sales="Revenue")
    assert "✓ Sales is called Revenue now." in (await slack.modal("maya")).text
    await slack.close("maya")

    await slack.command("/throughline", "settings", as_="ben", channel="#general")
    await slack.submit("ben", function="Revenue")
    assert "You work in Revenue" in (await slack.modal("ben")).text
    await slack.close("ben")
    await slack.open_home("ben")
    assert "You work in Revenue" in (await slack.home("ben")).text
    await capture(slack, "Invoices in euro", "sam")
    await slack.command("/capture", "list", as_="ben", channel="#general")
    await slack.click(await slack.modal("ben"), "Filter…", as_="ben")
    await slack.submit("ben", function="Revenue")
    assert "from Revenue" in (await slack.modal("ben")).text
    await slack.close("ben")

    await slack.command("/throughline", "settings functions", as_="maya", channel="#general")
    await slack.submit("maya", name_sales="")
    assert "✓ Revenue is called Sales now." in (await slack.modal("maya")).text


async def test_what_is_wrong_with_a_name(door: FrontDoor) -> None:
    """It says so at the field; two functions are not called the same."""
    slack = door.slack
    await slack.command("/throughline", "settings functions", as_="maya", channel="#general")
    refused = await slack.submit("maya", name_sales="design", name_product="R&D")
    assert refused.errors == {
        "name_sales": "Design would be called so, too.",
        "name_design": "Sales would be called so, too.",
        "name_product": "A function's name has letters, digits, spaces and / - + . , only, no &.",
    }


async def test_who_is_no_admin_names_none(door: FrontDoor) -> None:
    """They are told who does."""
    outcome = await door.slack.command("/throughline", "settings functions", as_="ben", channel="#general")
    assert "Only an admin can say what the functions are called." in str(outcome.text)


async def test_who_saves_second_reads_who_was_first(door: FrontDoor) -> None:
    """And nothing of theirs is saved."""
    slack = door.slack
    await slack.command("/throughline", "settings functions", as_="maya", channel="#general")
    await do(door, lambda tx: function_names.put(tx, {Function.DESIGN: "Experience"}, 1, PersonId("U0OMAR")))
    await slack.submit("maya", name_sales="Revenue")
    said = (await slack.modal("maya")).text
    assert said == "They were changed meanwhile by Omar Haddad. Nothing of yours is saved."
    assert (await do(door, function_names.find)).names == {Function.DESIGN: "Experience"}
