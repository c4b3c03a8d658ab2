"""The doctor finds what keeps a bot from running and names the next step; a healthy one it leaves in peace."""

import email.utils
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

import migrations
from bot.doctor import Finding, examine
from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig
from bot.sandbox import running as running_sandbox
from bot.sandbox.connection import listener
from bot.sandbox.driver import Slack
from bot.settings import Settings
from handlers.registry import registry
from storage.database import Clock, Database
from tests.alone import NOWHERE
from tests.answering import ODD, Said, answering, api
from tests.front import SECRET, TOKEN, settings_for
from tests.processes import throughline


@asynccontextmanager
async def slack_with(scopes: list[str]) -> AsyncIterator[RunningSandbox]:
    """The local Slack, with an app that was granted these scopes."""
    made = manifest(registry(), "http://127.0.0.1")
    made["oauth_config"]["scopes"]["bot"] = scopes
    async with running_sandbox(SandboxConfig(made, SECRET, TOKEN)) as place:
        yield place


@pytest.fixture
async def place() -> AsyncIterator[RunningSandbox]:
    """The local Slack, with everything granted."""
    async with slack_with(list(registry().scopes)) as place:
        yield place


async def found(settings: Settings) -> Mapping[str, Finding]:
    return {one.what: one for one in await examine(settings)}


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_all_is_well(place: RunningSandbox, database_url: str) -> None:
    """Settings, database, token, scopes and clock are each told to be in order; nothing is to be done."""
    findings = await found(settings_for(database_url, place.api_url))
    assert {"Settings", "Database", "Token", "Scopes", "Clock"} <= set(findings)
    assert [one for one in findings.values() if one.wrong] == []
    assert findings["Token"].found == "a bot token of Northwind Labs"
    assert findings["Scopes"].found == f"all {len(registry().scopes)} granted"


async def test_the_command_ends_with_1_when_something_is_wrong(place: RunningSandbox, tmp_path: Path) -> None:
    """So that a script can ask; and every line about what is wrong says what to do."""
    env = {"SLACK_API_URL": place.api_url, "THROUGHLINE_DATA_DIR": str(tmp_path), "SLACK_BOT_TOKEN": TOKEN}
    wrong = await throughline("doctor", env=env)
    assert wrong.code == 1
    assert "✗ Settings: not set: SLACK_SIGNING_SECRET\n  → Set them" in wrong.err
    right = await throughline("doctor", env={**env, "SLACK_SIGNING_SECRET": SECRET})
    assert right.code == 0
    assert "✗" not in right.err
    assert files(tmp_path) == []


async def test_nothing_is_set(tmp_path: Path) -> None:
    """Before the first step it names the tokens and does not call Slack."""
    findings = await found(Settings.model_validate({"THROUGHLINE_DATA_DIR": str(tmp_path)}))
    assert findings["Settings"].found == "not set: SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET"
    assert "Token" not in findings


async def test_a_socket_needs_no_signing_secret(place: RunningSandbox, tmp_path: Path) -> None:
    """With an app token the signing secret is not missed."""
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "xapp-1", "THROUGHLINE_DATA_DIR": str(tmp_path)}
    findings = await found(Settings.model_validate({**given, "SLACK_API_URL": place.api_url}))
    assert not findings["Settings"].wrong


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_slack_does_not_take(place: RunningSandbox, tmp_path: Path, code: str) -> None:
    """Slack's own word for it, and where to get another."""
    async with Slack(place.url) as slack:
        await slack.faults([{"method": "auth.test", "fault": code}])
    findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", place.api_url))
    assert findings["Token"].found == code
    assert "copy its Bot User OAuth Token" in findings["Token"].step


async def test_slack_cannot_be_reached(tmp_path: Path) -> None:
    """A network that is down is not taken for a bad token."""
    findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", NOWHERE))
    assert "Token" not in findings
    assert "check the network" in findings["Slack"].step


@pytest.mark.parametrize("odd", ODD)
async def test_what_answers_is_not_slack(tmp_path: Path, odd: str) -> None:
    """A proxy's page, or a Slack that fails, is not taken for a bad token either."""
    async with answering(ODD[odd]) as api_url:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", api_url))
    assert "Token" not in findings
    assert findings["Slack"].found.startswith("http_")
    assert "something answers in its place" in findings["Slack"].step


async def test_slack_takes_too_long(tmp_path: Path) -> None:
    """Nor is a network that swallows everything."""
    with listener() as deaf:
        api_url = f"http://127.0.0.1:{deaf.getsockname()[1]}/api/"
        settings = settings_for(f"sqlite:///{tmp_path}/none.db", api_url)
        findings = {one.what: one for one in await examine(settings, patience=1)}
    assert "Token" not in findings
    assert "check the network" in findings["Slack"].step


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (Said(429, "application/json", b'{"ok": false, "error": "ratelimited"}'), "in a minute"),
        (Said(200, "application/json", b'{"ok": false, "error": "ekm_access_denied"}'), "an admin may have to allow"),
        (Said(200, "application/json", b'{"ok": false, "error": "internal_error"}'), "status.slack.com"),
    ],
)  # fmt: skip
async def test_slack_says_no_and_not_to_the_token(tmp_path: Path, said: Said, step: str) -> None:
    """Another token would not help: what does is said."""
    async with answering(said) as api_url:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", api_url))
    assert "Token" not in findings
    assert step in findings["Slack"].step


@pytest.mark.parametrize(("token", "wrong"), [("xapp-1-A0-1-f", False), (TOKEN, True), ("", True)])
async def test_the_token_of_a_socket(place: RunningSandbox, tmp_path: Path, token: str, wrong: bool) -> None:
    """It has to be there and to be an app's: the bot's own, which is asked for beside it, opens no socket."""
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": token, "THROUGHLINE_DATA_DIR": str(tmp_path)}
    settings = Settings.model_validate({**given, "SLACK_API_URL": place.api_url})
    findings = {one.what: one for one in await examine(settings, socket=True)}
    said = [one for one in findings.values() if one.wrong]
    assert bool(said) is wrong
    assert all("xapp-" in one.step or "SLACK_APP_TOKEN" in one.found for one in said)


async def test_a_missing_scope_is_named_with_its_reason(tmp_path: Path) -> None:
    """What does not work without it is said, and how to get it."""
    granted = [one for one in registry().scopes if one != "reactions:read"]
    async with slack_with(granted) as place:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", place.api_url))
    assert findings["Scopes"].found == f"missing: reactions:read ({registry().scopes['reactions:read'][0]})"
    assert "install again" in findings["Scopes"].step


@pytest.mark.parametrize(("seconds", "wrong"), [(0, False), (30, False), (90, True), (-400, True)])
async def test_the_machine_s_clock(tmp_path: Path, seconds: int, wrong: bool) -> None:
    """A clock that is off is told by how much, before Slack's requests are refused for it."""
    good = {"ok": True, "team": "Northwind Labs", "bot_id": "B1"}
    async with saying(good, time.time() - seconds) as api_url:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", api_url))
    assert findings["Clock"].wrong is wrong
    if wrong:
        assert abs(int(findings["Clock"].found.split(" ")[0]) - seconds) <= 2
        assert "NTP" in findings["Clock"].step


async def test_a_user_s_token_is_not_a_bot_s(tmp_path: Path) -> None:
    """The likeliest slip: the token beside the right one on Slack's page."""
    async with saying({"ok": True, "team": "Northwind Labs", "user": "maya"}, time.time()) as api_url:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", api_url))
    assert findings["Token"].step == "Use the token that begins with xoxb-."


@asynccontextmanager
async def saying(said: Mapping[str, Any], at: float) -> AsyncIterator[str]:
    """A Slack that answers `auth.test` with this, at that time."""

    async def auth_test(_: web.Request) -> web.Response:
        return web.json_response(said, headers={"Date": email.utils.formatdate(at, usegmt=True)})

    async with api(auth_test) as url:
        yield url


async def test_an_empty_database_is_fine_and_stays_empty(tmp_path: Path) -> None:
    """Looking makes no file."""
    findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", NOWHERE))
    assert findings["Database"].found == "empty; the first start fills it"
    assert not findings["Database"].wrong
    assert files(tmp_path) == []


async def test_a_database_that_is_not_there() -> None:
    """The password in its address is not printed."""
    url = "postgresql://throughline:quokka@127.0.0.1:9/throughline?connect_timeout=2"
    findings = await found(settings_for(url, NOWHERE))
    assert findings["Database"].wrong
    assert "quokka" not in findings["Database"].line()


async def test_it_looks_beside_a_running_bot(tmp_path: Path) -> None:
    """It only reads, so it needs nobody to stop."""
    url = f"sqlite:///{tmp_path}/throughline.db"
    migrations.upgrade(url)
    wanted = migrations.state(url).wanted
    running = Database(url, Clock())
    findings = await found(settings_for(url, NOWHERE))
    await running.close()
    assert findings["Database"].found == f"schema {wanted}"
