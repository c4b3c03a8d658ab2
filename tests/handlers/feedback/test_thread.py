"""The main job: somebody reacts, the feedback is kept, the person sees it."""

from tests.front import FrontDoor


async def test_an_emoji_captures_where_it_is_switched_on(door: FrontDoor) -> None:
    """A member switches it on, somebody reacts 💡, our ✅ says it is saved and the card shows the words."""
    slack = door.slack
    offered = await slack.command("/capture", as_="dana", channel="#sales")
    assert "not captured in this channel" in (offered.text or "")
    message = (await slack.channel("#sales", as_="dana").messages())[-1]
    [offer] = await slack.ephemerals("dana", "#sales")
    await slack.click(offer, "Capture 💡 and 🐞 here", as_="dana")

    await slack.react(message, "bulb", as_="sam")

    seen = await slack.again(message, as_="sam")
    assert set(seen.reactions) == {"bulb", "white_check_mark"}
    card = (await slack.dms("sam"))[-1]
    assert card.text.startswith("💡 F-1 · Idea is saved")
