"""What is due together is one message: a check-in of nine o'clock and whatever else waited for the morning."""

from datetime import timedelta

from handlers.asks import sending, service
from handlers.registry import registry
from handlers.schedules import service as schedules
from storage.asks import queries as asks
from storage.database import Tx
from tests.front import FrontDoor
from tests.handlers.asks.acts import BEN, WORDS, do
from tests.handlers.checkins.acts import morning, start
from tests.handlers.checkins.team import KENJI, MONDAY, team, utc
from tests.handlers.feedback.acts import ours_to


async def test_a_check_in_and_what_waited_for_the_morning_are_one_message(door: FrontDoor) -> None:
    """Whichever job queued it: at nine Ben reads one message with both in it."""
    await start(door.slack, as_="ben")
    await door.slack.advance("1 hour")
    await do(door, lambda tx: service.ask(tx, BEN, "q:1:ben", "Is the invoice ready?", WORDS))
    before = await ours_to(door.slack, "ben")

    await morning(door.slack, "aiko", "maya", "omar")

    assert (await ours_to(door.slack, "ben"))[len(before) :] == ["2 things for you"]
    [message] = (await door.slack.dms("ben"))[-1:]
    assert "Is the invoice ready?" in message.text
    assert "Daily check-in in #general" in message.text


def test_the_queue_sends_after_all_other_jobs() -> None:
    """What they queue in one go, such as after a start in the morning, goes out together."""
    assert [one.name for one in registry().jobs if one.last] == ["asks.send"]
    assert registry().jobs[-1].name == "asks.send"


async def test_nothing_is_sent_while_a_date_is_just_being_run(database_url: str) -> None:
    """A worker that sends before another one has queued the check-in waits for it, at most a minute."""
    async with team(database_url) as here:
        await here.begin()
        due = utc(MONDAY, 0)  # nine in Tokyo

        def ask(tx: Tx) -> None:
            service.ask(tx, KENJI, "q:1:kenji", "Is the invoice ready?", WORDS, due=due)

        await here.do(ask)
        here.clock.pass_time(due - here.clock.now())

        assert not await here.do(sending.send_due)
        while await here.do(lambda tx: schedules.tick(tx, here.kinds)):
            pass
        assert await here.do(sending.send_due)

        sent = await here.do(lambda tx: [one for one in asks.last_of(tx, KENJI, 9) if one.letter is not None])
        assert len(sent) == 2
        assert len({one.letter for one in sent}) == 1


async def test_what_cannot_be_run_holds_nobody_up(database_url: str) -> None:
    """Should the schedules stand still, everything else goes out a minute later."""
    async with team(database_url) as here:
        await here.begin()
        due = utc(MONDAY, 0)
        await here.do(lambda tx: service.ask(tx, KENJI, "q:1:kenji", "Is the invoice ready?", WORDS, due=due))
        here.clock.pass_time(due + timedelta(seconds=61) - here.clock.now())

        assert await here.do(sending.send_due)
