"""How well what was said before is found, on a set written before the rules: `pairs.txt`."""

from collections.abc import Sequence
from functools import partial

import pytest

from handlers.feedback import probing
from handlers.kit.requests import Who
from storage.database import Database, Tx
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, NewFeedback, Source
from storage.values import Audience, PersonId, PersonKind
from tests.handlers.feedback import pairs
from tests.handlers.feedback.pairs import Wish
from tests.storage.works import A

SAM = PersonId("U0SAM")
LEAST_RECALL, MOST_WRONG = 0.95, 0.02
TUNED_ON, JUDGED_BY = pairs.halves()


def test_the_set_is_large_enough_to_tell() -> None:
    """At least a hundred wishes, three hundred said again and three hundred near misses, none of them twice."""
    every = pairs.wishes()
    same, other = [said for one in every for said in one.same], [said for one in every for said in one.other]

    assert len({one.words for one in every}) == len(every) >= 100
    assert len({*same}) == len(same) >= 300
    assert len({*other}) == len(other) >= 300


@pytest.mark.parametrize("half", [TUNED_ON, JUDGED_BY], ids=["tuned-on", "judged-by"])
def test_what_was_said_before_is_found_and_little_else(half: list[Wish]) -> None:
    """Of 20 said again 19 are offered what they are; of 50 near misses at most one is offered what it is not."""
    found = pairs.judge(half, pairs.around(pairs.AROUND))

    assert found.recall >= LEAST_RECALL, found.not_found
    assert found.wrongly <= MOST_WRONG, found.wrong


async def test_it_is_found_among_all_that_is_kept(database: Database) -> None:
    """The index leaves out nothing that would have been offered, however much came since."""
    wishes = pairs.wishes()
    near = [other for one in wishes for other in one.other]
    kept = [*(one.words for one in wishes), *near, *pairs.around(pairs.AROUND)]
    for start in range(0, len(kept), 50):
        await database.transact(A, partial(_keep, texts=kept[start : start + 50]))

    asked = [(said, one.words) for one in wishes for said in one.same][::2]
    missed: list[str] = []
    for start in range(0, len(asked), 10):
        found = await database.read(
            A, partial(_offered, said=[said for said, _ in asked[start : start + 10]])
        )
        missed += [
            said
            for (said, words), offered in zip(asked[start : start + 10], found, strict=True)
            if words not in offered
        ]
    assert 1 - len(missed) / len(asked) >= LEAST_RECALL, missed


def _keep(tx: Tx, texts: Sequence[str]) -> None:
    for words in texts:
        new = NewFeedback(Kind.IDEA, Source.COMMAND, SAM, words, pairs.account_in(words))
        feedbacks.add(tx, new, words[:80], Audience.workspace())


def _offered(tx: Tx, said: Sequence[str]) -> list[list[str]]:
    who = Who(A, SAM, PersonKind.MEMBER, "UTC", admin=False)
    return [
        [near.said.words for near in probing.near(tx, who, words, pairs.account_in(words))] for words in said
    ]
