"""What recurs runs once per local date and recipient, in each person's own time."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from storage.database import Tx
from storage.people import queries as people
from storage.recurrence import weekdays, weekly
from storage.schedules import log
from storage.schedules import queries as schedules
from storage.schedules.values import Late, OccurrenceState, Series, Why
from storage.worktime import queries as worktimes
from storage.worktime.values import Away, WorkTime
from tests.handlers.schedules.standup import (
    BEN,
    DONE,
    KENJI,
    LENA,
    MAYA,
    MISSED,
    MONDAY,
    SAM,
    Became,
    person,
    standup,
    utc,
)  # fmt: skip

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
SUNDAY = MONDAY - timedelta(days=1)
SKIPPED = OccurrenceState.SKIPPED


async def test_each_is_asked_at_their_own_nine(database_url: str) -> None:
    """Kenji in Tokyo is asked when Sam in New York is asleep, for the same date."""
    async with standup(database_url, utc(SUNDAY, 12)) as s:
        await s.begin(person(KENJI, "Asia/Tokyo"), person(SAM, "America/New_York"))

        await s.at(utc(SUNDAY, 23, 59))
        assert await s.became(MONDAY) == {}
        await s.at(utc(MONDAY, 0))
        assert await s.became(MONDAY) == {KENJI: DONE}
        await s.at(utc(MONDAY, 14))
        assert await s.became(MONDAY) == {KENJI: DONE, SAM: DONE}


async def test_a_summary_for_nobody_in_particular_runs_once(database_url: str) -> None:
    """One for all, at one o'clock in Stockholm."""
    async with standup(database_url, utc(MONDAY, 8)) as s:
        at_one = weekdays(MONDAY, time(13), "Europe/Stockholm")
        await s.begin(person(KENJI, "Asia/Tokyo"), recurrence=at_one, each=False)

        await s.until(utc(MONDAY, 23))
        assert await s.became(MONDAY) == {"": DONE}


async def test_a_fixed_zone_asks_everybody_at_once(database_url: str) -> None:
    """Nine in Stockholm is nine in Stockholm for those in Tokyo too."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        await s.begin(person(KENJI, "Asia/Tokyo"), person(BEN, "Europe/London"),
                      recurrence=weekdays(MONDAY, time(9), "Europe/Stockholm"))  # fmt: skip

        await s.at(utc(MONDAY, 8))
        assert await s.became(MONDAY) == {KENJI: DONE, BEN: DONE}


async def test_who_does_not_work_is_left_in_peace(database_url: str) -> None:
    """Away, a holiday or a day off: nothing runs for them, and the log says why.

    Holidays are those where they live, until they chose a country or none.
    """
    epiphany = date(2026, 1, 6)
    async with standup(database_url, utc(epiphany, 0)) as s:
        here = [person(one, "Europe/Stockholm") for one in (KENJI, BEN, LENA, SAM)]
        await s.begin(*here, recurrence=weekdays(epiphany, time(9)))
        await s.do(lambda tx: worktimes.set_away(tx, KENJI, Away(epiphany, epiphany)))
        await s.do(lambda tx: worktimes.put(tx, LENA, WorkTime(workdays=frozenset({1, 3, 4}))))
        await s.do(lambda tx: worktimes.put(tx, SAM, WorkTime()))

        await s.at(utc(epiphany, 8))

        assert await s.became(epiphany) == {
            KENJI: (SKIPPED, Why.AWAY),
            BEN: (SKIPPED, Why.HOLIDAY),
            LENA: (SKIPPED, Why.DAY_OFF),
            SAM: DONE,
        }


async def test_one_that_fails_takes_nothing_with_it(database_url: str) -> None:
    """What it had half written is undone, it is tried three times and then the log says so."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        await s.begin(person(BEN, "Europe/London"), person(MAYA, "Europe/London"), kind="broken")

        await s.at(utc(MONDAY, 9))
        waiting = (OccurrenceState.WAITING, None)
        assert await s.became(MONDAY) == {BEN: waiting, MAYA: waiting}
        await s.until(utc(MONDAY, 9, 5), timedelta(minutes=1))

        failed = (OccurrenceState.FAILED, Why.ERROR)
        assert await s.became(MONDAY) == {BEN: failed, MAYA: failed}
        assert await s.ran(MONDAY) == 0


async def test_what_runs_together_does_not_fail_together(database_url: str) -> None:
    """One that fails is undone and tried again alone, the others run; each may say why it did not happen after all."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        team = person(BEN, "Europe/London"), person(MAYA, "Europe/London"), person(SAM, "Europe/London")
        await s.begin(*team, kind="together")

        await s.at(utc(MONDAY, 9))
        assert await s.became(MONDAY) == {BEN: (OccurrenceState.WAITING, None), MAYA: DONE, SAM: DONE}
        await s.until(utc(MONDAY, 9, 5), timedelta(minutes=1))

        assert await s.became(MONDAY) == {BEN: (OccurrenceState.FAILED, Why.ERROR), MAYA: DONE, SAM: DONE}


async def test_what_runs_together_says_of_each_why_not(database_url: str) -> None:
    """Those who are not asked after all are noted with the reason, and nobody else."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        await s.begin(person(KENJI, "UTC"), person(SAM, "Europe/London"), kind="together")
        await s.do(lambda tx: worktimes.set_away(tx, SAM, Away(MONDAY, MONDAY)))

        await s.at(utc(MONDAY, 9))

        found = await s.do(lambda tx: log.on(tx, "s", MONDAY))
        assert {one.recipient: one.why for one in found} == {KENJI: Why.HOURS, SAM: Why.AWAY}
        assert {one.state for one in found} == {SKIPPED}


async def test_a_skipped_date_is_left_out_for_everybody(database_url: str) -> None:
    """The next date nobody was asked for yet; the one after it comes as ever."""
    async with standup(database_url, utc(SUNDAY, 12)) as s:
        await s.begin(person(KENJI, "Asia/Tokyo"), person(SAM, "America/New_York"))
        await s.until(utc(MONDAY, 3))

        assert await s.do(lambda tx: schedules.skip_next(tx, "s")) == TUESDAY
        assert await s.do(lambda tx: schedules.next_date(tx, "s")) == WEDNESDAY
        await s.until(utc(WEDNESDAY, 15))

        asked_to = (SKIPPED, Why.ASKED_TO_SKIP)
        assert await s.became(MONDAY) == {KENJI: DONE, SAM: DONE}
        assert await s.became(TUESDAY) == {KENJI: asked_to, SAM: asked_to}
        assert await s.became(WEDNESDAY) == {KENJI: DONE, SAM: DONE}


async def test_a_pause_is_not_made_up_for(database_url: str) -> None:
    """Resumed on Wednesday noon, Monday to Wednesday stay as they are and nobody is told off."""
    async with standup(database_url, utc(SUNDAY, 12)) as s:
        await s.begin(person(BEN, "Europe/London"))
        await s.do(lambda tx: schedules.pause(tx, "s"))
        await s.until(utc(WEDNESDAY, 12))
        await s.do(lambda tx: schedules.resume(tx, "s"))
        await s.until(utc(THURSDAY, 12))

        assert [await s.became(day) for day in (MONDAY, TUESDAY, WEDNESDAY)] == [{}, {}, {}]
        assert await s.became(THURSDAY) == {BEN: DONE}
        assert await s.told() == []


async def test_run_now_asks_today_and_not_again_today(database_url: str) -> None:
    """At seven Ben is asked for today; at nine he has been."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        await s.begin(person(BEN, "Europe/London"))

        for minute in (1, 2):
            assert await s.do(lambda tx: schedules.run_now(tx, "s"))
            await s.at(utc(MONDAY, 7, minute))
            assert await s.became(MONDAY) == {BEN: DONE}
        await s.until(utc(TUESDAY, 10))

        found = await s.do(lambda tx: log.of(tx, BEN, 10))
        assert [(one.on, one.state) for one in found] == [(TUESDAY, OccurrenceState.DONE),
                                                          (MONDAY, OccurrenceState.DONE)]  # fmt: skip


async def test_an_ended_series_is_quiet(database_url: str) -> None:
    """Nothing recurs, and what was is still in the log."""
    async with standup(database_url, utc(MONDAY, 7)) as s:
        await s.begin(person(BEN, "Europe/London"))
        await s.until(utc(MONDAY, 10))
        await s.do(lambda tx: schedules.end(tx, "s"))
        await s.until(utc(TUESDAY, 12))

        assert await s.became(MONDAY) == {BEN: DONE}
        assert await s.became(TUESDAY) == {}


# -- people who move --------------------------------------------------------------------------------------

MOVES = [
    # from, to, moved at, what became of Monday to Wednesday (None: nine was over when they came)
    ("Asia/Tokyo", "America/New_York", utc(MONDAY, 6), [DONE, DONE, DONE]),
    ("America/New_York", "Asia/Tokyo", utc(MONDAY, 20), [DONE, (SKIPPED, Why.MOVED_ZONE), DONE]),
    ("Europe/Stockholm", "Europe/London", utc(MONDAY, 12), [DONE, DONE, DONE]),
    ("Pacific/Apia", "Pacific/Honolulu", utc(SUNDAY, 21), [DONE, DONE, DONE]),
    ("Pacific/Honolulu", "Pacific/Apia", utc(MONDAY, 19, 30), [DONE, (SKIPPED, Why.MOVED_ZONE), DONE]),
    ("Pacific/Kiritimati", "Pacific/Honolulu", utc(SUNDAY, 20), [DONE, DONE, DONE]),
    ("Pacific/Honolulu", "Pacific/Kiritimati", utc(MONDAY, 19, 30), [DONE, None, DONE]),
]


@pytest.mark.parametrize(("before", "after", "moved", "became"), MOVES)
async def test_who_moves_is_asked_once_a_date_and_never_twice_in_half_a_day(
    database_url: str, before: str, after: str, moved: datetime, became: list[Became | None]
) -> None:
    """Over the date line too: each local date at most once, and at least twelve hours between two asks."""
    async with standup(database_url, utc(SUNDAY, 0)) as s:
        await s.begin(person(KENJI, before))
        await s.until(moved)

        def move(tx: Tx) -> None:
            people.learn(tx, [person(KENJI, after)])
            schedules.moved(tx, KENJI)

        await s.do(move)
        await s.until(utc(FRIDAY, 0))

        found = [await s.became(day) for day in (MONDAY, TUESDAY, WEDNESDAY)]
        assert found == [{} if one is None else {KENJI: one} for one in became]
        ran = [one.settled_at for one in await s.do(lambda tx: log.of(tx, KENJI, 20))
               if one.state is OccurrenceState.DONE and one.settled_at is not None]  # fmt: skip
        assert all(later - earlier >= timedelta(hours=12) for later, earlier in pairwise(ran))


# -- downtime ---------------------------------------------------------------------------------------------

BACK = {"5 minutes": utc(TUESDAY, 9, 4), "3 hours": utc(TUESDAY, 11, 58), "3 days": utc(THURSDAY, 11, 58)}
GOLDEN = [
    # Down since Tuesday 8:58, back after so long; what became of Tuesday to Friday; how often the owner is told
    (Late.PROMPT, "5 minutes", [DONE, DONE, DONE, DONE], 0),
    (Late.PROMPT, "3 hours", [MISSED, DONE, DONE, DONE], 1),
    (Late.PROMPT, "3 days", [MISSED, MISSED, MISSED, DONE], 1),
    (Late.DEADLINE, "5 minutes", [DONE, DONE, DONE, DONE], 0),
    (Late.DEADLINE, "3 hours", [DONE, DONE, DONE, DONE], 0),
    (Late.DEADLINE, "3 days", [DONE, DONE, DONE, DONE], 0),
]


@pytest.mark.parametrize(("late", "down", "became", "told"), GOLDEN)
async def test_what_is_late_after_downtime(
    database_url: str, late: Late, down: str, became: list[Became], told: int
) -> None:
    """Prompts two hours late at most, deadlines always; the owner is told once, whatever was missed."""
    async with standup(database_url, utc(MONDAY, 8), late) as s:
        await s.begin(person(BEN, "Europe/London"), person(SAM, "Europe/Dublin"))
        await s.until(utc(TUESDAY, 8, 58), timedelta(minutes=1))
        await s.at(BACK[down])
        await s.until(utc(FRIDAY, 12))

        found = [await s.became(day) for day in (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]
        assert found == [{BEN: one, SAM: one} for one in became]
        assert len(await s.told()) == told


async def test_the_owner_reads_what_was_missed_and_why(database_url: str) -> None:
    """From when to when we were down, by the owner's clock, and that nobody is held to it."""
    async with standup(database_url, utc(MONDAY, 8)) as s:
        await s.begin(person(BEN, "Europe/London"))
        await s.until(utc(TUESDAY, 8, 58), timedelta(minutes=1))
        await s.at(utc(WEDNESDAY, 12))

        (told,) = await s.told()
        assert told.person == MAYA
        assert told.summary == "I could not ask for “Standup” from Tuesday 3 March to Wednesday 4 March"
        assert "from Tuesday 3 March 9:58 to Wednesday 4 March 13:00" in str(told.blocks)


async def test_the_owner_of_several_is_told_once(database_url: str) -> None:
    """Three series of one person and one of another missed their time: each person reads one message, with all of it."""
    async with standup(database_url, utc(MONDAY, 8)) as s:
        await s.begin(person(BEN, "Europe/London"))

        nine = weekdays(MONDAY, time(9))

        def more(tx: Tx) -> None:
            people.learn(tx, [person(KENJI, "Europe/Stockholm")])
            for key, owner in (("a", MAYA), ("b", KENJI), ("t", MAYA)):
                schedules.put(tx, Series(key, "standup", f"Weekly {key}", nine, {}, owner, per_person=True))
                schedules.set_people(tx, key, [BEN])

        await s.do(more)
        await s.until(utc(TUESDAY, 8, 58), timedelta(minutes=1))
        await s.at(utc(WEDNESDAY, 12))

        told = {one.person: one for one in await s.told()}
        assert len(await s.told()) == 2
        assert (
            told[MAYA].summary == "I could not do 3 things of yours from Tuesday 3 March to Wednesday 4 March"
        )
        assert all(title in str(told[MAYA].blocks) for title in ("Standup", "Weekly a", "Weekly t"))
        assert "Weekly b" in told[KENJI].summary


async def test_late_but_on_another_day_is_too_late(database_url: str) -> None:
    """Asked at half past eleven at night, an hour later is tomorrow."""
    async with standup(database_url, utc(MONDAY, 20)) as s:
        await s.begin(person(BEN, "Europe/London"), recurrence=weekdays(MONDAY, time(23, 30)))
        await s.at(utc(TUESDAY, 0, 30))

        assert await s.became(MONDAY) == {BEN: MISSED}


async def test_every_other_week_stays_every_other_week(database_url: str) -> None:
    """Over four weeks of nothing but time going by."""
    async with standup(database_url, utc(MONDAY, 8)) as s:
        await s.begin(person(BEN, "Europe/London"), recurrence=weekly([3], MONDAY, time(9), every=2))
        await s.until(utc(MONDAY + timedelta(days=28), 0), timedelta(hours=1))

        found = await s.do(lambda tx: log.of(tx, BEN, 20))
        assert [one.on for one in found] == [WEDNESDAY + timedelta(days=14), WEDNESDAY]
