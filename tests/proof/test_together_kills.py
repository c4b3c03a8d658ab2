"""A mishap at any instant changes nothing of check-ins, decisions, launches and digests as people use them.

`make proof` tries every kind of mishap on both databases; here people die at every commit, and calls fail in one way.
"""

from collections.abc import Iterator

import pytest

from tests.proof.lanes import stores_for
from tests.proof.theatre import COMMITS, FAULTS, Theatre, one_each, theatre_of
from tests.proof.together_scenes import TOGETHER


@pytest.fixture(scope="module", params=["sqlite"])
def theatre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """All of it as it goes when nothing happens."""
    folder = tmp_path_factory.mktemp("together")
    with stores_for(request, folder) as stores:
        yield theatre_of(TOGETHER, stores, folder)


@pytest.mark.parametrize(("name", "fault"), one_each(TOGETHER))
async def test_a_mishap_changes_nothing(theatre: Theatre, name: str, fault: str) -> None:
    """Before and after every commit, and at every call that fails, the end is the same."""
    struck = await theatre.strike_everywhere(name, {**COMMITS, fault: FAULTS[fault]})
    assert [one for kind in struck.values() for one in kind.broken] == []
    assert all(kind.moments for kind in struck.values()), (
        "one kind never happened: the harness proves nothing"
    )
