"""What the feedback of the last weeks shows, as a sentence that is true. Pure."""

from collections.abc import Mapping, Sequence

from handlers.kit.counting import counted
from storage.feedback.values import Kind

ENOUGH = 3
"""Weeks with something in them, before a chart says more than a sentence."""
Weeks = Sequence[Mapping[Kind, int]]


def finding(weeks: Weeks) -> str | None:
    """What the weeks show, as a sentence; None where there is too little to show."""
    totals = [sum(week.values()) for week in weeks]
    if sum(map(bool, totals)) < ENOUGH or not totals[-1]:
        return None
    found = _leading(weeks, Kind.PROBLEM, Kind.IDEA, "More problems than ideas")
    found = found or _rising(totals) or _leading(weeks, Kind.IDEA, Kind.PROBLEM, "More ideas than problems")
    return (
        found
        or f"{counted(totals[-1], 'piece', 'pieces')} of feedback this week, {totals[-2]} the week before"
    )


def _leading(weeks: Weeks, first: Kind, second: Kind, words: str) -> str | None:
    """How many weeks in a row, up to now, there was more of the one than of the other."""
    row = 0
    for week in reversed(weeks):
        if week.get(first, 0) <= week.get(second, 0):
            break
        row += 1
    return f"{words}{_for_the_nth(row)}" if row else None


def _rising(totals: Sequence[int]) -> str | None:
    row = 1
    while row < len(totals) and totals[-row] > totals[-row - 1]:
        row += 1
    return f"More feedback each week, {' then '.join(map(str, totals[-row:]))}" if row >= ENOUGH else None


def _for_the_nth(row: int) -> str:
    if row == 1:
        return " this week"
    return f" for the {_ORDINALS.get(row, f'{row}th')} week in a row" if row > 2 else " for the second week"


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
