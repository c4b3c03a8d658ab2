"""A kill at any instant changes nothing of what the clock does: every job, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from handlers.registry import registry
from tests.proof.job_scenes import PLAY, grow
from tests.proof.theatre import CALLS, COMMITS, Theatre, theatre_of


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def theatre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """What the clock does when nobody dies.

    A call is the same whatever keeps our rows, so on PostgreSQL people die at its commits only.
    """
    moments = (*COMMITS, *CALLS) if request.param == "sqlite" else COMMITS
    folder = tmp_path_factory.mktemp("clock")
    with theatre_of(PLAY, request, folder, prepare=grow, moments=moments) as theatre:
        yield theatre


@pytest.mark.parametrize("name", [scene.name for scene in PLAY if scene.killed])
async def test_a_kill_changes_nothing_of_a_job(theatre: Theatre, name: str) -> None:
    """Before and after every commit, and every call, each job has the one effect it has when nobody dies."""
    died = await theatre.kill_everywhere(name)
    assert all(died), "nobody died of one kind of moment: the harness proves nothing"


def test_each_scene_is_about_the_jobs_it_names(theatre: Theatre) -> None:
    """Those that a scene names had something to do in it: a kill there is a kill of theirs."""
    idle = {name: {*part.scene.jobs} - part.worked for name, part in theatre.parts.items()}
    assert {name: jobs for name, jobs in idle.items() if jobs} == {}


def test_no_job_is_left_out() -> None:
    """Every job and every kind of series of the registry is named by a scene somebody dies in."""
    known = registry()
    killed = {job for scene in PLAY if scene.killed for job in scene.jobs}
    assert killed == {*(job.name for job in known.jobs), *known.series}
