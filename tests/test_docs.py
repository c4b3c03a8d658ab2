"""The documentation is complete, fresh and true: what it names exists, what it tells one to type works."""

import re
import shutil
import struct
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo
from typer.core import TyperGroup
from typer.main import get_command

from bot import cli, pages
from bot.courier.documented import METHODS
from bot.settings import Settings
from handlers.registry import registry
from storage.checks.check import Invariant
from storage.outbox import troubles
from storage.outbox.values import State
from tests.front import FrontDoor
from tests.processes import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
EVERYTHING = "\n".join(page.read_text() for page in PAGES)
OPERATIONS = (DOCS / "operations.md").read_text()


@pytest.mark.parametrize("name", pages.PAGES)
def test_pages_made_from_the_code_are_fresh(name: str) -> None:
    """A command, a subcommand, a permission, an event or a scope that is not on its page fails here."""
    assert (DOCS / name).read_text() == pages.PAGES[name](registry()), "run `make pages`"


def test_pages_name_everything_registered() -> None:
    """What makes the pages leaves nothing out."""
    ours = registry()
    commands, permissions, needs, errors = (page(ours) for page in pages.PAGES.values())
    for command in ours.commands.values():
        assert f"## /{command.typed}" in commands
        assert all(f"`/{command.typed} {one.words}`" in commands for one in command.usage if one.words)
    ids = [*ours.message_shortcuts, *ours.global_shortcuts, *ours.buttons, *ours.submits, *ours.type_aheads]
    assert all(f"`{one}`" in permissions for one in [*ids, *ours.events])
    assert all(f"| `{scope}` |" in needs for scope in ours.scopes)
    assert all(f"## {name}\n" in errors for name in METHODS)
    for verdict, code in (
        (verdict, code) for one in METHODS.values() for code, verdict in one.listed.items()
    ):
        assert f"| `{code}` | {verdict.value} |" in errors


def test_every_setting_is_explained_with_its_default() -> None:
    """docs/settings.md has each, once, with what it is when nobody sets it; .env.example has the same names."""
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", (DOCS / "settings.md").read_text(), re.MULTILINE)
    assert dict(rows) == {str(one.validation_alias): shown(one) for one in Settings.model_fields.values()}
    assert len(rows) == len(dict(rows))
    example = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(example) == sorted(name for name, _ in rows)


def shown(field: FieldInfo) -> str:
    """A default as the page shows it; nothing is a dash."""
    default = field.get_default()
    plain = "" if hasattr(default, "get_secret_value") else str(default)
    return f"`{plain}`" if plain else "–"


def test_the_example_environment_is_one(tmp_path: Path) -> None:
    """Sourced as the README says, untouched, it leaves everything at its default."""
    shell = f"set -a; . {ROOT / '.env.example'}; set +a; env"
    told = subprocess.run(
        ["sh", "-c", shell], capture_output=True, text=True, check=True, cwd=tmp_path, env={}
    )
    given = dict(line.split("=", 1) for line in told.stdout.splitlines() if "=" in line)
    ours = {name: value for name, value in given.items() if name in {*names()} and value}
    assert Settings.model_validate(ours) == Settings.model_validate({})


def names() -> Iterator[str]:
    yield from (str(one.validation_alias) for one in Settings.model_fields.values())


def test_every_command_of_ours_is_told_of_and_every_one_told_of_exists() -> None:
    """What a reader types after `throughline` is a command, with options it has; none is a secret."""
    existing = options()
    told = set(re.findall(r"(?:^|\s|bin/)throughline ([a-z-]+)\b", code_in(EVERYTHING), re.MULTILINE))
    assert existing.keys() == told | {"demo"}
    for command, option in re.findall(r"\bthroughline ([a-z-]+).*?(--[a-z-]+)", code_in(EVERYTHING)):
        assert option in existing[command]


def options() -> dict[str, set[str]]:
    """Every command, with the options that it or one of its own commands has."""
    program = get_command(cli.app)
    assert isinstance(program, TyperGroup)
    return {name: set(_options(one)) for name, one in program.commands.items()}


def _options(command: Any) -> Iterator[str]:
    yield from (name for one in command.params for name in one.opts)
    for one in getattr(command, "commands", {}).values():
        yield from _options(one)


def test_every_make_target_told_of_exists() -> None:
    """And `make help` says what each is for."""
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"\bmake ([a-z-]+)\b", code_in(EVERYTHING)))
    assert told <= targets
    assert {"demo", "demo-reset", "test", "setup", "pages"} <= told


def code_in(text: str) -> str:
    """What stands in a fenced or indented block, or in backquotes."""
    fenced = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
    blocks = [*fenced.findall(text), *re.findall(r"\n\n((?: {4,}.*\n)+)", text)]
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", fenced.sub("", text))])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of ours finds it, and every other one is to https."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_code_points_to_pages_that_exist() -> None:
    """A docstring that says where something is told is right."""
    for floor in ("bot", "handlers", "storage", "migrations", "tests"):
        for file in (ROOT / floor).rglob("*.py"):
            for name in re.findall(r"docs/[\w./-]+\w", file.read_text()):
                assert any(DOCS.parent.glob(f"{name}*")), f"{file.name}: {name}"


def test_the_picture_is_small_and_shows_enough() -> None:
    """It is a PNG of a whole page that nobody waits for."""
    raw = (DOCS / "pictures" / "sandbox.png").read_bytes()
    width, height = struct.unpack(">II", raw[16:24])
    assert raw.startswith(b"\x89PNG")
    assert len(raw) < 200_000
    assert width >= 1000
    assert height >= 600


def test_operations_names_every_state_and_number() -> None:
    """Whatever /readyz or /metrics can show is explained."""
    table = OPERATIONS[OPERATIONS.index("## The outbox") : OPERATIONS.index("## Backup")]
    assert all(f"`{state}`" in table for state in State)
    for name in ("throughline_outbox", "throughline_clock_skew_seconds", "throughline_requests_total"):
        assert name in OPERATIONS
    for path in re.findall(r'Route\("(/\w+)"', (ROOT / "bot" / "health.py").read_text()):
        assert f"`{path}`" in OPERATIONS


def test_the_procfile_starts_what_there_is() -> None:
    """Both processes listen where their host looks for them, and neither runs on an old schema."""
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert set(lines) == {"web", "worker"}
    for role, line in lines.items():
        assert line == f"throughline migrate && exec env HOST=0.0.0.0 throughline {role}"


def test_the_changelog_is_kept() -> None:
    """There is a place for what comes, and the version we are at has been told of or is still to come."""
    text = (ROOT / "CHANGELOG.md").read_text()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert "## [Unreleased]" in text
    assert f"## [{version}]" in text or version == "0.1.0"
    assert set(re.findall(r"^### (.*)$", text, re.MULTILINE)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security",
    }  # fmt: skip


def test_ci_runs_the_tests() -> None:
    """The one command, and the browser before it."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text()
    assert script.read_text().rstrip().endswith("make test")
    assert shutil.which("bash") is not None


def test_nothing_points_outside_the_repository() -> None:
    """No page, test or line of code depends on somebody's own machine."""
    private = re.compile("|".join([r"\.\." + "/shared", "/ro" + "ot/", "/wo" + r"rk/\w", "/ho" + r"me/\w"]))
    endings = {".py", ".md", ".toml", ".js", ".css", ".html", ".txt", ".yml", ""}
    for file in tracked():
        if file.suffix in endings and file.is_file():
            assert not private.search(file.read_text(errors="ignore")), file


def tracked() -> Iterator[Path]:
    for part in ("bot", "handlers", "storage", "migrations", "tests", "docs", "requirements", ".ci"):
        yield from (ROOT / part).rglob("*")
    yield from (one for one in ROOT.glob("*") if not one.name.startswith(".git"))


# -- what operations.md tells one to type -----------------------------------------------------------------


async def test_dead_rows_can_be_sent_again_as_told(door: FrontDoor) -> None:
    """A message Slack refused for good is said after all, once its cause is gone: what `--requeue` does."""
    await door.slack.faults([{"method": "chat.postMessage", "fault": "no_text"}])
    await door.slack.dm("sam", "They want it blue")
    assert (await door.app.health.counts())["dead"] == 1
    assert "Shall I keep" not in str([one.text for one in await door.slack.dms("sam")])
    await door.slack.faults()

    assert await door.app.database.transact_everywhere(troubles.revive_everywhere) == 1

    await door.app.settled()
    assert [one.text for one in await door.slack.dms("sam")][-1].startswith("Shall I keep")
    assert (await door.app.health.counts())["dead"] == 0


def test_every_promise_is_explained() -> None:
    """What `throughline verify` looks at has a line, and the commands the page says exist."""
    for invariant in Invariant:
        assert f"| {invariant} |" in OPERATIONS
    commands = {one.name or one.callback.__name__ for one in cli.app.registered_commands if one.callback}
    assert set(re.findall(r"^    (?:\S+=\S+ )?throughline (\w+)", OPERATIONS, re.MULTILINE)) <= commands
    assert {"verify", "backup", "restore"} <= commands
