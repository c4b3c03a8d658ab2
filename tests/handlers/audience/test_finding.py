"""Nobody finds or is sent what they may not see, and everybody finds what they may: whole random histories.

Through the front door. In each case there is a thing of every letter, and things open to the workspace, to one
channel's members, to named people; they are linked and followed; people come, go and leave the company; launches slip
and ship, decisions are replaced, blockers cleared; days go by. Then everybody looks everywhere, and one of them once
more, after things were made that are none of their business: nothing reads otherwise, no number either.

`AUDIENCE_EXAMPLES=100 pytest tests/handlers/audience` draws more cases, on each database; one that fails names its
seed, and `AUDIENCE_SEED=7` draws the same ones again (`runs.py`).
"""

import asyncio
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, note, seed

from tests import databases
from tests.conftest import DATABASES
from tests.front import front_door
from tests.handlers.audience.drawn import (
    CLOSED,
    GUEST,
    KEEPER,
    LEAVER,
    MEMBERS,
    TALK,
    Case,
    Company,
    Known,
    Made,
    cases,
)
from tests.handlers.audience.living import Life
from tests.handlers.audience.looking import PICKER, PREVIEW, WHY, Post, Seen, look, posts
from tests.handlers.audience.runs import SETTINGS, any_seed

Fresh = Callable[[], AbstractContextManager[str]]
MONDAY = datetime(2026, 3, 2, 11, tzinfo=UTC)
LOOKING = [one for one in (*MEMBERS, GUEST) if one != LEAVER]
LISTS = {"D": "/decision list", "C": "/checkin list", "L": "/launch list", "B": "/checkin blockers"}
"""Where everything of a letter stands that somebody may see and that is not over; feedback has no such list."""


@pytest.fixture(params=DATABASES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """As many migrated databases of one kind as are needed, each gone after its use."""
    numbers = count()
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")

        @contextmanager
        def file() -> Iterator[str]:
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copy(template, path)
            yield f"sqlite:///{path}"
            path.unlink()

        return file
    server: str = request.getfixturevalue("postgres_template")
    return lambda: databases.copy_of_template(server, f"audience{next(numbers)}")


def test_everybody_finds_what_they_may_see_and_nothing_else(fresh: Fresh) -> None:
    """Lists, cards, search, pickers, Home, histories, digests, tellings: each thing's own people, before and after."""
    chosen, drawn = any_seed(), dict[Case, int]()

    @seed(chosen)
    @SETTINGS
    @given(cases())
    def check(case: Case) -> None:
        example = f"example {drawn.setdefault(case, len(drawn) + 1)} of AUDIENCE_SEED={chosen}"
        note(example)
        with fresh() as url:
            found = asyncio.run(wrong(url, case))
        assert not found, "\n".join([example, *found])

    check()


async def wrong(url: str, case: Case) -> list[str]:
    """Everything that somebody found whom it was not for, and all that somebody should have found and did not."""
    async with front_door(url, begins=MONDAY) as door:
        life = Life(door, case)
        await life.begin()
        await life.make_everything()
        old = {one.key: one.content for one in posts(life)}
        found = [*said(posts(life), life.known, life.company)]
        await life.move()
        await life.change_everything()
        await life.say_everything()
        news = [one for one in posts(life) if old.get(one.key) != one.content]
        found += said(news, life.known, life.company, old)
        letters = [*posts(life)]
        for person in LOOKING:
            seen = await look(life, person, life.known)
            found += [*leaked(seen, person, life, letters), *lost(seen, person, life)]
        return [*found, *await noticed(life, case.alone)]


def said(
    news: Iterable[Post],
    things: Sequence[Known],
    company: Company,
    old: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """What was sent to somebody, or said in a channel, and is not for everybody there; of `old`, what is new in it."""
    for post in news:
        for known in things:
            if known.canary in post.content and known.canary not in old.get(post.key, ""):
                for_them = (
                    company.can_see(known.made, post.to)
                    if post.to
                    else company.can_read(known.made, post.place)
                )
                if not for_them:
                    yield f"{post.to or post.place} was told {known}: {post.content}"


def leaked(seen: Sequence[Seen], person: str, life: Life, letters: Sequence[Post]) -> Iterator[str]:
    """What a surface said to somebody who may not see it; a history may say what they were rightly sent."""
    theirs = " ".join(one.content for one in letters if one.to == person)
    for one in seen:
        for known in life.known:
            may = life.company.can_see(known.made, person)
            if one.surface == WHY:
                may = may or known.canary in theirs
            if one.surface == PREVIEW:
                may = may and life.company.can_read(known.made, one.place)
            if not may and one.says(known.canary):
                yield f"{person} saw {known} at {one.surface} in {one.place}: {one.words}"


def lost(seen: Sequence[Seen], person: str, life: Life) -> Iterator[str]:
    """What somebody may see and does not find: by its name, in the list of its kind, in the picker."""
    for known in life.known:
        if not life.company.can_see(known.made, person):
            continue
        letter = known.made.letter
        listed = letter in LISTS and known.name not in life.over
        wanted = [f"/throughline show {known.name}", PICKER, *([LISTS[letter]] if listed else [])]
        for surface in wanted:
            if not any(one.says(known.canary) for one in seen if one.surface == surface):
                yield f"{person} does not find {known} at {surface}"


async def noticed(life: Life, person: str) -> list[str]:
    """Wherever something reads otherwise once things were made that are none of this person's business."""
    things = list(life.known)
    before = await look(life, person, things)
    other = next(one for one in MEMBERS if one not in (person, KEEPER, LEAVER))
    closed = [place for place in CLOSED if person not in life.company.members(place)]
    for place in closed:
        for letter in "FDLB":
            await life.make(Made(letter, place, KEEPER, (other,) if letter == "B" else ()))
    for letter in "FD":
        await life.make(Made(letter, TALK, KEEPER))
    after = await look(life, person, things)
    return [
        f"{person} notices at {one.surface} in {one.place}: {one.words} → {now.words}"
        for one, now in zip(before, after, strict=True)
        if one.words != now.words
    ]
