"""Sorting what came in: one window, one after the other, the same for several; and the cards where it is sorted."""

import pytest

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import triage
from storage.feedback.values import Feedback, FeedbackState, Kind, NewFeedback, Source
from storage.values import Audience, PersonId
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.decisions.acts import monday
from tests.handlers.feedback.acts import press
from tests.handlers.feedback.test_answers import capture, looked_after

SAM, OMAR = PersonId("U0SAM"), PersonId("U0OMAR")


async def came_in(door: FrontDoor, count: int, kind: Kind = Kind.IDEA) -> None:
    """So many wishes of Sam's, all different."""

    def fill(tx: Tx) -> None:
        for number in range(count):
            new = NewFeedback(kind, Source.COMMAND, SAM, f"Wish number {number} of many")
            feedbacks.add(tx, new, f"Wish number {number}", Audience.workspace())

    await do(door, fill)


async def found(door: FrontDoor, number: int) -> Feedback:
    """One of them as it is now."""
    feedback = await do(door, lambda tx: feedbacks.get(tx, number))
    assert feedback is not None
    return feedback


async def states(door: FrontDoor, count: int) -> list[str]:
    """How the first so many stand."""
    return [(await found(door, number)).state.value for number in range(1, count + 1)]


async def begin(slack: Slack, as_: str = "omar") -> None:
    """Somebody opens the window."""
    await slack.command("/capture", "triage", as_=as_, channel="#general")


async def in_channel(slack: Slack, words: str, channel: str = "#product") -> list[Message]:
    """Our messages in a channel with these words."""
    said = await slack.channel(channel, as_="omar").messages()
    return [one for one in said if one.user == "throughline" and words in one.text]


async def test_twenty_are_sorted_one_press_each(door: FrontDoor) -> None:
    """The next one opens by itself in the same window, and it says what was done and how many are left."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 20)
    await begin(slack)
    assert "19 more wait." in (await slack.modal("omar")).text

    for number in range(1, 19):
        assert f"F-{number} · Idea" in (await slack.modal("omar")).text
        await slack.submit("omar")
    assert "✓ F-18 is yours." in (await slack.modal("omar")).text
    await slack.click(await slack.modal("omar"), "Plan…", as_="omar")
    await slack.submit("omar", day="2027-03-11", sentence="In March.")
    await slack.click(await slack.modal("omar"), "Decline…", as_="omar")
    refused = await slack.submit("omar")
    assert refused.errors == {"reason": "Please complete this required field."}
    await slack.submit("omar", reason="Nobody needs it", again_accounts="5")

    page = await slack.modal("omar")
    assert "✓ F-20 is declined." in page.text
    assert "*Nothing waits for triage.* You sorted 20." in page.text
    assert await states(door, 20) == ["triaged"] * 18 + ["planned", "declined"]
    taken = await do(door, lambda tx: triage.find(tx, 1))
    assert taken.taken_by == OMAR


async def test_the_same_for_several(door: FrontDoor) -> None:
    """A theme and a plan for three at once; only those of its kind are offered."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 4)
    await came_in(door, 1, Kind.QUESTION)
    await begin(slack)
    page = await slack.modal("omar")
    assert "F-5" not in page.text

    same = ["F-2 Wish number 1 of many", "F-3 Wish number 2 of many"]
    await slack.fill("omar", same=same, theme="Billing")
    await slack.click(await slack.modal("omar"), "Plan…", as_="omar")
    assert "F-1 · Idea and two more" in (await slack.modal("omar")).text
    await slack.submit("omar", sentence="Soon.")

    assert "✓ F-1, F-2, F-3 are planned." in (await slack.modal("omar")).text
    assert await states(door, 5) == ["planned", "planned", "planned", "new", "new"]
    assert (await do(door, lambda tx: triage.find(tx, 3))).theme == "Billing"


async def test_what_was_said_before_is_merged_and_the_next_one_follows(door: FrontDoor) -> None:
    """The one it is the same as is offered with its reason; the theme that was typed is kept."""
    slack = door.slack
    await looked_after(slack)
    await capture(slack, "Acme wants invoices in euro", "sam", "Acme")
    await begin(slack)
    await slack.submit("omar")
    await slack.close("omar")
    await capture(slack, "Acme wants its invoices in euro, too", "ben", "Acme")
    await capture(slack, "Reports open slowly", "ben", "BP")
    await begin(slack)
    await slack.fill("omar", theme="Billing")
    await slack.click(await slack.modal("omar"), "Merge…", as_="omar")
    form = await slack.modal("omar")
    assert "These may say the same:" in form.text
    refused = await slack.submit("omar")
    assert refused.errors == {"into": "Choose the one it is the same as."}
    await slack.submit("omar", near="F-1: Acme wants invoices in euro")

    page = (await slack.modal("omar")).text
    assert "✓ F-2 is part of F-1 now." in page
    assert "F-3 · " in page
    assert "You sorted one." in page
    assert await states(door, 3) == ["triaged", "merged", "new"]
    assert (await do(door, lambda tx: triage.find(tx, 2))).theme == "Billing"


@pytest.mark.parametrize("deed", ["Plan…", "Decline…", "Merge…"])
async def test_the_way_back_leads_to_what_is_being_sorted(door: FrontDoor, deed: str) -> None:
    """As it was left, with what was chosen and how many were sorted; as often as somebody likes."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 6)
    await begin(slack)
    await slack.submit("omar")
    await slack.fill("omar", same=["F-3 Wish number 2 of many"], theme="Billing")
    for same in (["F-3 Wish number 2 of many"], ["F-4 Wish number 3 of many"]):
        await slack.fill("omar", same=same)
        await slack.click(await slack.modal("omar"), deed, as_="omar")
        form = await slack.modal("omar")
        assert form.raw["close"]["text"] == "Stop"
        await slack.click(form, "Back", as_="omar")
        page = await slack.modal("omar")
        assert "F-2 · Idea" in page.text
        assert "You sorted one." in page.text
        assert page.inputs["The same for"] == same
        assert page.inputs["Theme"] == "Billing"
    await slack.submit("omar")

    page = await slack.modal("omar")
    assert "✓ F-2, F-4 are yours." in page.text
    assert "You sorted three." in page.text
    assert await states(door, 6) == ["triaged", "triaged", "new", "triaged", "new", "new"]


async def test_the_way_back_after_somebody_else_sorted_it(door: FrontDoor) -> None:
    """Who comes back to what is sorted meanwhile is told, and goes on with the next; a second press changes nothing."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 2)
    await begin(slack)
    await slack.click(await slack.modal("omar"), "Plan…", as_="omar")
    await begin(slack, "maya")
    await slack.submit("maya")
    await slack.click(await slack.modal("omar"), "Back", as_="omar")

    page = await slack.modal("omar")
    assert "That was sorted meanwhile by somebody else" in page.text
    assert "F-2 · Idea" in page.text
    pressed = await press(door, "feedback.triage_back", "1|0|1", "omar")
    assert pressed.status == 200
    assert await states(door, 2) == ["triaged", "new"]


async def test_later_comes_up_again_in_a_week(door: FrontDoor) -> None:
    """Until then nobody is shown it."""
    slack = door.slack
    await monday(slack)
    await looked_after(slack)
    await came_in(door, 1)
    await begin(slack)
    await slack.click(await slack.modal("omar"), "Later", as_="omar")
    page = await slack.modal("omar")
    assert "F-1 comes up again on" in page.text
    assert "Nothing waits for triage" in page.text
    await slack.close("omar")

    await slack.advance("7 days", as_="omar")
    await begin(slack)
    assert "F-1 · Idea" in (await slack.modal("omar")).text


async def test_what_somebody_else_sorted_meanwhile_stays_so(door: FrontDoor) -> None:
    """Both have it before them; the second is told, and goes on with the next."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 2)
    for one in ("omar", "maya"):
        await begin(slack, one)
    await slack.submit("omar")
    await slack.click(await slack.modal("maya"), "Decline…", as_="maya")

    page = await slack.modal("maya")
    assert "That was sorted meanwhile by somebody else" in page.text
    assert "F-2 · Idea" in page.text
    assert await states(door, 2) == ["triaged", "new"]


async def test_who_looks_after_nothing_sorts_nothing(door: FrontDoor) -> None:
    """Their window is empty, and a guest has none."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 1)
    await begin(slack, "ben")
    assert "Nothing waits for triage" in (await slack.modal("ben")).text


async def test_while_nobody_looks_after_feedback_admins_see_what_waits(door: FrontDoor) -> None:
    """On the first days: what comes in is not forgotten, and one button says who looks after it."""
    slack = door.slack
    await capture(slack, "Invoices in euro", "sam")
    for as_ in ("maya", "omar"):
        await slack.open_home(as_)

    home = await slack.home("maya")
    assert "Nobody looks after feedback yet, so nobody hears of what comes in." in home.text
    assert "the longest is" not in (await slack.home("omar")).text
    await slack.click(home, "Say who looks after it", as_="maya")
    assert (await slack.modal("maya")).title == "Product areas"


async def test_home_says_what_waits(door: FrontDoor) -> None:
    """To whoever looks after it; the button opens the window."""
    slack = door.slack
    await looked_after(slack)
    await slack.open_home("omar")
    assert "the longest is" not in (await slack.home("omar")).text
    await capture(slack, "Invoices in euro", "sam")

    home = await slack.home("omar")
    assert "One piece of feedback waits, the longest is F-1 Invoices in euro" in home.text
    assert "Nobody looks after feedback yet" not in home.text
    await slack.click(home, "Triage…", as_="omar")
    await slack.submit("omar")
    assert "the longest is" not in (await slack.home("omar")).text


async def watched(slack: Slack, cards: str = "One card for each new piece") -> None:
    """Omar looks after an area that is sorted in #product, where we are."""
    await slack.invite("throughline", "#product", "omar")
    await looked_after(slack, triage="#product", cards=cards)


async def test_each_new_one_has_its_card(door: FrontDoor) -> None:
    """In the area's channel, with the day by which it is answered; changed in place, and it mentions nobody."""
    slack = door.slack
    await watched(slack)
    await capture(slack, "Invoices in euro <!channel>", "sam", "Acme")

    (card,) = await in_channel(slack, "F-1")
    assert card.text.startswith("💡 F-1 · Idea waits for triage")
    assert "for Acme" in card.text
    assert "Omar Haddad answers by" in card.text
    assert card.notifies == []
    await slack.click(card, "Triage…", as_="omar")
    await slack.click(await slack.modal("omar"), "Plan…", as_="omar")
    await slack.submit("omar", day="2027-03-11")

    (card,) = await in_channel(slack, "F-1")
    assert card.text.startswith("💡 F-1 · Idea is planned for 11 Mar 2027")
    assert card.buttons == ["Show"]


async def test_what_is_taken_back_leaves_its_card(door: FrontDoor) -> None:
    """Nothing of the words stays in the channel."""
    slack = door.slack
    await watched(slack)
    await slack.command("/capture", "Invoices in euro", as_="sam", channel="#general")
    await slack.submit("sam")
    await slack.click(await slack.modal("sam"), "Undo", as_="sam")

    (card,) = await in_channel(slack, "F-1")
    assert "Invoices" not in card.text
    assert card.text.startswith("F-1 is not here any more")


@pytest.mark.parametrize("words", ["Invoices in euro"])
async def test_what_was_said_in_private_has_no_card_elsewhere(door: FrontDoor, words: str) -> None:
    """Nor does whoever sorts the rest see it, unless they are among those who may."""
    slack = door.slack
    await watched(slack)
    await capture(slack, words, "maya", channel="#pricing-private")

    assert await in_channel(slack, "F-1") == []
    await begin(slack, "dana")
    assert words not in (await slack.modal("dana")).text


async def test_one_card_a_day(door: FrontDoor) -> None:
    """In the morning of whoever looks after it, if something new came in; it is kept true, and says how it goes."""
    slack = door.slack
    await monday(slack)
    await watched(slack, cards="One card a day for all")
    await capture(slack, "Invoices in euro", "sam")
    await capture(slack, "Dark mode", "sam")
    before = len(await in_channel(slack, "triage"))
    await slack.advance("next morning", as_="omar")

    cards = await in_channel(slack, "triage")
    assert len(cards) <= 1 + before
    assert "F-1 Invoices in euro" in cards[-1].text
    await slack.click(cards[-1], "Triage…", as_="omar")
    await slack.submit("omar")
    await slack.submit("omar")
    assert (await in_channel(slack, "triage"))[-1].text.startswith("Nothing waits for triage")
    count = len(await in_channel(slack, "triage"))
    for _ in range(2):
        await slack.advance("next morning", as_="omar")
    assert len(await in_channel(slack, "triage")) == count

    await slack.command("/capture", "areas", as_="ben", channel="#general")
    assert "2 of 2 triaged in time" in (await slack.modal("ben")).text


async def test_what_waits_too_long_is_seen_by_all(door: FrontDoor) -> None:
    """The promise, and that it was not kept."""
    slack = door.slack
    await looked_after(slack)
    await came_in(door, 3)
    await slack.advance("14 days", as_="omar")

    await slack.command("/capture", "areas", as_="ben", channel="#general")
    assert "3 waiting for longer than promised" in (await slack.modal("ben")).text
    assert FeedbackState.NEW.value == (await states(door, 1))[0]
