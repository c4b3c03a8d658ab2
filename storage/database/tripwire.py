"""No statement forgets its workspace: a statement that could see another one's rows is refused.

Called by the transaction before a statement's first run. It reads the statement's own tree: every scoped
table or alias must be held to `OURS` by an AND-ed equality, directly or through a join's equality with one
that is. It refuses and never rewrites, so what is written is what runs.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CTE, Alias, CompoundSelect, Delete, Executable, Insert, Join, Select, Table, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, Grouping, TextClause
from sqlalchemy.sql.selectable import ScalarSelect, Subquery

from storage.database.schema import WORKSPACE_BIND, scoped_names

Node = Any
"""A piece of a statement's tree; SQLAlchemy has no common public type for them."""
Leaf = tuple[str, str]
"""A table as named inside one statement: (table, alias or "")."""
Edge = tuple[Leaf, Leaf | None]
"""(held, by): a leaf's workspace equals another leaf's, or `OURS` where `by` is None."""
Leaves = frozenset[Leaf]


class ForgotWorkspace(Exception):
    """A statement touches rows of a workspace without being held to the transaction's own."""


def shape(statement: Executable) -> object:
    """What statements of one shape have in common, whatever their values; SQLAlchemy's own cache key."""
    key = statement._generate_cache_key()  # type: ignore[attr-defined]  # noqa: SLF001 - has no public name
    return statement if key is None else key.key


def check(statement: Executable) -> None:
    """Refuse `statement` (ForgotWorkspace) unless each scoped table in it is held to `OURS`."""
    match statement:
        case Select() | CompoundSelect():
            _check_query(statement, frozenset())
        case Update() | Delete():
            _check_change(statement)
        case Insert():
            _check_insert(statement)
        case _:
            raise ForgotWorkspace(f"{type(statement).__name__} cannot be checked; text is for search only")


# ---------------------------------------------------------------------------------------------------------


def _check_query(query: Node, outer: Leaves) -> None:
    if isinstance(query, CompoundSelect):
        for part in query.selects:
            _check_query(part, outer)
    elif isinstance(query, Select):
        _check_select(query, outer)
    else:  # a wrapper (parentheses, a scalar query) around exactly one query
        _check_query(query.element, outer)


def _check_select(query: Select[Any], outer: Leaves) -> None:
    froms = query.get_final_froms()
    edges = [edge for one in froms for edge in _join_edges(one)]
    held = _held(outer, [*edges, *_edges(query.whereclause)])
    _demand((leaf for one in froms for leaf in _leaves(one)), held, query)
    for inner in (inner for one in froms for inner in _queries_from(one)):
        _check_query(inner, frozenset())
    for root in (*query.selected_columns, query.whereclause, *(_conditions(froms))):
        for nested in _queries_below(root):
            _check_query(nested, held)


def _check_change(statement: Update | Delete) -> None:
    held = _held(frozenset(), list(_edges(statement.whereclause)))
    _demand([_leaf(statement.table)], held, statement)
    for nested in _queries_below(statement):
        _check_query(nested, held)


def _check_insert(statement: Insert) -> None:
    said: dict[Node, Node] = dict(statement._values or {})  # noqa: SLF001 - has no public name
    values = {column.key: value for column, value in said.items()}
    if _leaf(statement.table)[0] in scoped_names() and not _is_ours(values.get("workspace")):
        raise ForgotWorkspace(f"an insert into {statement.table.name} must say values(workspace=OURS)")
    for nested in _queries_below(statement):
        _check_query(nested, frozenset())


def _demand(leaves: Iterable[Leaf], held: Leaves, statement: Node) -> None:
    missing = sorted({name for name, alias in leaves if name in scoped_names() and (name, alias) not in held})
    if missing:
        raise ForgotWorkspace(f"{', '.join(missing)} is not held to the workspace in: {str(statement)[:300]}")


def _leaf(table: Node) -> Leaf:
    if isinstance(table, Alias):
        return (str(getattr(table.element, "name", "")), str(table.name))
    return (str(getattr(table, "name", "")), "")


def _leaves(one: Node) -> Iterator[Leaf]:
    if isinstance(one, Join):
        yield from _leaves(one.left)
        yield from _leaves(one.right)
    elif isinstance(one, Table | Alias) and not isinstance(one, CTE):
        yield _leaf(one)


def _queries_from(one: Node) -> Iterator[Node]:
    if isinstance(one, Join):
        yield from _queries_from(one.left)
        yield from _queries_from(one.right)
    elif isinstance(one, Subquery | CTE):
        yield one.element


def _conditions(froms: Iterable[Node]) -> Iterator[Node]:
    for one in froms:
        if isinstance(one, Join):
            yield one.onclause
            yield from _conditions([one.left, one.right])


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


def _held(already: Leaves, edges: list[Edge]) -> Leaves:
    held = set(already)
    while grown := {leaf for leaf, by in edges if leaf not in held and (by is None or by in held)}:
        held |= grown
    return frozenset(held)


def _queries_below(root: Node) -> Iterator[Node]:
    """The outermost queries inside `root`: an EXISTS, a scalar query, the source of an insert."""
    if isinstance(root, TextClause):
        raise ForgotWorkspace("text() is only for search")
    for child in [] if root is None or isinstance(root, Table) else root.get_children():
        if isinstance(child, ScalarSelect | Select | CompoundSelect):
            yield child
        else:
            yield from _queries_below(child)
