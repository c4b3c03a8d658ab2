"""When items are due, what a move moves, what votes come to, how ready a launch is. Tables and properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.launches import rules
from handlers.launches.rules import Below, Workdays
from handlers.launches.templates import TEMPLATES
from storage.functions.values import AT_FIRST
from storage.launches.values import Asked, Item, ItemState, Lead, Said, Tier, Vote
from storage.values import AtFirst, FunctionId, PersonId

MAYA, PRIYA = PersonId("U1"), PersonId("U2")
MONDAY = date(2026, 3, 2)
WEEK = Workdays()
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ITEM = Item(
    4, 1, "Landing page", AtFirst.MARKETING, PRIYA, 5, date(2026, 3, 12), ItemState.TODO, None, False,
    date(2026, 3, 9), Asked.NOTHING, 1, None, 1,
)  # fmt: skip
FUNCTIONS = [one.id for one in AT_FIRST]
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("on", "t_minus", "due"),
    [
        (date(2026, 3, 19), 0, date(2026, 3, 19)),
        (date(2026, 3, 19), 5, date(2026, 3, 12)),
        (date(2026, 3, 21), 1, date(2026, 3, 20)),  # from a Saturday
        (date(2026, 3, 19), 30, date(2026, 3, 3)),  # its own day is over: the next working day
        (date(2026, 3, 3), 30, date(2026, 3, 3)),
    ],
)
def test_when_an_item_is_due(on: date, t_minus: int, due: date) -> None:
    """So many working days before; nobody is late from the start."""
    assert rules.due(on, t_minus, MONDAY, WEEK) == due


@given(DAYS, st.integers(0, 60))
def test_days_left_are_counted_as_items_are_planned(on: date, number: int) -> None:
    """On the day an item is due, T-minus says what the template said."""
    assert WEEK.until(WEEK.before(on, number), on) == number


@given(
    DAYS,
    st.integers(0, 60),
    DAYS,
    st.frozensets(st.integers(1, 7), min_size=1),
    st.frozensets(DAYS, max_size=5),
)
def test_an_item_is_never_due_in_the_past_or_after_the_launch(
    on: date, t_minus: int, today: date, days: frozenset[int], holidays: frozenset[date]
) -> None:
    """Whatever week its owner works, and whatever the holidays."""
    if on <= today:
        return
    due = rules.due(on, t_minus, today, Workdays(days, holidays))
    assert today <= due <= on


@pytest.mark.parametrize(
    ("on", "has"),
    [(date(2026, 3, 10), 6), (date(2026, 3, 16), None), (date(2026, 3, 3), 1), (date(2026, 3, 13), 9)],
)
def test_who_falls_below_their_notice(on: date, has: int | None) -> None:
    """Marketing needs ten working days; a function with nothing left to do needs none."""
    leads = (Lead(AtFirst.MARKETING, PRIYA, 10), Lead(AtFirst.SALES, None, 20))
    found = rules.plan_move([ITEM], leads, on, MONDAY, WEEK)
    assert found.below == (() if has is None else (Below(AtFirst.MARKETING, 10, has),))
    done = replace(ITEM, state=ItemState.DONE)
    assert rules.plan_move([done], leads, on, MONDAY, WEEK).below == ()


@given(DAYS, st.integers(1, 300))
def test_a_move_moves_what_is_open_and_nothing_else(today: date, ahead: int) -> None:
    """Each open item once, to a day that is not over; what is done or not needed stays."""
    on = today + timedelta(days=ahead)
    items = [replace(ITEM, number=at, t_minus=at * 3, state=state) for at, state in enumerate(ItemState, 1)]
    plan = rules.plan_move(items, (), on, today, WEEK)
    assert [one.item for one in plan.shifts] == [one for one in items if one.is_open]
    for shift in plan.shifts:
        assert today <= shift.due_on <= on
        assert shift.past == (WEEK.before(on, shift.item.t_minus) < today)


@pytest.mark.parametrize(
    ("votes", "came"),
    [
        ("go go go", Vote.GO),
        ("go conditions go", Vote.CONDITIONS),
        ("go hold conditions", Vote.HOLD),
        ("no_go hold go", Vote.NO_GO),
        ("go go", Vote.HOLD),
        ("conditions", Vote.HOLD),
        ("no_go", Vote.NO_GO),
        ("", Vote.HOLD),
    ],
)
def test_what_votes_come_to(votes: str, came: Vote) -> None:
    """The most careful one counts; whoever has not voted has never said yes."""
    required = (AtFirst.PRODUCT, AtFirst.SALES, AtFirst.DESIGN)
    said = {
        one: Said(one, MAYA, Vote(vote), None, None, NOW)
        for one, vote in zip(required, votes.split(), strict=False)
    }
    assert rules.outcome(required, said) is came
    assert rules.unheard(required, said) == list(required[len(said) :])


@given(
    st.dictionaries(st.sampled_from(FUNCTIONS), st.sampled_from(Vote)),
    st.frozensets(st.sampled_from(FUNCTIONS)),
)
def test_go_means_that_everybody_said_go(
    said: dict[FunctionId, Vote], required: frozenset[FunctionId]
) -> None:
    """No other votes come to it, and votes of functions that need not vote change nothing."""
    votes = {one: Said(one, MAYA, vote, None, None, NOW) for one, vote in said.items()}
    everybody = bool(required) and all(said.get(one) is Vote.GO for one in required)
    assert (rules.outcome(required, votes) is Vote.GO) == everybody


@given(st.lists(st.sampled_from(ItemState)))
def test_how_ready_it_is(states: list[ItemState]) -> None:
    """What is not needed counts for nothing; blocked and late come first."""
    items = [replace(ITEM, number=at, state=one) for at, one in enumerate(states, 1)]
    done, needed = rules.readiness(items)
    assert done == states.count(ItemState.DONE)
    assert needed == len(states) - states.count(ItemState.NOT_NEEDED)
    pressing = rules.pressing(items, ITEM.due_on + timedelta(days=1))
    assert {one.number for one in pressing} == {one.number for one in items if one.is_open}
    blocked = [one.state is ItemState.BLOCKED for one in pressing]
    assert blocked == sorted(blocked, reverse=True)


@pytest.mark.parametrize(
    ("item", "today", "asks"),
    [
        (ITEM, date(2026, 3, 9), (Asked.SOON, ITEM.due_on)),
        (ITEM, date(2026, 3, 11), (Asked.DUE, None)),
        (replace(ITEM, asked=Asked.SOON), ITEM.due_on, (Asked.DUE, None)),
    ],
)
def test_what_an_owner_is_asked(item: Item, today: date, asks: tuple[Asked, date | None]) -> None:
    """A little before, and once on the day; what is due the next morning is asked about once."""
    assert rules.asks_now(item, today, WEEK) == asks


def test_templates_are_sound() -> None:
    """Every tier has tasks; every function with tasks needs some notice; nothing is later than the launch."""
    assert set(TEMPLATES) == set(Tier)
    for template in TEMPLATES.values():
        assert set(template.notice) == set(template.functions)
        assert all(task.t_minus >= 0 and len(task.title) <= rules.NAME_LIMIT for task in template.tasks)
        assert all(notice > 0 for notice in template.notice.values())
