"""What the keys of all that a feature asks and tells begin with, read from its code.

A key is followed to where it is made: through variables, constants and functions of the feature, and, where a function
is handed its key, to those who call it. What cannot be followed is an error, so that nothing is overlooked.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

QUEUES = {"ask", "tell", "tell_back"}
"""Functions of `handlers.asks.service` that queue something; the third thing they are given is its key."""
KEY_AT = 2


class Unclear(Exception):
    """A key that cannot be followed to where it is made."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function and the module it stands in."""

    module: str
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        """How it is called."""
        return self.node.name


@dataclass(frozen=True, slots=True)
class Code:
    """A feature's folder: its functions, and its constants by name."""

    functions: list[Function]
    constants: dict[str, ast.expr]

    def beginnings(self) -> set[str]:
        """What every key begins with that is queued anywhere in it."""
        return {
            found
            for function in self.functions
            for call in _calls(function)
            if _queues(call)
            for found in self._of(_given(call, KEY_AT, "key"), function)
        }

    def _of(self, expression: ast.expr | None, inside: Function) -> Iterator[str]:
        match expression:
            case ast.Constant(str(words)):
                yield words
            case ast.JoinedStr([ast.Constant(str(words)), *_]):
                yield words
            case ast.JoinedStr([ast.FormattedValue(first), *_]):
                yield from self._of(first, inside)
            case ast.IfExp(_, one, other):
                yield from [*self._of(one, inside), *self._of(other, inside)]
            case ast.Name(name):
                yield from self._named(name, inside)
            case ast.Attribute(_, name) if name in self.constants:
                yield from self._of(self.constants[name], inside)
            case ast.Call() if made := self._meant(expression, inside):
                yield from self._returned(made)
            case _:
                raise Unclear(f"{inside.name}: {'no key' if expression is None else ast.unparse(expression)}")

    def _named(self, name: str, inside: Function) -> Iterator[str]:
        given = [one.arg for one in inside.node.args.args]
        values = [value for node in ast.walk(inside.node) for value in _assigned(node, name)]
        if values:
            for value in values:
                yield from self._of(value, inside)
        elif name in given:
            yield from self._handed(inside, given.index(name), name)
        elif name in self.constants:
            yield from self._of(self.constants[name], inside)
        else:
            raise Unclear(f"{inside.name}: {name}")

    def _returned(self, function: Function) -> Iterator[str]:
        for node in ast.walk(function.node):
            if isinstance(node, ast.Return):
                yield from self._of(node.value, function)

    def _handed(self, to: Function, at: int, name: str) -> Iterator[str]:
        for caller in self.functions:
            for call in _calls(caller):
                if self._meant(call, caller) == to:
                    yield from self._of(_given(call, at, name), caller)

    def _meant(self, call: ast.Call, caller: Function) -> Function | None:
        """Which function of the feature is called, if it is one: `key_of(…)` or `rules.key_of(…)`."""
        match call.func:
            case ast.Attribute(ast.Name(module), name):
                found = [one for one in self.functions if (one.module, one.name) == (module, name)]
            case ast.Name(name):
                found = [one for one in self.functions if one.name == name]
                found = [one for one in found if one.module == caller.module] or found
            case _:
                found = []
        return found[0] if found else None


def read(folder: Path) -> Code:
    """The code of a feature."""
    found = Code([], {})
    for path in sorted(folder.glob("*.py")):
        module = ast.parse(path.read_text())
        nodes = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
        found.functions.extend(Function(path.stem, node) for node in nodes)
        for statement in module.body:
            match statement:
                case ast.Assign([ast.Name(name)], value):
                    found.constants[name] = value
    return found


def _calls(function: Function) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function.node) if isinstance(node, ast.Call))


def _queues(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(ast.Name("asks"), name):
            return name in QUEUES
    return False


def _given(call: ast.Call, at: int, name: str) -> ast.expr | None:
    named = {one.arg: one.value for one in call.keywords}
    return call.args[at] if len(call.args) > at else named.get(name)


def _assigned(node: ast.AST, name: str) -> Iterator[ast.expr]:
    match node:
        case ast.Assign([ast.Name(target)], value) if target == name:
            yield value
        case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
            pairs = zip(targets, values, strict=True)
            yield from (
                value for target, value in pairs if isinstance(target, ast.Name) and target.id == name
            )
