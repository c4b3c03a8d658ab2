"""A mishap at any instant changes nothing of the thread: on SQLite and on PostgreSQL, exhaustively."""

from collections.abc import Iterator

import pytest

from tests.proof.lanes import stores_for
from tests.proof.scenes import SCENES
from tests.proof.theatre import CALLS, COMMITS, FAULTS, Theatre, one_each, theatre_of


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def theatre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """The thread as it goes when nothing happens."""
    folder = tmp_path_factory.mktemp("thread")
    with stores_for(request, folder) as stores:
        yield theatre_of(SCENES, stores, folder)


@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
async def test_a_kill_changes_nothing(theatre: Theatre, name: str) -> None:
    """Before and after every commit and every call, the end is the same as if nobody had died."""
    struck = await theatre.strike_everywhere(name, COMMITS | CALLS)
    assert [one for kind in struck.values() for one in kind.broken] == []
    assert all(kind.moments for kind in struck.values()), (
        "nobody died of one kind: the harness proves nothing"
    )


@pytest.mark.parametrize(("name", "fault"), one_each(SCENES))
async def test_a_failing_call_changes_nothing(theatre: Theatre, name: str, fault: str) -> None:
    """Whichever call of a scene fails in a way of its own, the end is the same; `make proof` tries all ways."""
    struck = await theatre.strike_everywhere(name, {fault: FAULTS[fault]})
    assert struck[fault].broken == []
    assert struck[fault].moments
