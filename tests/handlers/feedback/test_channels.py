"""Channels that are shared, archived, left and come back to: we know where we are even if an event was lost."""

import pytest

from tests.front import FrontDoor
from tests.handlers.feedback.acts import all_sent, card_of, ours_to, press, switch_on, wish

LOST = {"black_hole": 1.0}


async def test_a_private_channel_that_is_shared_keeps_what_was_captured_and_stops(door: FrontDoor) -> None:
    """Its id changes for good: members still see it, its emoji still undo it, and nothing new is captured."""
    slack = door.slack
    await switch_on(slack, "#pricing-private", "maya")
    await slack.invite("throughline", "#pricing-private", as_="maya")
    message = await slack.message("#pricing-private", "We could drop the free plan", as_="omar")
    await slack.react(message, "bulb", as_="maya")
    assert await slack.connect("#pricing-private", as_="maya") == "C0PRICING"

    found = await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    assert found.ok
    assert "We could drop the free plan" in (await slack.modal("omar")).text
    await slack.open_home("maya")
    assert "<#C0PRICING> · paused: people from outside are in it" in (await slack.home("maya")).text
    other = await slack.message("C0PRICING", "And the trial", as_="omar")
    await slack.react(other, "bulb", as_="maya")
    assert len(await ours_to(slack, "maya")) == 1
    moved = await slack.channel("C0PRICING", as_="maya").saying("free plan")
    await slack.unreact(moved, "bulb", as_="maya")
    assert (await card_of(slack, "maya")).text.startswith("F-1 is undone")


async def test_sharing_pauses_and_its_end_resumes(door: FrontDoor) -> None:
    """Home does not claim to listen where it does not."""
    slack = door.slack
    await switch_on(slack)
    for change, captured in ((slack.connect, 0), (slack.disconnect, 1)):
        await change("#sales", "dana")
        await slack.react(await wish(slack), "bulb", as_="sam")

        assert len(await ours_to(slack, "sam")) == captured
        await slack.open_home("dana")
        assert ("paused" in (await slack.home("dana")).text) == (captured == 0)


@pytest.mark.parametrize(
    "lost", [("member_left_channel",), ("channel_left",), ("member_left_channel", "channel_left")]
)
async def test_being_removed_is_noticed_whatever_event_was_lost(
    door: FrontDoor, lost: tuple[str, ...]
) -> None:
    """By either event at once, by Slack's own list the next day."""
    slack = door.slack
    await switch_on(slack)
    await slack.open_home("dana")
    await slack.faults(events={**LOST, "types": lost})
    await slack.kick("throughline", "#sales", as_="dana")
    await slack.faults()
    if len(lost) == 2:
        await slack.advance("25 hours", as_="dana")

    assert "invite me" in (await slack.home("dana")).text


async def test_an_invitation_nobody_told_us_of_is_noticed(door: FrontDoor) -> None:
    """Slack drops events now and then; its list of our channels comes every day."""
    slack = door.slack
    await switch_on(slack, "#pricing-private", "maya")
    await slack.faults(events={**LOST, "types": ("member_joined_channel",)})
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await slack.faults()

    await slack.advance("25 hours", as_="maya")

    assert (await slack.channel("#pricing-private", as_="maya").last()).text.startswith(
        "💡 and 🐞 are captured"
    )


async def test_home_joins_only_channels_its_visitor_is_in(door: FrontDoor) -> None:
    """We look before we join: in a channel of others nobody sees us come."""
    slack = door.slack
    await slack.open_home("sam")
    await slack.click(await slack.home("sam"), "feedback.listen_pick", as_="sam", choose="#support")

    assert door.sandbox.sandbox.world.bot not in door.sandbox.sandbox.world.channels["C0SUPPORT"].members
    assert await ours_to(slack, "sam") == [
        "Emoji are not captured in the channel you chose: only its members can switch that on"
    ]
    assert "C0SUPPORT" not in (await slack.home("sam")).text


@pytest.mark.parametrize("away", ["archived", "removed"])
async def test_our_tick_goes_once_we_are_back(door: FrontDoor, away: str) -> None:
    """A tick means it is saved: what was undone while we could not touch it loses its tick afterwards."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    if away == "archived":
        await slack.archive("#sales", as_="dana")
    else:
        await slack.kick("throughline", "#sales", as_="dana")
    await slack.click(await card_of(slack, "sam"), "Undo", as_="sam")
    if away == "archived":
        await slack.unarchive("#sales", as_="dana")
    else:
        await slack.invite("throughline", "#sales", as_="dana")
    await all_sent(door)

    assert set((await slack.again(message, as_="sam")).reactions) == {"bulb"}


async def test_whoever_switched_it_on_hears_that_the_channel_was_not_told(door: FrontDoor) -> None:
    """Where only some may write, capturing begins all the same, and somebody has to say so."""
    slack = door.slack
    await slack.advance("next monday", as_="dana")
    await slack.advance("3 hours", as_="dana")
    await slack.faults([{"method": "chat.postMessage", "channel": "C0SALES", "fault": "restricted_action"}])
    await switch_on(slack)

    assert await ours_to(slack, "dana") == ["I could not say in #sales that 💡 and 🐞 are captured there"]


async def test_a_stale_button_of_a_channel_we_left_says_what_is_true(door: FrontDoor) -> None:
    """Pressed long after: no claim that we listen where we are not."""
    slack = door.slack
    await switch_on(slack)
    await slack.kick("throughline", "#sales", as_="dana")
    await press(door, "feedback.unlisten", "C0SALES", as_="dana", channel="C0SALES")
    await slack.open_home("dana")

    assert "C0SALES" not in (await slack.home("dana")).text
