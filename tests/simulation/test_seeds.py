"""Random months: some of the thousand that `make proof` lives through, and those that once broke a promise."""

import pytest

from tests.simulation.chance.run import Lived, lived
from tests.simulation.seeds import ONCE_BROKEN, live

SOME = (1, 2, 3, 4, 5)
A_WEEK = 7


@pytest.fixture(scope="module")
def months() -> list[Lived]:
    return [*live([*SOME, *ONCE_BROKEN])]


def test_whatever_goes_wrong_every_promise_is_kept(months: list[Lived]) -> None:
    """Thirty days each: nothing lost, nothing said twice, nothing shown to who may not see it, no date forgotten."""
    broken = {one.seed: one.broken for one in months if one.broken}
    assert broken == {}, "again: python -m tests.simulation.seeds --seed …"


def test_much_goes_wrong(months: list[Lived]) -> None:
    """In each of them people use Throughline, Slack fails, and Throughline is killed."""
    for one in months:
        assert one.deliveries > 150
        assert one.struck > 10
        assert one.deaths > 2
    assert sum(one.deaths for one in months) > 10 * len(months)


def test_a_seed_is_always_the_same_month() -> None:
    """Lived again, in whatever process and after whatever other month, its ledger has the same hash."""
    [elsewhere] = live([7], A_WEEK)
    lived(8, 1)
    assert lived(7, A_WEEK).ledger == elsewhere.ledger
    assert lived(9, A_WEEK).ledger != elsewhere.ledger
