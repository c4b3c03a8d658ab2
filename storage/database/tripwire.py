"""No statement forgets its workspace: a statement that could see another one's rows is refused.

Called by the transaction before a statement's first run. It lets SQLAlchemy write the statement out and looks
over its shoulder: in each SELECT every scoped table or alias it reads from must be held to `OURS` by an AND-ed
equality, directly or through an equality with one that is. It refuses and never rewrites, so what is written
is what runs. A statement is written out once, for the database it runs on, and watched then: writing out is most of
what its first run costs.
"""
# mypy: allow-untyped-calls
# (SQLAlchemy's compilers, which are watched here, are not annotated.)

import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    CTE,
    Alias,
    CompoundSelect,
    Delete,
    Dialect,
    Executable,
    Insert,
    Join,
    Select,
    Subquery,
    TableValuedAlias,
    Update,
)
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql import operators
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, Grouping
from sqlalchemy.sql.selectable import TableClause
from typing_extensions import override

from storage.database.schema import WORKSPACE_BIND, scoped_names

Node = Any
"""A piece of a statement's tree; SQLAlchemy has no common public type for them."""
Leaf = tuple[str, str]
"""A table as named inside one statement: (table, alias or "")."""
Edge = tuple[Leaf, Leaf | None]
"""(held, by): a leaf's workspace equals another leaf's, or `OURS` where `by` is None."""
Leaves = frozenset[Leaf]

HELD = "held"
"""What is held in a SELECT, kept in SQLAlchemy's own entry for it while it writes out the queries inside."""
HINTS = frozenset({"MATERIALIZED"})
"""Words that say how to look, never where."""
CONSTANT = re.compile(r"'[^']*'|\d+|\*")


class ForgotWorkspace(Exception):
    """A statement touches rows of a workspace without being held to the transaction's own."""


def shape(statement: Executable) -> object:
    """What statements of one shape have in common, whatever their values; SQLAlchemy's own cache key."""
    key = statement._generate_cache_key()  # type: ignore[attr-defined]  # noqa: SLF001 - has no public name
    return statement if key is None else key.key


def check(statement: Executable, dialect: Dialect | None = None) -> None:
    """Refuse `statement` (ForgotWorkspace) unless each scoped table in it is held to `OURS`."""
    watched = watching(statement, dialect or _POSTGRESQL)
    keys = [column.key for column in statement.table.c] if isinstance(statement, Insert) else None
    statement.compile(dialect=watched, column_keys=keys)  # type: ignore[attr-defined]  # of a kind that has it


def watching(statement: Executable, dialect: Dialect) -> Dialect:
    """The dialect that writes `statement` out as this one does, and refuses (ForgotWorkspace) what is not held."""
    if not isinstance(statement, Insert | Select | CompoundSelect | Update | Delete):
        raise ForgotWorkspace(f"{type(statement).__name__} cannot be checked; text is for search only")
    watched = _watching.get(dialect)
    if watched is None:
        watched = copy(dialect)
        compiler = watched.statement_compiler
        watched.statement_compiler = type(f"Watched{compiler.__name__}", (_Watched, compiler), {})
        _watching[dialect] = watched
    return watched


_POSTGRESQL = PGDialect_psycopg()
_watching: WeakKeyDictionary[Dialect, Dialect] = WeakKeyDictionary()

# ---------------------------------------------------------------------------------------------------------


class _Watched(SQLCompiler):
    """Goes before a database's own compiler: lets it write a statement out, and refuses what is not held on the way.

    The methods it overrides are SQLAlchemy 2.1's own, hence `Node` and the looks at private names.
    """

    @override
    def _setup_select_stack(self, select: Node, *rest: Node) -> Node:
        """Every SELECT passes here, with what it reads from once correlation is settled, before its inner ones."""
        outer = _held_in(self.stack)
        froms = super()._setup_select_stack(select, *rest)
        entry: Node = self.stack[-1]
        entry[HELD] = _check_select(select, froms, outer)
        return froms

    @override
    def visit_update(self, update_stmt: Update, *args: Node, **kw: Node) -> Node:
        _refuse_moving(update_stmt.table, update_stmt._values or {})  # noqa: SLF001 - has no public name
        _demand(_leaves(update_stmt.table), _held_by(update_stmt), update_stmt)
        return super().visit_update(update_stmt, *args, **kw)

    @override
    def visit_delete(self, delete_stmt: Delete, *args: Node, **kw: Node) -> Node:
        _demand(_leaves(delete_stmt.table), _held_by(delete_stmt), delete_stmt)
        return super().visit_delete(delete_stmt, *args, **kw)

    @override
    def visit_insert(self, insert_stmt: Insert, *args: Node, **kw: Node) -> Node:
        _check_insert(insert_stmt)
        return super().visit_insert(insert_stmt, *args, **kw)

    def visit_on_conflict_do_update(self, on_conflict: Node, **kw: Node) -> Node:
        """Both databases have it; what they have in common has not."""
        _refuse_moving(self.current_executable.table, dict(on_conflict.update_values_to_set))
        if "workspace" not in (on_conflict.inferred_target_elements or ()):
            raise ForgotWorkspace("an upsert names its key with the workspace in it: index_elements=[...]")
        own: Node = super()
        return own.visit_on_conflict_do_update(on_conflict, **kw)

    @override
    def update_from_clause(
        self, update_stmt: Update, from_table: Node, extra_froms: Node, *args: Node, **kw: Node
    ) -> Node:
        if not all(map(_is_given, extra_froms)):
            raise ForgotWorkspace("an update reads no table beside its own: use exists() or a scalar query")
        return super().update_from_clause(update_stmt, from_table, extra_froms, *args, **kw)

    @override
    def delete_extra_from_clause(self, *_args: Node, **_kw: Node) -> Node:
        raise ForgotWorkspace("a delete reads no table beside its own: use exists()")

    @override
    def visit_textclause(self, textclause: Node, *args: Node, **kw: Node) -> Node:
        if textclause.text not in HINTS:
            raise ForgotWorkspace("text() is only for search")
        return super().visit_textclause(textclause, *args, **kw)

    @override
    def visit_textual_select(self, taf: Node, *_args: Node, **_kw: Node) -> Node:
        raise ForgotWorkspace("text() is only for search")

    @override
    def visit_column(self, column: Node, *args: Node, **kw: Node) -> Node:
        if column.is_literal and not CONSTANT.fullmatch(column.name):
            raise ForgotWorkspace("literal_column() is for constants; text is for search only")
        return super().visit_column(column, *args, **kw)


def _check_select(select: Select[Any], froms: list[Node], outer: Leaves) -> Leaves:
    """What is held in this SELECT; what is held around it counts too, but for names it reads from afresh."""
    own = frozenset(leaf for one in froms for leaf in _leaves(one))
    edges = [*_edges(select.whereclause), *(edge for one in froms for edge in _join_edges(one))]
    held = _closure(outer - own, edges)
    _demand(own, held, select)
    return held


def _check_insert(statement: Insert) -> None:
    said: dict[Node, Node] = dict(statement._values or {})  # noqa: SLF001 - has no public name
    if statement.select is not None:
        picked = statement.select.selected_columns
        said = dict(zip(statement._select_names or (), picked, strict=True))  # noqa: SLF001
    values = {getattr(column, "key", column): value for column, value in said.items()}
    if _scoped(statement.table) and not _is_ours(values.get("workspace")):
        raise ForgotWorkspace(f"an insert into {statement.table} must say values(workspace=OURS)")


def _refuse_moving(table: Node, values: dict[Node, Node]) -> None:
    if _scoped(table) and any(getattr(column, "key", column) == "workspace" for column in values):
        raise ForgotWorkspace("a row stays in its workspace")


def _demand(leaves: Iterable[Leaf], held: Leaves, statement: Node) -> None:
    missing = sorted({leaf[0] for leaf in leaves if leaf not in held})
    if missing:
        raise ForgotWorkspace(f"{', '.join(missing)} is not held to the workspace in: {str(statement)[:300]}")


def _scoped(table: Node) -> bool:
    """A table whose rows belong to a workspace, whatever is said of its columns here; or a view of one."""
    return _leaf(table)[0] in scoped_names() or "workspace" in table.c


def _leaf(table: Node) -> Leaf:
    alias = str(table.name) if isinstance(table, Alias) else ""
    while isinstance(table, Alias):
        table = table.element
    return (str(getattr(table, "name", "")), alias)


def _leaves(one: Node) -> Iterator[Leaf]:
    """The tables of workspaces that are read from; queries in their place are SELECTs of their own."""
    if isinstance(one, Join):
        yield from _leaves(one.left)
        yield from _leaves(one.right)
    elif isinstance(one, TableClause | Alias):
        if _scoped(one):
            yield _leaf(one)
    elif not isinstance(one, Subquery | CTE):
        raise ForgotWorkspace(f"{type(one).__name__} cannot be checked as something to read from")


def _is_given(one: Node) -> bool:
    """Whether it holds nothing but what we were given: a function of a value, taken for a table."""
    clauses: Node = getattr(one.element, "clauses", ()) if isinstance(one, TableValuedAlias) else None
    return clauses is not None and all(isinstance(each, BindParameter) for each in clauses)


def _join_edges(one: Node) -> Iterator[Edge]:
    if isinstance(one, Join):
        yield from _join_edges(one.left)
        yield from _join_edges(one.right)
        right = set(_leaves(one.right))
        # An outer join's condition does not restrict its left side; a full join's restricts neither.
        if not one.full:
            yield from (edge for edge in _edges(one.onclause) if not one.isouter or edge[0] in right)


def _edges(condition: Node) -> Iterator[Edge]:
    if isinstance(condition, Grouping):
        yield from _edges(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for clause in condition.clauses:
            yield from _edges(clause)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
            leaf, by = _workspace_of(one), _workspace_of(other)
            if leaf is not None and (by is not None or _is_ours(other)):
                yield leaf, by


def _workspace_of(column: Node) -> Leaf | None:
    table = getattr(column, "table", None)
    return _leaf(table) if table is not None and getattr(column, "key", None) == "workspace" else None


def _is_ours(value: Node) -> bool:
    return isinstance(value, BindParameter) and value.key == WORKSPACE_BIND


def _held_by(statement: Update | Delete) -> Leaves:
    return _closure(frozenset(), list(_edges(statement.whereclause)))


def _held_in(stack: list[Node]) -> Leaves:
    """What is held around the SELECT that is about to be written out."""
    for entry in reversed(stack):
        if HELD in entry:
            held: Leaves = entry[HELD]
            return held
        if isinstance(entry["selectable"], Update | Delete):
            return _held_by(entry["selectable"])
    return frozenset()


def _closure(already: Leaves, edges: list[Edge]) -> Leaves:
    held = set(already)
    while grown := {leaf for leaf, by in edges if leaf not in held and (by is None or by in held)}:
        held |= grown
    return frozenset(held)
