"""Recording a decision: one field, ten seconds, and its card where it was made."""

import pytest

from tests.front import FrontDoor
from tests.handlers.decisions.acts import card_in, name, record, shown


async def test_alone_it_opens_its_one_field(door: FrontDoor) -> None:
    """One input; Save leads to a last page with the reference and *More*."""
    slack = door.slack
    await slack.command("/decision", as_="omar")
    form = await slack.modal("omar")
    assert form.inputs == {"What was decided": None}

    await slack.submit("omar", what="We invoice in euro first")

    page = await slack.modal("omar")
    assert page.title == "Saved"
    assert "*D-1 is saved.*" in page.text
    assert "Decided by you.\nIts card is in #general.\nEverybody in this workspace can see it." in page.text
    assert page.buttons == ["More…", "Undo"]


@pytest.mark.parametrize("words", ["list of vendors stays frozen", '"export"', "searching stays as it is"])
async def test_words_fill_the_field(door: FrontDoor, words: str) -> None:
    """What is no exact subcommand is what was decided; quotation marks make it so."""
    await door.slack.command("/decision", words, as_="omar")

    assert (await door.slack.modal("omar")).inputs == {"What was decided": words.strip('"')}


async def test_an_empty_field_is_no_decision(door: FrontDoor) -> None:
    """The error stands at the field, nothing is kept, and the corrected form is saved once."""
    slack = door.slack
    await slack.command("/decision", as_="omar")
    refused = await slack.submit("omar", what="   ")
    assert refused.errors == {"what": "Write what was decided; one sentence is enough."}

    await slack.submit("omar", what="We invoice in euro first")

    assert "*D-1 is saved.*" in (await slack.modal("omar")).text


async def test_its_card_stands_where_it_was_recorded(door: FrontDoor) -> None:
    """Posted once, with who decided it, and pinging nobody."""
    await record(door.slack)

    card = await card_in(door.slack)
    assert card.text.startswith("⚖️ D-1 · Decided\nWe invoice in euro first\nDecided by Omar Haddad on ")
    assert card.notifies == []
    assert card.buttons == ["Show", "Supersede…", "Why?"]


async def test_where_we_are_not_its_card_is_in_messages(door: FrontDoor) -> None:
    """We post nothing into a channel nobody invited us to; whoever recorded it has the card."""
    slack = door.slack
    before = len(await slack.channel("#product", as_="omar").messages())

    await record(slack, channel="#product")

    assert "Its card is in your messages with me." in (await slack.modal("omar")).text
    assert len(await slack.channel("#product", as_="omar").messages()) == before
    assert (await slack.dms("omar"))[-1].text.startswith("⚖️ D-1 · Decided")


async def test_among_outsiders_its_card_is_in_messages(door: FrontDoor) -> None:
    """In a channel with people from outside nothing is shown of what was decided."""
    slack = door.slack
    await slack.invite("throughline", "#acme-shared", as_="sam")
    before = len(await slack.channel("#acme-shared", as_="sam").messages())

    await record(slack, "Acme pays by invoice", "sam", "#acme-shared")

    assert len(await slack.channel("#acme-shared", as_="sam").messages()) == before
    assert (await slack.dms("sam"))[-1].text.startswith("⚖️ D-1 · Decided\nAcme pays by invoice")


async def test_what_a_private_channel_decides_stays_there(door: FrontDoor) -> None:
    """Its members see it, also who joins later; others do not find it by its name."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await record(slack, "We raise prices in May", "maya", "#pricing-private")
    page = await slack.modal("maya")
    assert "Only the members of #pricing-private can see it." in page.text
    await slack.close("maya")

    assert "We raise prices in May" in await shown(slack, 1, "omar")
    refused = await slack.command("/decision", "show D-1", as_="ruth")
    assert "no decision of that name" in (refused.text or "")
    await slack.invite("ruth", "#pricing-private", as_="maya")
    assert "We raise prices in May" in await shown(slack, 1, "ruth")


async def test_a_message_becomes_a_decision(door: FrontDoor) -> None:
    """The shortcut prefills its words and keeps the way back to it; a second person finds the card."""
    slack = door.slack
    message = await slack.message("#product", "So: invoices in euro & <one> currency first", as_="ines")
    await slack.message_shortcut("Record a decision", message, as_="omar")
    form = await slack.modal("omar")
    assert form.inputs == {"What was decided": "So: invoices in euro & <one> currency first"}
    await slack.submit("omar", what="We invoice in euro first")
    await slack.close("omar")

    await slack.message_shortcut("Record a decision", message, as_="ines")

    card = await slack.modal("ines")
    assert card.title == "D-1"
    assert "We invoice in euro first" in card.text
    assert f"/archives/C0PRODUCT/p{message.ts.replace('.', '')}|the message>" in card.text


async def test_undo_takes_it_back(door: FrontDoor) -> None:
    """One press on the last page; the card says so and the list forgets it."""
    slack = door.slack
    await record(slack)

    await slack.click(await slack.modal("omar"), "Undo", as_="omar")

    card = await slack.channel("#general", as_="maya").last()
    assert card.text == "↩️ D-1 · Withdrawn\nOmar Haddad withdrew it. Nobody is asked about it any more."
    listed = await slack.command("/decision", "list", as_="omar")
    assert "D-1" not in (listed.text or "")


async def test_a_talk_that_is_not_ours_stays_private_until_somebody_is_named(door: FrontDoor) -> None:
    """In a direct message we do not know as ours only the recorder sees it; whom they name sees it too."""
    slack = door.slack
    await record(slack, "Let us do euro first", channel="D0OMAR")
    assert "Only you and the people named in it can see it." in (await slack.modal("omar")).text
    refused = await slack.command("/decision", "show D-1", as_="maya")
    assert "no decision of that name" in (refused.text or "")

    await name(slack, informed=["maya"])

    assert "Let us do euro first" in await shown(slack, 1, "maya")


async def test_what_is_typed_to_us_is_no_secret(door: FrontDoor) -> None:
    """In our own conversation with somebody it is as if they had said it to everybody."""
    slack = door.slack
    await slack.open_messages("omar")

    await record(slack, "Let us do euro first", channel="D0OMAR")

    assert "Everybody in this workspace can see it." in (await slack.modal("omar")).text
    assert "Let us do euro first" in await shown(slack, 1, "maya")


async def test_numbers_are_never_used_again(door: FrontDoor) -> None:
    """What was undone keeps its number; the next decision gets the next one."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "Undo", as_="omar")
    await slack.close("omar")

    await record(slack, "We invoice in dollars first")

    assert "*D-2 is saved.*" in (await slack.modal("omar")).text
