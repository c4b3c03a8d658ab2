"""A job that is off asks nobody anything: its switch names how the keys of all its asks begin."""

from pathlib import Path

import pytest

from handlers.kit.features import Feature
from handlers.registry import registry
from tests.handlers.setup import ask_keys
from tests.processes import ROOT

FEATURES = {one.name: one for one in registry().features if (ROOT / "handlers" / one.name).is_dir()}
JOBS = [one for one in FEATURES.values() if one.switch is not None]
GROUND = [one for one in FEATURES.values() if one.switch is None and one.name != "asks"]
SILENCED = tuple(beginning for one in JOBS if one.switch is not None for beginning in one.switch.asks)


@pytest.mark.parametrize("job", JOBS, ids=lambda one: one.name)
def test_a_switch_names_every_ask_of_its_job(job: Feature) -> None:
    """Whatever a job asks or tells is held back while it is off; one that forgets a beginning fails here."""
    assert job.switch is not None
    found = ask_keys.read(ROOT / "handlers" / job.name).beginnings()
    assert found
    assert {one for one in found if not one.startswith(job.switch.asks)} == set()


@pytest.mark.parametrize("feature", GROUND, ids=lambda one: one.name)
def test_no_switch_silences_what_is_no_job(feature: Feature) -> None:
    """What is always there goes on telling, whichever job is off."""
    found = ask_keys.read(ROOT / "handlers" / feature.name).beginnings()
    assert {one for one in found if one.startswith(SILENCED)} == set()


def test_jobs_share_no_beginning() -> None:
    """Switching one off leaves the others alone."""
    assert len(set(SILENCED)) == len(SILENCED)
    assert not any(one != other and one.startswith(other) for one in SILENCED for other in SILENCED)


CODE = """
from handlers.asks import service as asks

HERE = "pulse.here:"

def key_of(number: int) -> str:
    return f"pulse.asked:{number}"

def begin(tx, person, number):
    key, words = key_of(number), "?"
    asks.ask(tx, person, key, words, [])
    tell(tx, person, f"forgotten:{number}", words)
    asks.tell_back(tx, person, f"{HERE}{number}", words, [])

def tell(tx, person, key, words):
    asks.tell(tx, person, key, words, [])
"""


def test_a_forgotten_one_is_found(tmp_path: Path) -> None:
    """Through variables, constants, functions that make a key and functions that are handed one."""
    (tmp_path / "service.py").write_text(CODE)
    assert ask_keys.read(tmp_path).beginnings() == {"pulse.asked:", "pulse.here:", "forgotten:"}


def test_a_key_that_cannot_be_followed_is_no_excuse(tmp_path: Path) -> None:
    """It fails instead of being overlooked."""
    (tmp_path / "service.py").write_text(
        CODE + "\ndef odd(tx, person):\n    asks.tell(tx, person, tx.key, '', [])\n"
    )
    with pytest.raises(ask_keys.Unclear, match=r"odd: tx\.key"):
        ask_keys.read(tmp_path).beginnings()
