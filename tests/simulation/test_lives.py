"""What a kill within this process is: as with SIGKILL, nothing uncommitted stays and nothing is done afterwards."""

import asyncio
import gc
import random
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from storage.audit import queries as audit
from storage.database import Tx
from tests.front import HERE
from tests.simulation.chance.house import PEOPLE, House
from tests.simulation.chance.loop import VirtualLoop, scheduler_on

Story = Callable[[House], Awaitable[None]]
Tell = Callable[[Story], None]
VERB, GRAVE = "test.noted", "Said from the grave"
A_WHILE = 120


@pytest.fixture
def tell(tmp_path: Path, sqlite_template: Path) -> Iterator[Tell]:
    """Tells a story in a house that is calm."""
    shutil.copy(sqlite_template, tmp_path / "throughline.db")
    loop = VirtualLoop()

    async def told(story: Story) -> None:
        house = House(loop, tmp_path / "throughline.db", random.Random(1), PEOPLE)
        try:
            await house.calm()
            await story(house)
        finally:
            await house.close()

    with scheduler_on(loop), asyncio.Runner(loop_factory=lambda: loop) as runner:
        yield lambda story: runner.run(told(story))
    gc.unfreeze()


@pytest.mark.parametrize(("nth", "kept"), [(1, 0), (2, 1)], ids=["before", "after"])
def test_a_death_at_a_commit(tell: Tell, nth: int, kept: int) -> None:
    """Right before it nothing is kept, right after it all is; either way nobody hears of it."""

    async def story(house: House) -> None:
        life = await house.up()
        house.dooms(iter((nth, None)).__next__)
        answer = await life.lives(lambda: _noted(life.app.database.transact(HERE, _note)))
        assert answer is None
        assert life.dead
        await house.calm()
        assert house.deaths == 1
        assert [row["verb"] for row in house.store.tables("audit")["audit"]].count(VERB) == kept

    tell(story)


def test_the_dead_write_nothing_and_say_nothing(tell: Tell) -> None:
    """Whatever is asked of them, while another one lives in their house."""

    async def story(house: House) -> None:
        life = await house.up()
        life.die()
        await house.calm()
        said = {"channel": "C0GENERAL", "text": GRAVE}
        asked = [
            asyncio.ensure_future(one)
            for one in (
                _noted(life.app.database.transact(HERE, _note)),
                _noted(life.app.database.read(HERE, _note)),
                _noted(life.app.slack.call("chat.postMessage", said)),
            )
        ]
        answered, waiting = await asyncio.wait(asked, timeout=A_WHILE)
        for one in waiting:
            one.cancel()
        assert not answered
        assert not answered
        assert await life.hears("POST", "/slack/events", {}, b"") is None
        assert VERB not in {row["verb"] for row in house.store.tables("audit")["audit"]}
        assert GRAVE not in {post.text for post in house.hub.history.posts}

    tell(story)


def _note(tx: Tx) -> bool:
    audit.note(tx, None, VERB, "F-1")
    return True


async def _noted(work: Awaitable[object]) -> object:
    return await work
