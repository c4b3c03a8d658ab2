"""What was to be asked or said of something they may see no more by then never is."""

from tests.front import FrontDoor
from tests.handlers.asks.acts import home_of, monday_ten, why
from tests.handlers.decisions.acts import headlines, name, record

PRIVATE = "#pricing-private"


async def test_who_left_the_channel_is_not_asked_about_what_was_decided_there(door: FrontDoor) -> None:
    """Neither in the morning nor in Home nor by asking why; the one who stays is told."""
    slack = door.slack
    await monday_ten(door)
    await slack.invite("throughline", PRIVATE, as_="maya")
    await record(slack, "Twenty percent more", channel=PRIVATE)
    await name(slack, approver="sam", informed=["maya"])
    await record(slack, "No free plan", channel=PRIVATE)
    await name(slack, informed=["sam", "maya"])  # it is five in the morning where Sam is

    await slack.kick("sam", PRIVATE, as_="omar")
    for _ in range(2):
        await slack.advance("next morning", as_="sam")

    assert await headlines(slack, "sam") == []
    assert "D-1" not in await home_of(door, "sam")
    words = await why(door, "sam")
    assert "Something you may not see any more" in words
    assert "D-" not in words
    assert "D-2 is decided" in await headlines(slack, "maya")


async def test_an_open_question_of_a_channel_they_left_needs_them_no_more(door: FrontDoor) -> None:
    """Its message stands as it was said; Home and lists of what needs them are silent, until they are back."""
    slack = door.slack
    await monday_ten(door)
    await slack.invite("throughline", PRIVATE, as_="maya")
    await record(slack, "Twenty percent more", channel=PRIVATE)
    await name(slack, approver="sam")
    await slack.close("omar")
    await slack.advance("next morning", as_="sam")
    assert "approve D-1" in await home_of(door, "sam")

    await slack.kick("sam", PRIVATE, as_="omar")
    assert "approve D-1" not in await home_of(door, "sam")
    await slack.command("/launch", as_="sam", channel="#general")
    assert "D-1" not in (await slack.ephemerals("sam", "#general"))[-1].words

    await slack.invite("sam", PRIVATE, as_="omar")
    assert "approve D-1" in await home_of(door, "sam")
