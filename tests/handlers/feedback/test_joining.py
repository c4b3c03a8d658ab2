"""The same thing said twice: offered with its reason before it is saved, attached by a choice, counted once."""

import pytest

from storage.feedback import asking
from tests.front import HERE, FrontDoor
from tests.handlers.feedback.acts import card_of, switch_on, wish
from tests.handlers.feedback.test_answers import capture, looked_after

EURO = "Acme wants invoices in euro"


async def test_what_was_said_before_is_offered_with_its_reason(door: FrontDoor) -> None:
    """The form that opens names it and why; what somebody leaves at *new* is new."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.command("/capture", "We need euro on our invoices", as_="ben", channel="#general")

    form = await slack.modal("ben")
    assert "*F-1* Acme wants invoices in euro" in form.text
    assert "both say “euro”, “invoices”" in form.text
    await slack.submit("ben", account="BP")

    assert "*F-2 is saved.*" in (await slack.modal("ben")).text


DARK = "Halden Foods asked on the call for dark mode in the dashboard, their night shift gets headaches."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            "Halden asked for dark mode in the dashboard, night shift headaches",
            "“dark”, “mode”, “dashboard”, “night”",
        ),
        ("Dark mode in the dashboard", "“Dark”, “mode”, “dashboard”"),
        ("Orchard Health would like a dark mode for dashboards too", "“dark”, “mode”, “dashboards”"),
    ],
)
async def test_a_wish_as_people_talk_is_offered(door: FrontDoor, words: str, reason: str) -> None:
    """Who asks for it and how is neither in the way nor a reason."""
    slack = door.slack
    await capture(slack, DARK, "sam", "Halden Foods")
    await slack.command("/capture", words, as_="ben", channel="#general")

    form = (await slack.modal("ben")).text
    assert "*F-1* Halden Foods asked on the call" in form
    assert f"\nboth say {reason}\n" in form


async def test_a_wish_as_people_talk_is_offered_on_a_card(door: FrontDoor) -> None:
    """After an emoji, which opens no form."""
    slack = door.slack
    await capture(slack, DARK, "ben", "Halden Foods")
    await switch_on(slack)
    said = await wish(slack, "Pioneer Bank also begs for dark mode in the dashboard")
    await slack.react(said, "bulb", as_="sam")

    card = (await card_of(slack, "sam")).text
    assert "May ask for the same as F-1: both are about “dark”, “mode”, “dashboard”." in card


async def test_what_was_typed_to_us_is_offered_it_on_its_card(door: FrontDoor) -> None:
    """One press keeps it, and no form compared it before."""
    slack = door.slack
    await capture(slack, DARK, "ben", "Halden Foods")
    await slack.dm("ruth", "Orchard Health wants a dark mode for dashboards")
    await slack.click(await card_of(slack, "ruth"), "Save as idea", as_="ruth")

    card = await card_of(slack, "ruth")
    assert "May ask for the same as F-1: both are about “dark”, “mode”, “dashboards”." in card.text
    await slack.click(card, "It is this one", as_="ruth")
    assert (await card_of(slack, "ruth")).text.startswith("💡 F-2 is part of F-1 now")


async def test_it_is_this_one(door: FrontDoor) -> None:
    """The account counts once however many of its people ask; each wording is kept, for who said it and who looks."""
    slack = door.slack
    await looked_after(slack)
    await capture(slack, EURO, "sam", "Acme")
    for as_, account in (("ben", "BP"), ("ruth", "BP"), ("dana", "Acme")):
        await slack.command("/capture", f"Could {as_} get invoices in euro", as_=as_, channel="#general")
        await slack.submit(as_, near="It is F-1: Acme wants invoices in euro", account=account)
        page = (await slack.modal(as_)).text
        await slack.close(as_)

    assert "*F-1 was there already.* You asked for it for Acme, in your own words, which are kept." in page
    assert "F-1 · two accounts asked, one of them yours" in page
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    card = (await slack.modal("sam")).text
    assert "4 people want it" in card
    assert card.count("invoices in euro") == 1
    assert "Ben Adeyemi for BP · " in card
    for as_, seen in (("ben", {"ben"}), ("omar", {"ben", "ruth", "dana"})):
        await slack.command("/capture", "show F-1", as_=as_, channel="#general")
        card = (await slack.modal(as_)).text
        assert {one for one in ("ben", "ruth", "dana") if f"Could {one} get invoices in euro" in card} == seen


async def test_whoever_asked_takes_it_back(door: FrontDoor) -> None:
    """Their account counts no more, and they are told nothing of it."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.command("/capture", "Invoices in euro for BP", as_="ben", channel="#general")
    await slack.submit("ben", near="It is F-1: Acme wants invoices in euro", account="BP")

    await slack.click(await slack.modal("ben"), "Undo", as_="ben")

    assert "Undone: you do not ask for F-1 any more." in (await slack.modal("ben")).text
    await slack.close("ben")
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    card = (await slack.modal("sam")).text
    assert "people want it" not in card
    assert "\nnew\n" in card


async def test_words_typed_into_the_form_are_compared_before_they_are_saved(door: FrontDoor) -> None:
    """Once, with everything still in its field; the next press saves."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.shortcut("Capture feedback", as_="ben")
    await slack.submit("ben", words="Please send invoices in euro", kind="🐞 Problem", account="BP")

    form = await slack.modal("ben")
    assert form.title == "Capture feedback"
    assert "This may have been said before:" in form.text
    assert form.inputs["What was said"] == "Please send invoices in euro"
    assert form.inputs["It is"] == "🐞 Problem"
    assert form.inputs["For which account"] == "Add “BP”"
    await slack.submit("ben")

    assert "*F-2 is saved.*" in (await slack.modal("ben")).text


async def test_the_same_words_attach_by_themselves(door: FrontDoor) -> None:
    """Whatever their case and punctuation; typed to us, the answer says what is known."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    await slack.dm("ruth", "acme wants INVOICES, in euro!")
    await slack.click(await card_of(slack, "ruth"), "Save as idea", as_="ruth")

    said = await card_of(slack, "ruth")
    assert "That is F-1 already; you are one of those who want it." in said.words
    assert "F-1 · new" in said.words
    assert said.buttons == []
    listed = await slack.command("/capture", as_="ruth", channel="#general")
    assert "F-2" not in (listed.text or "")


async def test_saying_it_again_asks_once(door: FrontDoor) -> None:
    """The same person in the same words is no second ask, nor is their own capture; another account is."""
    slack = door.slack
    await capture(slack, EURO, "sam", "Acme")
    for account in (None, "Acme", "BP", "BP"):
        await slack.shortcut("Capture feedback", as_="sam")
        await slack.submit("sam", words=EURO, **({"account": account} if account else {}))
        await slack.submit("sam", near="It is F-1: Acme wants invoices in euro")
        await slack.close("sam")

    rows = await door.app.database.read(HERE, lambda tx: asking.asked(tx, 1))
    assert [(one.person, one.account) for one in rows] == [("U0SAM", "BP")]


async def test_an_emoji_is_interest_and_no_account(door: FrontDoor) -> None:
    """One more person wants it; no more accounts asked."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.message_shortcut("Capture feedback", message, as_="sam")
    await slack.submit("sam", account="Acme")
    await slack.close("sam")
    await slack.react(message, "bulb", as_="ruth")

    await slack.command("/capture", "show F-1", as_="ben", channel="#general")

    card = (await slack.modal("ben")).text
    assert "2 people want it" in card
    assert "accounts asked" not in card


async def test_nothing_of_a_private_channel_is_offered_to_anybody_else(door: FrontDoor) -> None:
    """Not as alike, not by the very same words; and what is said there attaches to nothing by itself."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await capture(slack, "Zephyr wants a secret discount", "maya", channel="#pricing-private")

    await slack.command("/capture", "Zephyr wants a secret discount", as_="ruth", channel="#general")
    assert "said before" not in (await slack.modal("ruth")).text
    await slack.submit("ruth")
    assert "*F-2 is saved.*" in (await slack.modal("ruth")).text
    await slack.close("ruth")

    await slack.command("/capture", "Zephyr wants a secret discount", as_="omar", channel="#general")
    offered = (await slack.modal("omar")).text
    assert "*F-1* Zephyr" in offered
    assert "*F-2* Zephyr" in offered
    await slack.close("omar")
    await slack.command("/capture", "Zephyr wants a secret discount", as_="omar", channel="#pricing-private")
    await slack.submit("omar", near="It is new")
    assert "*F-3 is saved.*" in (await slack.modal("omar")).text
