"""A kill at any instant changes nothing of what the clock does: every job, on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Mapping

import pytest

from handlers.registry import registry
from tests.proof.job_scenes import PLAY, grow
from tests.proof.kills import Mishaps
from tests.proof.lanes import stores_for
from tests.proof.theatre import CALLS, COMMITS, FAULTS, Theatre, one_each, theatre_of

Kinds = Mapping[str, Mishaps]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def theatre(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Theatre, Kinds]]:
    """What the clock does when nobody dies.

    A call is the same whatever keeps our rows, so on PostgreSQL people die at its commits only.
    """
    kinds = COMMITS | CALLS if request.param == "sqlite" else COMMITS
    folder = tmp_path_factory.mktemp("clock")
    with stores_for(request, folder) as stores:
        yield theatre_of(PLAY, stores, folder, grow), kinds


@pytest.mark.parametrize("name", [scene.name for scene in PLAY if scene.killed])
async def test_a_kill_changes_nothing_of_a_job(theatre: tuple[Theatre, Kinds], name: str) -> None:
    """Before and after every commit, and every call, each job has the one effect it has when nobody dies."""
    struck = await theatre[0].strike_everywhere(name, theatre[1])
    assert [one for kind in struck.values() for one in kind.broken] == []
    assert all(kind.moments for kind in struck.values()), (
        "nobody died of one kind: the harness proves nothing"
    )


@pytest.mark.parametrize(("name", "fault"), one_each(PLAY))
async def test_a_failing_call_changes_nothing_of_a_job(
    theatre: tuple[Theatre, Kinds], name: str, fault: str
) -> None:
    """Whichever call of a job fails in a way of its own, the end is the same; `make proof` tries all ways."""
    struck = await theatre[0].strike_everywhere(name, {fault: FAULTS[fault]})
    assert struck[fault].broken == []
    assert struck[fault].moments


def test_each_scene_is_about_the_jobs_it_names(theatre: tuple[Theatre, Kinds]) -> None:
    """Those that a scene names had something to do in it: a kill there is a kill of theirs."""
    idle = {name: {*part.scene.jobs} - part.worked for name, part in theatre[0].parts.items()}
    assert {name: jobs for name, jobs in idle.items() if jobs} == {}


def test_no_job_is_left_out() -> None:
    """Every job and every kind of series of the registry is named by a scene somebody dies in."""
    known = registry()
    killed = {job for scene in PLAY if scene.killed for job in scene.jobs}
    assert killed == {*(job.name for job in known.jobs), *known.series}
