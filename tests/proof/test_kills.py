"""A kill at any instant changes nothing of the thread: on SQLite and on PostgreSQL, exhaustively."""

from collections.abc import Iterator

import pytest

from tests.proof.scenes import SCENES
from tests.proof.theatre import Theatre, theatre_of


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def theatre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """The thread as it goes when nobody dies."""
    with theatre_of(SCENES, request, tmp_path_factory.mktemp("thread")) as theatre:
        yield theatre


@pytest.mark.parametrize("name", [scene.name for scene in SCENES])
async def test_a_kill_changes_nothing(theatre: Theatre, name: str) -> None:
    """Before and after every commit and every call, the end is the same as if nobody had died."""
    died = await theatre.kill_everywhere(name)
    assert all(died), "nobody died of one kind of moment: the harness proves nothing"
