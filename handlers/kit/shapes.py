"""A small language for what a JSON value has to be; `handlers/kit/problems.py` describes Block Kit in it.

A rule is called with the place of a value and the value, and yields a sentence for each thing wrong with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from handlers.kit.shortening import length

Found = Iterator[str]
Rule = Callable[[str, object], Found]


def string(most: int) -> Rule:
    """Text that is not blank."""

    def rule(where: str, value: object) -> Found:
        text = text_of(value)
        if not text.strip():
            yield f"{where}: must be text that is not blank"
        if length(text) > most:
            yield f"{where}: {length(text)} characters, {most} fit"

    return rule


def number(least: int, most: int) -> Rule:
    """A whole number."""

    def rule(where: str, value: object) -> Found:
        if not isinstance(value, int) or not least <= value <= most:
            yield f"{where}: must be a number from {least} to {most}"

    return rule


def among(*values: object) -> Rule:
    """One of a few values."""

    def rule(where: str, value: object) -> Found:
        if value not in values:
            yield f"{where}: must be one of {values}"

    return rule


def many(most: int, each: Rule) -> Rule:
    """A list that is neither empty nor too long, with no action_id twice."""

    def rule(where: str, value: object) -> Found:
        parts = list_of(value)
        if not 1 <= len(parts) <= most:
            yield f"{where}: {len(parts)} parts, 1 to {most} fit"
        yield from twice("action_id", parts, where)
        for at, part in enumerate(parts):
            yield from each(f"{where}[{at}]", part)

    return rule


def shape(parts: Mapping[str, Rule]) -> Rule:
    """An object with these parts and no other; a name with "!" must be there. `one_of` minds its type."""
    rules = {name.rstrip("!"): rule for name, rule in parts.items()}
    needed = [name.rstrip("!") for name in parts if name.endswith("!")]

    def rule(where: str, value: object) -> Found:
        given = value if isinstance(value, Mapping) else {}
        yield from (f"{where}: {name} is missing" for name in needed if name not in given)
        yield from (f"{where}: {name} is unknown" for name in given if name not in {"type", *rules})
        for name in filter(rules.__contains__, given):
            yield from rules[name](f"{where}.{name}", given[name])

    return rule


def both(*rules: Rule) -> Rule:
    """A value that keeps several rules."""

    def rule(where: str, value: object) -> Found:
        for one in rules:
            yield from one(where, value)

    return rule


def one_of(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose type is one of these."""

    def rule(where: str, value: object) -> Found:
        kind = text_of(value.get("type")) if isinstance(value, Mapping) else ""
        if kind in kinds:
            yield from kinds[kind](where, value)
        else:
            yield f"{where}: {kind or 'something without a type'} does not belong here"

    return rule


def twice(name: str, parts: Iterable[object], where: str) -> Found:
    """An id that more than one part has."""
    ids = [part[name] for part in parts if isinstance(part, Mapping) and name in part]
    yield from sorted({f"{where}: {name} {one} is given twice" for one in ids if ids.count(one) > 1})


def text_of(value: object) -> str:
    """The value where it is text."""
    return value if isinstance(value, str) else ""


def list_of(value: object) -> list[object]:
    """The value where it is a list."""
    return value if isinstance(value, list) else []
