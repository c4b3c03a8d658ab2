"""`/capture`, the shortcuts and typing to us: nothing typed is lost, and what is saved is confirmed."""

import pytest

from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on, wish


async def test_words_open_the_form_and_its_last_page_names_the_reference(door: FrontDoor) -> None:
    """Words filled in, kind guessed, saved on submit, confirmed on the last page."""
    slack = door.slack
    await slack.command("/capture", "The export crashes for Acme", as_="ben", channel="#support")
    form = await slack.modal("ben")
    assert form.inputs["What was said"] == "The export crashes for Acme"
    assert form.inputs["It is"] == "🐞 Problem"

    await slack.submit("ben", account="Acme")

    page = await slack.modal("ben")
    assert page.title == "Saved"
    assert "*F-1 is saved.*" in page.text
    listed = await slack.command("/capture", as_="ben", channel="#support")
    assert "F-1 The export crashes for Acme" in (listed.text or "")


async def test_a_wrong_field_keeps_the_form_and_everything_typed(door: FrontDoor) -> None:
    """The error stands at its field, nothing is saved, and the corrected form saves once."""
    slack = door.slack
    await slack.command("/capture", "Dark mode", as_="ben", channel="#support")

    refused = await slack.submit("ben", account="A" * 81)
    assert refused.errors == {"account": "An account's name has at most 80 characters; this has 81."}
    assert (await slack.modal("ben")).inputs["What was said"] == "Dark mode"
    await slack.submit("ben", account="Acme")

    assert "*F-1 is saved.*" in (await slack.modal("ben")).text


async def test_undo_and_bring_back_on_the_last_page(door: FrontDoor) -> None:
    """What was just saved is undone with one press, and brought back with another."""
    slack = door.slack
    await slack.command("/capture", "Dark mode", as_="ben", channel="#support")
    await slack.submit("ben")
    await slack.click(await slack.modal("ben"), "Undo", as_="ben")
    assert (await slack.modal("ben")).title == "Undone"
    listed = await slack.command("/capture", as_="ben", channel="#general")
    assert "F-1" not in (listed.text or "")

    await slack.click(await slack.modal("ben"), "Bring it back", as_="ben")

    listed = await slack.command("/capture", as_="ben", channel="#general")
    assert "F-1 Dark mode" in (listed.text or "")


async def test_the_message_shortcut_keeps_the_message_and_finds_it_again(door: FrontDoor) -> None:
    """The form has the message's words; a second person on the same message finds the card instead."""
    slack = door.slack
    message = await wish(slack)
    await slack.message_shortcut("Capture feedback", message, as_="sam")
    assert (await slack.modal("sam")).inputs["What was said"] == "Acme wants invoices in euro"
    await slack.submit("sam", account="Acme")
    await slack.close("sam")

    await slack.message_shortcut("Capture feedback", message, as_="ruth")

    card = await slack.modal("ruth")
    assert card.title == "F-1"
    assert "for Acme" in card.text
    assert card.buttons == ["Make a launch", "Merge…", "What becomes of it…", "Score…", "Link…", "Why?"]


async def test_what_was_made_in_a_private_channel_stays_with_its_members(door: FrontDoor) -> None:
    """Somebody who is not in the channel cannot show it by its reference."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await slack.command("/capture", "Raise the price", as_="maya", channel="#pricing-private")
    await slack.submit("maya")
    await slack.close("maya")

    await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    assert "Raise the price" in (await slack.modal("omar")).text
    refused = await slack.command("/capture", "show F-1", as_="ruth", channel="#general")
    assert "find nothing" in (refused.text or "")


async def test_typing_to_us_offers_and_one_button_saves(door: FrontDoor) -> None:
    """Nothing is kept before the button; then the offer itself becomes the card."""
    slack = door.slack
    await slack.dm("ruth", "The CSV export crashes for Acme & <!channel>")
    offer = await card_of(slack, "ruth")
    assert offer.text.startswith("Shall I keep this as feedback?")
    assert offer.notifies == []
    listed = await slack.command("/capture", as_="ruth", channel="#general")
    assert "F-1" not in (listed.text or "")

    await slack.click(offer, "Save as problem", as_="ruth")

    assert await ours_to(slack, "ruth") == ["🐞 F-1 · Problem is saved"]
    card = await card_of(slack, "ruth")
    assert "The CSV export crashes for Acme & <!channel>" in card.words


async def test_a_double_click_saves_once(door: FrontDoor) -> None:
    """The second press on the same offer finds the first one's result."""
    slack = door.slack
    await slack.dm("ruth", "Please add dark mode")
    offer = await card_of(slack, "ruth")
    await slack.click(offer, "Save as idea", as_="ruth")
    await slack.click_late(offer, "Save as idea", as_="ruth")
    listed = await slack.command("/capture", as_="ruth", channel="#general")

    assert (listed.text or "").count("Please add dark mode") == 1


async def test_something_else_opens_the_form_filled_in(door: FrontDoor) -> None:
    """What was guessed wrongly is changed before it is saved."""
    slack = door.slack
    await slack.dm("ruth", "How do I export?")
    offer = await card_of(slack, "ruth")
    await slack.click(offer, "Something else…", as_="ruth")
    assert (await slack.modal("ruth")).inputs["What was said"] == "How do I export?"

    await slack.submit("ruth", kind="💡 Idea")

    assert "*F-1 is saved.*" in (await slack.modal("ruth")).text


@pytest.mark.parametrize("words", ["help", "hi", "Hello!"])
async def test_greetings_get_help_not_an_offer(door: FrontDoor, words: str) -> None:
    """Whoever writes gets an answer; there is nothing to keep in a greeting."""
    await door.slack.dm("ruth", words)

    assert await ours_to(door.slack, "ruth") == ["How I can help"]


async def test_the_name_of_a_thing_leads_to_it(door: FrontDoor) -> None:
    """Typed to us alone it is no wish; of what somebody may not see, or nobody made, it says nothing."""
    slack = door.slack
    await slack.command("/capture", "Invoices in euro", as_="sam", channel="#general")
    await slack.submit("sam")
    await slack.close("sam")
    await slack.dm("ruth", "f-1")

    answer = (await slack.dms("ruth"))[-1]
    assert answer.text == "F-1\nInvoices in euro"
    await slack.click(answer, "Open F-1", as_="ruth")
    assert (await slack.modal("ruth")).title == "F-1"
    await slack.close("ruth")
    await slack.dm("ruth", "F-99")
    assert (await ours_to(slack, "ruth"))[-1] == "Shall I keep this as feedback?"


async def test_nobody_is_led_into_a_talk_with_us(door: FrontDoor) -> None:
    """What was typed to us and kept has no address that anybody else could follow."""
    slack = door.slack
    await slack.dm("ruth", "Please add dark mode")
    await slack.click((await slack.dms("ruth"))[-1], "Save as idea", as_="ruth")
    await slack.command("/capture", "show F-1", as_="sam", channel="#general")

    assert "the message" not in (await slack.modal("sam")).text


async def test_a_mention_in_a_thread_is_answered_there(door: FrontDoor) -> None:
    """Slash commands do not work in threads; a mention does."""
    slack = door.slack
    await switch_on(slack)
    parent = await wish(slack)

    await slack.message("#sales", "@throughline they also want dollars", as_="sam", thread=parent)

    answer = (await slack.channel("#sales", as_="sam").thread(parent))[-1]
    assert answer.text == "Shall I keep this as feedback?\nthey also want dollars"
    await slack.click(answer, "Save as idea", as_="sam")
    answer = (await slack.channel("#sales", as_="sam").thread(parent))[-1]
    assert answer.text.startswith("💡 F-1 · Idea is saved")


@pytest.mark.parametrize("text", ["help", "HELP"])
async def test_help_everywhere(door: FrontDoor, text: str) -> None:
    """`help` lists what a command does, also through `/throughline`."""
    direct = await door.slack.command("/capture", text, as_="gil", channel="#launches")
    through = await door.slack.command("/throughline", f"capture {text}", as_="gil", channel="#launches")

    assert "`/capture show F-12`" in (direct.text or "")
    assert through.text == direct.text
