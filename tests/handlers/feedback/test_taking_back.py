"""Emoji set and taken away by several people in any order, and what a button said before they were."""

import pytest

from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on, wish

TICK = "white_check_mark"


@pytest.mark.parametrize("order", [("sam", "ruth"), ("ruth", "sam")])
async def test_the_last_of_several_emoji_undoes_whoever_was_first(
    door: FrontDoor, order: tuple[str, str]
) -> None:
    """Two people set it; when both have taken it away nothing is left, in whichever order they did."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.react(message, "bulb", as_="ruth")

    for person in order:
        await slack.unreact(message, "bulb", as_=person)

    assert (await slack.again(message, as_="sam")).reactions == {}
    assert (await card_of(slack, "sam")).text.startswith("F-1 is undone")


async def test_what_a_button_undid_stays_undone_when_another_takes_theirs_away(door: FrontDoor) -> None:
    """Sam's own emoji still stands, but they said Undo; only somebody who sets one brings it back."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.react(message, "bulb", as_="ruth")
    await slack.click(await card_of(slack, "sam"), "Undo", as_="sam")

    await slack.unreact(message, "bulb", as_="ruth")

    assert (await card_of(slack, "sam")).text.startswith("F-1 is undone")
    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb"}


async def test_whoever_captures_again_what_another_took_back_is_its_captor(door: FrontDoor) -> None:
    """They get the card with its buttons; the one who had taken it back is told, and asked for nothing."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.unreact(message, "bulb", as_="sam")

    await slack.react(message, "ladybug", as_="ruth")

    card = await card_of(slack, "ruth")
    assert card.text.startswith("🐞 F-1 · Problem is saved")
    assert card.buttons == ["Add account", "Edit", "Undo", "Link…", "Why?"]
    told = await card_of(slack, "sam")
    assert (told.text.split("\n")[0], told.buttons) == ("Ruth Castellanos captured F-1 again", [])
    await slack.advance("next morning", as_="ruth")
    assert "Which account was F-1 from #sales for?" in await ours_to(slack, "ruth")
    assert len(await ours_to(slack, "sam")) == 1


async def test_changing_ones_emoji_changes_the_kind(door: FrontDoor) -> None:
    """Nobody has touched the card yet, so what stands on the message says what it is."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.react(message, "ladybug", as_="sam")
    await slack.unreact(message, "bulb", as_="sam")

    assert (await card_of(slack, "sam")).text.startswith("🐞 F-1 · Problem is saved")


async def test_bringing_it_back_by_button_outlives_the_emoji(door: FrontDoor) -> None:
    """Somebody who pressed a button meant it: an emoji taken away by another does not undo it again."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.unreact(message, "bulb", as_="sam")
    await slack.click(await card_of(slack, "sam"), "Bring it back", as_="sam")

    await slack.react(message, "bulb", as_="ruth")
    await slack.unreact(message, "bulb", as_="ruth")

    assert (await card_of(slack, "sam")).text.startswith("💡 F-1 · Idea is saved")


async def test_taking_an_emoji_back_counts_where_capturing_was_switched_off(door: FrontDoor) -> None:
    """Switching off keeps what was captured, and still nobody is held to an emoji they took away."""
    slack = door.slack
    await switch_on(slack)
    letter = await slack.channel("#sales", as_="dana").last()
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.click(letter, "Switch off", as_="dana")

    await slack.unreact(message, "bulb", as_="sam")

    assert (await card_of(slack, "sam")).text.startswith("F-1 is undone")
    assert (await slack.again(message, as_="sam")).reactions == {}


async def test_somebody_who_captured_it_in_words_still_wants_it(door: FrontDoor) -> None:
    """The shortcut is a supporter too: emoji that come and go do not count them out."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.message_shortcut("Capture feedback", message, as_="ruth")
    await slack.react(message, "bulb", as_="sam")
    await slack.submit("ruth")
    assert "You are now one of 2 who want it." in (await slack.modal("ruth")).text

    await slack.react(message, "bulb", as_="omar")
    await slack.unreact(message, "bulb", as_="omar")

    assert "2 people want it" in (await card_of(slack, "sam")).words
    await slack.unreact(message, "bulb", as_="sam")
    assert (await card_of(slack, "sam")).text.startswith("💡 F-1 · Idea is saved")


async def test_an_undone_message_can_be_captured_in_words_by_somebody_else(door: FrontDoor) -> None:
    """What one person took back is no dead end for the next; what they typed is what is kept."""
    slack = door.slack
    message = await wish(slack)
    await slack.message_shortcut("Capture feedback", message, as_="sam")
    await slack.submit("sam")
    await slack.click(await slack.modal("sam"), "Undo", as_="sam")

    await slack.message_shortcut("Capture feedback", message, as_="ruth")
    form = await slack.modal("ruth")
    assert form.inputs["What was said"] == "Acme wants invoices in euro"
    await slack.submit("ruth", words="Acme pays in euro", account="Acme")

    assert "*F-1 is saved.*" in (await slack.modal("ruth")).text
    listed = await slack.command("/capture", as_="ruth", channel="#sales")
    assert "F-1 Acme pays in euro" in (listed.text or "")
    assert "F-1" not in ((await slack.command("/capture", as_="sam", channel="#sales")).text or "")
