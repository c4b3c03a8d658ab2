"""Whatever admins do with functions, in whatever order: they stay functions one can work with."""

import asyncio
import random
import threading
from collections.abc import Callable

import pytest

from handlers.checkins.rules import works_in
from handlers.functions import rules, service
from handlers.functions.previews import FunctionForm, SplitForm
from handlers.kit.function_names import known
from handlers.kit.functions import FUNCTIONS
from handlers.kit.requests import Who
from handlers.launches import regrouping
from handlers.launches.templates import TEMPLATES, here, titles
from storage.database import Tx
from storage.functions import queries as functions
from storage.functions.values import Function
from storage.launches import items
from storage.launches import queries as launches
from storage.launches.values import Gate
from storage.people import queries as people
from storage.values import AtFirst, PersonId, PersonKind, folded
from tests.front import HERE, FrontDoor
from tests.handlers.launches.acts import make, monday
from tests.handlers.launches.test_gate import opened

STEPS = 25
PATIENCE = 10
MAYA = Who(HERE, PersonId("U0MAYA"), PersonKind.MEMBER, "Europe/London", admin=True)
SOMEBODY = [PersonId(f"U0{name}") for name in ("INES", "KENJI", "LENA", "PRIYA", "SAM", "BEN", "RUTH")]
NAMES = ("Sales", "Field", "Care", "DevOps", "Legal", "Design")


class Admin:
    """Somebody who does anything at all."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.done: list[str] = []

    def act(self, tx: Tx) -> None:
        """The next thing, refused or not."""
        those = functions.hold(tx)
        deeds: list[Callable[[Tx, Function], object]] = [
            self.add, self.rename, self.merge, self.apart, self.retire, self.use_again, self.split,
        ]  # fmt: skip
        deed = self.dice.choice(deeds)
        refused = deed(tx, self.dice.choice(those))
        if not isinstance(refused, rules.Refused):
            self.done.append(deed.__name__)

    def add(self, tx: Tx, _: Function) -> object:
        return service.add(tx, MAYA, self.dice.choice(NAMES))

    def rename(self, tx: Tx, one: Function) -> object:
        return service.rename(tx, MAYA, FunctionForm(id=one.id, seen=one.version), self.dice.choice(NAMES))

    def merge(self, tx: Tx, one: Function) -> object:
        into = self.dice.choice(functions.every(tx))
        form = FunctionForm(id=one.id, seen=one.version, into=into.id, into_seen=into.version)
        return service.merge(tx, MAYA, form)

    def apart(self, tx: Tx, one: Function) -> object:
        return service.apart(tx, MAYA, one.id)

    def retire(self, tx: Tx, one: Function) -> object:
        return service.retire(tx, MAYA, FunctionForm(id=one.id, seen=one.version))

    def use_again(self, tx: Tx, one: Function) -> object:
        return service.use_again(tx, MAYA, one.id)

    def split(self, tx: Tx, one: Function) -> object:
        ready = tuple(title for title in titles(one.id) if self.dice.random() < 0.5)
        leaving = tuple(self.dice.sample(SOMEBODY, 3))
        name = self.dice.choice(NAMES)
        form = SplitForm(id=one.id, seen=one.version, name=name, people=leaving, ready=ready)
        return service.split(tx, MAYA, form)


def is_sound(tx: Tx) -> None:
    """What holds at any time."""
    every = {one.id: one for one in functions.every(tx)}
    assert len({folded(one.name) for one in every.values()}) == len(every)
    assert all(one.part_of is None or every[one.part_of].part_of is None for one in every.values())
    in_use = {one for one, _ in FUNCTIONS.items()}
    assert 1 <= len(in_use) <= rules.MOST
    taken = [title for one in every.values() for title in one.takes]
    assert len(taken) == len({*taken})
    assert sum(service.by_function(tx).values()) == sum(people.by_function(tx).values())
    for tier, template in TEMPLATES.items():
        assert set(here(tier).functions) <= in_use
        assert {one.title for one in here(tier).tasks} <= {one.title for one in template.tasks}
    for person in people.people(tx, SOMEBODY).values():
        there = [one for one in in_use if works_in(person, one)]
        assert there == [one for one in [FUNCTIONS.in_use(person.function)] if one is not None]


def is_settled(tx: Tx) -> None:
    """What holds of planned launches once they have heard of it."""
    in_use = {one for one, _ in FUNCTIONS.items()}
    for number in (1, 2):
        launch, leads = launches.must(tx, number), launches.leads(tx, number)
        assert {lead.function for lead in leads} <= in_use
        assert {one.function for one in items.every(tx, number) if one.is_open} <= {*in_use, None}
        assert launch.gate is not Gate.OPEN or set(launch.required) <= {lead.function for lead in leads}


@pytest.mark.parametrize("seed", range(3))
async def test_in_any_order(door: FrontDoor, seed: int) -> None:
    """No name twice, nothing counts under what counts under another, nobody counts twice, nothing open is asked of none."""
    await opened(door)
    await monday(door.slack)
    await make(door, ahead=28)
    admin = Admin(seed)

    def step(tx: Tx) -> None:
        known(admin.act)(tx)

    for _ in range(STEPS):
        await door.app.database.transact(HERE, step)
        await door.app.database.read(HERE, known(is_sound))
    await door.app.settled()
    await door.app.database.read(HERE, known(is_settled))
    assert len({*admin.done}) > 3, "the dice did next to nothing"


async def test_a_change_while_launches_are_told_of_the_one_before(door: FrontDoor) -> None:
    """They hear of it, too: the job that has just read what Sales was called does not count it as told of."""
    await opened(door)
    await monday(door.slack)
    await make(door, ahead=28)
    database, begun, go_on = door.app.database, threading.Event(), threading.Event()

    def rename(tx: Tx) -> None:
        sales = next(one for one in functions.hold(tx) if one.id == AtFirst.SALES)
        functions.change(tx, functions.renamed(sales, "Field", tx.now, MAYA.person))
        functions.settle(tx, sales.id, launches.NEWEST)

    def retire(tx: Tx) -> None:
        sales = next(one for one in functions.every(tx) if one.id == AtFirst.SALES)
        assert service.retire(tx, MAYA, FunctionForm(id=sales.id, seen=sales.version)) is None
        begun.set()
        go_on.wait(PATIENCE)

    async with door.app.hands._busy:  # the clock's own jobs stand still
        await database.transact(HERE, rename)
        retiring = asyncio.ensure_future(database.transact(HERE, known(retire)))
        assert await asyncio.to_thread(begun.wait, PATIENCE)
        telling = asyncio.ensure_future(database.transact(HERE, known(regrouping.settle)))
        await asyncio.sleep(0.3)
        go_on.set()
        await asyncio.gather(retiring, telling)
    await door.app.settled()
    await database.read(HERE, known(is_settled))
