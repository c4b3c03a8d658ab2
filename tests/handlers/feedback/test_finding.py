"""Finding feedback: listed, searched, filtered and paged, by a command and by buttons alike."""

import re

from bot.sandbox.driver import Slack
from tests.front import FrontDoor
from tests.handlers.feedback.acts import press
from tests.handlers.feedback.test_answers import capture

EURO = "Acme wants invoices in euro"


def numbers(shown: str) -> list[int]:
    """Which feedback a page shows, in its order."""
    return [int(one) for one in re.findall(r"F-(\d+)", shown)]


async def look(slack: Slack, typed: str, as_: str = "ben") -> str:
    """What `/capture list` or `search` shows somebody."""
    await slack.command("/capture", typed, as_=as_, channel="#general")
    return (await slack.modal(as_)).text


async def test_the_list_is_the_newest_first(door: FrontDoor) -> None:
    """Whoever captured it; each line leads to its card, and closing that leads back."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await capture(slack, "Reports open slowly", "ruth")

    shown = await look(slack, "list")
    assert shown.index("F-2") < shown.index("F-1")
    assert "All feedback you can see, newest first" in shown
    await slack.click(await slack.modal("ben"), "feedback.show:1", as_="ben")
    assert (await slack.modal("ben")).title == "F-1"


async def test_words_are_found(door: FrontDoor) -> None:
    """By command, then in the box; what fits nothing says what to do."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await capture(slack, "Reports open slowly", "ruth")

    assert "F-1" in (shown := await look(slack, "search invoice EUROS"))
    assert "F-2" not in shown
    await slack.submit("ben", search="report")
    assert "F-2" in (shown := (await slack.modal("ben")).text)
    assert "F-1" not in shown
    await slack.submit("ben", search="zeppelin")
    assert "Nothing fits. Fewer words find more" in (await slack.modal("ben")).text
    await slack.click(await slack.modal("ben"), "All of it", as_="ben")
    assert "F-1" in (await slack.modal("ben")).text


async def test_what_begins_with_search_can_be_captured(door: FrontDoor) -> None:
    """Nothing that was typed is lost when it was no search."""
    slack = door.slack
    await look(slack, "search is slow on a phone")
    await slack.click(await slack.modal("ben"), "Capture it instead", as_="ben")
    form = await slack.modal("ben")
    assert form.inputs["What was said"] == "Search is slow on a phone"


async def test_everybody_who_asked_is_found_by_their_own_words(door: FrontDoor) -> None:
    """Until they take it back."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.command("/capture", "Our accountants need invoices in euro", as_="ben", channel="#general")
    await slack.submit("ben", near="It is F-1: Acme wants invoices in euro")
    asked = await slack.modal("ben")
    assert "F-1" in await look(slack, "search accountant", as_="ruth")
    await slack.click(asked, "Undo", as_="ben")
    assert "F-1" not in await look(slack, "search accountant", as_="ruth")


async def test_filters(door: FrontDoor) -> None:
    """By kind, account, function and time; they stay while somebody searches, and are named above the list."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await capture(slack, "Invoices show the wrong euro sign, it is a bug", "ruth", "BP")
    await capture(slack, "Invoices in euro would help", "ruth", "Acme")

    await look(slack, "list")
    await slack.click(await slack.modal("ben"), "Filter…", as_="ben")
    await slack.submit("ben", account="Acme", period="The last 30 days")
    shown = (await slack.modal("ben")).text
    assert "for Acme · The last 30 days" in shown
    assert ("F-1" in shown, "F-2" in shown, "F-3" in shown) == (True, False, True)
    await slack.submit("ben", search="help")
    shown = (await slack.modal("ben")).text
    assert ("F-1" in shown, "F-3" in shown) == (False, True)
    await slack.click(await slack.modal("ben"), "Filter…", as_="ben")
    form = await slack.modal("ben")
    assert form.inputs["Words"] == "help"
    await slack.submit("ben", account="Nobody Ltd")
    assert (await slack.modal("ben")).title == "Filter feedback"


async def test_pages(door: FrontDoor) -> None:
    """Twenty at a time; older ones by a button, and back."""
    slack = door.slack
    for number in range(22):
        await capture(
            slack, f"Wish number {number} of {number * 7} things nobody else {number * 13} says", "sam"
        )
    assert numbers(await look(slack, "list")) == [*range(22, 2, -1)]
    await slack.click(await slack.modal("ben"), "Older", as_="ben")
    assert numbers((await slack.modal("ben")).text) == [2, 1]
    await slack.click(await slack.modal("ben"), "Newest", as_="ben")
    assert numbers((await slack.modal("ben")).text)[0] == 22


async def test_nothing_yet(door: FrontDoor) -> None:
    """An empty list says how to begin; *mine* has its own."""
    slack = door.slack
    assert "Nothing yet. Type `/capture`" in await look(slack, "list")
    assert "Nothing yet." in await look(slack, "mine")


async def test_home_leads_there(door: FrontDoor) -> None:
    """What the command does, a button does, too."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.open_home("ben")
    await slack.click(await slack.home("ben"), "All feedback", as_="ben")
    assert "F-1" in (await slack.modal("ben")).text


async def test_private_words_are_found_by_its_members_only(door: FrontDoor) -> None:
    """Not listed, not searched, not by a filter."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await capture(slack, "Zephyr wants a secret discount", "maya", "Zephyr", channel="#pricing-private")
    for typed in ("list", "search zephyr discount"):
        assert "F-1" not in await look(slack, typed, as_="ruth")
        assert "F-1" in await look(slack, typed, as_="omar")


async def test_odd_buttons(door: FrontDoor) -> None:
    """Buttons with values nobody of us made, and windows of an older version, are answered."""
    for value in ("", "x", "-1", "9" * 40, "1|2"):
        for action in ("feedback.older", "feedback.filter", "feedback.find", "feedback.capture_sought"):
            assert (await press(door, action, value, "ben")).status == 200


async def test_mine_holds_what_i_want_too(door: FrontDoor) -> None:
    """What I captured, what I asked for after somebody else, and nothing more."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await capture(slack, "Reports open slowly", "ruth")
    await capture(slack, "Please add a dark theme", "ben")
    await slack.command("/capture", "We need euro on our invoices", as_="ben", channel="#general")
    await slack.submit("ben", near="It is F-1: Acme wants invoices in euro")
    await slack.close("ben")
    assert numbers(await look(slack, "mine")) == [3, 1]
