"""The statements of the house: each is held to its workspace, none can be pointed elsewhere when it runs."""

import ast
import contextlib
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Executable, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from typing_extensions import override

import storage
from storage.checks import apart, history, kept, records, sending, times
from storage.database import OURS, Database, Tx, tx
from storage.database.tripwire import ForgotWorkspace, check, shape
from storage.deliveries import queries as deliveries
from storage.outbox import boards, claims, troubles, turns
from storage.outbox.values import Pace
from storage.people import queries as people
from storage.settings.tables import SettingRow
from storage.values import WorkspaceId
from storage.workspaces import queries as workspaces
from tests.storage.works import A


def claim(tx: Tx) -> object:
    """What the courier does."""
    return claims.claim(tx, 1, timedelta(seconds=1), lambda _: Pace(timedelta()))


EVERYWHERE: dict[str, Callable[[Tx], object]] = {
    "storage.deliveries.queries._FORGET": deliveries.forget,
    "storage.deliveries.queries._FORGET_OLD_REPLIES": deliveries.forget,
    "storage.outbox.boards._WANTING": lambda tx: boards.wanting(tx, 1),
    "storage.outbox.claims._COUNT": claims.counts,
    "storage.outbox.claims._BUSY": claims.busy,
    "storage.outbox.claims._FORGET": claims.forget,
    "storage.outbox.claims._OLDEST": claims.oldest,
    "storage.outbox.claims._NOT_BEYOND": lambda tx: claims.owner_died(tx, timedelta(), timedelta()),
    "storage.outbox.claims._OWNER_DIED": lambda tx: claims.owner_died(tx, timedelta(), timedelta()),
    "storage.outbox.claims._TAKE": claim,
    "storage.outbox.lanes._LANES": claim,
    "storage.outbox.lanes._OPEN": claim,
    "storage.outbox.lanes._TAKE": claim,
    "storage.outbox.turns._HEADS": claim,
    "storage.outbox.turns._METHODS": claim,
    "storage.outbox.turns._NEXT_FREE": turns.next_wake,
    "storage.outbox.turns._NEXT_WAKE": turns.next_wake,
    "storage.outbox.turns._OF_METHOD": claim,
    "storage.outbox.turns._THESE": claim,
    "storage.outbox.troubles._ALL_BLOCKED": troubles.everywhere,
    "storage.outbox.troubles._ALL_DEAD": troubles.everywhere,
    "storage.outbox.troubles._ALL_UNKNOWN": troubles.everywhere,
    "storage.outbox.troubles._REVIVE": troubles.revive_everywhere,
    "storage.people.queries._ANYBODY": people.anybody,
    "storage.workspaces.queries._ALL": workspaces.every,
}
"""Statements that look across workspaces, and who runs them: the courier, the clock and the command line."""


def statements(namespace: dict[str, object], module: str) -> dict[str, Executable]:
    """The statements a module runs: by our custom its constants; what is in small letters is a piece of one."""
    return {
        f"{module}.{name}": one
        for name, one in namespace.items()
        if isinstance(one, Executable) and name.isupper() and not isinstance(one, ColumnElement)
    }


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(storage.__path__, "storage."):
        yield importlib.import_module(found.name)


HOUSE = {name: one for module in modules() for name, one in statements(vars(module), module.__name__).items()}


ACROSS = "storage.checks."
"""What `throughline verify` looks at: all of it across workspaces."""


def look(tx: Tx) -> object:
    """What the command line does."""
    parts = (records, times, sending, apart, history, kept)
    return [one.look(tx, None) for part in parts for one in part.CHECKS]


EVERYWHERE |= {name: look for name in HOUSE if name.startswith(ACROSS)}


@pytest.mark.parametrize("name", sorted(HOUSE))
def test_every_statement_is_held_or_named_above(name: str) -> None:
    """What is not held to its workspace stands in the list of those that look across, and nothing else does."""
    try:
        check(HOUSE[name])
    except ForgotWorkspace:
        assert name in EVERYWHERE
    else:
        assert name not in EVERYWHERE


def test_every_statement_is_a_constant() -> None:
    """A statement built while a work runs could not be looked at here."""
    makers = {"select", "insert", "update", "delete", "union", "union_all", "text"}
    built: list[str] = []
    for module in (one for one in modules() if not one.__name__.startswith(ACROSS)):
        for function in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = [one.func for one in ast.walk(function) if isinstance(one, ast.Call)]
                built += [
                    f"{module.__name__}.{function.name}"
                    for call in calls
                    if isinstance(call, ast.Name) and call.id in makers
                ]
    assert built == []


@pytest.mark.parametrize("name", sorted(EVERYWHERE))
async def test_what_looks_across_runs_nowhere_else(database: Database, name: str) -> None:
    """In one workspace's transaction these functions are refused; across, they run."""
    assert name in HOUSE
    with pytest.raises(ForgotWorkspace):
        await database.transact(A, EVERYWHERE[name])
    await database.transact_everywhere(EVERYWHERE[name])
    with pytest.raises(ForgotWorkspace):
        await database.transact(A, EVERYWHERE[name])


class Forgetful(ast.NodeTransformer):
    """Leaves out the `number`th place where a module says OURS."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.forgot = ""

    @override
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if isinstance(node.comparators[0], ast.Name) and node.comparators[0].id == "OURS" and self._now(node):
            return ast.parse("__import__('sqlalchemy').true()", mode="eval").body
        return node

    @override
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        said = [one for one in node.keywords if isinstance(one.value, ast.Name) and one.value.id == "OURS"]
        if said and self._now(node):
            node.keywords = [one for one in node.keywords if one not in said]
        return node

    def _now(self, node: ast.expr) -> bool:
        self.left -= 1
        if self.left == -1:
            self.forgot = ast.unparse(node)
        return self.left == -1


QUERIES = sorted(
    module.__name__ for module in modules() if statements(vars(module), module.__name__).keys() - EVERYWHERE
)


def forgetting(module: str, number: int) -> tuple[str, dict[str, Executable]]:
    """The module's statements as if its `number`th OURS had been forgotten; "" once there are no more."""
    forgetful = Forgetful(number)
    source = inspect.getsource(importlib.import_module(module))
    tree = ast.fix_missing_locations(forgetful.visit(ast.parse(source)))
    namespace: dict[str, object] = {"__name__": f"forgetful.{module}"}
    exec(compile(tree, module, "exec"), namespace)  # noqa: S102 - our own source, less one comparison
    return forgetful.forgot, statements(namespace, module)


def refused(found: dict[str, Executable]) -> set[str]:
    names = set()
    for name, one in found.items():
        try:
            check(one)
        except ForgotWorkspace:
            names.add(name)
    return names


@pytest.mark.parametrize("module", QUERIES)
def test_forgetting_it_anywhere_is_refused(module: str) -> None:
    """Take any one `workspace == OURS` out of the house: a statement that passed is refused."""
    for number in itertools.count():
        forgot, found = forgetting(module, number)
        if not forgot:
            assert number > 0
            return
        assert refused(found) - EVERYWHERE.keys(), f"nobody noticed that {forgot} was left out of {module}"


# -- in a transaction --


async def test_a_shape_is_looked_at_once(database: Database) -> None:
    """The same statement made twice, with other values, is one shape; one that passed is not looked at again."""

    def once(number: int) -> Executable:
        return select(SettingRow.value, true()).where(
            SettingRow.workspace == OURS, SettingRow.name == f"n{number}"
        )

    assert shape(once(1)) == shape(once(2))
    tx._passed_shapes.discard(shape(once(1)))
    await database.read(A, lambda tx: tx.run(once(1)))
    assert shape(once(2)) in tx._passed_shapes
    never = select(SettingRow.value, true(), true())
    tx._passed_shapes.add(shape(never))

    assert await database.read(A, lambda tx: tx.all(never)) == []


async def test_values_do_not_hide_a_literal(database: Database) -> None:
    """A statement held to OURS has passed; the same one held to a value of its own is another shape."""

    def held(to: Any) -> Executable:
        return select(SettingRow.name, true()).where(SettingRow.workspace == to)

    await database.read(A, lambda tx: tx.run(held(OURS)))
    with pytest.raises(ForgotWorkspace):
        await database.read(A, lambda tx: tx.run(held("TB")))


@pytest.mark.parametrize("name", ["workspace", "our_workspace"])
async def test_no_value_names_another_workspace(database: Database, name: str) -> None:
    """What is passed when a statement runs cannot point it elsewhere, whatever the name it is passed by."""
    put = upsert(SettingRow).values(workspace=OURS, value={}, set_by=None)
    move = update(SettingRow).where(SettingRow.workspace == OURS)

    def attempt(tx: Tx, statement: Executable, row: dict[str, Any], *, many: bool) -> None:
        if many:
            tx.run_many(statement, [row])
        else:
            tx.run(statement, **row)

    for statement, row in ((put, {"name": "k", "set_at": database.clock.now()}), (move, {"set_by": "x"})):
        for many in (False, True):
            with contextlib.suppress(ForgotWorkspace, IntegrityError):
                work = partial(attempt, statement=statement, row={**row, name: "TB"}, many=many)
                await database.transact(A, work)

    found = await database.read_everywhere(lambda tx: tx.all(select(SettingRow.workspace)))
    assert {workspace for (workspace,) in found} <= {A}


async def test_a_workspace_is_named_properly(database: Database) -> None:
    """Nothing but an id of Slack's opens a transaction; all of them are opened by saying so."""
    for odd in ("", "*", "ta", "T'; --", "T" * 33, "T A"):
        for run in (database.transact, database.read):
            with pytest.raises(ValueError, match="capital letters"):
                await run(WorkspaceId(odd), lambda tx: None)
