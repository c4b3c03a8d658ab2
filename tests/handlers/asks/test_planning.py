"""What becomes of everything due for one person: sent, held with a reason, handed to a cover, or over."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.asks.rules import MOST, Hold, Plan, plan
from storage.asks.values import Ask, AskKind, AskState, Held, Spent
from storage.values import PersonId, WorkspaceId
from storage.worktime.values import Availability, Away, Quiet, WorkTime

SAM, MAYA = PersonId("U0SAM"), PersonId("U0MAYA")
TEN = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""A Tuesday."""
TOMORROW = datetime(2026, 3, 4, 9, tzinfo=UTC)
HERE = Availability(WorkTime(), "UTC")
AWAY = replace(HERE, aways=(Away(date(2026, 3, 2), date(2026, 3, 6), MAYA),))
MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)


def an(kind: AskKind, number: int = 0, **given: object) -> Ask:
    """Something due for Sam; the higher the number the younger."""
    made = TEN - timedelta(days=1) + timedelta(minutes=number)
    key = f"{kind}{number}"
    ask = Ask(WorkspaceId("T"), key, SAM, kind, "?", [{"type": "divider"}], TEN, AskState.WAITING, SAM, made)
    return replace(ask, **given)  # type: ignore[arg-type]  # fields by name


ASK, TELL, NUDGE, BACK = AskKind.ASK, AskKind.TELL, AskKind.NUDGE, AskKind.BACK
NEWS = AskKind.NEWS


def sent(made: Plan) -> list[str]:
    return [one.key for one in made.send]


def test_asks_come_before_tellings_and_the_oldest_first() -> None:
    """Of each kind three a day; what is over waits for tomorrow morning, and why is noted."""
    due = [an(TELL, n) for n in range(4)] + [an(ASK, n) for n in range(5)]
    made = plan(TEN, due, HERE, Spent())

    assert sent(made) == ["ask0", "ask1", "ask2", "tell0", "tell1", "tell2"]
    held = [Hold(key, TOMORROW, Held.BUDGET, {"limit": 3}) for key in ("ask3", "ask4", "tell3")]
    assert made.hold == held


def test_what_was_sent_earlier_today_counts() -> None:
    """Two asks and three tellings had gone out; a reminder is an ask."""
    made = plan(TEN, [an(NUDGE), an(ASK, 1), an(TELL)], HERE, Spent(asks=2, tells=3))

    assert sent(made) == ["nudge0"]
    assert [one.key for one in made.hold] == ["ask1", "tell0"]


def test_what_can_wait_least_goes_first() -> None:
    """A round of today, queued last, is asked before three questions that can be asked tomorrow."""
    round_ = an(ASK, 9, until=TEN + timedelta(days=7))
    made = plan(TEN, [an(ASK, n) for n in range(3)] + [round_], HERE, Spent())

    assert sent(made) == ["ask9", "ask0", "ask1"]


def test_what_helps_to_answer_stands_first_and_counts_as_a_telling() -> None:
    """News comes before the round it is needed for; of four tellings, news or not, one waits."""
    made = plan(TEN, [an(ASK), *(an(TELL, n) for n in range(3)), an(NEWS, 9)], HERE, Spent())

    assert sent(made) == ["news9", "ask0", "tell0", "tell1"]
    assert made.hold == [Hold("tell2", TOMORROW, Held.BUDGET, {"limit": 3})]


def test_the_budget_is_the_persons_own() -> None:
    """Who takes one a day gets one a day."""
    one_a_day = replace(HERE, worktime=WorkTime(asks_a_day=1, tells_a_day=1))
    made = plan(TEN, [an(ASK, n) for n in range(3)], one_a_day, Spent())

    assert sent(made) == ["ask0"]
    assert made.hold[0].note == {"limit": 1}


def test_answers_to_their_own_doings_always_come() -> None:
    """At night, over budget, away: somebody who pressed a button hears what became of it."""
    night = TEN.replace(hour=23)
    for there in (HERE, AWAY):
        assert sent(plan(night, [an(BACK)], there, Spent(9, 9))) == ["back0"]


@pytest.mark.parametrize(
    ("there", "now", "until", "why"),
    [
        (HERE, TEN.replace(hour=7), TEN.replace(hour=9), Held.HOURS),
        (HERE, TEN.replace(hour=17), TOMORROW, Held.HOURS),
        (replace(HERE, worktime=WorkTime(quiet=Quiet(time(9, 30), time(11)))), TEN, TEN.replace(hour=11), Held.QUIET),
        (replace(HERE, worktime=WorkTime(quiet=Quiet(time(9, 30), time(17)))), TEN, TOMORROW, Held.QUIET),
        (replace(HERE, worktime=WorkTime(quiet=Quiet(time(22), time(10, 30)))), TEN, TEN.replace(hour=10, minute=30),
         Held.QUIET),
        (replace(HERE, holidays=frozenset({TEN.date()})), TEN, TOMORROW, Held.HOLIDAY),
        (replace(HERE, worktime=WorkTime(workdays=frozenset({1, 4}))), TEN, TOMORROW + timedelta(days=1), Held.DAY_OFF),
        (AWAY, TEN, MONDAY, Held.AWAY),
    ],
)  # fmt: skip
def test_a_bad_moment_waits_for_the_next_good_one(
    there: Availability, now: datetime, until: datetime, why: Held
) -> None:
    """Hours, quiet hours, holidays, days off, leave: each waits, and says which it was."""
    made = plan(now, [an(ASK), an(TELL)], there, Spent())

    assert made.send == []
    assert [(one.until, one.why) for one in made.hold] == [(until, why)] * 2


def test_who_covers_is_asked_what_can_be_asked_of_them() -> None:
    """Only what may go to a cover; the rest waits until the person is back."""
    made = plan(TEN, [an(ASK, 1), an(ASK, 2)], AWAY, Spent(), MAYA, ["ask1"])

    assert [(one.key, to) for one, to in made.hand] == [("ask1", MAYA)]
    assert [(one.key, one.note) for one in made.hold] == [("ask2", {"until": "2026-03-06"})]


def test_a_cover_who_is_away_gives_it_back() -> None:
    """It never goes round in a circle: it waits with whom it was for."""
    made = plan(TEN, [an(ASK, person=MAYA)], AWAY, Spent(), MAYA, ["ask0"])

    assert [(one.key, to) for one, to in made.hand] == [("ask0", MAYA)]


def test_what_is_over_is_not_sent() -> None:
    """A question about a round that has closed is nobody's question any more."""
    made = plan(TEN, [an(ASK, until=TEN)], HERE, Spent())

    assert [one.key for one in made.lapse] == ["ask0"]


def test_a_message_holds_so_much_and_the_rest_comes_in_another() -> None:
    """What does not fit stays due and costs nothing before it is sent."""
    greedy = replace(HERE, worktime=WorkTime(asks_a_day=10))
    due = [an(ASK, n) for n in range(10)]
    made = plan(TEN, due, greedy, Spent())

    assert len(made.send) == MOST
    assert made.hold == []
    rest = [one for one in due if one not in made.send]
    assert len(plan(TEN, rest, greedy, Spent(asks=MOST)).send) == 2


def test_one_that_is_long_comes_alone() -> None:
    """Slack takes fifty blocks in a message."""
    long = [{"type": "divider"}] * 45
    made = plan(TEN, [an(ASK, 0, blocks=long), an(ASK, 1)], HERE, Spent())

    assert sent(made) == ["ask0"]
    assert made.hold == []
