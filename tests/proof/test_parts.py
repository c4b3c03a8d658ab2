"""`make proof` runs parts that end in time, keeps their figures, and says when it could not measure."""

import json
import re
from pathlib import Path

import pytest

from tests.figures import Figure, replace
from tests.proof.overseer import NotMeasured, measured
from tests.proof.parts import MOST_MINUTES, PARTS, Part
from tests.proof.scale import Scale

NAP = "tests.proof.nap"


async def test_a_part_tells_how_far_it_is_and_what_it_found(tmp_path: Path) -> None:
    """Line by line while it runs, and its figures at the end."""
    told: list[tuple[str, int, int]] = []
    found = await measured(
        Part(NAP, 1), 0.01, tmp_path / "log", lambda what, done, of: told.append((what, done, of))
    )
    assert told == [("asleep", 0, 1)]
    assert found == [Figure("nap.seconds", 0.01, "s", demand=1, at_most=True)]


async def test_a_part_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    """After its minutes, which are the bound of all of it."""
    with pytest.raises(NotMeasured, match="not done after"):
        await measured(Part(NAP, 1 / 60), 60, tmp_path / "log", Scale().tell)


async def test_a_part_that_could_not_measure_says_why(tmp_path: Path) -> None:
    """Its last words are in the log, and nothing counts as measured."""
    with pytest.raises(NotMeasured):
        await measured(Part(NAP, 1), 0, tmp_path / "log", Scale().tell)
    assert "nobody sleeps" in (tmp_path / "log").read_text()


def test_one_part_replaces_its_own_figures_only(tmp_path: Path) -> None:
    """What other parts found stays, and what this one no longer measures is gone."""
    path = tmp_path / "proof.json"
    replace("sent", [Figure("sent.lost", 0, "messages", demand=0, at_most=True)], path)
    replace("acked", [Figure("acked.lost", 0, "events"), Figure("acked.kills", 2, "kills")], path)
    replace("acked", [Figure("acked.lost", 1, "events", demand=0, at_most=True)], path)
    assert json.loads(path.read_text()) == {
        "sent.lost": {"value": 0.0, "unit": "messages", "floor": None, "demand": 0, "met": True},
        "acked.lost": {"value": 1.0, "unit": "events", "floor": None, "demand": 0, "met": False},
    }


@pytest.mark.parametrize(("spent", "left"), [(0, 10), (MOST_MINUTES - 4, 4), (MOST_MINUTES + 1, 0)])
def test_all_parts_together_end_in_time(spent: float, left: float) -> None:
    """Each has its own minutes, and none has more than the others have left it."""
    assert Part(NAP, 10).minutes_after(spent) == left


async def test_a_part_nothing_is_left_for_is_not_measured(tmp_path: Path) -> None:
    """And says so."""
    with pytest.raises(NotMeasured, match=re.escape("after 0.0 minutes")):
        await measured(Part(NAP, 1), 60, tmp_path / "log", Scale().tell, MOST_MINUTES)


def test_every_part_can_be_run() -> None:
    """Its module is there, and has what runs it."""
    assert all(callable(part.run) for part in PARTS)


def test_a_share_is_never_nothing() -> None:
    """However small, something is done."""
    assert (Scale().of(100_000), Scale(0.5).of(10), Scale(0.0001).of(10, 2)) == (100_000, 5, 2)
