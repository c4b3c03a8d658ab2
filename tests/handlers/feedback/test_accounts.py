"""Accounts: chosen while one types, one for each name, and known to those who may know of them."""

import pytest

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of


async def capture(slack: Slack, words: str, account: str, as_: str, channel: str = "#general") -> None:
    """Somebody captures something for an account."""
    await slack.command("/capture", words, as_=as_, channel=channel)
    await slack.submit(as_, account=account)
    await slack.close(as_)


async def offered(slack: Slack, typed: str, as_: str) -> list[str]:
    """What somebody is offered who types an account."""
    await slack.command("/capture", "Something", as_=as_, channel="#general")
    found = await slack.options(as_, "account", typed)
    await slack.close(as_)
    return found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("B", ["BP", "Acme Bank", "Add “B”"]),
        ("3", ["3M", "Add “3”"]),
        ("bp", ["BP"]),
        ("  b  P ", ["Add “b P”"]),
        ("bank", ["Acme Bank", "Add “bank”"]),
        ("%", ["Add “%”"]),
    ],
)
async def test_one_character_finds_accounts(door: FrontDoor, typed: str, found: list[str]) -> None:
    """Those that begin so stand first; a name there is none of can be added where one types it."""
    for account in ("BP", "3M", "Acme Bank"):
        await capture(door.slack, "Invoices", account, "sam")

    assert await offered(door.slack, typed, "ruth") == found


async def test_a_name_is_one_account_however_it_is_written(door: FrontDoor) -> None:
    """Case, width and spaces make no second account; it is called as it was written first."""
    slack = door.slack
    await capture(slack, "Invoices in euro", "Acme GmbH", "sam")
    await slack.command("/capture", "Dark mode", as_="ben", channel="#general")

    assert await slack.options("ben", "account", "ACME  gmbh") == ["Acme GmbH"]
    await slack.submit("ben", account="Acme GmbH")
    await slack.close("ben")

    await slack.command("/capture", "show F-2", as_="ben", channel="#general")
    assert "for Acme GmbH" in (await slack.modal("ben")).text


async def test_an_account_named_in_private_is_known_to_those_who_read_it(door: FrontDoor) -> None:
    """Nobody else is offered it, until somebody names it where everybody may read."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await capture(slack, "They may leave", "Zephyr Holding", "maya", "#pricing-private")

    assert await offered(slack, "Zephyr", "omar") == ["Zephyr Holding", "Add “Zephyr”"]
    assert await offered(slack, "Zephyr", "ruth") == ["Add “Zephyr”"]
    await capture(slack, "Dark mode", "zephyr holding", "ruth")
    assert await offered(slack, "Zephyr", "ben") == ["Zephyr Holding", "Add “Zephyr”"]


async def test_a_name_too_long_is_said_at_its_field(door: FrontDoor) -> None:
    """What was typed stays, and the corrected form saves."""
    slack = door.slack
    await slack.command("/capture", "Dark mode", as_="ben", channel="#support")

    refused = await slack.submit("ben", account="A" * 81)

    assert refused.errors == {"account": "An account's name has at most 80 characters; this has 81."}
    assert (await slack.modal("ben")).inputs["What was said"] == "Dark mode"


async def test_the_ask_for_the_account_is_answered_by_choosing(door: FrontDoor) -> None:
    """From the card, too: the account there is, or a new one."""
    slack = door.slack
    await capture(slack, "Invoices", "BP", "sam")
    await slack.dm("sam", "The export crashes")
    await slack.click(await card_of(slack, "sam"), "Save as problem", as_="sam")
    await slack.click(await card_of(slack, "sam"), "Add account", as_="sam")

    await slack.submit("sam", account="BP")

    assert "for BP" in (await card_of(slack, "sam")).words


async def test_how_an_account_stood_is_kept_with_the_capture(door: FrontDoor) -> None:
    """What is said of the account later changes nothing of the capture before it."""
    slack = door.slack
    await known(slack, "Acme", state="Prospect", owner="sam", segment="Enterprise", value="120,000")
    assert "Prospect · Enterprise · Sam Okafor's · worth 120,000 a year" in (await slack.modal("dana")).text
    await slack.close("dana")
    await capture(slack, "Invoices in euro", "Acme", "ben")
    await known(slack, "Acme", state="Churned")
    await slack.close("dana")
    await capture(slack, "A darker theme", "Acme", "ben")

    for name, said in (("F-1", "for Acme (a prospect then)"), ("F-2", "for Acme (churned then)")):
        await slack.command("/capture", f"show {name}", as_="ben", channel="#general")
        assert said in (await slack.modal("ben")).text
        await slack.close("ben")


@pytest.mark.parametrize(
    ("said", "field"),
    [({"value": "a lot"}, "value"), ({"value": "99999999999"}, "value"), ({"name": "BP"}, "name")],
)
async def test_what_is_wrong_of_an_account_is_said_at_its_field(
    door: FrontDoor, said: dict[str, str], field: str
) -> None:
    """A number that is none, and the name of another account."""
    slack = door.slack
    await capture(slack, "Invoices in euro", "BP", "ben")
    await slack.command("/capture", "accounts", as_="dana", channel="#general")
    await slack.submit("dana", account="Acme")

    refused = await slack.submit("dana", **said)

    assert list(refused.errors) == [field]


async def known(slack: Slack, name: str, **facts: str) -> None:
    """Dana says what is known of an account."""
    await slack.command("/capture", "accounts", as_="dana", channel="#general")
    await slack.submit("dana", account=name)
    await slack.submit("dana", **facts)
