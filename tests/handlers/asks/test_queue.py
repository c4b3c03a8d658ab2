"""One queue over everything we begin: merged, budgeted, covered, nudged once, and it can say why."""

import asyncio
from datetime import timedelta

from handlers.asks import reasons, service
from handlers.asks import why as whys
from storage.asks.values import Ask
from storage.database import Tx
from storage.worktime import queries as worktimes
from storage.worktime.values import Away, WorkTime
from tests.front import FrontDoor
from tests.handlers.asks.acts import BEN, MAYA, OMAR, WORDS, do, home_of, monday_ten, why
from tests.handlers.feedback.acts import ours_to


def five(tx: Tx) -> None:
    """Five questions and five tellings for Ben, due now."""
    for number in range(1, 6):
        service.ask(tx, BEN, f"q:{number}:ben", f"Question {number}?", WORDS, due=tx.now)
        service.tell(tx, BEN, f"t:{number}:ben", f"Note {number}", WORDS)


async def test_what_is_over_the_budget_waits_and_home_shows_it_at_once(door: FrontDoor) -> None:
    """Three of each today in one message, the rest tomorrow; `why` and Home know it already."""
    await monday_ten(door)
    await do(door, five)

    (message,) = [one for one in await door.slack.dms("ben") if one.user == "throughline"]
    assert message.text.startswith("6 things for you")
    assert "Question 3?" in message.text
    assert "Question 4?" not in message.text
    home = await home_of(door, "ben")
    assert "Question 5?" in home
    assert "Note 4" in home
    assert "your 3 questions for the day were used" in await why(door, "ben")
    assert "your 3 notes for the day were used" in await why(door, "ben")

    await door.slack.advance("next morning", as_="ben")
    assert (await ours_to(door.slack, "ben"))[-1] == "4 things for you"
    assert "it waited: your 3 questions" in await why(door, "ben")


async def test_a_raised_budget_lets_them_come_now(door: FrontDoor) -> None:
    """Whoever takes more a day does not wait for tomorrow."""
    await monday_ten(door)
    await do(door, five)
    await door.slack.command("/throughline", "settings", as_="ben")
    await door.slack.submit("ben", asks="5", tells="5")

    assert await ours_to(door.slack, "ben") == ["6 things for you", "4 things for you"]


async def test_who_covers_is_asked_and_told_for_whom(door: FrontDoor) -> None:
    """What may be asked of a cover goes to them; the owner can see both."""
    await monday_ten(door)

    def work(tx: Tx) -> None:
        today = worktimes.of(tx, BEN).today(tx.now)
        worktimes.set_away(tx, BEN, Away(today, today + timedelta(days=4), OMAR))
        service.ask(tx, BEN, "q:1:ben", "Is the invoice ready?", WORDS, due=tx.now, covered=True)
        service.ask(tx, BEN, "q:2:ben", "How was your day?", WORDS, due=tx.now)

    await do(door, work)

    message = (await door.slack.dms("omar"))[-1]
    assert message.text.startswith("Is the invoice ready?")
    assert "Ben Adeyemi is away until Friday" in message.text
    assert await ours_to(door.slack, "ben") == []
    assert await do(door, lambda tx: service.recipient_of(tx, "q:1:ben")) == OMAR
    first, second = await do(door, said_to_owner)
    assert first.startswith("sent ")
    assert first.endswith("; Omar Haddad covered")
    assert second.startswith("waits until Monday ")
    assert ": away until Friday " in second

    await door.slack.command("/throughline", "back", as_="ben")
    assert await ours_to(door.slack, "ben") == ["How was your day?"]


def said_to_owner(tx: Tx) -> list[str]:
    """What Maya, who wanted it asked, sees of each."""
    found = service.report(tx, "q:")
    reader = whys.reader_for(tx, MAYA, "Europe/Stockholm", [BEN, OMAR])
    return [reasons.to_owner(one, reader) for one in found]


async def test_it_is_noted_when_it_really_arrived(door: FrontDoor) -> None:
    """Slack lost the answers at first; what counts is when the message was there."""
    await monday_ten(door)
    await door.slack.faults([{"method": "chat.postMessage", "fault": "reset", "times": 2}])
    await do(door, lambda tx: service.ask(tx, BEN, "q:1:ben", "Question 1?", WORDS, due=tx.now))

    async with asyncio.timeout(10):
        while (asked := await do(door, the_one)).delivered_at is None:  # noqa: ASYNC110 - it looks first, by itself
            await asyncio.sleep(0.05)
    assert asked.sent_at is not None
    assert asked.delivered_at >= asked.sent_at
    assert await ours_to(door.slack, "ben") == ["Question 1?"]


def the_one(tx: Tx) -> Ask:
    """The only question there is."""
    (asked,) = service.report(tx, "q:")
    return asked


async def test_one_reminder_and_only_while_it_is_open(door: FrontDoor) -> None:
    """Not before it arrived, not twice, not after the answer."""
    await monday_ten(door)
    assert not await do(door, lambda tx: service.nudge(tx, "q:1:ben"))
    await do(door, lambda tx: service.ask(tx, BEN, "q:1:ben", "Question 1?", WORDS, due=tx.now))
    await do(door, lambda tx: service.ask(tx, BEN, "q:2:ben", "Question 2?", WORDS, due=tx.now))

    assert await do(door, lambda tx: service.nudge(tx, "q:1:ben"))
    assert not await do(door, lambda tx: service.nudge(tx, "q:1:ben"))
    await do(door, lambda tx: service.answered(tx, "q:2:ben"))
    assert not await do(door, lambda tx: service.nudge(tx, "q:2:ben"))

    assert (await ours_to(door.slack, "ben"))[2:] == ["Still open: Question 1?"]


async def test_a_reminder_that_waits_is_not_sent_once_it_is_answered(door: FrontDoor) -> None:
    """Quiet hours held it back, and meanwhile Ben answered."""
    await monday_ten(door)
    await do(door, lambda tx: service.ask(tx, BEN, "q:1:ben", "Question 1?", WORDS, due=tx.now))
    await do(door, lambda tx: worktimes.put(tx, BEN, WorkTime(asks_a_day=1)))
    await do(door, lambda tx: service.nudge(tx, "q:1:ben"))
    await do(door, lambda tx: service.answered(tx, "q:1:ben"))

    await door.slack.advance("next morning", as_="ben")
    assert await ours_to(door.slack, "ben") == ["Question 1?"]


async def test_a_question_that_is_over_is_not_asked(door: FrontDoor) -> None:
    """Its round closed while it waited for the morning; `why` says so."""
    await monday_ten(door)
    await door.slack.advance("10 hours", as_="ben")

    def tonight(tx: Tx) -> None:
        service.ask(tx, BEN, "q:1:ben", "Question 1?", WORDS, due=tx.now, until=tx.now + timedelta(hours=2))

    await do(door, tonight)
    assert "waits until" in await why(door, "ben")
    await door.slack.advance("next morning", as_="ben")

    assert await ours_to(door.slack, "ben") == []
    assert "not sent: outside working hours" in await why(door, "ben")


async def test_answers_to_their_own_doings_come_at_once(door: FrontDoor) -> None:
    """At night and over budget, what they did themselves is answered."""
    await monday_ten(door)
    await do(door, five)
    await door.slack.advance("10 hours", as_="ben")
    await do(door, lambda tx: service.tell_back(tx, BEN, "back:1", "Your export is ready", WORDS))

    assert (await ours_to(door.slack, "ben"))[-1] == "Your export is ready"


async def test_nobody_is_sent_anything_before_they_were(door: FrontDoor) -> None:
    """An empty history says so."""
    assert await why(door, "lena") == "I have sent you nothing yet, and nothing waits."


async def test_home_has_the_same_behind_a_button(door: FrontDoor) -> None:
    """Everything a command does, a button does too."""
    await monday_ten(door)
    await do(door, five)
    await door.slack.open_home("ben")
    await door.slack.click(await door.slack.home("ben"), "What I was sent, and why", as_="ben")

    assert "your 3 questions for the day were used" in (await door.slack.modal("ben")).text
