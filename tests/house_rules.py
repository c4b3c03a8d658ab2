"""Rules of the house that no ready-made tool knows; `tests/test_house.py` runs them, and breaks them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CIVIL = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
)
STEADY = frozenset({"time.monotonic", "time.monotonic_ns"})
CLOCKS = {
    "storage/database/clock.py": "the clock itself",
    "bot/app.py": "hands the guard real time, which Slack's signatures are about",
    "bot/doctor/slack.py": "compares the machine's clock with Slack's",
    "bot/sandbox/clock.py": "the local Slack's own clock",
    "bot/sandbox/deliver.py": "stamps what the local Slack sends",
    "bot/sandbox/tickets.py": "the local Slack's trigger ids",
    "bot/sandbox/transport.py": "signs what the local Slack sends",
    "bot/sandbox/views.py": "the local Slack's view hashes",
}
"""Every file that may ask the machine what time it is, and why."""
OWN_TIME = "bot/sandbox/"
"""The local Slack keeps its own steady time, as the real one does."""
RAW_SQL = ("storage/database/", "migrations/")
FAKERS = frozenset({"monkeypatch.setattr", "monkeypatch.setitem", "mocker.patch"})


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A rule broken in a file."""

    rule: str
    file: str
    line: int


def broken_rules(tree: Path) -> Iterator[Broken]:
    """Every place in this tree that breaks a rule."""
    for floor in ("bot", "handlers", "storage", "migrations", "tests"):
        for path in sorted((tree / floor).rglob("*.py")):
            file = path.relative_to(tree).as_posix()
            names = list(_names(ast.parse(path.read_text())))
            yield from (Broken("fake", file, line) for name, line in names if name in FAKERS)
            if floor != "tests":
                yield from _broken_in_product(file, names)


def _broken_in_product(file: str, names: list[tuple[str, int]]) -> Iterator[Broken]:
    own_time = file.startswith(OWN_TIME)
    for name, line in names:
        asks = name in CIVIL or (name in STEADY and not own_time)
        if asks and file not in CLOCKS:
            yield Broken("clock", file, line)
        if name.endswith(".exec_driver_sql") and not file.startswith(RAW_SQL):
            yield Broken("sql", file, line)


def _names(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What is reached for, as `owner.name`, however the owner was imported."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            yield f"{_last(node.value)}.{node.attr}", node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{one.name}", node.lineno) for one in node.names)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
