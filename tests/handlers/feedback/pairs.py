"""What people say twice, from `pairs.txt`; and how well it is found: `python -m tests.handlers.feedback.pairs`."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from handlers.feedback.likeness import Said, nearest

SET = Path(__file__).with_name("pairs.txt")
SEED = 20261129
ACCOUNTS = ("Acme", "Globex", "Initech", "Umbrella", "Hooli", "Vandelay")
AROUND = 500
"""Other items in the store."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish or problem, the same in other words, and what is near it and is another."""

    words: str
    same: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How well a store answers: which of the same were not found, and what was offered for which other."""

    said: int
    not_found: tuple[str, ...]
    others: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def recall(self) -> float:
        """In how many cases the true one is among those offered."""
        return 1 - len(self.not_found) / self.said

    @property
    def wrongly(self) -> float:
        """In how many cases, with the true one absent, another is offered."""
        return len(self.wrong) / self.others


def wishes() -> list[Wish]:
    """The whole set."""
    blocks = SET.read_text("utf-8").split("\n\n")
    return [_wish(lines) for block in blocks if (lines := _lines(block))]


def halves() -> tuple[list[Wish], list[Wish]]:
    """The half the rules may be tuned on, and the half they are only judged by; drawn by a seed."""
    drawn = wishes()
    random.Random(SEED).shuffle(drawn)
    return drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]


def around(count: int) -> list[str]:
    """What else a workspace was told: of another trade, so that nothing of it is true for the set."""
    draw = random.Random(SEED)
    return [" ".join(draw.choice(part) for part in _PARTS) for _ in range(count)]


def judge(asked: Sequence[Wish], others: Sequence[str]) -> Found:
    """Ask for the same in a store of all wishes, all that is near them, and others; for the other without the near.

    What is near two wishes may be one thing, so that a store of these has no item that is surely the wrong one.
    """
    wanted = [*(one.words for one in wishes()), *others]
    store = _store([*wanted, *(near for one in wishes() for near in one.other)])
    not_found = [said for one in asked for said in one.same if one.words not in _offered(said, store)]
    store = _store(wanted)
    wrong = [(said, offered) for one in asked for said in one.other for offered in _offered(said, store)[:1]]
    same, other = sum(len(one.same) for one in asked), sum(len(one.other) for one in asked)
    return Found(same, tuple(not_found), other, tuple(wrong))


# ---------------------------------------------------------------------------------------------------------

_PARTS = [
    line.split()
    for line in """
Clean Paint Water Measure Weigh Polish Harvest Grind Bake Mow Plough Sweep Repair Sharpen Feed
green rusty wooden tall narrow heavy frozen salted dusty broken curved striped ripe
barrels fences kettles orchards tractors ovens lawns anvils horses ladders roofs pears bridges
near beside behind under above around
the
old northern sunny muddy stony quiet steep
mill harbour stable forest quarry bakery garden shed valley chapel
at before after until during
dawn dusk noon winter spring rain storms lunch Easter
""".strip().splitlines()
]


def _lines(block: str) -> list[str]:
    return [one for one in block.splitlines() if one and not one.startswith("#")]


def _wish(lines: Sequence[str]) -> Wish:
    def marked(mark: str) -> Iterator[str]:
        return (one.removeprefix(mark) for one in lines[1:] if one.startswith(mark))

    return Wish(lines[0], tuple(marked("= ")), tuple(marked("! ")))


def account_in(words: str) -> str | None:
    """The account a text names."""
    return next((one for one in ACCOUNTS if one.casefold() in words.casefold()), None)


def _store(held: Sequence[str]) -> list[Said]:
    return [Said(number, words, account_in(words)) for number, words in enumerate(held)]


def _offered(said: str, store: Sequence[Said]) -> list[str]:
    return [one.said.words for one in nearest(said, account_in(said), store)]


def main() -> None:
    """Say how well each half is found; of the half for tuning also where it is not."""
    out = Console(highlight=False, markup=False, soft_wrap=True)
    for name, half in zip(("tuned on", "judged by"), halves(), strict=True):
        found = judge(half, around(AROUND))
        recall, wrong = f"{found.recall:.4f} of {found.said}", f"{found.wrongly:.4f} of {found.others}"
        out.print(f"{name}: recall {recall}, wrong {wrong}")
        if name == "tuned on":
            for said in found.not_found:
                out.print(f"  not found: {said}")
            for said, offered in found.wrong:
                out.print(f"  wrong: {said} -> {offered}")


if __name__ == "__main__":
    main()
