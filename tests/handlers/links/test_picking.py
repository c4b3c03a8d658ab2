"""The picker and the one card: link what one may see, see why it exists and who must know, follow it."""

import pytest

from tests.front import FrontDoor
from tests.handlers.decisions.acts import record
from tests.handlers.links.acts import capture, joint, link


async def two(door: FrontDoor) -> None:
    """Sam's F-1 and Omar's D-1."""
    await capture(door.slack)
    await door.slack.close("sam")
    await record(door.slack)
    await door.slack.close("omar")


@pytest.mark.parametrize("words", ["F-1", "f-1", "INVOICES acme"])
async def test_the_picker_finds_by_name_or_words(door: FrontDoor, words: str) -> None:
    """What was chosen is linked for sure; the window then shows the one card."""
    slack = door.slack
    await two(door)
    await slack.click(await joint(slack, "D-1", "lena"), "Link…", as_="lena")
    found = await slack.options("lena", "links.to", words)
    assert found == ["F-1 Acme wants invoices in euro"]

    await slack.fill("lena", **{"links.to": "F-1"})
    await slack.submit("lena")

    card = await slack.modal("lena")
    assert "D-1 and F-1 are linked." in card.text
    assert "*Why does this exist?*\n*F-1* Acme wants invoices in euro" in card.text
    assert "Omar Haddad (owner)" in card.text
    assert "Sam Okafor (F-1)" in card.text


async def test_the_picker_offers_only_what_one_may_see(door: FrontDoor) -> None:
    """Nothing of a private channel, and nothing that was taken back."""
    slack = door.slack
    await two(door)
    await slack.invite("throughline", "#pricing-private", as_="sam")
    await capture(slack, "A secret discount", channel="#pricing-private")
    await slack.close("sam")
    await capture(slack, "Invoices by mail")
    await slack.click(await slack.modal("sam"), "Undo", as_="sam")
    await slack.close("sam")

    for as_, found in (("lena", []), ("maya", ["F-2 A secret discount"])):
        await slack.click(await joint(slack, "D-1", as_), "Link…", as_=as_)
        assert await slack.options(as_, "links.to", "secret") == found
        assert await slack.options(as_, "links.to", "mail") == []
        await slack.close(as_)


async def test_what_cannot_be_linked_is_said_at_the_field(door: FrontDoor) -> None:
    """Nothing chosen, or the thing itself."""
    slack = door.slack
    await two(door)
    await slack.click(await joint(slack, "D-1", "lena"), "Link…", as_="lena")

    await slack.fill("lena", **{"links.to": "D-1"})
    refused = await slack.submit("lena")

    assert refused.errors == {"links.to": "D-1 is what you link; choose something else."}


async def test_reasons_have_reasons(door: FrontDoor) -> None:
    """What replaces a decision exists for what that was decided for; a reason of a reason says through what."""
    slack = door.slack
    await two(door)
    await record(slack, "The bank account is opened in June", as_="ines")
    await slack.close("ines")
    await link(slack, "D-1", "F-1", "lena")
    await link(slack, "D-2", "D-1", "lena")

    card = await joint(slack, "D-2", "lena")

    assert "*D-1* We invoice in euro first · decided" in card.text
    assert "*F-1* Acme wants invoices in euro\n_through D-1_" in card.text
    back = await joint(slack, "F-1", "sam")
    assert "*Why does this exist?*\nNothing says so yet." in back.text
    assert "*What came of it*\n*D-1* We invoice in euro first · decided" in back.text


async def test_one_follows_and_stops(door: FrontDoor) -> None:
    """The card names who follows; whoever owns it is told anyway and has no such button."""
    slack = door.slack
    await two(door)

    await slack.click(await joint(slack, "D-1", "lena"), "Follow", as_="lena")
    card = await slack.modal("lena")
    assert "Omar Haddad (owner) · you" in card.text
    assert "Follow" not in (await joint(slack, "D-1", "omar")).buttons
    await slack.click(card, "Stop following", as_="lena")

    assert "Omar Haddad (owner)" in (await slack.modal("lena")).text
    assert "· you" not in (await slack.modal("lena")).text


async def test_the_card_opens_the_thing_itself(door: FrontDoor) -> None:
    """From why it exists to all that is on it."""
    slack = door.slack
    await two(door)

    await slack.click(await joint(slack, "D-1", "omar"), "Open D-1", as_="omar")

    assert "More…" in (await slack.modal("omar")).buttons
    await slack.click(await slack.modal("omar"), "Why?", as_="omar")
    assert "*Who must know when it changes?*" in (await slack.modal("omar")).text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("show", "*/throughline show*"),
        ("show help", "*/throughline show*"),
        ("show F-9", "I find nothing of that name that you can see."),
        ("show me", "I do not know “me”."),
    ],
)
async def test_a_name_that_is_none_gets_help(door: FrontDoor, words: str, answer: str) -> None:
    """What to type instead."""
    said = await door.slack.command("/throughline", words, as_="omar")

    assert (said.text or "").startswith(answer)
