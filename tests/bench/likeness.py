"""Looking for what was said before: how much more it takes than a bare scan, and how well it finds."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from rapidfuzz import fuzz, process, utils

from handlers.feedback.likeness import OFFERED, Said, nearest
from tests.figures import Figure
from tests.handlers.feedback import pairs

SIZES = (2_000, 100_000)
ROUNDS = 5
ASKED = 12
"""Wishes looked for in a round."""
MOST_TIMES, LEAST_RECALL, MOST_WRONG = 2.0, 0.95, 0.02


def figures() -> list[Figure]:
    """The probe's cost at either size, and how well it finds among the smaller."""
    found = pairs.judge(pairs.wishes(), pairs.around(SIZES[0]))
    return [
        *(_cost(size) for size in SIZES),
        Figure("feedback.probe_recall", found.recall, "of the same is offered", demand=LEAST_RECALL),
        Figure(
            "feedback.probe_wrong",
            found.wrongly,
            "of near misses are offered another",
            demand=MOST_WRONG,
            at_most=True,
        ),
    ]


# ---------------------------------------------------------------------------------------------------------


def _cost(size: int) -> Figure:
    """The median over the rounds of one probe's time by that of one bare scan of the same items."""
    wishes = pairs.wishes()
    texts = [*(one.words for one in wishes), *pairs.around(size - len(wishes))]
    known = [Said(number, words) for number, words in enumerate(texts)]
    asked = [one.same[0] for one in wishes[:: len(wishes) // ASKED]]
    rounds = [
        (_time(lambda said: nearest(said, None, known), asked), _time(lambda said: _scan(said, texts), asked))
        for _ in range(ROUNDS)
    ]
    ratio = median(ours / bare for ours, bare in rounds)
    ours, bare = (median(one) / len(asked) * 1e3 for one in zip(*rounds, strict=True))
    name = f"feedback.probe_{size}"
    return Figure(name, ratio, "times a bare scan", bare, MOST_TIMES, at_most=True, ours=ours)


def _scan(said: str, texts: Sequence[str]) -> object:
    return process.extract(
        said, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=OFFERED
    )


def _time(look: Callable[[str], object], asked: Sequence[str]) -> float:
    began = time.perf_counter()
    for said in asked:
        look(said)
    return time.perf_counter() - began
