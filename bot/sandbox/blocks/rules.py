"""The small rules all block checks are made of. A rule looks at a value and reports what is wrong where."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.limits import LEAST, LIMITS

Surface = Literal["message", "modal", "home"]


@dataclass(slots=True)
class Check:
    """One look at a payload: what it is for, and every problem found."""

    surface: Surface
    problems: list[str] = field(default_factory=list)

    def wrong(self, path: str, sentence: str) -> None:
        """Report a problem."""
        self.problems.append(f"{path}: {sentence}")


Rule = Callable[[Any, str, Check], None]
Shape = Mapping[str, Rule]


def _bounds(limit: str | None) -> tuple[int, float]:
    """The least and the most by the name of a limit. Rules take names: a number always stands in the table."""
    return (1, math.inf) if limit is None else (LEAST.get(limit, 1), LIMITS[limit])


def string(limit: str | None = None) -> Rule:
    """A string of a certain length; where Slack names none, any that is not empty."""
    shortest, longest = _bounds(limit)

    def rule(value: Any, path: str, check: Check) -> None:
        if not isinstance(value, str):
            check.wrong(path, "must be a string")
        elif len(value) > longest:
            check.wrong(path, f"{len(value)} characters, {longest} allowed")
        elif len(value) < shortest:
            check.wrong(
                path, "must not be empty" if shortest == 1 else f"at least {shortest} characters needed"
            )

    return rule


def choice(*allowed: Any) -> Rule:
    """One of a few values."""

    def rule(value: Any, path: str, check: Check) -> None:
        if value not in allowed:
            check.wrong(path, f"{value!r} is not one of {', '.join(map(str, allowed))}")

    return rule


def whole(limit: str) -> Rule:
    """A whole number within a limit."""
    low, high = _bounds(limit)

    def rule(value: Any, path: str, check: Check) -> None:
        if not _is_whole(value):
            check.wrong(path, "must be a whole number")
        elif not low <= value <= high:
            check.wrong(path, f"{value} is not between {low} and {high}")

    return rule


def natural(value: Any, path: str, check: Check) -> None:
    """A whole number from zero on, where Slack names no end."""
    if not _is_whole(value):
        check.wrong(path, "must be a whole number")
    elif value < 0:
        check.wrong(path, f"{value} is less than 0")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def number(value: Any, path: str, check: Check) -> None:
    """Any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        check.wrong(path, "must be a number")


def flag(value: Any, path: str, check: Check) -> None:
    """A boolean."""
    if not isinstance(value, bool):
        check.wrong(path, "must be true or false")


def anything(value: Any, path: str, check: Check) -> None:
    """No demand beyond being there."""


def pattern(matches: Callable[[str], bool], wanted: str) -> Rule:
    """A string of a certain form."""

    def rule(value: Any, path: str, check: Check) -> None:
        if not isinstance(value, str) or not matches(value):
            check.wrong(path, f"{value!r} is not {wanted}")

    return rule


def many(item: Rule, limit: str | None = None, what: str = "items", *, or_none: bool = False) -> Rule:
    """A list with so many entries; where Slack names no number, one or more, or none where that is said."""
    low, high = _bounds(limit)
    low = 0 if or_none else low

    def rule(value: Any, path: str, check: Check) -> None:
        if not isinstance(value, list):
            check.wrong(path, "must be a list")
            return
        if len(value) > high:
            check.wrong(path, f"{len(value)} {what}, {high} allowed")
        elif len(value) < low:
            check.wrong(path, f"{len(value)} {what}, at least {low} needed")
        for index, entry in enumerate(value):
            item(entry, f"{path}[{index}]", check)

    return rule


def shape(required: Shape, optional: Shape, *more: Rule) -> Rule:
    """An object with these keys and no others; `more` looks at the whole when its keys are right."""
    known = {**required, **optional}

    def rule(value: Any, path: str, check: Check) -> None:
        if not isinstance(value, dict):
            check.wrong(path, "must be an object")
            return
        before = len(check.problems)
        for key in required:
            if key not in value:
                check.wrong(path, f"{key} is missing")
        for key, entry in value.items():
            if key not in known:
                check.wrong(path, f"there is no {key!r} here")
            elif entry is not None or key in required:
                known[key](entry, f"{path}.{key}", check)
        if len(check.problems) == before:
            for extra in more:
                extra(value, path, check)

    return rule


def ordered(low: str, high: str) -> Rule:
    """The one is not more than the other, where both are given."""

    def rule(value: Any, path: str, check: Check) -> None:
        both = value.get(low) is not None and value.get(high) is not None
        if both and float(value[low]) > float(value[high]):
            check.wrong(path, f"{low} is more than {high}")

    return rule


def one_of(*keys: str) -> Rule:
    """Exactly one of these keys is given."""

    def rule(value: Any, path: str, check: Check) -> None:
        given = [key for key in keys if value.get(key) is not None]
        if len(given) != 1:
            check.wrong(path, f"exactly one of {', '.join(keys)} is needed")

    return rule


def any_of(*keys: str) -> Rule:
    """At least one of these keys is given."""

    def rule(value: Any, path: str, check: Check) -> None:
        if not any(value.get(key) is not None for key in keys):
            check.wrong(path, f"at least one of {', '.join(keys)} is needed")

    return rule


def by_type(table: Mapping[str, Rule], what: str) -> Rule:
    """An object whose `type` says which rule holds."""

    def rule(value: Any, path: str, check: Check) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        known = table.get(str(kind))
        if known is None:
            check.wrong(path, f"there is no {what} {kind!r} here")
        else:
            known(value, path, check)

    return rule
