"""The app manifest: made from what the features register, within Slack's limits, asking for no more than used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import scopes
from bot.courier.documented import METHODS
from bot.manifest import TAKEN, UnusableManifest, manifest, problems
from bot.sandbox.config import read_manifest
from handlers.kit.dispatch import command_of
from handlers.kit.features import Command, Feature, Mode, Registry, Usage
from handlers.kit.permissions import ANYBODY
from handlers.kit.replies import Text
from handlers.registry import registry
from tests.processes import ROOT

URL = "https://throughline.northwind.example"
Made = dict[str, Any]


def made(**how: Any) -> Made:
    return manifest(registry(), URL, **how)


def with_command(name: str, summary: str = "Does it", words: str = "help") -> Registry:
    """Everything, and one more command."""
    command = Command(
        name, summary, (Usage(words, "does it"),), ANYBODY, Mode.READS, lambda _tx, _: Text("done")
    )
    return Registry((*registry().features, Feature(name="more", commands=(command,))))


def test_everything_goes_to_one_address() -> None:
    """Commands, events, interactions and menus all come to /slack/events of the given address."""
    there = f"{URL}/slack/events"
    for at in (URL, f"{URL}/"):
        found = manifest(registry(), at)
        assert {one["url"] for one in found["features"]["slash_commands"]} == {there}
        assert found["settings"]["event_subscriptions"]["request_url"] == there
        assert found["settings"]["interactivity"]["request_url"] == there
        assert found["settings"]["interactivity"]["message_menu_options_url"] == there
        assert not found["settings"]["socket_mode_enabled"]


def test_a_socket_needs_no_address() -> None:
    """With Socket Mode no address stands anywhere in it, and everything else is the same."""
    found = manifest(registry(), None, socket=True)
    assert "https://" not in str(found)
    assert found["settings"]["socket_mode_enabled"]
    assert found["oauth_config"] == made()["oauth_config"]
    assert found["settings"]["event_subscriptions"]["bot_events"] == subscribed()


def test_every_registered_thing_is_in_it() -> None:
    """Each command, shortcut and event that a feature listens to is there, with the words people see."""
    found, ours = made(), registry()
    assert {one["command"] for one in found["features"]["slash_commands"]} == {
        f"/{one.name}" for one in ours.commands.values() if one.alone
    }
    ids = {one["callback_id"] for one in found["features"]["shortcuts"]}
    assert ids == {*ours.message_shortcuts, *ours.global_shortcuts}
    assert len(subscribed()) == len(set(subscribed())) > 0
    assert all(one["should_escape"] for one in found["features"]["slash_commands"])


def test_it_holds_only_what_slack_s_schema_knows() -> None:
    """Slack refuses a manifest with a key it does not know."""
    assert set(made()) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    assert set(made()["features"]) == {"app_home", "bot_user", "slash_commands", "shortcuts"}
    assert set(made()["settings"]) == {
        "event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled",
    }  # fmt: skip
    assert made()["_metadata"] == {"major_version": 2, "minor_version": 1}


def test_the_local_slack_reads_it() -> None:
    """What newcomers try in the demo is the app they will get."""
    read = read_manifest(made())
    assert read.command("/capture") is not None
    assert read.events == set(subscribed())
    assert not read.messages_read_only


def test_scopes_are_asked_for_because_something_needs_them() -> None:
    """Every scope we ask for is needed by a call, an event or a command of ours, and every needed one is asked."""
    commands = bool(registry().commands)
    needed = scopes.needed(called(), subscribed(), commands=commands)
    assert set(registry().scopes) == needed
    assert made()["oauth_config"]["scopes"]["bot"] == sorted(needed)


def test_the_tables_of_methods_are_complete_and_hold_nothing_else() -> None:
    """Whatever our code calls stands in the table of scopes, and what the courier calls in that of errors."""
    assert called() == set(scopes.METHODS)
    assert called() == set(METHODS)
    assert {name for name, one in METHODS.items() if one.direct} == {
        "views.open",
        "views.push",
        "views.update",
    }


def test_every_event_we_hear_is_known_with_its_scopes() -> None:
    """An event a feature listens to is subscribed to under a name whose scopes were looked up."""
    assert set(subscribed()) == set(scopes.EVENTS)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", "/status is Slack's own command and would sink the whole manifest. Use --prefix"),
        ("feedback", "/feedback is Slack's own command"),
        ("remind", "/remind is Slack's own command"),
        ("a" * 32, "has 33 characters, Slack takes 32"),
        ("under_score", "small letters, digits and hyphens only"),
        ("Big", "small letters, digits and hyphens only"),
    ],
)
def test_a_name_slack_would_refuse_is_refused_here(name: str, words: str) -> None:
    """One bad name sinks the whole manifest, so it is named, with the way out."""
    with pytest.raises(UnusableManifest, match=re.escape(words)):
        manifest(with_command(name), URL)


def test_a_prefix_helps_where_a_name_is_taken() -> None:
    """With a prefix a taken name is free, every command has it, and what people type still finds its command."""
    ours = with_command("status")
    found = manifest(ours, URL, prefix="tl-")
    names = [one["command"] for one in found["features"]["slash_commands"]]
    assert "/tl-status" in names
    alone = {one.name for one in ours.commands.values() if one.alone}
    assert {command_of(ours, name, "")[0] for name in names} == alone


@pytest.mark.parametrize("prefix", ["tl", "TL-", "t_l-", "my-tl-", "-", "/tl-", " ", "é-"])
def test_a_prefix_that_would_not_work_is_refused(prefix: str) -> None:
    """Commands would come with a name nobody could take apart again."""
    with pytest.raises(UnusableManifest, match="one hyphen at the end"):
        made(prefix=prefix)


def test_a_long_prefix_is_refused_for_the_commands_it_makes_too_long() -> None:
    """A command has at most 32 characters with its slash."""
    with pytest.raises(UnusableManifest, match=r"/x{30}-capture has 39 characters, .* shorter --prefix"):
        made(prefix=f"{'x' * 30}-")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (
            ("display_information", "name"),
            "n" * 36,
            "display_information.name has 36 characters, Slack takes 1 to 35",
        ),
        (("display_information", "description"), "d" * 141, "Slack takes 1 to 140"),
        (("features", "bot_user", "display_name"), "b" * 81, "Slack takes 1 to 80"),
        (("features", "slash_commands", 0, "description"), "", "has 0 characters, Slack takes 1 to 2000"),
        (("features", "slash_commands", 0, "usage_hint"), "h" * 1001, "Slack takes 1 to 1000"),
        (("features", "shortcuts", 0, "name"), "s" * 25, "Slack takes 1 to 24"),
        (("features", "shortcuts", 0, "description"), "s" * 151, "Slack takes 1 to 150"),
        (("features", "shortcuts", 0, "callback_id"), "s" * 256, "Slack takes 1 to 255"),
        (("settings", "event_subscriptions", "bot_events"), ["e"] * 101, "has 101 entries, Slack takes 100"),
        (("oauth_config", "scopes", "bot"), ["s"] * 256, "has 256 entries, Slack takes 255"),
        (
            ("features", "shortcuts"),
            [made()["features"]["shortcuts"][0]] * 11,
            "has 11 entries, Slack takes 10",
        ),
        (("features", "slash_commands"), [made()["features"]["slash_commands"][0]] * 26, "Slack takes 25"),
    ],
)
def test_each_limit_is_watched(path: tuple[Any, ...], value: object, words: str) -> None:
    """What is longer or more than Slack takes is named; what we have today is within."""
    found = made()
    assert list(problems(found)) == []
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert words in "\n".join(problems(found))


def test_no_command_of_ours_is_slack_s() -> None:
    """Without a prefix the manifest is taken as it is."""
    assert not TAKEN & {one.name for one in registry().commands.values() if one.alone}


# ---------------------------------------------------------------------------------------------------------


def subscribed() -> list[str]:
    """The events the manifest asks for."""
    return list(made()["settings"]["event_subscriptions"]["bot_events"])


METHOD = re.compile(r"(auth|bots|chat|conversations|files|pins|reactions|team|users|views)\.[a-z][A-Za-z.]*")


def called() -> set[str]:
    """Every Web API method named in our code, be it as text or as the SDK's function."""
    files = [
        *(ROOT / "handlers").rglob("*.py"),
        *(ROOT / "storage").rglob("*.py"),
        *(ROOT / "bot").rglob("*.py"),
    ]
    tables = {"scopes.py", "codes.py", "slack.py"}
    ours = [one for one in files if "sandbox" not in one.parts and one.name not in tables]
    return {method for file in ours for method in _methods(file)}


def _methods(file: Path) -> Iterator[str]:
    """As a text, or as a function of a client."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value
        elif isinstance(node, ast.Attribute) and _last(node.value) == "client":
            name = node.attr.replace("_", ".", 1)
        else:
            continue
        if METHOD.fullmatch(name):
            yield name


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
