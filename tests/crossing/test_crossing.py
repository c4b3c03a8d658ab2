"""Two workspaces at the front door at once, each with the other's ids in its payloads: neither can tell of the other."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import databases
from tests.crossing.requests import NORTH, SOUTH
from tests.crossing.sent import sent_to_slack
from tests.crossing.trial import FORGOTTEN, LIVES, Forgotten, forgetful, trial
from tests.front import front_door
from tests.fuzz.recording import Recorded, record
from tests.proof.grounds import KINDS

MANY = 300
"""Requests of each; `make proof` makes 50,000."""


@pytest.fixture(scope="module")
def recorded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Recorded]:
    """What people send, of every kind."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("recorded") / "throughline.db")

    async def recording() -> list[Recorded]:
        async with front_door(f"sqlite:///{path}") as door:
            return await record(door)

    return asyncio.run(recording())


@pytest.fixture(params=KINDS)
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """A database for each life, of either kind."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            template = request.getfixturevalue("sqlite_template")
            yield [f"sqlite:///{shutil.copy(template, tmp_path / f'{at}.db')}" for at in range(len(LIVES))]
        else:
            server = request.getfixturevalue("postgres_template")
            yield [
                stack.enter_context(databases.copy_of_template(server, f"cross{at}"))
                for at in range(len(LIVES))
            ]


async def test_neither_can_tell_of_the_other(urls: list[str], recorded: Sequence[Recorded]) -> None:
    """Every answer, everything shown and every row is as if the other were not there; so is what reaches Slack."""
    compared = await asyncio.to_thread(trial, urls, recorded, 1, MANY)
    assert list(compared.crossings) == []
    assert compared.operations == 2 * MANY
    assert min(compared.words[NORTH], compared.words[SOUTH]) > 10, "both have said something of their own"
    sent = await sent_to_slack(urls[0], MANY)
    assert sent.foreign == []
    assert sent.own > 0


@pytest.mark.parametrize("forgotten", [FORGOTTEN[1], FORGOTTEN[3]], ids=lambda one: one.column)
def test_a_forgotten_criterion_is_found(
    forgotten: Forgotten, recorded: Sequence[Recorded], tmp_path: Path
) -> None:
    """In a copy whose tripwire is cut, one comparison with the workspace that is missing shows in what crossed."""
    assert forgetful(tmp_path, forgotten, recorded, MANY) != []
