"""The answer to a capture: who asked before, who looks after it, how it stands, and what a customer may be told."""

from datetime import date

import pytest

from bot.sandbox.driver import Slack
from handlers.feedback.answers import Answer, line, on
from handlers.feedback.examples import stands
from storage.feedback.values import FeedbackState, Reach
from tests.front import FrontDoor
from tests.handlers.feedback.acts import card_of, switch_on, wish

TODAY = date(2026, 11, 30)  # a Monday


@pytest.mark.parametrize(
    ("state", "answer", "said"),
    [
        ("new", Answer(TODAY), "new"),
        ("new", Answer(TODAY, Reach(1, 1)), "new"),
        (
            "new",
            Answer(TODAY, Reach(1, 0), area="Payments", keeper="Ana", promised=date(2026, 12, 1)),
            "new; Ana looks after Payments and answers by tomorrow",
        ),
        (
            "new",
            Answer(TODAY, keeper="Ana", promised=date(2026, 12, 3)),
            "new; Ana looks after it and answers by Thursday",
        ),
        ("new", Answer(TODAY, keeper="Ana", promised=date(2026, 11, 27)), "new; Ana looks after it"),
        (
            "new",
            Answer(TODAY, Reach(6, 2), keeper="Ana", mine=True, promised=date(2026, 12, 7)),
            "six accounts asked, two of them yours · you look after it and answer by 7 Dec",
        ),
        (
            "planned",
            Answer(TODAY, Reach(6, 2), planned_for=date(2026, 12, 10)),
            "six accounts asked, two of them yours · planned for 10 Dec",
        ),
        ("planned", Answer(TODAY, Reach(13, 0)), "13 accounts asked · planned"),
        ("in_progress", Answer(TODAY, Reach(2, 2), planned_for=date(2027, 1, 5)),
         "two accounts asked, both yours · in progress for 5 Jan 2027"),
        ("declined", Answer(TODAY, Reach(1, 1)), "one account asked, yours · declined"),
        ("answered", Answer(TODAY, planned_for=date(2026, 12, 10)), "answered"),
        ("shipped", Answer(TODAY, Reach(1, 0)), "one account asked · shipped"),
    ],
)  # fmt: skip
def test_one_line_says_it(state: str, answer: Answer, said: str) -> None:
    """Who asked, then how it stands; a promise that has passed is not repeated."""
    assert line(stands(FeedbackState(state)), answer) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 11, 30), "today"),
        ((2026, 12, 6), "Sunday"),
        ((2026, 12, 7), "7 Dec"),
        ((2026, 11, 29), "29 Nov"),
    ],
)
def test_days_as_people_say_them(day: tuple[int, int, int], said: str) -> None:
    """Within a week its name, else its date."""
    assert on(date(*day), TODAY) == said


async def looked_after(slack: Slack, name: str = "Payments", owner: str = "omar", **more: object) -> None:
    """An admin adds an area that somebody looks after."""
    await slack.command("/capture", "areas", as_="maya", channel="#general")
    await slack.click(await slack.modal("maya"), "Add an area", as_="maya")
    await slack.submit("maya", name=name, owner=owner, **more)
    await slack.close("maya")


async def capture(
    slack: Slack, words: str, as_: str, account: str | None = None, channel: str = "#general"
) -> str:
    """Somebody captures by the command; what the last page says."""
    await slack.command("/capture", words, as_=as_, channel=channel)
    await slack.submit(as_, **({"account": account} if account else {}))
    said = (await slack.modal(as_)).text
    await slack.close(as_)
    return said


async def say(slack: Slack, name: str, as_: str, **what: object) -> str:
    """Somebody says what becomes of it; what the last page says."""
    await slack.command("/capture", f"show {name}", as_=as_, channel="#general")
    await slack.click(await slack.modal(as_), "What becomes of it…", as_=as_)
    await slack.submit(as_, **what)
    said = (await slack.modal(as_)).text
    await slack.close(as_)
    return said


async def test_new_says_who_looks_after_it_and_by_when(door: FrontDoor) -> None:
    """Five working days of theirs, until an admin says otherwise; the only area has no name."""
    slack = door.slack
    await looked_after(slack)
    first = await capture(slack, "Invoices in euro", "sam")

    assert "F-1 · new; Omar Haddad looks after it and answers by" in first
    await slack.command("/capture", "areas", as_="maya", channel="#general")
    await slack.click(
        await slack.modal("maya"), "feedback.promise", as_="maya", choose="Within 1 working day"
    )
    await slack.close("maya")
    assert "answers by tomorrow" in await capture(slack, "Dark mode", "sam")


async def test_a_channel_belongs_to_an_area(door: FrontDoor) -> None:
    """Once there are two, the answer names the area of the channel, or the one somebody chose, and who looks after it."""
    slack = door.slack
    await looked_after(slack)
    await looked_after(slack, "Reports", "lena", channels=["#support"])

    there = await capture(slack, "The export is slow", "ben", channel="#support")
    elsewhere = await capture(slack, "Pay by card", "ben")

    assert "new; Lena Fischer looks after Reports and answers by" in there
    await slack.command("/capture", "Group by week", as_="ben", channel="#support")
    assert (await slack.modal("ben")).inputs["Area"] == "Reports"
    await slack.submit("ben", area="Payments")
    assert "new; Omar Haddad looks after Payments and answers by" in (await slack.modal("ben")).text
    await slack.close("ben")
    assert "new; Omar Haddad looks after Payments and answers by" in elsewhere


async def test_only_admins_change_areas(door: FrontDoor) -> None:
    """Everybody here sees them."""
    slack = door.slack
    await looked_after(slack)
    await slack.command("/capture", "areas", as_="ben", channel="#general")

    page = await slack.modal("ben")

    assert "*Payments* · looked after by Omar Haddad" in page.text
    assert page.buttons == []


async def test_the_sentence_for_the_customer_comes_back_in_a_box(door: FrontDoor) -> None:
    """What a person wrote for customers, and never the reason beside it."""
    slack = door.slack
    await looked_after(slack)
    await capture(slack, "Invoices in euro", "sam", "Acme")
    sentence, reason = "You can pay in euro from December on.", "The bank was slow"

    said = await say(
        slack, "F-1", "omar", state="Planned", day="2027-01-11", sentence=sentence, reason=reason
    )
    assert "F-1 · one account asked · planned for 11 Jan 2027" in said

    await slack.command("/capture", "show F-1", as_="sam", channel="#general")
    card = (await slack.modal("sam")).text
    assert "one account asked, yours · planned for 11 Jan 2027 · you may tell Acme:" in card
    assert sentence in card
    assert reason not in card
    await slack.close("sam")
    await slack.command("/capture", "show F-1", as_="ben", channel="#general")
    assert "you may tell customers:" in (await slack.modal("ben")).text


async def test_what_is_declined_needs_a_reason(door: FrontDoor) -> None:
    """It is asked for at its field, and a day that is over is refused."""
    slack = door.slack
    await looked_after(slack)
    await capture(slack, "Invoices in euro", "sam", "Acme")
    await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    await slack.click(await slack.modal("omar"), "What becomes of it…", as_="omar")

    refused = await slack.submit("omar", state="Declined")
    assert refused.errors == {"reason": "Please complete this required field."}
    refused = await slack.submit("omar", state="Planned", day="2020-01-01")
    assert list(refused.errors.values()) == ["That day is over; choose a later one, or none."]
    await slack.submit("omar", state="Declined", reason="We build no banks")

    assert "F-1 · one account asked · declined" in (await slack.modal("omar")).text


async def test_who_looks_after_nothing_says_nothing(door: FrontDoor) -> None:
    """The button is not there for others, an emoji captor's card shows the answer quietly."""
    slack = door.slack
    await looked_after(slack)
    await switch_on(slack)
    await slack.react(await wish(slack), "bulb", as_="sam")

    card = await card_of(slack, "sam")

    assert "What becomes of it…" not in card.buttons
    assert "new; Omar Haddad looks after it and answers by" in card.words
