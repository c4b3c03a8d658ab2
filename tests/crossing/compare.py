"""Whether two workspaces met: each lives beside the other and alone, and must not be able to tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.crossing.lives import Lived
from tests.crossing.requests import NORTH, OTHER, SOUTH, WORDS


@dataclass(frozen=True, slots=True)
class Compared:
    """How much was compared, and every difference."""

    operations: int
    calls: int
    rows: int
    words: Mapping[str, int]
    """Rows of each workspace with its own word in them: where nobody says anything nothing can cross."""
    crossings: Sequence[str]


def compare(beside: Lived, north: Lived, south: Lived) -> Compared:
    """Everything that is different beside the other, and every word of the other's."""
    alone = {NORTH: north, SOUTH: south}
    found = [one for name, other in alone.items() for one in _differences(name, beside, other)]
    found += [f"shown to Slack: {one[:300]}" for one in _unlike(beside, north, south)]
    found += [one for lived in (beside, north, south) for one in lived.errors]
    rows = sum(len(some) for name in alone for some in beside.rows[name].values())
    return Compared(
        sum(map(len, beside.answers.values())), beside.calls.total(), rows, _words_in(beside), found
    )


def _differences(name: str, beside: Lived, alone: Lived) -> Iterator[str]:
    foreign = WORDS[OTHER[name]]
    for number, (one, other) in enumerate(zip(beside.answers[name], alone.answers[name], strict=True)):
        if one != other:
            at = next(
                (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)),
            )
            yield (
                f"{name}, request {number} was answered …{one[max(0, at - 60) : at + 140]} "
                f"instead of …{other[max(0, at - 60) : at + 140]}"
            )
        if foreign in one:
            yield f"{name}, request {number} was told {foreign}"
    for table, rows in beside.rows[name].items():
        unlike = set(rows) ^ set(alone.rows[name][table])
        yield from (f"{name}, {table}: {one[:300]}" for one in sorted(unlike))
        yield from (f"{name}, {table} says {foreign}" for one in rows if foreign in one)


def _unlike(beside: Lived, north: Lived, south: Lived) -> list[str]:
    apart = north.calls + south.calls
    both = [one for one in beside.calls if all(word in one for word in WORDS.values())]
    return [*(beside.calls - apart), *(apart - beside.calls), *both]


def _words_in(lived: Lived) -> dict[str, int]:
    return {
        name: sum(WORDS[name] in one for rows in tables.values() for one in rows)
        for name, tables in lived.rows.items()
    }
