"""What recurs, as it is kept: whom it asks by whose clocks, what is due, and what became of each date."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from storage.database import OURS, Tx
from storage.people import queries as people
from storage.people.values import Person
from storage.recurrence import LAST, Recurrence, instant_on, monthly, next_slot, weekdays, weekly
from storage.schedules import claims, log
from storage.schedules import queries as schedules
from storage.schedules.tables import SeriesZoneRow
from storage.schedules.values import Occurrence, OccurrenceState, Outage, Series, SeriesState, Slot, Why
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes
from storage.worktime.values import WorkTime
from tests.storage.works import B
from tests.storage.world import MORNING, World

MAYA, SAM, KENJI, DANA = (PersonId(f"U0{name}") for name in ("MAYA", "SAM", "KENJI", "DANA"))
TODAY = MORNING.date()
TOMORROW, FRIDAY, MONDAY = (TODAY + timedelta(days=ahead) for ahead in (1, 2, 5))
AT_NINE = weekdays(TODAY, time(9))
TOKYO, STOCKHOLM, NEW_YORK = "Asia/Tokyo", "Europe/Stockholm", "America/New_York"
DAILY = Series("s", "standup", "Standup", AT_NINE, {"c": 1}, MAYA, per_person=True)
ONE_FOR_ALL = Series("all", "digest", "Digest", weekdays(TODAY, time(10), "UTC"), {}, MAYA)
WAITING, DONE, MISSED = OccurrenceState.WAITING, OccurrenceState.DONE, OccurrenceState.MISSED
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


def person(who: PersonId, zone: str, kind: PersonKind = PersonKind.MEMBER) -> Person:
    return Person(who, who, kind, zone=zone)


EVERYBODY = (person(MAYA, STOCKHOLM), person(SAM, NEW_YORK), person(KENJI, TOKYO, PersonKind.GUEST))


def begin(tx: Tx, series: Series = DAILY, asked: Sequence[PersonId] = (MAYA, SAM, KENJI)) -> None:
    people.learn(tx, EVERYBODY)
    schedules.put(tx, series)
    schedules.set_people(tx, series.key, asked)


def slots(tx: Tx, key: str = "s") -> dict[str, tuple[date, datetime]]:
    query = select(SeriesZoneRow.zone, SeriesZoneRow.next_date, SeriesZoneRow.due_at).where(
        SeriesZoneRow.workspace == OURS, SeriesZoneRow.series == key
    )
    return {row.zone: (row.next_date, row.due_at) for row in tx.all(query)}


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


COMING = {
    STOCKHOLM: (TOMORROW, at(TOMORROW, 8)),
    NEW_YORK: (TODAY, at(TODAY, 14)),
    TOKYO: (TOMORROW, at(TOMORROW, 0)),
}
"""When it is nine o'clock next, from ten in Stockholm on."""


def slot(zone: str = STOCKHOLM, on: date = TODAY, series: Series = DAILY) -> Slot:
    return Slot(series, zone, on, instant_on(series.recurrence, on, zone))


def waiting(*who: PersonId | None) -> list[tuple[PersonId | None, OccurrenceState, Why | None]]:
    return [(person, WAITING, None) for person in who]


# -- series ---------------------------------------------------------------------------------------------------


async def test_a_series_is_kept_as_it_was_said_last(world: World) -> None:
    """All of it, and of another workspace nothing; what was said before is said over."""
    again = replace(
        DAILY, kind="retro", title="Retro", subject={"c": 2}, owner=None, skips=(MONDAY, FRIDAY),
        recurrence=weekly([1, 3], TODAY, time(9, 30), TOKYO, every=2), state=SeriesState.PAUSED, per_person=False,
    )  # fmt: skip
    for series in (DAILY, again):
        await world.do(lambda tx, series=series: schedules.put(tx, series))  # type: ignore[misc]
        assert await world.do(lambda tx: schedules.find(tx, "s")) == series
    assert await world.do(lambda tx: schedules.find(tx, "s"), B) is None
    with pytest.raises(LookupError, match="no series 's'"):
        await world.do(lambda tx: schedules.add_people(tx, "s", [SAM]), B)


async def test_everybody_is_asked_by_their_own_clocks(world: World) -> None:
    """In each zone somebody lives in, from the first nine o'clock that is still to come; who chose a zone lives in it."""
    await world.do(begin)
    assert await world.do(slots) == COMING
    assert await world.do(lambda tx: schedules.zones_of(tx, "s")) == {
        MAYA: STOCKHOLM,
        SAM: NEW_YORK,
        KENJI: TOKYO,
    }

    await world.do(lambda tx: worktimes.put(tx, SAM, WorkTime(zone=TOKYO)))
    assert (await world.do(lambda tx: schedules.zones_of(tx, "s")))[SAM] == TOKYO
    assert await world.do(slots, B) == {}


async def test_only_people_who_are_here_are_asked(world: World) -> None:
    """Members and guests of whom Slack has told us: nobody who left, no stranger, no bot, nobody only met."""

    def work(tx: Tx) -> None:
        begin(tx)
        for kind in (PersonKind.OUTSIDER, PersonKind.BOT, PersonKind.GONE):
            people.learn(tx, [person(PersonId(f"U0{kind.upper()}"), TOKYO, kind)])
        people.meet(tx, DANA, PersonKind.MEMBER)
        schedules.set_people(
            tx, "s", [PersonId("U0OUTSIDER"), PersonId("U0BOT"), PersonId("U0GONE"), DANA, SAM]
        )

    await world.do(work)
    assert await world.do(lambda tx: schedules.zones_of(tx, "s")) == {SAM: NEW_YORK}
    assert len(await world.do(lambda tx: schedules.people_of(tx, "s"))) == 5


async def test_who_is_asked_is_set_added_to_and_taken_from(world: World) -> None:
    """Each series has its own people; a zone that is new to it begins with the next date there."""
    await world.do(lambda tx: begin(tx, asked=[MAYA]))
    await world.do(lambda tx: begin(tx, replace(DAILY, key="other")))
    assert set(await world.do(slots)) == {STOCKHOLM}
    await world.do(lambda tx: schedules.add_people(tx, "s", [SAM, MAYA]))
    assert await world.do(slots) == {zone: COMING[zone] for zone in (STOCKHOLM, NEW_YORK)}
    await world.do(lambda tx: schedules.remove_people(tx, "s", [MAYA]))
    assert await world.do(lambda tx: schedules.people_of(tx, "s")) == [SAM]
    await world.do(lambda tx: schedules.set_people(tx, "s", [KENJI]))
    assert await world.do(lambda tx: schedules.people_of(tx, "s")) == [KENJI]
    assert set(await world.do(lambda tx: schedules.people_of(tx, "other"))) == {MAYA, SAM, KENJI}


async def test_a_paused_series_asks_nobody(world: World) -> None:
    """Whoever comes to it meanwhile, too; resumed, it goes on with the next date; ended, it has nobody any more."""
    await world.do(begin)
    await world.do(lambda tx: begin(tx, replace(DAILY, key="other")))
    await world.do(lambda tx: schedules.pause(tx, "s"))
    await world.do(lambda tx: schedules.add_people(tx, "s", [SAM]))
    await world.do(lambda tx: schedules.set_people(tx, "s", [MAYA, SAM, KENJI]))
    await world.do(lambda tx: schedules.moved(tx, SAM))
    await world.do(lambda tx: schedules.put(tx, replace(DAILY, state=SeriesState.PAUSED)))
    assert await world.do(slots) == {}
    assert await world.do(lambda tx: schedules.next_date(tx, "s")) is None
    assert not await world.do(lambda tx: schedules.run_now(tx, "s"))

    await world.do(lambda tx: schedules.resume(tx, "s"))
    assert await world.do(slots) == COMING
    await world.do(lambda tx: schedules.end(tx, "s"))
    assert await world.do(slots) == {}
    assert await world.do(lambda tx: schedules.people_of(tx, "s")) == []
    found = await world.do(lambda tx: schedules.find(tx, "s"))
    assert found is not None
    assert found.state is SeriesState.ENDED
    assert await world.do(lambda tx: slots(tx, "other")) == COMING


async def test_who_moves_is_followed(world: World) -> None:
    """By what asks each in their own time; what has a time of its own stays, and so do other people's."""
    fixed = replace(DAILY, key="fixed", recurrence=weekdays(TODAY, time(9), STOCKHOLM))
    for series in (DAILY, fixed):
        await world.do(lambda tx, series=series: begin(tx, series, [MAYA]))  # type: ignore[misc]
    await world.do(lambda tx: people.learn(tx, [person(MAYA, TOKYO)]))
    await world.do(lambda tx: schedules.moved(tx, SAM))
    assert set(await world.do(slots)) == {STOCKHOLM}
    await world.do(lambda tx: schedules.moved(tx, MAYA, SAM))
    assert set(await world.do(slots)) == {STOCKHOLM, TOKYO}
    assert set(await world.do(lambda tx: slots(tx, "fixed"))) == {STOCKHOLM}


async def test_what_changes_wakes_the_clock(world: World) -> None:
    """It looks at once, not at its next tick."""
    woken: list[str] = []
    world.database.on_wake("clock", lambda: woken.append("clock"))
    for change in (
        begin,
        lambda tx: schedules.run_now(tx, "s"),
        lambda tx: schedules.moved(tx, SAM),
    ):
        woken.clear()
        await world.do(change)
        assert woken
    woken.clear()
    await world.do(lambda tx: schedules.moved(tx, DANA))
    assert woken == []


async def test_what_somebody_runs(world: World) -> None:
    """Theirs, by title, while it recurs, and no more than are wanted."""
    for key, title, owner, state in (
        ("1", "Beta", MAYA, SeriesState.ACTIVE), ("2", "Alpha", MAYA, SeriesState.ACTIVE),
        ("3", "Alpha", SAM, SeriesState.ACTIVE), ("4", "Alpha", MAYA, SeriesState.PAUSED),
        ("5", "Alpha", MAYA, SeriesState.ACTIVE),
    ):  # fmt: skip
        made = replace(DAILY, key=key, title=title, owner=owner, state=state)
        await world.do(lambda tx, made=made: schedules.put(tx, made))  # type: ignore[misc]
    assert [one.key for one in await world.do(lambda tx: schedules.owned(tx, MAYA, 5))] == ["2", "5", "1"]
    assert [one.key for one in await world.do(lambda tx: schedules.owned(tx, MAYA, 1))] == ["2"]


# -- the next date --------------------------------------------------------------------------------------------


async def test_the_next_date_is_one_nobody_was_asked_for(world: World) -> None:
    """The last of those that come next anywhere, but for those to be skipped; each skip leaves out one more."""
    await world.do(begin)
    assert await world.do(lambda tx: schedules.next_date(tx, "s")) == TOMORROW
    assert await world.do(lambda tx: schedules.skip_next(tx, "s")) == TOMORROW
    assert await world.do(lambda tx: schedules.next_date(tx, "s")) == FRIDAY
    assert await world.do(lambda tx: schedules.skip_next(tx, "s")) == FRIDAY
    found = await world.do(lambda tx: schedules.find(tx, "s"))
    assert found is not None
    assert found.skips == (TOMORROW, FRIDAY)
    assert await world.do(lambda tx: schedules.next_date(tx, "s")) == MONDAY


async def test_skips_of_earlier_months_are_forgotten(world: World) -> None:
    """Nobody asks for them any more; those of this month are still told of."""
    first = TODAY.replace(day=1)
    await world.do(lambda tx: begin(tx, replace(DAILY, skips=(first - timedelta(days=1), first))))
    await world.do(lambda tx: schedules.skip_next(tx, "s"))
    found = await world.do(lambda tx: schedules.find(tx, "s"))
    assert found is not None
    assert found.skips == (first, TOMORROW)


async def test_a_paused_series_has_no_date_to_skip(world: World) -> None:
    """Nothing is left out for later."""
    await world.do(begin)
    await world.do(lambda tx: schedules.pause(tx, "s"))
    assert await world.do(lambda tx: schedules.skip_next(tx, "s")) is None
    found = await world.do(lambda tx: schedules.find(tx, "s"))
    assert found is not None
    assert found.skips == ()


async def test_where_a_date_is_still_to_come(world: World) -> None:
    """Everywhere it is not over yet, with its time there; nowhere when it is skipped."""
    await world.do(begin)
    assert await world.do(lambda tx: schedules.coming(tx, "s", TODAY)) == {NEW_YORK: at(TODAY, 14)}
    expected = {STOCKHOLM: at(TOMORROW, 8), NEW_YORK: at(TOMORROW, 14), TOKYO: at(TOMORROW, 0)}
    assert await world.do(lambda tx: schedules.coming(tx, "s", TOMORROW)) == expected
    await world.do(lambda tx: schedules.skip_next(tx, "s"))
    assert await world.do(lambda tx: schedules.coming(tx, "s", TOMORROW)) == {}


async def test_today_can_be_brought_forward(world: World) -> None:
    """Everywhere at once, skipped or not; whoever could not be asked today is asked after all, who was is not."""
    await world.do(lambda tx: begin(tx, replace(DAILY, skips=(TODAY, MONDAY))))
    other = replace(DAILY, key="other")
    await world.do(lambda tx: begin(tx, other))

    def before(tx: Tx) -> None:
        claims.add(
            tx,
            slot(),
            [
                (MAYA, MISSED, Why.WE_WERE_DOWN),
                (SAM, OccurrenceState.SKIPPED, Why.ASKED_TO_SKIP),
                (KENJI, DONE, None),
            ],
        )
        claims.add(tx, slot(on=TOMORROW), [(MAYA, MISSED, Why.WE_WERE_DOWN)])
        claims.add(tx, slot("UTC"), [(DANA, MISSED, Why.WE_WERE_DOWN)])
        claims.add(tx, slot(series=other), [(MAYA, MISSED, Why.WE_WERE_DOWN)])

    await world.do(before)
    assert await world.do(lambda tx: schedules.run_now(tx, "s"))
    assert await world.do(slots) == dict.fromkeys(COMING, (TODAY, MORNING))
    found = await world.do(lambda tx: schedules.find(tx, "s"))
    assert found is not None
    assert found.skips == (MONDAY,)
    became = await world.do(
        lambda tx: [*log.on(tx, "s", TODAY), *log.on(tx, "s", TOMORROW), *log.on(tx, "other", TODAY)]
    )
    assert [(one.recipient, one.zone, one.on) for one in became] == [
        (DANA, "UTC", TODAY), (KENJI, STOCKHOLM, TODAY), (MAYA, STOCKHOLM, TOMORROW), (MAYA, STOCKHOLM, TODAY),
    ]  # fmt: skip
    assert await world.do(lambda tx: slots(tx, "other")) == COMING


# -- what is due ----------------------------------------------------------------------------------------------


async def test_the_slot_that_is_due_longest_comes_first(world: World) -> None:
    """By its time, then by its series; not a second too early, not while it is paused."""
    for key in ("s", "r"):
        await world.do(lambda tx, key=key: begin(tx, replace(DAILY, key=key)))  # type: ignore[misc]
    paused = replace(DAILY, key="paused")
    await world.do(lambda tx: begin(tx, paused))
    await world.do(lambda tx: schedules.put(tx, replace(paused, state=SeriesState.ENDED)))
    world.clock.moved += 5 * HOUR - SECOND
    assert await world.do(first_due) == []
    world.clock.moved += SECOND
    (found,) = await world.do(first_due)
    assert (found.series.key, found.zone, found.on, found.due_at) == ("r", NEW_YORK, TODAY, at(TODAY, 14))
    world.clock.moved += timedelta(days=1)
    await world.do(lambda tx: claims.move_on(tx, found))
    (seen,) = await world.do(first_due)
    assert (seen.series.key, seen.zone) == ("s", NEW_YORK)
    await world.do(lambda tx: claims.move_on(tx, seen))
    (later,) = await world.do(first_due)
    assert (later.series.key, later.zone) == ("r", TOKYO)
    assert await world.do(first_due, B) == []


def first_due(tx: Tx) -> list[Slot]:
    """The one that is due longest."""
    return claims.due_slots(tx, 1)


async def test_who_has_nothing_of_a_date_yet(world: World) -> None:
    """Whoever lives by the slot's clocks, by name; where the series has a time of its own, everybody."""
    await world.do(begin)
    await world.do(lambda tx: people.learn(tx, [person(SAM, STOCKHOLM)]))
    assert await world.do(lambda tx: claims.unasked(tx, slot())()) == [(MAYA, None), (SAM, None)]
    await world.do(lambda tx: claims.add(tx, slot(), waiting(MAYA)))
    await world.do(lambda tx: claims.add(tx, slot(on=TOMORROW), waiting(SAM)))
    assert await world.do(lambda tx: claims.unasked(tx, slot())()) == [(SAM, None)]
    fixed = replace(DAILY, key="fixed", recurrence=weekdays(TODAY, time(9), STOCKHOLM))
    await world.do(lambda tx: begin(tx, fixed))
    everybody = await world.do(lambda tx: claims.unasked(tx, slot(series=fixed))())
    assert [who for who, _ in everybody] == [KENJI, MAYA, SAM]


async def test_who_was_asked_elsewhere_lately_says_when(world: World) -> None:
    """By another zone's clocks within three days, if it came to something: when it did, else when it was due."""
    await world.do(lambda tx: begin(tx, asked=[MAYA]))
    yesterday, before = TODAY - timedelta(days=1), TODAY - timedelta(days=4)
    skipped = OccurrenceState.SKIPPED

    async def elsewhere() -> datetime | None:
        [(_, last)] = await world.do(lambda tx: claims.unasked(tx, slot())())
        return last

    for one, state, why in (
        (slot(TOKYO, before), DONE, None),
        (slot(TOKYO, TODAY + timedelta(days=3)), skipped, Why.AWAY),
        (slot(STOCKHOLM, yesterday), DONE, None),
        (slot(TOKYO, yesterday, replace(DAILY, key="other")), DONE, None),
    ):
        await world.do(lambda tx, one=one, state=state, why=why: claims.add(tx, one, [(MAYA, state, why)]))  # type: ignore[misc]
        assert await elsewhere() is None
    third = slot(TOKYO, TODAY - timedelta(days=3))
    await world.do(lambda tx: claims.add(tx, third, waiting(MAYA)))
    assert await elsewhere() == third.due_at
    asked = slot(TOKYO, TODAY - timedelta(days=2))
    await world.do(lambda tx: claims.add(tx, asked, [(MAYA, DONE, None), (SAM, DONE, None)]))
    assert await elsewhere() == MORNING


async def test_a_slot_moves_on_to_its_next_date(world: World) -> None:
    """In that zone and no other; one that nobody lives in any more is left, one the series itself has is not."""
    await world.do(begin)
    await world.do(lambda tx: begin(tx, replace(DAILY, key="other")))
    await world.do(lambda tx: claims.move_on(tx, slot(NEW_YORK, FRIDAY)))
    assert await world.do(slots) == {**COMING, NEW_YORK: (MONDAY, at(MONDAY, 14))}
    await world.do(lambda tx: schedules.remove_people(tx, "s", [SAM]))
    await world.do(lambda tx: claims.move_on(tx, slot(NEW_YORK, MONDAY)))
    assert await world.do(slots) == {zone: COMING[zone] for zone in (STOCKHOLM, TOKYO)}
    assert await world.do(lambda tx: slots(tx, "other")) == COMING

    fixed = replace(DAILY, key="fixed", recurrence=weekdays(TODAY, time(9), STOCKHOLM))
    await world.do(lambda tx: begin(tx, fixed, []))
    await world.do(lambda tx: claims.move_on(tx, slot(series=fixed, on=TOMORROW)))
    assert await world.do(lambda tx: slots(tx, "fixed")) == {STOCKHOLM: (FRIDAY, at(FRIDAY, 8))}


async def test_what_is_due_is_run_once(world: World) -> None:
    """Those that wait longest first, no more than are wanted; settled once, whoever tries it again."""
    await world.do(begin)
    early, late = slot(TOKYO), slot(STOCKHOLM)
    await world.do(lambda tx: claims.add(tx, late, [*waiting(MAYA, None), (SAM, DONE, None)]))
    await world.do(lambda tx: claims.add(tx, early, waiting(KENJI)))
    await world.do(lambda tx: claims.add(tx, early, waiting(KENJI)))
    await world.do(lambda tx: claims.add(tx, slot(on=TOMORROW), waiting(MAYA)))
    one, *others = await world.do(lambda tx: claims.due(tx, 5))
    assert one == Occurrence(DAILY, TODAY, KENJI, TOKYO, early.due_at)
    assert [(other.recipient, other.on) for other in others] == [(None, TODAY), (MAYA, TODAY)]
    assert await world.do(lambda tx: claims.due(tx, 1)) == [one]
    assert await world.do(lambda tx: claims.due(tx, 5), B) == []

    for other in others:
        assert await world.do(lambda tx, other=other: claims.settle(tx, other, MISSED, Why.AWAY))  # type: ignore[misc]
        assert not await world.do(lambda tx, other=other: claims.settle(tx, other, DONE))  # type: ignore[misc]
    assert await world.do(lambda tx: claims.due(tx, 5)) == [one]
    became = await world.do(lambda tx: log.on(tx, "s", TODAY))
    assert [(each.recipient, each.state, each.why, each.settled_at) for each in became] == [
        (None, MISSED, Why.AWAY, MORNING), (KENJI, WAITING, None, None), (MAYA, MISSED, Why.AWAY, MORNING),
        (SAM, DONE, None, MORNING),
    ]  # fmt: skip


async def test_what_failed_is_tried_again_then(world: World) -> None:
    """Not before, and it is counted; what is settled is left as it is."""
    one = slot()
    await world.do(begin)
    await world.do(lambda tx: claims.add(tx, one, waiting(MAYA, None)))
    [nobody, mine] = await world.do(lambda tx: claims.due(tx, 5))
    await world.do(lambda tx: claims.later(tx, mine, tx.now + MINUTE))
    await world.do(lambda tx: claims.later(tx, nobody, tx.now + 2 * MINUTE))
    assert await world.do(lambda tx: claims.due(tx, 5)) == []
    world.clock.moved += MINUTE
    assert await world.do(lambda tx: claims.due(tx, 5)) == [replace(mine, tries=1)]
    await world.do(lambda tx: claims.settle(tx, mine, DONE))
    await world.do(lambda tx: claims.later(tx, mine, tx.now))
    assert await world.do(lambda tx: claims.due(tx, 5)) == []


async def test_others_wait_a_minute_for_what_is_being_run(world: World) -> None:
    """A slot that is being opened, or an occurrence that waits: for a minute after it was due, then no longer."""
    one = slot(NEW_YORK)
    await world.do(begin)
    world.clock.moved = 5 * HOUR - SECOND
    assert not await world.do(claims.under_way)
    await seen_for_a_minute(world)
    await world.do(lambda tx: schedules.pause(tx, "s"))
    await world.do(lambda tx: claims.add(tx, one, waiting(SAM)))
    world.clock.moved = 5 * HOUR - SECOND
    assert not await world.do(claims.under_way)
    await seen_for_a_minute(world)
    world.clock.moved -= MINUTE
    await world.do(lambda tx: claims.settle(tx, Occurrence(DAILY, one.on, SAM, one.zone, one.due_at), DONE))
    assert not await world.do(claims.under_way)


async def seen_for_a_minute(world: World) -> None:
    for moved, under_way in ((SECOND, True), (MINUTE, True), (SECOND, False)):
        world.clock.moved += moved
        assert await world.do(claims.under_way) is under_way
        assert not await world.do(claims.under_way, B)


async def test_the_owner_is_told_of_all_that_was_missed(world: World) -> None:
    """From the first to the last, of all their series at once, as soon as they have caught up; each once."""
    for key, owner in (("s", MAYA), ("r", MAYA), ("t", SAM)):
        await world.do(lambda tx, key=key, owner=owner: begin(tx, replace(DAILY, key=key, owner=owner)))  # type: ignore[misc]
    for key, day in (("s", FRIDAY), ("s", TODAY), ("s", TOMORROW), ("r", TODAY), ("t", TODAY)):
        await world.do(lambda tx, key=key, day=day: claims.note_missed(tx, replace(DAILY, key=key), day))  # type: ignore[misc]

    def told(tx: Tx) -> list[tuple[str, date, date]]:
        return [(series.key, first, last) for series, first, last in claims.untold(tx)]

    assert await world.do(told) == [("r", TODAY, TODAY), ("s", TODAY, FRIDAY)]
    world.clock.moved += 5 * HOUR
    assert await world.do(told) == [], "in New York something is due"
    world.clock.moved -= SECOND
    assert len(await world.do(told)) == 2
    await world.do(lambda tx: claims.told(tx, replace(DAILY, key="s")))
    assert await world.do(told) == [("r", TODAY, TODAY)]
    await world.do(lambda tx: claims.told(tx, replace(DAILY, key="r")))
    assert await world.do(told) == [("t", TODAY, TODAY)]
    assert await world.do(told, B) == []


# -- the log --------------------------------------------------------------------------------------------------


async def test_what_became_of_somebody_s_dates(world: World) -> None:
    """The newest first, of all series, no more than are wanted."""
    other = replace(DAILY, key="other")
    for one in (slot(), slot(on=TOMORROW), slot(series=other)):
        await world.do(lambda tx, one=one: begin(tx, one.series))  # type: ignore[misc]
        await world.do(lambda tx, one=one: claims.add(tx, one, [(MAYA, DONE, None), (SAM, DONE, None)]))  # type: ignore[misc]
    found = await world.do(lambda tx: log.of(tx, MAYA, 5))
    assert [(one.series.key, one.on, one.recipient) for one in found] == [
        ("s", TOMORROW, MAYA), ("other", TODAY, MAYA), ("s", TODAY, MAYA),
    ]  # fmt: skip
    assert await world.do(lambda tx: log.of(tx, MAYA, 1)) == found[:1]
    assert await world.do(lambda tx: log.of(tx, MAYA, 5), B) == []


async def test_an_outage_is_more_than_five_minutes_without_a_look(world: World) -> None:
    """By both times: where only the calendar moved, nobody was away."""
    await world.do(log.beat)
    world.later(300)
    await world.do(log.beat)
    assert await world.do(log.last_outage) is None
    began = world.clock.now()
    world.later(301)
    await world.do(log.beat)
    outage = Outage(began, began + timedelta(seconds=301))
    assert await world.do(log.last_outage) == outage
    world.clock.moved += timedelta(days=1)
    await world.do(log.beat)
    assert await world.do(log.last_outage) == outage
    assert await world.do(log.last_outage, B) is None


async def test_a_look_within_a_minute_writes_nothing(world: World) -> None:
    """So what counts from is up to a minute old; a clock that was set back begins anew."""
    await world.do(log.beat)
    world.later(59)
    await world.do(log.beat)
    world.later(290)
    await world.do(log.beat)
    outage = await world.do(log.last_outage)
    assert outage == Outage(MORNING, MORNING + timedelta(seconds=349))
    world.clock.moved -= HOUR
    await world.do(log.beat)
    world.later(299)
    await world.do(log.beat)
    assert await world.do(log.last_outage) == outage


# -- when -----------------------------------------------------------------------------------------------------


def test_what_is_no_recurrence() -> None:
    """A time with a zone of its own, a zone nobody knows, a rule that says more than which dates, days there are not."""
    wrongs: list[Callable[[], Recurrence]] = [
        lambda: Recurrence("FREQ=DAILY", TODAY, time(9, tzinfo=UTC)),
        lambda: Recurrence("FREQ=DAILY", TODAY, time(9), "Europe/Nowhere"),
        lambda: Recurrence("FREQ=DAILY;COUNT=2", TODAY, time(9)),
        lambda: Recurrence("FREQ=NEVER", TODAY, time(9)),
        lambda: weekly([], TODAY, time(9)),
        lambda: weekly([0], TODAY, time(9)),
        lambda: weekly([8], TODAY, time(9)),
        lambda: weekly([1], TODAY, time(9), every=0),
        lambda: weekly([1], TODAY, time(9), every=53),
        lambda: monthly(5, 1, TODAY, time(9)),
        lambda: monthly(0, 1, TODAY, time(9)),
        lambda: monthly(1, 0, TODAY, time(9)),
        lambda: monthly(LAST, 8, TODAY, time(9)),
    ]
    for wrong in wrongs:
        with pytest.raises(ValueError, match=r"."):
            wrong()
    assert weekly([1, 7], TODAY, time(9), every=52).rule == "FREQ=WEEKLY;INTERVAL=52;BYDAY=MO,SU"
    assert weekly([3], TODAY, time(9)).rule == "FREQ=WEEKLY;BYDAY=WE"
    assert monthly(4, 7, TODAY, time(9)).rule == "FREQ=MONTHLY;BYDAY=4SU"
    with pytest.raises(ValueError, match="Whose own time"):
        replace(DAILY, per_person=False)


@pytest.mark.parametrize(
    ("zone", "fixed", "now", "slot_"),
    [
        ("UTC", None, at(TODAY, 8), (TODAY, at(TODAY, 9))),
        ("UTC", None, at(TODAY, 9), (TOMORROW, at(TOMORROW, 9))),
        ("UTC", NEW_YORK, at(TODAY, 9), (TODAY, at(TODAY, 14))),
        (TOKYO, None, at(TODAY, 23), (TOMORROW, at(TOMORROW, 0))),
        ("Pacific/Kiritimati", None, at(TODAY, 18), (TOMORROW, at(TODAY, 19))),
        ("Pacific/Pago_Pago", None, at(TOMORROW, 1), (TOMORROW, at(TOMORROW, 20))),
    ],
)
def test_the_first_date_that_is_still_to_come(
    zone: str, fixed: str | None, now: datetime, slot_: tuple[date, datetime]
) -> None:
    """By the series' own clock, else by the person's; what is now is over."""
    assert next_slot(weekdays(TODAY - timedelta(days=7), time(9), fixed), now, zone) == slot_
