"""Proposed, asked about once, decided: by its approver, after its contributors were heard."""

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

ASK = "Omar Haddad asks you to approve D-1"


async def proposed(door: FrontDoor, **people: list[str]) -> None:
    """On a Monday Omar records a decision that Inês is to approve."""
    await monday(door.slack)
    await record(door.slack)
    await name(door.slack, approver="ines", **people)


async def test_an_approver_makes_it_a_proposal_and_is_asked_once(door: FrontDoor) -> None:
    """Not the same day, on their next working morning, and never again."""
    slack = door.slack
    await proposed(door)
    assert "It is proposed: Inês Duarte is asked to approve it." in (await slack.modal("omar")).text
    assert "Waits for Inês Duarte" in (await card_in(slack)).words
    assert ASK not in await headlines(slack, "ines")

    for _ in range(3):
        await slack.advance("next morning", as_="ines")

    assert (await headlines(slack, "ines")).count(ASK) == 1


async def test_approving_decides_and_tells_the_driver(door: FrontDoor) -> None:
    """The card is true at once, the driver hears of it once, a second press finds the first one's result."""
    slack = door.slack
    await proposed(door)
    await slack.advance("next morning", as_="ines")
    ask = await letter_to(slack, "ines", ASK)

    await slack.click(ask, "Approve", as_="ines")
    await slack.click_late(ask, "Approve", as_="ines")

    said = [one.words for one in await slack.ephemerals("ines", "D0INES")]
    assert said == ["D-1 is decided.", "D-1 is decided already, by you."]
    assert "Decided by Inês Duarte" in (await card_in(slack)).words
    assert await headlines(slack, "omar") == ["Inês Duarte approved D-1"]


async def test_its_driver_sees_who_was_not_asked_and_why(door: FrontDoor) -> None:
    """The approver and a contributor are away: Omar, who drives it, reads until when on its card; Lena does not."""
    slack = door.slack
    for who in ("ines", "tomas"):
        await slack.command("/throughline", "away for 10 days", as_=who)
    await proposed(door, contributors=["tomas", "ben"])
    await slack.close("omar")
    await slack.advance("next morning", as_="ben")

    card = await shown(slack, 1, "omar")
    assert "*Not asked yet*\n• Inês Duarte, to approve it: waits until " in card
    assert "• Tomás Vidal, for a view: waits until " in card
    assert ": away until " in card
    assert "Ben Adeyemi, for a view" not in card
    assert "Not asked yet" not in await shown(slack, 1, "lena")


async def test_only_its_approver_approves(door: FrontDoor) -> None:
    """Others see no such button; whoever has an old one in front of them is told whose it is."""
    slack = door.slack
    await proposed(door)
    await slack.advance("next morning", as_="ines")
    ask = await letter_to(slack, "ines", ASK)
    await slack.close("omar")
    await slack.command("/decision", "show D-1", as_="omar")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Name people", approver="tomas")
    await slack.submit("omar")

    assert (await slack.again(ask, "ines")).buttons == []
    await slack.click_late(ask, "Approve", as_="ines")

    told = (await slack.ephemerals("ines", "D0INES"))[-1].words
    assert told == "Only Tomás Vidal approves D-1. Driver: Omar Haddad."
    assert "Waits for Tomás Vidal" in (await card_in(slack)).words
    assert (await headlines(slack, "ines"))[-1] == "You need not approve D-1 any more"


async def test_what_changed_meanwhile_is_shown_before_it_is_approved(door: FrontDoor) -> None:
    """Nobody approves words they have not seen."""
    slack = door.slack
    await proposed(door)
    await slack.advance("next morning", as_="ines")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Change the words", what="We invoice in dollars first")
    await slack.submit("omar")

    await slack.click(await letter_to(slack, "ines", ASK), "Approve", as_="ines")

    now = await slack.modal("ines")
    assert "*Changed meanwhile by Omar Haddad.*" in now.text
    assert "We invoice in dollars first" in now.text
    assert "Waits for Inês Duarte" in (await card_in(slack)).words
    await slack.click(now, "Approve", as_="ines")
    assert "Decided by Inês Duarte" in (await card_in(slack)).words


async def test_what_is_changed_before_it_is_asked_is_asked_as_it_reads(door: FrontDoor) -> None:
    """A correction on the same day reaches the approver as if it had been there from the start."""
    slack = door.slack
    await proposed(door)
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Change the words", what="We invoice in dollars first")
    await slack.submit("omar")
    await slack.advance("next morning", as_="ines")

    ask = await letter_to(slack, "ines", ASK)
    assert "We invoice in dollars first" in ask.words
    await slack.click(ask, "Approve", as_="ines")

    assert "Decided by Inês Duarte" in (await card_in(slack)).words


async def test_not_yet_tells_the_driver_why_and_a_change_asks_once_more(door: FrontDoor) -> None:
    """The reason reaches the driver and the card; after a change the approver is asked a second time."""
    slack = door.slack
    await proposed(door)
    await slack.advance("next morning", as_="ines")
    await slack.click(await letter_to(slack, "ines", ASK), "Not yet…", as_="ines")
    refused = await slack.submit("ines", reason=" ")
    assert refused.errors == {"reason": "Say why; one sentence helps them most."}
    await slack.submit("ines", reason="What does finance say?")
    told = await letter_to(slack, "omar", "Inês Duarte says not yet to D-1")
    assert "What does finance say?" in told.words
    assert "Inês Duarte says not yet: “What does finance say?”" in (await card_in(slack)).words
    await slack.advance("next morning", as_="ines")
    assert (await headlines(slack, "ines")).count(ASK) == 1

    await slack.close("omar")
    await slack.click(told, "Change…", as_="omar")
    await page(slack, "omar", "Say why", why="Finance is fine with it.")
    await slack.submit("omar")
    await slack.advance("next morning", as_="ines")

    assert (await headlines(slack, "ines")).count(ASK) == 2
    assert "says not yet" not in (await card_in(slack)).words
    assert "Finance is fine with it." in (await letter_to(slack, "ines", ASK)).words


async def test_contributors_are_asked_once_and_their_views_stand_on_the_card(door: FrontDoor) -> None:
    """Agree, object with a reason, no view; the last answer counts."""
    slack = door.slack
    await proposed(door, contributors=["tomas", "lena", "priya"])
    await slack.advance("next morning", as_="tomas")
    await slack.advance("2 hours", as_="tomas")
    asks = {
        one: await letter_to(slack, one, "asks for your view on D-1") for one in ("tomas", "lena", "priya")
    }

    await slack.click(asks["tomas"], "I agree", as_="tomas")
    await slack.click(asks["lena"], "I object…", as_="lena")
    await slack.submit("lena", reason="Nobody checked the forms")
    await slack.click(asks["priya"], "I agree", as_="priya")
    await slack.click_late(asks["priya"], "No view", as_="priya")

    card = (await card_in(slack)).words
    assert "Tomás Vidal agrees" in card
    assert "Lena Fischer objects: “Nobody checked the forms”" in card
    assert "Priya Nair has no view" in card
    assert "Not heard" not in card
    assert (await slack.ephemerals("tomas", "D0TOMAS"))[-1].words == "Noted: you agree with D-1."
    await slack.command("/decision", "show D-1", as_="tomas")
    await slack.click(await slack.modal("tomas"), "No view", as_="tomas")
    await slack.close("tomas")
    assert "Tomás Vidal has no view" in (await card_in(slack)).words
    await slack.advance("next morning", as_="tomas")
    assert len(await headlines(slack, "tomas")) == 1


async def test_who_was_not_heard_stays_visible(door: FrontDoor) -> None:
    """Deciding without somebody is written down, and what they say afterwards does not undo that."""
    slack = door.slack
    await proposed(door, contributors=["tomas", "lena"])
    await slack.advance("next morning", as_="tomas")
    await slack.advance("2 hours", as_="tomas")
    await slack.click(await letter_to(slack, "lena", "asks for your view"), "I agree", as_="lena")
    await slack.click(await letter_to(slack, "ines", ASK), "Approve", as_="ines")
    assert "Not heard before it was decided: Tomás Vidal" in (await card_in(slack)).words

    await slack.command("/decision", "show D-1", as_="tomas")
    await slack.click(await slack.modal("tomas"), "I object…", as_="tomas")
    await slack.submit("tomas", reason="Too early")

    card = (await card_in(slack)).words
    assert "Not heard before it was decided: Tomás Vidal" in card
    assert "Tomás Vidal objects: “Too early” (said afterwards)" in card


async def test_the_informed_are_told_once_when_it_is_decided(door: FrontDoor) -> None:
    """Nothing while it is proposed; one telling then, also when it is saved again."""
    slack = door.slack
    await proposed(door, informed=["lena", "omar"])
    assert "Lena Fischer is told once it is decided." in (await slack.modal("omar")).text
    await slack.advance("next morning", as_="ines")
    assert await headlines(slack, "lena") == []

    await slack.click(await letter_to(slack, "ines", ASK), "Approve", as_="ines")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Say why", why="Most of them pay in euro.")
    await slack.submit("omar")

    assert await headlines(slack, "lena") == ["D-1 is decided"]
    assert await headlines(slack, "omar") == ["Inês Duarte approved D-1"]


async def test_approved_words_are_not_reworded(door: FrontDoor) -> None:
    """What somebody approved can be explained and replaced, not changed below their name."""
    slack = door.slack
    await proposed(door)
    await slack.advance("next morning", as_="ines")
    await slack.click(await letter_to(slack, "ines", ASK), "Approve", as_="ines")
    await slack.close("omar")

    await slack.command("/decision", "show D-1", as_="omar")
    await slack.click(await slack.modal("omar"), "More…", as_="omar")

    overview = await slack.modal("omar")
    assert "Change the words" not in overview.buttons
    assert "Inês Duarte approved these words; to change them, supersede it." in overview.text
    await slack.click(overview, "Name people", as_="omar")
    assert set((await slack.modal("omar")).inputs) == {"Driver", "Informed"}


async def test_the_approver_decides_what_they_record(door: FrontDoor) -> None:
    """Whoever names themselves is not asked to approve their own words."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="omar")

    assert "Decided by you." in (await slack.modal("omar")).text
    await slack.advance("next morning", as_="omar")
    assert await headlines(slack, "omar") == []
    assert "Decided by Omar Haddad" in await shown(slack, 1, "ines")
