"""The page about the local Slack is true: every method, act, mode and address it names is there, and none is missing."""

import re
from pathlib import Path

from bot.sandbox import Modes, Sandbox
from bot.sandbox.acts import ACTS
from bot.sandbox.api import METHODS
from tests.bot.sandbox.samples import Configure

PAGE = (Path(__file__).parents[3] / "docs" / "sandbox.md").read_text()


def part(heading: str) -> str:
    """What stands below a heading."""
    return PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]


def test_every_method_stands_in_the_row_of_its_tier() -> None:
    """With the calls a minute that are counted, and no method that is not there."""
    rows = re.findall(r"^\| (`.*?) *\| (\d+) \|$", part("The Web API"), re.MULTILINE)
    told = {name: int(calls) for methods, calls in rows for name in re.findall(r"`([\w.]+)`", methods)}
    assert told == {name: method.per_minute for name, method in METHODS.items()}


def test_every_act_and_every_mode_is_named() -> None:
    """None is left out, and none is told of that does not exist."""
    verbs = part("For tests").rsplit("needs:", 1)[1]
    assert set(re.findall(r"`(\w+)`", verbs)) == set(ACTS)
    assert re.findall(r"^\| `(\w+)` \|", part("Modes"), re.MULTILINE) == list(Modes.model_fields)


def test_every_address_told_of_answers(config: Configure) -> None:
    """`/sandbox/modes` and its like are routes of the server."""
    paths = {getattr(route, "path", "") for route in Sandbox(config()).app.routes}
    told = set(re.findall(r"(?<!bot)/sandbox/[a-z]+", PAGE))
    assert told >= {"/sandbox/modes", "/sandbox/sockets"}
    assert {"/sandbox/act/{verb}" if one == "/sandbox/act" else one for one in told} <= paths
