"""The dates of a decision: looked at again on its day, and not forgotten while it waits."""

from datetime import timedelta

from bot.sandbox.driver import Slack
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

REVIEW = "Does D-1 still hold?"
ASK = "Omar Haddad asks you to approve D-1"


def day(door: FrontDoor, ahead: int) -> str:
    """A day of the calendar, so many days from now."""
    return (door.app.database.clock.now() + timedelta(days=ahead)).date().isoformat()


async def with_dates(door: FrontDoor, **dates: str) -> None:
    """From a last page: set dates and save."""
    slack = door.slack
    await slack.click(await slack.modal("omar"), "More…", as_="omar")
    await page(slack, "omar", "Set dates", **dates)
    await slack.submit("omar")
    await slack.close("omar")


async def due_for_review(door: FrontDoor) -> None:
    """A decision of Omar's whose review is on Wednesday; it is Wednesday morning."""
    await monday(door.slack)
    await record(door.slack)
    await with_dates(door, review_on=day(door, 2))
    await door.slack.advance("next morning", as_="omar")
    assert REVIEW not in await headlines(door.slack, "omar")
    await door.slack.advance("next morning", as_="omar")


async def test_its_driver_is_asked_on_the_day_once(door: FrontDoor) -> None:
    """Not the day before, in the morning of the day, and never again."""
    slack = door.slack
    await due_for_review(door)
    assert (await headlines(slack, "omar")).count(REVIEW) == 1
    assert (await letter_to(slack, "omar", REVIEW)).buttons == ["Keep…", "Change…", "Supersede…", "Show"]

    for _ in range(3):
        await slack.advance("next morning", as_="omar")

    assert (await headlines(slack, "omar")).count(REVIEW) == 1


async def test_keeping_it_sets_the_next_day(door: FrontDoor) -> None:
    """It stands, Home needs nobody any more, and it is asked again on the day that was chosen."""
    slack = door.slack
    await slack.open_home("omar")
    await due_for_review(door)
    assert (await slack.home("omar")).text.count(REVIEW) == 1
    ask = await letter_to(slack, "omar", REVIEW)
    await slack.click(ask, "Keep…", as_="omar")
    refused = await slack.submit("omar", review_on=day(door, 0))
    assert refused.errors == {"review_on": "Choose a day after today, or none."}

    await slack.submit("omar", review_on=day(door, 1))

    assert (await slack.modal("omar")).text.startswith("D-1 stays as it is. I ask again on ")
    assert REVIEW not in (await slack.home("omar")).text
    await slack.advance("next morning", as_="omar")
    assert (await headlines(slack, "omar")).count(REVIEW) == 2


async def test_it_can_be_kept_for_good(door: FrontDoor) -> None:
    """Without a next day nobody is asked again."""
    slack = door.slack
    await due_for_review(door)
    ask = await letter_to(slack, "omar", REVIEW)
    await slack.click(ask, "Keep…", as_="omar")
    await slack.submit("omar", review_on=None)
    assert (await slack.modal("omar")).text == "D-1 stays as it is. Nobody is asked again."
    await slack.close("omar")
    assert "✓ Answered" in (await slack.again(ask, "omar")).words

    await slack.click_late(ask, "Keep…", as_="omar")
    assert (await slack.modal("omar")).title == "Keep D-1"
    for _ in range(3):
        await slack.advance("next morning", as_="omar")
    assert (await headlines(slack, "omar")).count(REVIEW) == 1


async def test_changing_and_superseding_answer_it_too(door: FrontDoor) -> None:
    """Change leads to its pages; superseding ends the question."""
    slack = door.slack
    await slack.open_home("omar")
    await due_for_review(door)
    ask = await letter_to(slack, "omar", REVIEW)
    await slack.click(ask, "Change…", as_="omar")
    assert (await slack.modal("omar")).title == "More about D-1"
    await slack.close("omar")

    await slack.click(ask, "Supersede…", as_="omar")
    await slack.submit("omar", what="Dollars first")

    assert REVIEW not in (await slack.home("omar")).text
    assert "🔁 D-1 · Superseded" in await shown(slack, 1, "lena")
    await slack.close("omar")
    await slack.click_late(ask, "Keep…", as_="omar")
    assert (await slack.ephemerals("omar", "D0OMAR"))[-1].words == "D-1 was replaced by D-2 meanwhile."


async def test_another_review_day_is_another_question(door: FrontDoor) -> None:
    """Moved before it comes, the old day asks nothing."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await with_dates(door, review_on=day(door, 1))
    await slack.command("/decision", "show D-1", as_="omar")
    await with_dates(door, review_on=day(door, 3))

    await slack.advance("next morning", as_="omar")
    await slack.advance("next morning", as_="omar")
    assert REVIEW not in await headlines(slack, "omar")
    await slack.advance("next morning", as_="omar")

    assert (await headlines(slack, "omar")).count(REVIEW) == 1


async def proposed_until_tomorrow(door: FrontDoor) -> None:
    """On a Monday: Inês is to approve it by Tuesday; she is asked on Tuesday morning."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await with_dates(door, due_on=day(door, 1))
    await slack.advance("next morning", as_="ines")
    assert await headlines(slack, "ines") == [f"{ASK} by {_said(door, 0)}"]


def _said(door: FrontDoor, ahead: int) -> str:
    found = door.app.database.clock.now() + timedelta(days=ahead)
    return f"{found:%A} {found.day} {found:%B}"


async def test_an_overdue_proposal_nudges_its_approver_then_its_driver(door: FrontDoor) -> None:
    """Each of them once, a working day after the date and two more after that."""
    slack = door.slack
    await proposed_until_tomorrow(door)
    due = _said(door, 0)

    await slack.advance("next morning", as_="ines")
    assert await headlines(slack, "ines") == [f"{ASK} by {due}", f"Still open: {ASK} by {due}"]
    assert await headlines(slack, "omar") == []
    await slack.advance("next morning", as_="ines")
    await slack.advance("next morning", as_="ines")
    for _ in range(3):
        await slack.advance("next morning", as_="ines")

    assert await headlines(slack, "omar") == [f"D-1 was to be decided by {due} and still is not"]
    stuck = await letter_to(slack, "omar", "still is not")
    assert "I reminded Inês Duarte." in stuck.words
    assert stuck.buttons == ["Change…", "Withdraw", "Show"]
    assert len(await headlines(slack, "ines")) == 2


async def test_an_approver_who_is_away_was_not_reminded(door: FrontDoor) -> None:
    """Her driver reads at once what is true: she has not been asked, and until when she is away."""
    slack = door.slack
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await with_dates(door, due_on=day(door, 1))
    due = _said(door, 1)
    await slack.command("/throughline", "away for 10 days", as_="ines")
    until = _said(door, 9)

    await slack.advance("next morning", as_="omar")
    assert await headlines(slack, "omar") == []
    await slack.advance("next morning", as_="omar")

    assert await headlines(slack, "omar") == [f"D-1 was to be decided by {due} and still is not"]
    stuck = await letter_to(slack, "omar", "still is not")
    assert f"Inês Duarte has not been asked yet, and is away until {until}." in stuck.words
    assert "reminded" not in stuck.words
    for _ in range(8):
        await slack.advance("next morning", as_="ines")
    assert len(await headlines(slack, "omar")) == 1
    assert sum("approve D-1" in one.words for one in await slack.dms("ines")) == 1


async def works_on(slack: Slack, *days: str) -> None:
    """Inês sets the days on which she works."""
    await slack.command("/throughline", "settings", as_="ines")
    saved = await slack.submit("ines", **{"Days you work": [*days]})
    assert saved.errors == {}
    await slack.close("ines")


async def test_asked_on_the_day_it_is_overdue_the_reminder_comes_a_day_later(door: FrontDoor) -> None:
    """Inês does not work on the Tuesday it is due: asked on Wednesday, reminded on Thursday, then its driver reads so."""
    slack = door.slack
    await works_on(slack, "Monday", "Wednesday", "Thursday", "Friday")
    await monday(slack)
    await record(slack)
    await name(slack, approver="ines")
    await with_dates(door, due_on=day(door, 1))

    for asked in range(3):
        await slack.advance("next morning", as_="omar")
        assert len(await headlines(slack, "ines")) == asked
    assert (await headlines(slack, "ines"))[-1].startswith("Still open: ")
    assert await headlines(slack, "omar") == []
    for _ in range(2):
        await slack.advance("next morning", as_="omar")

    assert "I reminded Inês Duarte." in (await letter_to(slack, "omar", "still is not")).words


async def test_it_counts_the_days_on_which_its_approver_works(door: FrontDoor) -> None:
    """Inês does not work on Wednesdays and Thursdays: due on Tuesday, it is Friday when she is reminded."""
    slack = door.slack
    await works_on(slack, "Monday", "Tuesday", "Friday")
    await proposed_until_tomorrow(door)
    for _ in range(2):
        await slack.advance("next morning", as_="omar")
        assert len(await headlines(slack, "ines")) == 1
    await slack.advance("next morning", as_="omar")
    assert (await headlines(slack, "ines"))[-1].startswith("Still open: ")

    await slack.advance("next morning", as_="omar")
    assert await headlines(slack, "omar") == []
    await slack.advance("next morning", as_="omar")
    assert "I reminded Inês Duarte." in (await letter_to(slack, "omar", "still is not")).words


async def test_what_is_decided_in_time_reminds_nobody(door: FrontDoor) -> None:
    """Approving on the reminder ends it."""
    slack = door.slack
    await proposed_until_tomorrow(door)
    await slack.advance("next morning", as_="ines")

    await slack.click(await letter_to(slack, "ines", "Still open"), "Approve", as_="ines")
    for _ in range(4):
        await slack.advance("next morning", as_="ines")

    assert await headlines(slack, "omar") == ["Inês Duarte approved D-1"]
    assert "Decided by Inês Duarte" in (await card_in(slack)).words


async def test_after_not_yet_the_driver_is_reminded_and_nobody_else(door: FrontDoor) -> None:
    """Whoever answered is left in peace: it is the driver's turn."""
    slack = door.slack
    await proposed_until_tomorrow(door)
    await slack.click(await letter_to(slack, "ines", ASK), "Not yet…", as_="ines")
    await slack.submit("ines", reason="What does finance say?")

    await slack.advance("next morning", as_="ines")

    assert len(await headlines(slack, "ines")) == 1
    assert "Inês Duarte said not yet." in (await letter_to(slack, "omar", "still is not")).words
    await slack.click(await letter_to(slack, "omar", "still is not"), "Withdraw", as_="omar")
    assert "↩️ D-1 · Withdrawn" in (await slack.channel("#general", as_="lena").last()).words
