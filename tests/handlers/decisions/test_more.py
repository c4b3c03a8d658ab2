"""What lies behind *More*: pages kept as a draft, saved for everybody at once, overwriting nobody."""

from datetime import timedelta

from tests.front import FrontDoor
from tests.handlers.decisions.acts import (
    card_in,
    headlines,
    letter_to,
    monday,
    name,
    page,
    record,
    shown,
)


async def more(door: FrontDoor, as_: str) -> None:
    """Somebody opens *More* from the card."""
    await door.slack.command("/decision", "show D-1", as_=as_)
    await door.slack.click(await door.slack.modal(as_), "More…", as_=as_)


def day(door: FrontDoor, ahead: int) -> str:
    """A day of the calendar, so many days from now."""
    return (door.app.database.clock.now() + timedelta(days=ahead)).date().isoformat()


async def test_every_page_is_kept_as_a_draft_and_saved_at_once(door: FrontDoor) -> None:
    """Nobody sees anything before Save; then the card has all of it."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Say why", why="Most of them pay in euro.")
    await page(slack, "omar", "List options", options="Dollars first; both at once")
    await page(slack, "omar", "Choose functions", functions=["Sales", "Engineering"])
    await page(slack, "omar", "Set dates", review_on=day(door, 90))
    await page(slack, "omar", "Name people", informed=["lena", "priya"])
    overview = await slack.modal("omar")
    assert overview.text.count("_not saved yet_") == 5
    assert "Most of them pay in euro." not in (await card_in(slack)).words

    await slack.submit("omar")

    assert "Lena Fischer and Priya Nair are told." in (await slack.modal("omar")).text
    card = (await card_in(slack)).words
    assert "Most of them pay in euro." in card
    assert "for Engineering and Sales" in card
    assert "review on " in card
    everything = await shown(slack, 1, "lena")
    assert "Dollars first; both at once" in everything
    assert "Informed: Lena Fischer and Priya Nair" in everything


async def test_closing_in_the_middle_loses_nothing(door: FrontDoor) -> None:
    """The draft is there when *More* is opened again, and Home remembers it."""
    slack = door.slack
    await slack.open_home("omar")
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Say why", why="Most of them pay in euro.")
    await slack.close("omar")
    assert "D-1* We invoice in euro first · has a draft of yours" in (await slack.home("omar")).text

    await more(door, "omar")
    assert "Most of them pay in euro." in (await slack.modal("omar")).text
    await slack.submit("omar")

    assert "Most of them pay in euro." in (await card_in(slack)).words
    assert "has a draft" not in (await slack.home("omar")).text


async def test_a_draft_can_be_discarded(door: FrontDoor) -> None:
    """One press, and it reads as it is saved."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Change the words", what="We invoice in dollars first")

    await slack.click(await slack.modal("omar"), "Discard my draft", as_="omar")

    overview = await slack.modal("omar")
    assert "We invoice in euro first" in overview.text
    assert "Discard my draft" not in overview.buttons
    await slack.submit("omar")
    assert (await slack.modal("omar")).title == "D-1"


async def test_what_somebody_changed_meanwhile_is_not_overwritten(door: FrontDoor) -> None:
    """The second to save is told by whom it was changed, keeps their draft, and saves on top of it."""
    slack = door.slack
    await record(slack)
    await name(slack, driver="ines")
    await slack.close("omar")
    for person, why in (("omar", "Omar's reason"), ("ines", "Inês's reason")):
        await more(door, person)
        await page(slack, person, "Say why", why=why)
    await page(slack, "omar", "List options", options="Dollars first")
    await slack.submit("omar")

    await slack.submit("ines")

    overview = await slack.modal("ines")
    assert "*Changed meanwhile by Omar Haddad. Your draft is kept:" in overview.text
    assert "Dollars first" in overview.text
    assert "Inês's reason" in overview.text
    await slack.submit("ines")
    everything = await shown(slack, 1, "lena")
    assert "Inês's reason" in everything
    assert "Dollars first" in everything


async def test_only_its_people_change_it(door: FrontDoor) -> None:
    """Who neither drives nor recorded it sees no such button; an admin may help out."""
    slack = door.slack
    await record(slack)
    await slack.command("/decision", "show D-1", as_="lena")
    assert (await slack.modal("lena")).buttons == ["Make a launch", "Link…", "Why?"]

    await more(door, "maya")

    assert (await slack.modal("maya")).title == "More about D-1"


async def test_a_new_driver_is_told(door: FrontDoor) -> None:
    """Nobody drives a decision without knowing it."""
    slack = door.slack
    await monday(slack)
    await record(slack)

    await name(slack, driver="ines")

    assert await headlines(slack, "ines") == ["Omar Haddad named you as Driver in D-1"]
    await more(door, "ines")
    assert "Driver: Inês Duarte" in (await slack.modal("ines")).text


async def test_days_lie_ahead(door: FrontDoor) -> None:
    """A day that has passed is refused at its field."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Set dates", as_="omar")

    refused = await slack.submit("omar", due_on=day(door, -1), review_on=day(door, 30))

    assert refused.errors == {"due_on": "Choose a day after today."}


async def test_whoever_cannot_see_it_is_not_named_in_it(door: FrontDoor) -> None:
    """Guests, apps, outsiders and people gone are refused at the field, each with the reason."""
    slack = door.slack
    await record(slack)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")

    refused = await slack.submit("omar", approver="gil", contributors=["pete"], informed=["nora", "helpline"])

    assert refused.errors == {
        "approver": "Gil Moreau is not where this was decided and cannot see it.",
        "contributors": "Pete Larsson is no longer here.",
        "informed": "Somebody you chose is no member of this workspace, as far as I know. Helpline is an app.",
    }


async def test_a_private_channels_decision_names_only_its_members(door: FrontDoor) -> None:
    """Naming somebody does not open a private channel's decision to them; asking is refused too."""
    slack = door.slack
    await slack.invite("throughline", "#pricing-private", as_="maya")
    await record(slack, "We raise prices in May", "maya", "#pricing-private")
    await slack.click(await slack.modal("maya"), "More…", as_="maya")
    await slack.click(await slack.modal("maya"), "Name people", as_="maya")

    refused = await slack.submit("maya", approver="omar", informed=["ruth"])
    assert refused.errors == {"informed": "Ruth Castellanos is not where this was decided and cannot see it."}
    await slack.submit("maya", approver="omar", informed=["sam"])
    await slack.kick("sam", "#pricing-private", as_="maya")
    await slack.submit("maya")

    overview = await slack.modal("maya")
    assert "*Sam Okafor is not where this was decided and cannot see it.*" in overview.text
    assert "Decided by Maya Lindqvist" in (await card_in(slack, "#pricing-private")).words


async def test_once_the_informed_know_it_nobody_is_named_to_approve_it(door: FrontDoor) -> None:
    """What people were told is decided does not quietly become a proposal again."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, informed=["lena"])
    assert await headlines(slack, "lena") == ["D-1 is decided"]
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await slack.click(await slack.modal("omar"), "Name people", as_="omar")

    refused = await slack.submit("omar", approver="ines")

    assert refused.errors == {
        "approver": "Those who were told know it as decided. To have it approved, supersede it."
    }


async def test_withdrawing_tells_those_who_thought_it_decided(door: FrontDoor) -> None:
    """Nobody goes on working by what was recorded by mistake."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, informed=["lena"])
    await slack.close("omar")
    await slack.command("/decision", "show D-1", as_="omar")

    await slack.click(await slack.modal("omar"), "Withdraw", as_="omar")

    assert "Withdrawn by Omar Haddad." in (await slack.modal("omar")).text
    told = await letter_to(slack, "lena", "Omar Haddad withdrew D-1")
    assert "It does not hold any more" in told.words


async def test_a_merged_draft_keeps_what_was_chosen_once(door: FrontDoor) -> None:
    """Whoever drives or approves a decision is not asked for a view of it as well."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines", contributors=["ines", "omar", "tomas"])

    assert "Tomás Vidal is asked for a view." in (await slack.modal("omar")).text
