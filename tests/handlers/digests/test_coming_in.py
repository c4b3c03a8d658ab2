"""A digest where we are not in yet: one press brings us in, and who pressed it hears what came of it."""

from tests.front import FrontDoor
from tests.handlers.decisions.acts import record
from tests.handlers.digests.acts import digest, monday, posted, press, told

OFFER = "Shall I post a digest here?\nI am not in this channel yet."


async def test_one_press_joins_a_public_channel_and_starts_it(door: FrontDoor) -> None:
    """Nobody has to type an invitation; on Monday it comes."""
    slack = door.slack
    offer = await digest(slack, channel="#product")
    assert offer.text.startswith(OFFER)
    assert offer.buttons == ["Start"]

    pressed = await press(slack, offer, "Start")
    assert pressed.text.startswith("I am joining the channel.")
    assert "The digest of #product is started" in await told(slack, "omar")
    letter = [one for one in await slack.dms("omar") if "is started" in one.text][-1]
    assert "It comes every Monday at 9:00, London time, next on Monday" in letter.words

    await record(slack, channel="#product")
    await monday(slack)
    assert len(await posted(slack, "#product")) == 1


async def test_a_second_press_starts_no_second_one(door: FrontDoor) -> None:
    """Whoever presses meanwhile hears the same; there is one digest."""
    slack = door.slack
    offer = await digest(slack, channel="#product")
    other = await digest(slack, as_="maya", channel="#product")
    await press(slack, offer, "Start")
    shown = await press(slack, other, "Start", "maya")
    assert shown.text.startswith("#product has a digest")
    listed = await digest(slack, "list")
    assert listed.text.count("#product") == 1


async def test_where_people_from_outside_are_nothing_is_started(door: FrontDoor) -> None:
    """We look before we come in, and say why not."""
    slack = door.slack
    offer = await digest(slack, as_="maya", channel="#acme-shared")
    if offer.buttons:
        await press(slack, offer, "Start", "maya")
    said = [offer.text, *(one.text for one in await slack.dms("maya"))]
    assert any("People from outside are in this channel, so I post no digest here." in one for one in said)
    assert await posted(slack, "#acme-shared") == []


async def test_into_a_private_channel_somebody_invites_us(door: FrontDoor) -> None:
    """There is nothing to press that could bring us in."""
    said = await digest(door.slack, as_="maya", channel="#pricing-private")
    assert "Type `/invite @Throughline` here" in said.text
    assert said.buttons == []
