"""Making a launch: one form, one board in its channel, owners proposed by function."""

from datetime import timedelta

from tests.front import FrontDoor
from tests.handlers.launches.acts import board, day, headlines, letter_to, make, monday


async def test_a_launch_stands_in_its_channel_pinned(door: FrontDoor) -> None:
    """Saved with the items of its tier; the board says how ready it is, by function."""
    slack = door.slack
    await monday(slack)

    await make(door)

    saved = await slack.modal("maya")
    assert saved.title == "Saved"
    assert "L-1 is saved." in saved.text
    assert "Its board stands in #launches, pinned." in saved.text
    stands = await board(slack)
    assert stands.raw["pinned"]
    assert stands.text.split("\n")[0] == f"🚀 L-1 · Invoices in euro · {said(door, 14)} · T-10"
    assert "0 of 12 ready" in stands.words
    assert "*Marketing* · Priya Nair · 0 of 2" in stands.words
    assert "late" not in stands.words
    assert stands.buttons == ["My items", "Move date…", "Go / no-go…", "Show all", "Why?"]


def said(door: FrontDoor, ahead: int) -> str:
    """That day as people write it."""
    found = door.app.database.clock.now() + timedelta(days=ahead)
    return f"{found:%A} {found.day} {found:%B}"


async def test_owners_are_proposed_and_can_be_changed(door: FrontDoor) -> None:
    """The maker for their own function, else somebody of it in the channel."""
    slack = door.slack
    await monday(slack)
    await make(door)
    inputs = (await slack.modal("maya")).inputs
    assert (inputs["Product"], inputs["Marketing"]) == ("U0MAYA", "U0PRIYA")

    await slack.submit("maya", Sales="sam", Engineering="ines")

    assert "Sales: Sam Okafor" in (await slack.modal("maya")).text
    assert "*Engineering* · Inês Duarte" in (await board(slack)).words
    await slack.advance("15 minutes")
    assert "You see to Marketing for L-1 Invoices in euro" in (await headlines(slack, "priya"))[-1]
    told = await letter_to(slack, "ines", "You see to Engineering")
    assert "Finish the feature, by" in told.words
    assert "L-1" not in "".join(await headlines(slack, "maya"))


async def test_the_form_keeps_what_was_typed(door: FrontDoor) -> None:
    """A day that is over is refused at its field, and nothing is lost."""
    slack = door.slack
    await monday(slack)
    await slack.command("/launch", "new Invoices in euro", as_="maya", channel="#launches")

    refused = await slack.submit("maya", day=day(door, 0))

    assert refused.errors == {"day": "Choose a day after today."}
    assert (await slack.modal("maya")).inputs["What is launched"] == "Invoices in euro"
    await slack.submit("maya", day=day(door, 10), tier="small")
    assert "0 of 4 ready" in (await board(slack)).words


async def test_it_comes_into_a_public_channel_by_itself(door: FrontDoor) -> None:
    """Where it is not yet it joins, and the board follows."""
    slack = door.slack
    await monday(slack)

    await make(door, channel="#product")

    assert "I am joining this channel" in (await slack.modal("maya")).text
    assert (await board(slack, "#product")).raw["pinned"]


async def test_a_private_channel_has_to_invite_it(door: FrontDoor) -> None:
    """It says so, and the board stands there once it is in."""
    slack = door.slack
    await monday(slack)
    await make(door, channel="#pricing-private")
    assert "Type /invite @Throughline there" in (await slack.modal("maya")).text.replace("`", "")

    await slack.invite("throughline", "#pricing-private", as_="maya")

    assert (await board(slack, "#pricing-private")).raw["pinned"]
    assert "Sales" in (await board(slack, "#pricing-private")).words


async def test_nothing_is_launched_before_outsiders(door: FrontDoor) -> None:
    """In a shared channel it says why not, and where instead."""
    slack = door.slack
    await slack.invite("throughline", "#acme-shared", as_="maya")

    told = await slack.command("/launch", "new Invoices", as_="maya", channel="#acme-shared")

    assert "People from outside are in this channel" in str(
        told.text or (await slack.ephemerals("maya", "#acme-shared"))[-1].text
    )
    assert not await slack.sees_modal("maya")
