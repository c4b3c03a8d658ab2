"""Who may see what was captured follows from where it was said; in doubt fewer people do."""

from tests.front import SECRET, FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on
from tests.signed import submit_form

NOT_FOUND = "I find nothing of that name that you can see. `/capture` lists what you captured."


async def sees(door: FrontDoor, person: str, number: int = 1) -> bool:
    """Whether somebody can open a piece of feedback by its reference."""
    outcome = await door.slack.command("/capture", f"show F-{number}", as_=person, channel="#launches")
    if outcome.text == NOT_FOUND:
        return False
    await door.slack.close(person)
    return True


async def test_a_mention_in_a_private_channel_stays_with_its_members(door: FrontDoor) -> None:
    """Private channels have ids like public ones; what we know of the channel counts, not how its id looks."""
    slack = door.slack
    door.sandbox.sandbox.world.channels["C0PRODUCT"].kind = "private"
    await slack.invite("throughline", "#product", as_="maya")
    await slack.message("#product", "@throughline we could drop the free plan", as_="maya")
    offer = await slack.channel("#product", as_="maya").last()
    (answer,) = (await slack.channel("#product", as_="maya").thread(offer))[1:]

    await slack.click(answer, "Save as idea", as_="maya")

    assert await sees(door, "omar")
    assert not await sees(door, "ruth")


async def test_a_talk_between_colleagues_is_theirs(door: FrontDoor) -> None:
    """`/capture` typed in somebody's conversation with a colleague is seen by whoever typed it, and it says so."""
    await door.slack.open_messages("sam")
    for channel, number in (("D0OTHER", 1), ("D0SAM", 2)):
        await submit_form(
            door.url,
            SECRET,
            {
                "command": "/capture", "text": f"Words {number}", "team_id": "T0NORTHWIND", "user_id": "U0SAM",
                "channel_id": channel, "channel_name": "directmessage", "response_url": "",
                "trigger_id": door.sandbox.sandbox.triggers.issue("U0SAM"),
            },
        )  # fmt: skip
        await door.app.settled()
        await door.slack.submit("sam")
        page = (await door.slack.modal("sam")).text
        assert ("Only you" in page) == (number == 1)
        await door.slack.close("sam")

    assert [await sees(door, "ruth", number) for number in (1, 2)] == [False, True]


async def test_a_guest_sees_what_was_captured_of_what_they_said(door: FrontDoor) -> None:
    """Guests do not see everybody's feedback, and can still open and object to their own words."""
    slack = door.slack
    await switch_on(slack, "#launches", "maya")
    message = await slack.message("#launches", "The venue needs a deposit", as_="gil")
    other = await slack.message("#launches", "We need a date", as_="omar")
    for one in (message, other):
        await slack.react(one, "bulb", as_="maya")
    await slack.advance("next morning", as_="gil")
    told = next(one for one in await slack.dms("gil") if "captured something you said" in one.text)

    await slack.click(told, "Show it", as_="gil")

    assert "The venue needs a deposit" in (await slack.modal("gil")).text
    await slack.close("gil")
    assert not await sees(door, "gil", 2)
    await slack.open_home("gil")
    assert "The venue needs a deposit" in (await slack.home("gil")).text


async def test_the_author_of_a_message_captured_by_shortcut_is_told_too(door: FrontDoor) -> None:
    """Not only emoji keep what somebody said; in a channel we are not in there is no tick to see."""
    slack = door.slack
    await slack.advance("next monday", as_="dana")
    await slack.advance("3 hours", as_="dana")
    message = await slack.message("#sales", "Acme would leave us for that", as_="dana")
    await slack.message_shortcut("Capture feedback", message, as_="sam")
    await slack.submit("sam")

    assert await ours_to(slack, "dana") == ["Sam Okafor captured something you said as F-1"]
    await slack.click(await card_of(slack, "dana"), "Do not keep it", as_="dana")
    assert "is not kept" in (await slack.ephemerals("dana", "D0DANA"))[-1].words
