"""Who runs something sees who was not asked today and why; nobody else does."""

from datetime import date, datetime, time, timedelta

from handlers.asks import reports, why
from handlers.asks.ids import REPORT
from handlers.asks.views import Report
from handlers.kit.replies import Note, OpenModal
from handlers.kit.requests import ButtonRequest, Who
from handlers.kit.words import words_of
from storage.database import Tx
from storage.people import queries as people
from storage.recurrence import weekdays
from storage.schedules import queries as schedules
from storage.schedules.values import Series
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import Away, WorkTime
from tests.handlers.schedules.standup import (
    BEN,
    HERE,
    KENJI,
    LENA,
    MAYA,
    MONDAY,
    SAM,
    Standup,
    person,
    standup,
    utc,
)  # fmt: skip

EPIPHANY = date(2026, 1, 6)
ZONES = {
    KENJI: "Asia/Tokyo",
    SAM: "America/New_York",
    BEN: "Europe/London",
    LENA: "Europe/Berlin",
    MAYA: "Europe/Stockholm",
}


def maya(who: PersonId = MAYA, *, admin: bool = False) -> Who:
    return Who(HERE, who, PersonKind.MEMBER, "Europe/Stockholm", admin)


async def of(s: Standup, on: date) -> Report:
    def work(tx: Tx) -> Report:
        series = schedules.find(tx, "s")
        assert series is not None
        return reports.of(tx, series, on, maya())

    return await s.do(work)


async def begun(s: Standup, start: datetime) -> None:
    daily = weekdays(start.date(), time(9))
    await s.begin(*(person(who, zone) for who, zone in ZONES.items()), kind="asking", recurrence=daily)
    await s.until(start, timedelta(hours=1))


async def test_each_who_was_not_asked_has_a_reason(database_url: str) -> None:
    """Away, a holiday, no budget left, not yet their morning; who was asked is only counted."""
    async with standup(database_url, utc(EPIPHANY, 0) - timedelta(hours=12)) as s:
        await begun(s, utc(EPIPHANY, 0) - timedelta(hours=11))
        away = Away(EPIPHANY, EPIPHANY + timedelta(days=2))
        await s.do(lambda tx: worktimes.set_away(tx, BEN, away))
        await s.do(lambda tx: worktimes.put(tx, KENJI, WorkTime(asks_a_day=0)))
        await s.until(utc(EPIPHANY, 9, 30))

        report = await of(s, EPIPHANY)
        assert report.of == 5
        assert report.not_asked == (
            (BEN, "away"),
            (KENJI, "waits until Wednesday 7 January 1:00: their 0 questions for the day were used"),
            (MAYA, "a public holiday"),
            (SAM, "comes 15:00"),
        )


async def test_downtime_skips_and_newcomers(database_url: str) -> None:
    """What was our own doing is said as such."""
    async with standup(database_url, utc(MONDAY, 0) - timedelta(hours=12)) as s:
        await begun(s, utc(MONDAY, 7, 58))
        await s.at(utc(MONDAY, 13))
        newcomer = PersonId("U0OMAR")

        def join(tx: Tx) -> None:
            from_now_on = person(newcomer, "Europe/Stockholm")
            people.learn(tx, [from_now_on])
            schedules.add_people(tx, "s", [newcomer])

        await s.do(join)
        report = await of(s, MONDAY)
        down = "not asked: I was not running from 8:58 to 14:00"
        assert dict(report.not_asked) == {BEN: down, LENA: down, MAYA: down, SAM: "comes 15:00",
                                          newcomer: "joined after it was due"}  # fmt: skip

        await s.do(lambda tx: schedules.skip_next(tx, "s"))
        await s.until(utc(MONDAY + timedelta(days=1), 23))
        left_out = await of(s, MONDAY + timedelta(days=1))
        assert {said for _, said in left_out.not_asked} == {"it was left out for everybody"}


async def test_who_runs_many_reads_how_many_more_there_are(database_url: str) -> None:
    """Five are shown, the others counted; those of which everybody was asked are neither."""
    async with standup(database_url, utc(MONDAY, 0) - timedelta(hours=12)) as s:
        await begun(s, utc(MONDAY, 7))

        def more(tx: Tx) -> None:
            for number in range(1, 8):
                key, daily = f"t{number}", weekdays(MONDAY, time(9))
                schedules.put(tx, Series(key, "asking", f"Retro {number}", daily, {}, MAYA, per_person=True))
                schedules.set_people(tx, key, [SAM] if number < 7 else [])

        await s.do(more)

        said = (await s.do(lambda tx: why.everything(tx, maya()))).text

        assert said.count("Not asked:") == 5
        assert said.endswith("and 2 more of what you run; Who was asked on each card tells it.")


async def test_only_who_runs_it_or_an_admin_may_look(database_url: str) -> None:
    """Why somebody was not asked is not everybody's business; `why` shows it to whom it belongs."""
    async with standup(database_url, utc(MONDAY, 0) - timedelta(hours=12)) as s:
        await begun(s, utc(MONDAY, 9, 30))

        def look(tx: Tx, who: Who) -> str:
            reply = reports.press(tx, ButtonRequest(who, REPORT, f"s|{MONDAY}", None, None, None))
            shown = dict(reply.view) if isinstance(reply, OpenModal) else {}
            return reply.text if isinstance(reply, Note) else words_of(shown)

        said = "Standup, Monday 2 March: 4 of 5 were asked. Not asked:\n• U0SAM: comes 15:00"
        for who in (maya(), maya(LENA, admin=True)):
            assert said in (await s.do(lambda tx, who=who: look(tx, who))).replace("*", "")  # type: ignore[misc]
        assert await s.do(lambda tx: look(tx, maya(LENA))) == reports.NOT_YOURS

        assert said in (await s.do(lambda tx: why.everything(tx, maya()))).text
        assert "Standup, Monday" not in (await s.do(lambda tx: why.everything(tx, maya(LENA)))).text
