"""Whatever admins do with roles, in whatever order: they stay roles one can name people in."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.decisions import naming
from handlers.kit.own_words import in_use
from handlers.kit.requests import Who
from handlers.kit.role_names import known
from handlers.kit.roles import ROLES
from handlers.roles import rules, service
from handlers.roles.previews import RoleForm
from storage.database import Tx
from storage.decisions import queries as decisions
from storage.decisions.values import Named
from storage.roles import queries as roles
from storage.roles.values import Role, Rule
from storage.values import PersonId, PersonKind, folded
from tests.front import HERE, FrontDoor
from tests.handlers.decisions.acts import record

STEPS = 60
MAYA = Who(HERE, PersonId("U0MAYA"), PersonKind.MEMBER, "Europe/London", admin=True)
SOMEBODY = tuple(PersonId(f"U0{name}") for name in ("INES", "KENJI", "LENA", "PRIYA", "SAM"))
NAMES = ("DRI", "Reviewers", "Consulted", "Stakeholders", "Informed", "Approver")


class Admin:
    """Somebody who does anything at all."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.done: list[str] = []

    def act(self, tx: Tx) -> None:
        """The next thing, refused or not."""
        deeds: list[Callable[[Tx, Role], object]] = [
            self.rename, self.split, self.split, self.merge, self.apart, self.retire, self.use_again,
        ]  # fmt: skip
        deed = self.dice.choice(deeds)
        if not isinstance(deed(tx, self.dice.choice(roles.hold(tx))), rules.Refused):
            self.done.append(deed.__name__)

    def rename(self, tx: Tx, one: Role) -> object:
        return service.rename(tx, MAYA, RoleForm(id=one.id, seen=one.version), self.dice.choice(NAMES))

    def split(self, tx: Tx, one: Role) -> object:
        return service.split(tx, MAYA, RoleForm(id=one.id, seen=one.version), self.dice.choice(NAMES))

    def merge(self, tx: Tx, one: Role) -> object:
        into = self.dice.choice(roles.every(tx))
        form = RoleForm(id=one.id, seen=one.version, into=into.id, into_seen=into.version)
        return service.merge(tx, MAYA, form)

    def apart(self, tx: Tx, one: Role) -> object:
        return service.apart(tx, MAYA, one.id)

    def retire(self, tx: Tx, one: Role) -> object:
        return service.retire(tx, MAYA, RoleForm(id=one.id, seen=one.version))

    def use_again(self, tx: Tx, one: Role) -> object:
        return service.use_again(tx, MAYA, one.id)


def is_sound(tx: Tx) -> None:
    """What holds at any time."""
    every = {one.id: one for one in roles.every(tx)}
    assert len({folded(one.name) for one in every.values()}) == len(every)
    for one in every.values():
        whole = ROLES.whole(one.id)
        assert whole.part_of is None
        assert whole.rule is one.rule
    assert len(in_use([*every.values()])) <= rules.MOST
    assert [len(ROLES.in_use(Rule.DRIVER)), len(ROLES.every(Rule.APPROVER))] == [1, 1]
    decision = decisions.must(tx, 1)
    added = {(one.rule, SOMEBODY[one.place % 5]): one.id for one in every.values() if one.place > 4}
    named = tuple(sorted(Named(rule, person, role) for (rule, person), role in added.items()))
    details = replace(decision.details, contributors=SOMEBODY, informed=SOMEBODY, named=named)
    fields = naming.fields(decision, details)
    assert len({naming.block_of(one) for one in fields}) == len(fields)
    for rule in naming.SEVERAL:
        there = [person for one in fields if one.rule is rule for person in naming.held(details, one)]
        assert sorted(there) == sorted(details.follow(rule)), "each stands in one field"
    taken_over = naming.placed(details)
    for rule in naming.SEVERAL:
        offered = {one.id for one in ROLES.in_use(rule)}
        assert {taken_over.role(rule, one) for one in taken_over.follow(rule)} <= offered
        assert not offered or taken_over.follow(rule) == details.follow(rule)


@pytest.mark.parametrize("seed", range(4))
async def test_in_any_order(door: FrontDoor, seed: int) -> None:
    """No name twice, nothing counts under another rule, everybody stands in one field, nobody new in what is retired."""
    await record(door.slack)
    admin = Admin(seed)

    def step(tx: Tx) -> None:
        known(admin.act)(tx)

    for _ in range(STEPS):
        await door.app.database.transact(HERE, step)
        await door.app.database.read(HERE, known(is_sound))
    assert len({*admin.done}) > 3, "the dice did next to nothing"
