"""The house's rules hold, and each of them is really watched: broken on purpose in a copy, it is caught."""

import configparser
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house_rules import broken_rules

ROOT = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "storage", "migrations")
TOP = {*FLOORS, "tests"}
NOT_OURS = {"build", "dist", "node_modules"}

Plant = Callable[[Path, str], None]

BREAKS = [
    ("floors", "storage/things/queries.py", "import handlers.kit.mrkdwn"),
    ("floors", "handlers/feedback/service.py", "import bot.settings"),
    ("inside-bot", "bot/settings.py", "import bot.app"),
    ("inside-bot", "bot/neighbour.py", '"""A module nobody gave a place."""'),
    ("inside-handlers", "handlers/kit/dates.py", "import handlers.feedback.rules"),
    ("inside-handlers", "handlers/asks/rules.py", "import handlers.feedback.rules"),
    ("inside-handlers", "handlers/neighbour.py", '"""A module nobody gave a place."""'),
    ("inside-storage", "storage/calendar.py", "import storage.people.values"),
    ("inside-storage", "storage/people/queries.py", "import storage.feedback.values"),
    ("inside-storage", "storage/neighbour.py", '"""A module nobody gave a place."""'),
    ("sandbox-apart", "bot/sandbox/world.py", "import handlers.kit.limits"),
    ("sandbox-apart", "bot/sandbox/world.py", "import storage.values"),
    ("purity", "handlers/feedback/rules.py", "import storage.feedback.queries"),
    ("purity", "handlers/feedback/views.py", "import handlers.feedback.service"),
    ("purity", "storage/people/values.py", "import storage.database"),
    ("purity", "storage/calendar.py", "import aiohttp"),
    ("purity", "handlers/kit/mrkdwn.py", "import slack_sdk"),
    ("sql", "handlers/feedback/service.py", "import sqlalchemy"),
    ("sql", "bot/courier/courier.py", "from sqlalchemy import select"),
    ("scheduler", "bot/courier/courier.py", "import apscheduler"),
    ("clients", "handlers/feedback/service.py", "import slack_sdk"),
    ("clients", "handlers/kit/dispatch.py", "import slack_bolt"),
    ("clients", "storage/outbox/letters.py", "import aiohttp"),
    ("sandbox-started", "bot/serving.py", "import bot.sandbox"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to break; whoever plants something in it takes it out again."""
    copy = tmp_path_factory.mktemp("house") / "copy"
    for floor in (*FLOORS, "tests"):
        shutil.copytree(ROOT / floor, copy / floor, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in (".importlinter", "pyproject.toml"):
        shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture
def plant() -> Iterator[Plant]:
    """Writes one more line at the end of a file, or a new file; afterwards all is as it was."""
    before: dict[Path, str | None] = {}

    def write(file: Path, line: str) -> None:
        said = file.read_text() if file.exists() else None
        before.setdefault(file, said)
        file.write_text(f"{said or ''}\n{line}\n")

    yield write
    for file, said in before.items():
        file.unlink() if said is None else file.write_text(said)


def test_the_top_level_is_known() -> None:
    """Three floors, migrations and tests stand at the top, and every floor is installed with the package."""
    found = {one.name for one in ROOT.iterdir() if one.is_dir() and any(one.glob("*.py"))}
    assert {name for name in found - NOT_OURS if not name.startswith(".")} == TOP
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert set(packaged["find"]["include"]) == {f"{floor}*" for floor in FLOORS}


def test_every_contract_is_broken_below() -> None:
    """A contract nobody tried to break may not work at all."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    names = {one.removeprefix(prefix) for one in contracts.sections() if one.startswith(prefix)}
    assert names == {contract for contract, _, _ in BREAKS}


def test_an_untouched_copy_keeps_all_contracts(copy: Path) -> None:
    """What catches the breaks below does not cry without a reason."""
    assert lint_imports(copy) == (0, [])


@pytest.mark.parametrize(("contract", "file", "line"), BREAKS)
def test_a_broken_contract_is_caught(copy: Path, plant: Plant, contract: str, file: str, line: str) -> None:
    """One import against the rule, or one module without a place, and import-linter names the contract."""
    plant(copy / file, line)
    code, broken = lint_imports(copy, "--contract", contract)
    assert (code, len(broken)) == (1, 1)


def test_every_pure_module_is_watched(copy: Path, plant: Plant) -> None:
    """Wherever a rules.py, views.py or values.py is added, it cannot reach the database unnoticed."""
    pure = sorted(pure_modules(copy))
    assert len(pure) > 10
    for file in pure:
        plant(file, "import sqlalchemy")
    report = run(copy, *LINT_IMPORTS, "--contract", "purity").stdout
    for file in pure:
        assert f"{dotted(copy, file)} -> sqlalchemy" in report


@pytest.mark.parametrize(
    ("file", "line", "what"),
    [
        ("tests/test_break.py", "from unittest import mock", "unittest.mock"),
        ("tests/test_break.py", "from unittest.mock import Mock", "unittest.mock"),
        ("bot/app.py", "import pickle", "pickle"),
        ("storage/database/tx.py", "from pickle import loads", "pickle"),
        ("handlers/feedback/service.py", "import yaml", "yaml"),
        ("storage/people/queries.py", "from sqlalchemy import text", "sqlalchemy.text"),
        ("storage/people/queries.py", "from sqlalchemy import literal_column", "sqlalchemy.literal_column"),
    ],
)
def test_a_banned_name_is_caught(copy: Path, plant: Plant, file: str, line: str, what: str) -> None:
    """Mocks, pickles, YAML objects and SQL as text are refused by ruff wherever they are written."""
    plant(copy / file, line)
    found = run(copy, sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", ".")
    assert found.returncode == 1
    assert f"`{what}` is banned" in found.stdout
    assert "Found 1 error" in found.stdout


def test_an_untouched_copy_holds_no_banned_name(copy: Path) -> None:
    """Nothing of what is banned is there today."""
    found = run(copy, sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", ".")
    assert found.returncode == 0, found.stdout


def test_the_house_rules_hold() -> None:
    """Time is asked for in few places, statements reach the database by one way, nothing of ours is faked."""
    assert list(broken_rules(ROOT)) == []


@pytest.mark.parametrize(
    ("file", "line", "rule"),
    [
        ("handlers/feedback/rules.py", "LATE = __import__('datetime').datetime.now()", "clock"),
        ("storage/calendar.py", "from datetime import date\nTODAY = date.today()", "clock"),
        ("bot/courier/courier.py", "import time\nAT = time.time()", "clock"),
        ("bot/courier/attempt.py", "from time import monotonic\nAT = monotonic()", "clock"),
        ("storage/people/queries.py", "def raw(c: object) -> None: c.exec_driver_sql('SELECT 1')", "sql"),
        ("handlers/feedback/service.py", "def raw(c: object) -> None: c.exec_driver_sql('SELECT 1')", "sql"),
        (
            "tests/test_break.py",
            "def test_it(monkeypatch): monkeypatch.setattr('bot.app.PATIENCE', 0)",
            "fake",
        ),
        ("tests/test_break.py", "def test_it(mocker): mocker.patch('bot.app.gc')", "fake"),
    ],
)
def test_a_broken_house_rule_is_caught(copy: Path, plant: Plant, file: str, line: str, rule: str) -> None:
    """Our own checks see what they are for."""
    plant(copy / file, line)
    assert {(one.rule, one.file) for one in broken_rules(copy)} == {(rule, file)}


# ---------------------------------------------------------------------------------------------------------

LINT_IMPORTS = (
    sys.executable,
    "-c",
    "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()",
)


def lint_imports(tree: Path, *options: str) -> tuple[int, list[str]]:
    """The exit code, and the contracts reported as broken."""
    found = run(tree, *LINT_IMPORTS, *options)
    return found.returncode, [line for line in found.stdout.splitlines() if line.endswith(" BROKEN")]


def run(tree: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the tools in a copy, wide enough that no name is broken over two lines."""
    environment = {"PATH": "", "COLUMNS": "300", "PYTHONPATH": str(tree), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def pure_modules(tree: Path) -> Iterator[Path]:
    """The modules that decide without I/O, by the names the house gives them."""
    for name in ("rules.py", "views.py"):
        yield from (tree / "handlers").glob(f"*/{name}")
    yield from (tree / "storage").glob("*/values.py")
    yield from (
        one for name in ("values", "calendar", "recurrence") for one in (tree / "storage").glob(f"{name}.py")
    )


def dotted(tree: Path, file: Path) -> str:
    """The module's name."""
    return ".".join(file.relative_to(tree).with_suffix("").parts)
