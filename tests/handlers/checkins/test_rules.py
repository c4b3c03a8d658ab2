"""What check-ins decide, as tables."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.checkins import ids, rules, standings
from handlers.checkins.rules import DONE, IN_THE_WAY, NEXT
from handlers.kit.recurrences import describe_dates, parse_recurrence
from storage.checkins.values import Party, Waits
from storage.people.values import Person
from storage.recurrence import Recurrence, monthly, weekdays, weekly
from storage.values import AtFirst, ChannelId, FunctionId, PersonId, PersonKind
from storage.worktime.values import Availability, Away, WorkTime

MONDAY = date(2026, 3, 2)
STOCKHOLM, LONDON, TOKYO, NEW_YORK = "Europe/Stockholm", "Europe/London", "Asia/Tokyo", "America/New_York"


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


PROPOSED = [
    # who lives where, who proposes it (at noon UTC on Monday): whose clocks say when it is summed up
    ({STOCKHOLM}, STOCKHOLM, STOCKHOLM),
    ({STOCKHOLM, LONDON}, STOCKHOLM, STOCKHOLM),
    ({STOCKHOLM, LONDON, TOKYO}, STOCKHOLM, STOCKHOLM),
    ({STOCKHOLM, NEW_YORK}, STOCKHOLM, NEW_YORK),
    ({TOKYO, LONDON}, TOKYO, LONDON),
    ({"Pacific/Kiritimati", "Pacific/Honolulu"}, "Pacific/Kiritimati", "Pacific/Honolulu"),
]


@pytest.mark.parametrize(("zones", "own", "closes"), PROPOSED)
def test_the_proposal_leaves_everybody_the_time_to_answer(zones: set[str], own: str, closes: str) -> None:
    """One o'clock where whoever proposes it is, if all have had an hour by then; else where it is morning last."""
    made = rules.proposed(ChannelId("C1"), zones, own, utc(MONDAY, 12))
    assert made.closes_zone == closes
    assert rules.too_late(made.recurrence.start, time(9), time(13), closes, zones) == []


def test_all_begin_on_the_same_date() -> None:
    """At noon UTC New York's nine is still to come on Monday and Stockholm's is not: they begin on Tuesday."""
    assert rules.first_date(time(9), {STOCKHOLM, NEW_YORK}, utc(MONDAY, 12)) == MONDAY + timedelta(days=1)
    assert rules.first_date(time(9), {NEW_YORK}, utc(MONDAY, 12)) == MONDAY


CLOSES = [
    (utc(MONDAY, 0), utc(MONDAY, 12)),
    (utc(MONDAY, 11), utc(MONDAY, 12)),
    (utc(MONDAY, 11, 1), utc(MONDAY, 13, 1)),
    (utc(MONDAY, 15), utc(MONDAY, 17)),
]


@pytest.mark.parametrize(("now", "closes"), CLOSES)
def test_a_round_leaves_an_hour_and_one_begun_late_two(now: datetime, closes: datetime) -> None:
    """Asked at three by hand, it is summed up at five."""
    settings = rules.proposed(ChannelId("C1"), {STOCKHOLM}, STOCKHOLM, utc(MONDAY, 0))
    assert rules.closes(settings, MONDAY, now) == closes


REMINDED = [
    (STOCKHOLM, utc(MONDAY, 8), utc(MONDAY, 12), utc(MONDAY, 11)),
    (TOKYO, utc(MONDAY, 0), utc(MONDAY, 18), utc(MONDAY, 7)),
    (STOCKHOLM, utc(MONDAY, 8), utc(MONDAY, 9, 30), None),
]


@pytest.mark.parametrize(("zone", "asked", "closes", "at"), REMINDED)
def test_a_reminder_comes_in_the_last_hour_somebody_can_act(
    zone: str, asked: datetime, closes: datetime, at: datetime | None
) -> None:
    """An hour before the summary or before they go home, and never within an hour of being asked."""
    assert rules.remind_at(Availability(WorkTime(), zone), asked, closes) == at


ENDS = [
    (WorkTime(), (), utc(MONDAY, 12), utc(MONDAY, 16)),
    (WorkTime(), (), utc(MONDAY, 17), utc(MONDAY + timedelta(days=1), 16)),
    (WorkTime(), (Away(MONDAY, MONDAY),), utc(MONDAY, 12), utc(MONDAY + timedelta(days=1), 16)),
    (WorkTime(workdays=frozenset({5})), (), utc(MONDAY, 12), utc(MONDAY + timedelta(days=4), 16)),
]


@pytest.mark.parametrize(("worktime", "aways", "now", "ends"), ENDS)
def test_the_end_of_a_working_day(
    worktime: WorkTime, aways: tuple[Away, ...], now: datetime, ends: datetime
) -> None:
    """Today's while it lasts, else the next one's."""
    assert standings.end_of_day(Availability(worktime, STOCKHOLM, aways), now) == ends


ENGINEERING = Party(Waits.FUNCTION, function=AtFirst.ENGINEERING)
ERRORS = [
    (["Shipped", None], None, None, set()),
    ([None, None], "None", None, set()),
    ([None, None], None, None, {ids.block_question(0)}),
    (["Shipped", None], "No.", None, set()),
    (["Shipped", None], "No key", None, {ids.WAITS_ON}),
    (["Shipped", None], "No key", ENGINEERING, set()),
    (["Shipped", None], "Nothing", ENGINEERING, {ids.BLOCK_BLOCKER}),
    ([None, None], None, ENGINEERING, {ids.BLOCK_BLOCKER}),
]


@pytest.mark.parametrize(("words", "stuck", "party", "wrong"), ERRORS)
def test_what_an_answer_needs(
    words: list[str | None], stuck: str | None, party: Party | None, wrong: set[str]
) -> None:
    """One answer at least; a blocker and who it waits on belong together; no is an answer and no blocker."""
    assert set(rules.answer_errors(words, stuck, party)) == wrong


def test_what_was_next_is_offered_as_done() -> None:
    """From the last round; what was said in this one counts more."""
    questions = (DONE, NEXT, IN_THE_WAY)
    last = {DONE: "Importer", NEXT: "Error page", IN_THE_WAY: "No key"}
    assert rules.prefilled(questions, None, last) == ["Error page", None, None]
    assert rules.prefilled(questions, ["Both", None, None], last) == ["Both", None, None]
    assert rules.prefilled(("What did we learn?", IN_THE_WAY), None, last) == [None, None]


def engineer(name: str, function: FunctionId = AtFirst.ENGINEERING) -> Person:
    return Person(PersonId(f"U{name}"), name, PersonKind.MEMBER, function=function)


INES, KENJI, TOMAS, LENA = (
    engineer("INES"),
    engineer("KENJI"),
    engineer("TOMAS"),
    engineer("LENA", AtFirst.DESIGN),
)
ASKED = [
    (ENGINEERING, [KENJI, LENA], [INES, KENJI, TOMAS], set(), KENJI.id),
    (ENGINEERING, [KENJI, LENA], [INES, KENJI, TOMAS], {KENJI.id}, INES.id),
    (ENGINEERING, [LENA], [INES, TOMAS], set(), INES.id),
    (ENGINEERING, [TOMAS], [TOMAS], set(), None),
    (ENGINEERING, [KENJI], [KENJI], {KENJI.id}, KENJI.id),
    (Party(Waits.PERSON, person=LENA.id), [KENJI], [], set(), LENA.id),
    (Party(Waits.OUTSIDE, outside="Acme"), [KENJI], [], set(), None),
]


@pytest.mark.parametrize(("party", "there", "everywhere", "away", "asked"), ASKED)
def test_one_person_is_asked(
    party: Party, there: list[Person], everywhere: list[Person], away: set[PersonId], asked: PersonId | None
) -> None:
    """The first by name who is there, those of the channel first; never the one who is blocked (Tomás)."""
    assert rules.to_ask(party, TOMAS.id, there, everywhere, away) == asked


@pytest.mark.parametrize(
    "party", [ENGINEERING, Party(Waits.PERSON, person=LENA.id), Party(Waits.OUTSIDE, outside="A: b")]
)
def test_a_party_survives_its_menu(party: Party) -> None:
    """What a menu's value says is what was chosen."""
    assert rules.party_of(rules.value_of(party)) == party


@pytest.mark.parametrize("value", ["", "f:", "f:nobody", "p:", "o:  ", "x:y"])
def test_a_value_that_is_none(value: str) -> None:
    """What no menu of ours says is nobody."""
    assert rules.party_of(value) is None


AT = time(9)
EVERY = [
    weekdays(MONDAY, AT), weekly([1, 3, 5], MONDAY, AT), weekly([1], MONDAY, AT, every=2),
    weekly([5], MONDAY, AT, every=3), monthly(1, 2, MONDAY, AT), monthly(-1, 5, MONDAY, AT),
]  # fmt: skip


@pytest.mark.parametrize("recurrence", EVERY, ids=str)
def test_the_form_understands_what_it_says(recurrence: Recurrence) -> None:
    """“How often” opens with words of ours; submitted untouched they mean the same."""
    read = parse_recurrence(describe_dates(recurrence), MONDAY, AT)
    assert read is not None
    assert read.rule == recurrence.rule
