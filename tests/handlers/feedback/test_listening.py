"""Switching emoji capture on and off: who may, where, and what the channel is told."""

from tests.front import FrontDoor
from tests.handlers.feedback.acts import switch_on


async def test_a_public_channel_is_joined_and_told(door: FrontDoor) -> None:
    """We come in by ourselves, and one message says what is on, who did it and how to stop."""
    slack = door.slack
    await switch_on(slack)

    letter = await slack.channel("#sales", as_="dana").last()
    assert letter.text.startswith("💡 and 🐞 are captured here from now on\nDana Whitfield switched this on.")
    await slack.click(letter, "Switch off", as_="sam")

    offered = await slack.command("/capture", as_="sam", channel="#sales")
    assert "not captured in this channel" in (offered.text or "")


async def test_a_private_channel_needs_an_invitation(door: FrontDoor) -> None:
    """The person is told how to invite us; once we are in, it is on without another word from them."""
    slack = door.slack
    await switch_on(slack, "#pricing-private", "maya")
    said = (await slack.ephemerals("maya", "#pricing-private"))[-1].words
    assert "/invite @Throughline" in said

    await slack.invite("throughline", "#pricing-private", as_="maya")

    letter = await slack.channel("#pricing-private", as_="maya").last()
    assert letter.text.startswith("💡 and 🐞 are captured here")


async def test_guests_may_not_switch_it_on(door: FrontDoor) -> None:
    """A guest is told kindly who may; nothing changes."""
    slack = door.slack
    await switch_on(slack, "#launches", "gil")

    assert "full members" in (await slack.ephemerals("gil", "#launches"))[-1].words
    offered = await slack.command("/capture", as_="maya", channel="#launches")
    assert "not captured in this channel" in (offered.text or "")


async def test_switching_on_twice_says_so_and_posts_once(door: FrontDoor) -> None:
    """A second press finds the first one's result."""
    slack = door.slack
    await switch_on(slack)
    before = len(await slack.channel("#sales", as_="dana").messages())
    offer = next(one for one in await slack.ephemerals("dana", "#sales") if one.buttons)

    await slack.click(offer, "Capture 💡 and 🐞 here", as_="dana")

    assert len(await slack.channel("#sales", as_="dana").messages()) == before
    assert "already" in (await slack.ephemerals("dana", "#sales"))[-1].words


async def test_home_lists_where_it_is_on_and_switches(door: FrontDoor) -> None:
    """Home shows the channels, offers another, and takes one off again."""
    slack = door.slack
    await switch_on(slack)
    await slack.open_home("dana")
    assert "<#C0SALES>" in (await slack.home("dana")).text

    await slack.click(await slack.home("dana"), "Switch off", as_="dana")
    assert "<#C0SALES>" not in (await slack.home("dana")).text
    await slack.close("dana")
    await slack.join("#support", as_="dana")
    await slack.click(await slack.home("dana"), "feedback.listen_pick", as_="dana", choose="#support")

    assert (await slack.channel("#support", as_="ben").last()).text.startswith("💡 and 🐞 are captured here")
    assert "<#C0SUPPORT>" in (await slack.home("dana")).text


async def test_a_private_channels_name_is_shown_to_its_members_only(door: FrontDoor) -> None:
    """Somebody outside a private channel does not learn from Home that it exists."""
    slack = door.slack
    await switch_on(slack, "#pricing-private", "maya")
    await slack.invite("throughline", "#pricing-private", as_="maya")
    for person in ("omar", "ruth"):
        await slack.open_home(person)

    assert "<#G0PRICING>" in (await slack.home("omar")).text
    assert "<#G0PRICING>" not in (await slack.home("ruth")).text


async def test_being_removed_stops_capturing_and_coming_back_resumes(door: FrontDoor) -> None:
    """We do not pretend to listen where we are not; an invitation is enough to go on."""
    slack = door.slack
    await switch_on(slack)
    await slack.kick("throughline", "#sales", as_="dana")
    await slack.open_home("dana")
    assert "invite me" in (await slack.home("dana")).text

    await slack.invite("throughline", "#sales", as_="dana")

    assert "invite me" not in (await slack.home("dana")).text


async def test_only_members_of_a_channel_switch_it_on_from_home(door: FrontDoor) -> None:
    """Home offers any channel, but the people in it decide."""
    slack = door.slack
    await slack.leave("#launches", as_="ruth")
    await slack.open_home("ruth")

    await slack.click(await slack.home("ruth"), "feedback.listen_pick", as_="ruth", choose="#launches")

    assert "Join #launches first" in (await slack.modal("ruth")).text
