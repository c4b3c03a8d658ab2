"""Feedback that is carried in: each piece once, whoever else works at the same time, and nobody is told."""

import asyncio
import random
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from storage.areas import queries as areas
from storage.areas.values import Area
from storage.audit import queries as audit
from storage.database import OURS, Database, Tx
from storage.digests import news
from storage.feedback import carrying, themes, triage
from storage.feedback import queries as feedbacks
from storage.feedback.carried import Carried, Taken
from storage.feedback.tables import FeedbackRow, SupporterRow
from storage.feedback.values import FeedbackState, Kind, NewFeedback, Source
from storage.outbox.tables import BoardRow, OutboxRow
from storage.things import queries as things
from storage.things.values import Letter, Reference, Viewer
from storage.values import Audience, PersonId, PersonKind
from tests.storage.works import A, B

US, MAYA = PersonId("U0US"), PersonId("U0MAYA")
SEEN = Viewer(MAYA, PersonKind.MEMBER)
_COUNT = select(func.count(), func.count(FeedbackRow.number.distinct())).where(FeedbackRow.workspace == OURS)
_SENT = [select(func.count()).where(row.workspace == OURS) for row in (BoardRow, OutboxRow, SupporterRow)]


def wish(number: int) -> Carried:
    words = f"Wish number {number}"
    return Carried(f"{number:064}", words, words, Kind.IDEA, FeedbackState.NEW)


def take(tx: Tx, *these: Carried) -> Taken:
    return carrying.take(tx, these, US)


async def test_it_is_there_like_any_other(database: Database) -> None:
    """It has a number, everybody here finds it, its account is offered; when it was said is when it was said."""
    at = database.clock.now().replace(year=2024)
    one = replace(wish(1), account="Acme", state=FeedbackState.PLANNED, key="PAY-12", at=at)
    assert await database.transact(A, lambda tx: take(tx, one)) == Taken(1, 0, 1, 1)
    found = await database.read(A, lambda tx: feedbacks.see(tx, 1, SEEN))
    assert found is not None
    assert (found.words, found.account, found.state) == (one.words, "Acme", FeedbackState.PLANNED)
    assert (found.source, found.captured_by, found.captured_at) == (Source.IMPORT, US, at)
    thing = await database.read(A, lambda tx: things.find(tx, Reference(Letter.FEEDBACK, 1), SEEN))
    assert thing is not None
    assert (thing.title, thing.state, thing.created_at) == (one.title, "planned", at)
    told = await database.read(A, lambda tx: audit.of(tx, "F-1"))
    assert [(one.verb, one.details) for one in told] == [("feedback.imported", {"last": 1})]


async def test_it_is_about_the_theme_it_names(database: Database) -> None:
    """The one that is called so, whose area it has where it names none, or a new one that everybody reads."""

    def there(tx: Tx) -> tuple[Area, Area]:
        looks, other = areas.add(tx, "Looks"), areas.add(tx, "Payments")
        themes.change(tx, replace(themes.add(tx, "Colours", "", US), area=looks.id))
        return looks, other

    looks, other = await database.transact(A, there)
    said = [replace(wish(1), theme="colours"), replace(wish(2), theme="Colours", area=other.id)]
    await database.transact(A, lambda tx: take(tx, *said, replace(wish(3), theme="New")))

    def found(tx: Tx, number: int) -> tuple[str | None, str | None, str | None]:
        one, sorted_ = feedbacks.see(tx, number, SEEN), triage.find(tx, number)
        assert one is not None
        return one.area, sorted_.theme, sorted_.theme_then

    seen = await database.read(A, lambda tx: [found(tx, number) for number in (1, 2, 3)])
    assert seen == [
        (looks.id, "Colours", "colours"), (other.id, "Colours", "Colours"), (None, "New", "New"),
    ]  # fmt: skip
    assert await database.read(A, lambda tx: [one.name for one in themes.every(tx, SEEN, 9)]) == [
        "Colours",
        "New",
    ]


async def test_nobody_hears_of_it(database: Database) -> None:
    """No card, no call, no supporter, nothing in anybody's Home; the same for a thousand."""
    for start in range(0, 1_000, 100):
        these = [wish(one) for one in range(start, start + 100)]
        await database.transact(A, partial(carrying.take, carried=these, keeper=US))
    assert await database.read(A, lambda tx: [tx.scalar(one) for one in _SENT]) == [0, 0, 0]
    assert await database.read(A, lambda tx: feedbacks.mine(tx, SEEN, 5)) == []


async def test_what_came_before_does_not_come_again(database: Database) -> None:
    """In the same work, in a later one, in another order; in another workspace it is another."""
    assert await database.transact(A, lambda tx: take(tx, wish(1), wish(2), wish(1))) == Taken(2, 1, 1, 2)
    assert await database.transact(A, lambda tx: take(tx, wish(3), wish(2))) == Taken(1, 1, 3, 3)
    assert await database.transact(A, lambda tx: take(tx, wish(2))) == Taken(0, 1)
    assert await database.transact(B, lambda tx: take(tx, wish(2))) == Taken(1, 0, 1, 1)
    assert await database.read(A, lambda tx: tx.all(_COUNT)) == [(3, 3)]


async def test_two_imports_and_people_at_once(database: Database) -> None:
    """Whoever captures meanwhile gets a number of their own, and of two imports of one sheet one takes each row in."""
    dice = random.Random(7)
    rows = [wish(number) for number in range(60)]
    batches = [rows[start : start + 6] for start in range(0, 60, 6)] * 2
    dice.shuffle(batches)
    new = NewFeedback(Kind.IDEA, Source.COMMAND, MAYA, words="Mine")

    def capture(tx: Tx) -> None:
        feedbacks.add(tx, new, "Mine", Audience.workspace())

    works = [partial(carrying.take, carried=one, keeper=US) for one in batches]
    taken, _ = await asyncio.gather(
        asyncio.gather(*(database.transact(A, one) for one in works)),
        asyncio.gather(*(database.transact(A, capture) for _ in range(20))),
    )
    assert sum(one.new for one in taken) == 60
    assert await database.read(A, lambda tx: tx.all(_COUNT)) == [(80, 80)]


async def test_a_work_that_fails_leaves_nothing(database: Database) -> None:
    """It is rolled back whole: the same rows come in afterwards."""

    def failing(tx: Tx) -> None:
        take(tx, wish(1), wish(2))
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await database.transact(A, failing)
    assert await database.transact(A, lambda tx: take(tx, wish(1), wish(2))) == Taken(2, 0, 1, 2)


def test_what_is_carried_in_is_no_news() -> None:
    """A digest counts what was captured, not what was kept elsewhere before."""
    assert "source" in str(news._CAPTURED.whereclause)
