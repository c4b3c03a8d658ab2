"""Capturing by emoji: kept, seen, supported, undone; and never where nobody switched it on."""

import pytest

from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on, wish

TICK = "white_check_mark"


async def test_an_emoji_captures_where_it_is_switched_on(door: FrontDoor) -> None:
    """Our ✅ says it is saved, and whoever reacted gets a card with the words that were fetched after."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)

    await slack.react(message, "bulb", as_="sam")

    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb", TICK}
    card = await card_of(slack, "sam")
    assert card.text.startswith("💡 F-1 · Idea is saved\nAcme wants invoices in euro")
    assert "said by Dana Whitfield in #sales" in card.words
    assert card.buttons == ["Add account", "Edit", "Undo", "Link…", "Why?"]


@pytest.mark.parametrize(
    ("emoji", "captured"),
    [
        ("bulb", "Idea"),
        ("bulb::skin-tone-3", "Idea"),
        ("light_bulb", "Idea"),
        ("electric_light_bulb", "Idea"),
        ("ladybug", "Problem"),
        ("ladybug::skin-tone-5", "Problem"),
        ("lady_beetle", "Problem"),
        ("beetle", None),
        ("heart", None),
        ("question", None),
        ("eyes", None),
    ],
)
async def test_only_two_emoji_capture(door: FrontDoor, emoji: str, captured: str | None) -> None:
    """💡 and 🐞 under all their names; everyday gestures never do."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)

    await slack.react(message, emoji, as_="sam")

    headlines = [f"{'💡' if captured == 'Idea' else '🐞'} F-1 · {captured} is saved"] if captured else []
    assert await ours_to(slack, "sam") == headlines


async def test_an_emoji_in_our_messages_does_nothing(door: FrontDoor) -> None:
    """Between somebody and us 💡 is a gesture: neither their words nor ours get a card or a tick."""
    slack = door.slack
    await slack.dm("sam", "It would be nice to export")
    before = await slack.dms("sam")
    for one in before:
        await slack.react(one, "bulb", as_="sam")

    after = await slack.dms("sam")
    assert [one.words for one in after] == [one.words for one in before]
    assert [set(one.reactions) for one in after] == [{"bulb"}] * len(before)


async def test_nothing_is_captured_where_nobody_switched_it_on(door: FrontDoor) -> None:
    """In a channel we are a member of, an emoji does nothing until somebody says so."""
    slack = door.slack
    message = await slack.message("#general", "It would be nice to export", as_="dana")

    await slack.react(message, "bulb", as_="sam")

    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb"}
    assert await ours_to(slack, "sam") == []


async def test_removing_the_last_emoji_undoes_an_untouched_item(door: FrontDoor) -> None:
    """Taking the emoji away takes our tick away, and the card says so; setting it again brings it back."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")

    await slack.unreact(message, "bulb", as_="sam")

    assert (await slack.again(message, as_="sam")).reactions == {}
    assert (await card_of(slack, "sam")).text.startswith("F-1 is undone")
    await slack.react(message, "bulb", as_="sam")
    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb", TICK}
    assert await ours_to(slack, "sam") == ["💡 F-1 · Idea is saved"]


async def test_more_people_are_supporters_and_keep_it_alive(door: FrontDoor) -> None:
    """A second emoji is a second supporter, no second item; one of two taken away undoes nothing."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.react(message, "bulb", as_="ruth")
    assert "2 people want it" in (await card_of(slack, "sam")).words

    await slack.unreact(message, "bulb", as_="sam")

    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb", TICK}
    assert await ours_to(slack, "ruth") == []


async def test_a_touched_item_survives_its_emoji(door: FrontDoor) -> None:
    """Once somebody has put work into it, taking the emoji away does not throw that work away."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.click(await card_of(slack, "sam"), "Add account", as_="sam")
    await slack.submit("sam", account="Acme")

    await slack.unreact(message, "bulb", as_="sam")

    assert "for Acme" in (await card_of(slack, "sam")).words


async def test_words_are_found_where_slack_puts_them(door: FrontDoor) -> None:
    """Thread replies, an app's blocks, attachments and forwarded messages: the card shows readable words."""
    slack = door.slack
    await switch_on(slack)
    await switch_on(slack, "#support", "ben")
    found = []
    await slack.join("#sales", as_="ben")
    for channel in ("#sales", "#support"):
        for message in await slack.channel(channel, as_="ben").messages():
            found.append(message)
            if message.reply_count:
                found += (await slack.channel(channel, as_="ben").thread(message))[1:]
    reacted = [one for one in found if one.user != "throughline" and "joined the channel" not in one.text]

    for message in reacted:
        await slack.react(message, "bulb", as_="ben")

    cards = [one for one in await slack.dms("ben") if one.user == "throughline"]
    assert len(cards) == len(reacted)
    assert [one.text for one in cards if "cannot read" in one.text or "Fetching" in one.text] == []


async def test_the_author_is_told_once_ever_and_may_object(door: FrontDoor) -> None:
    """The first capture of what somebody said is told to them; objecting deletes the words for good."""
    slack = door.slack
    await switch_on(slack)
    await slack.advance("next morning", as_="dana")
    first, second = await wish(slack), await wish(slack, "And in dollars")
    await slack.react(first, "bulb", as_="sam")
    await slack.react(second, "bulb", as_="sam")
    told = [one for one in await slack.dms("dana") if "captured something you said" in one.text]
    assert len(told) == 1

    await slack.click(told[0], "Do not keep it", as_="dana")

    assert set((await slack.again(first, as_="sam")).reactions) == {"bulb"}
    cards = {one.text.split("\n")[0] for one in await slack.dms("sam")}
    assert "F-1 is not kept" in cards
    assert not any("invoices in euro" in one.words for one in await slack.dms("sam"))
    await slack.unreact(first, "bulb", as_="sam")
    await slack.react(first, "bulb", as_="sam")
    assert set((await slack.again(first, as_="sam")).reactions) == {"bulb"}


async def test_channels_with_outsiders_and_private_talks_are_left_alone(door: FrontDoor) -> None:
    """In a shared channel nobody can switch it on, and an emoji there does nothing."""
    slack = door.slack
    await slack.invite("throughline", "#acme-shared", as_="sam")
    message = await slack.message("#acme-shared", "We would love dark mode", as_="nora")

    await slack.command("/capture", as_="sam", channel="#acme-shared")
    offer = (await slack.ephemerals("sam", "#acme-shared"))[-1]
    await slack.click(offer, "Capture 💡 and 🐞 here", as_="sam")
    await slack.react(message, "bulb", as_="sam")

    assert "People from outside" in (await slack.ephemerals("sam", "#acme-shared"))[-1].words
    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb"}
    assert await ours_to(slack, "sam") == []


async def test_where_slack_keeps_a_thread_from_us_the_captor_adds_the_words(door: FrontDoor) -> None:
    """Slack tells some apps no replies: the capture stands, and its card asks for the words instead of waiting."""
    slack = door.slack
    await switch_on(slack)
    asked = await wish(slack)
    reply = await slack.message("#sales", "And for Fabrikam in dollars", as_="dana", thread=asked)
    await slack.modes(replies_refused=True)

    await slack.react(reply, "bulb", as_="sam")

    card = await card_of(slack, "sam")
    assert card.text.startswith("💡 F-1 · Idea is saved\nI cannot read that message; please add the words.")
    assert "Edit" in card.buttons
