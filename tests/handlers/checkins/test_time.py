"""Rounds over downtime, silence of Slack, absences and people who move: nothing closes that people could not act on."""

from datetime import date, datetime, timedelta

import pytest

from storage.checkins.values import Moved, RoundState
from storage.database import Tx
from storage.people import queries as people
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import OccurrenceState, Why
from storage.values import PersonId
from storage.worktime import queries as worktimes
from storage.worktime.values import Away, WorkTime
from tests.handlers.checkins.team import BEN, KENJI, MAYA, MONDAY, SAM, SUNDAY, TUESDAY, person, team, utc

THURSDAY, FRIDAY = TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=3)
EQUINOX = date(2026, 3, 20)


async def test_a_usual_day(database_url: str) -> None:
    """Four mornings, one reminder for each who is silent, one summary when it closes, and only then."""
    async with team(database_url) as t:
        await t.begin()
        await t.until(utc(MONDAY, 0))
        assert await t.asked() == {KENJI}
        await t.until(utc(MONDAY, 9))
        assert await t.asked() == {KENJI, MAYA, BEN}
        await t.answer(MAYA)
        await t.until(utc(MONDAY, 17, 30))
        assert await t.asked() == {KENJI, MAYA, BEN, SAM}
        assert [await t.reminded(one) for one in (KENJI, MAYA, BEN, SAM)] == [True, False, True, True]
        assert await t.summaries() == []

        await t.until(utc(MONDAY, 19))
        (said,) = await t.summaries()
        assert said.startswith("Daily, Monday 2 March: 1 answer\n1 of 4 answered")
        await t.until(utc(MONDAY, 23))
        assert len(await t.summaries()) == 1


async def test_absences_and_days_off(database_url: str) -> None:
    """Who is away is said to be away; who has a day off or a holiday is nobody's business."""
    async with team(database_url) as t:
        await t.begin()
        await t.do(lambda tx: worktimes.set_away(tx, BEN, Away(MONDAY, TUESDAY)))
        await t.do(lambda tx: worktimes.put(tx, SAM, WorkTime(workdays=frozenset({2, 3, 4}))))
        await t.until(utc(MONDAY, 8))
        await t.answer(MAYA)
        await t.until(utc(MONDAY, 19))

        assert await t.asked() == {KENJI, MAYA}
        (said,) = await t.summaries()
        assert "1 of 2 answered" in said
        assert "Away: Ben." in said
        assert "Sam" not in said


async def test_who_has_a_public_holiday_is_not_waited_for(database_url: str) -> None:
    """Kenji set nothing and lives in Japan: on the day of the equinox he is neither asked nor missing."""
    async with team(database_url) as t:
        await t.begin(KENJI, MAYA)
        await t.until(utc(EQUINOX, 8))
        await t.answer(MAYA, on=EQUINOX)
        await t.until(utc(EQUINOX, 19))

        assert await t.asked(EQUINOX) == {MAYA}
        assert "Everybody who was asked answered" in (await t.summaries())[-1]
        assert "Kenji" not in (await t.summaries())[-1]


async def test_where_nobody_answers_or_nobody_is_due_nothing_is_said(database_url: str) -> None:
    """Neither a summary nor a round without people."""
    async with team(database_url) as t:
        await t.begin(BEN)
        await t.do(lambda tx: worktimes.set_away(tx, BEN, Away(TUESDAY, TUESDAY)))
        await t.until(utc(TUESDAY, 19))

        assert await t.summaries() == []
        monday = await t.round()
        assert monday is not None
        assert monday.state is RoundState.QUIET
        assert await t.round(TUESDAY) is None


BACK = [
    # down from Monday 8:30 UTC (Kenji and Maya were asked) until then; why it moved, when it closes, whom it reached
    (utc(MONDAY, 9, 10), None, utc(MONDAY, 18), {KENJI, MAYA, BEN, SAM}),
    (utc(MONDAY, 11, 40), None, utc(MONDAY, 18), {KENJI, MAYA, SAM}),
    (utc(MONDAY, 18, 30), Moved.WE_WERE_DOWN, utc(TUESDAY, 8), {KENJI, MAYA}),
    (utc(THURSDAY, 11, 40), Moved.WE_WERE_DOWN, utc(FRIDAY, 8), {KENJI, MAYA}),
]


@pytest.mark.parametrize(("back", "moved", "closes", "reached"), BACK)
async def test_downtime(
    database_url: str, back: datetime, moved: Moved | None, closes: datetime, reached: set[PersonId]
) -> None:
    """Ten minutes, three hours, ten hours and three days: who was not asked is not held to it, and it says why.

    Kenji had been asked and could not answer while we were down, so the round waits for his next working day.
    """
    async with team(database_url) as t:
        await t.begin()
        await t.until(utc(MONDAY, 8, 30), timedelta(minutes=2))
        await t.answer(MAYA)
        await t.at(back)
        found = await t.round()
        assert found is not None
        assert (found.moved, found.closes_at) == (moved, closes)
        await t.until(closes - timedelta(minutes=5), timedelta(minutes=10))
        assert [one for one in await t.summaries() if "Monday 2 March" in one] == []
        await t.until(closes + timedelta(minutes=10), timedelta(minutes=5))

        (said,) = [one for one in await t.summaries() if "Monday 2 March" in one]
        assert ("Later than planned: I was not running" in said) == (moved is not None)
        assert ("not asked, because I was not running" in said) == (BEN not in reached)
        assert await t.asked() == reached


async def test_what_slack_did_not_deliver_in_time_is_waited_for(database_url: str) -> None:
    """It moves once, to the end of the working day of those concerned, and says why."""
    async with team(database_url) as t:
        await t.begin()
        await t.until(utc(MONDAY, 8, 30))
        await t.answer(MAYA)
        t.slack_is_there = False
        await t.until(utc(MONDAY, 18))
        found = await t.round()
        assert found is not None
        assert (found.state, found.moved, found.closes_at) == (
            RoundState.OPEN,
            Moved.NOT_DELIVERED,
            utc(TUESDAY, 17),
        )

        await t.until(utc(TUESDAY, 17, 30))
        said = [one for one in await t.summaries() if "Monday 2 March" in one]
        assert len(said) == 1
        assert "Later than planned: Slack had not delivered every question in time." in said[0]


async def test_who_moves_is_asked_once_a_date_and_waited_for(database_url: str) -> None:
    """Ben flies to Honolulu on Sunday: his Monday begins after the summary, which waits for him once."""
    async with team(database_url) as t:
        await t.begin()

        def move(tx: Tx) -> None:
            people.learn(tx, [person(BEN, "Pacific/Honolulu")])
            schedules.moved(tx, BEN)

        await t.do(move)
        await t.until(utc(MONDAY, 8, 30))
        await t.answer(MAYA)
        await t.until(utc(MONDAY, 18, 30))
        found = await t.round()
        assert found is not None
        assert (found.moved, found.closes_at) == (Moved.NOT_ASKED, utc(TUESDAY, 3))
        await t.until(utc(MONDAY, 19, 30))
        assert await t.asked() == {KENJI, MAYA, SAM, BEN}
        await t.answer(BEN)
        await t.until(utc(TUESDAY, 3, 30))
        (said,) = await t.summaries()
        assert "2 of 4 answered" in said
        assert "Later than planned: somebody's morning had not come yet." in said


async def test_ask_now_after_all(database_url: str) -> None:
    """Missed in the morning, asked at noon because whoever runs it said so; in time for the summary."""
    async with team(database_url) as t:
        await t.begin(MAYA, BEN)
        await t.until(utc(SUNDAY, 23), timedelta(minutes=2))
        await t.at(utc(MONDAY, 12))
        missed = await t.do(lambda tx: log.on(tx, "checkin:1", MONDAY))
        assert {(one.state, one.why) for one in missed} == {(OccurrenceState.MISSED, Why.WE_WERE_DOWN)}

        await t.do(lambda tx: schedules.run_now(tx, "checkin:1"))
        await t.at(utc(MONDAY, 12, 1))
        assert await t.asked() == {MAYA, BEN}


async def test_ask_now_leaves_alone_whose_day_is_over(database_url: str) -> None:
    """At noon in London Kenji's day is over: he is asked in no evening, and not the next morning for the day before."""
    async with team(database_url) as t:
        await t.begin(KENJI, BEN)
        await t.do(lambda tx: schedules.skip_next(tx, "checkin:1"))
        await t.until(utc(MONDAY, 12), timedelta(minutes=2))
        await t.do(lambda tx: schedules.run_now(tx, "checkin:1"))
        await t.until(utc(TUESDAY, 0, 30), timedelta(minutes=10))

        assert await t.asked() == {BEN}
        became = await t.do(lambda tx: log.on(tx, "checkin:1", MONDAY))
        assert {(one.recipient, one.why) for one in became} == {(KENJI, Why.HOURS), (BEN, None)}
