"""The doctor finds what keeps a bot from running and names the next step; a healthy one it leaves in peace."""

import email.utils
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rich.text import Text

import migrations
from bot.doctor import Finding, examine
from bot.doctor.place import ROOM, afar, file_system, room
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


@pytest.mark.parametrize(
    ("secrets", "said", "wrong"),
    [("new,old", "two signing secrets", False), ("a,b,c", "3 signing secrets", True)],
)
async def test_secrets_that_are_being_rotated(tmp_path: Path, secrets: str, said: str, wrong: bool) -> None:
    """Two are right for a day, and it is said that there are two; more are a slip."""
    settings = settings_for(f"sqlite:///{tmp_path}/none.db", NOWHERE, secret=secrets)
    findings = await found(settings)
    assert said in findings["Settings"].found
    assert findings["Settings"].wrong is wrong


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


SOCKET = SandboxConfig(manifest(registry(), None, socket=True), SECRET, TOKEN)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (SOCKET.app_token, ""),
        ("xapp-1-of-another-app", "invalid_auth"),
        (TOKEN, "not an app-level token"),
        ("", "SLACK_APP_TOKEN"),
    ],
)
async def test_the_token_of_a_socket(tmp_path: Path, token: str, said: str) -> None:
    """It has to be there and to be this app's own; Slack is asked whether it opens a socket for it."""
    given = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": token, "THROUGHLINE_DATA_DIR": str(tmp_path)}
    async with running_sandbox(SOCKET) as place:
        settings = Settings.model_validate({**given, "SLACK_API_URL": place.api_url})
        findings = await examine(settings, socket=True)
    wrong = [one for one in findings if one.wrong]
    assert bool(wrong) is bool(said)
    assert all(said in one.found for one in wrong)
    assert all(
        "xapp-" in one.step or "SLACK_APP_TOKEN" in one.step or "Set them" in one.step for one in wrong
    )


async def test_an_app_without_socket_mode(place: RunningSandbox, tmp_path: Path) -> None:
    """The token is right, the switch on the app's page is not."""
    given = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": SOCKET.app_token,
        "THROUGHLINE_DATA_DIR": str(tmp_path),
    }
    findings = await found(Settings.model_validate({**given, "SLACK_API_URL": place.api_url}))
    assert "Switch on Socket Mode" in findings["Socket"].step


async def test_a_missing_scope_is_named_with_its_reason(tmp_path: Path) -> None:
    """What does not work without it is said, and how to get it."""
    granted = [one for one in registry().scopes if one != "reactions:read"]
    async with slack_with(granted) as place:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", place.api_url))
    reasons = ", ".join(registry().scopes["reactions:read"])
    assert findings["Scopes"].found == f"missing: reactions:read ({reasons})"
    assert "stops without it" in findings["Scopes"].step
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


# -- how messages in doubt can be looked up -----------------------------------------------------------------

GOOD = {"ok": True, "team": "Northwind Labs", "bot_id": "B1"}
IN_ONE = {"ok": True, "channels": [{"id": "C0SALES"}]}
LIMITED = (429, {"ok": False, "error": "ratelimited"})
MESSAGES = {"ok": True, "messages": [{"ts": "1.1"}], "has_more": False}
FIFTEEN = {"ok": True, "messages": [{"ts": f"1.{n}"} for n in range(15)], "has_more": True}
NO_THREADS = (200, {"ok": False, "error": "not_allowed_token_type"})

Says = Mapping[str, list[Any]]


@asynccontextmanager
async def slack_saying(says: Says) -> AsyncIterator[str]:
    """A Slack that answers each method so, the last answer again and again."""
    left = {method: list(answers) for method, answers in says.items()}

    async def answer(request: web.Request) -> web.Response:
        answers = left[request.match_info["method"]]
        said = answers.pop(0) if len(answers) > 1 else answers[0]
        status, body = said if isinstance(said, tuple) else (200, said)
        return web.json_response(body, status=status, headers={"Date": email.utils.formatdate(usegmt=True)})

    async with api(answer) as url:
        yield url


@pytest.mark.parametrize(
    ("says", "history", "threads"),
    [
        ({"users.conversations": [{"ok": True, "channels": []}]}, "in no channel yet", None),
        ({"conversations.history": [MESSAGES]}, "as by an app of the workspace's own", "can be read"),
        ({"conversations.history": [MESSAGES, LIMITED]}, "!once a minute", "can be read"),
        ({"conversations.history": [LIMITED]}, "!once a minute", None),
        ({"conversations.history": [FIFTEEN]}, "!once a minute, 15 messages", "can be read"),
        (
            {"conversations.history": [MESSAGES], "conversations.replies": [NO_THREADS]},
            "as by an app of the workspace's own",
            "!does not let this bot read them (not_allowed_token_type)",
        ),
        ({"conversations.history": [(200, {"ok": False, "error": "missing_scope"})]}, "!missing_scope", None),
    ],
)
async def test_how_messages_can_be_looked_up(
    tmp_path: Path, says: Says, history: str, threads: str | None
) -> None:
    """Slack's two classes of apps are told apart by trying, and so is whether a bot may read threads."""
    usual: Says = {
        "auth.test": [GOOD],
        "users.conversations": [IN_ONE],
        "conversations.history": [MESSAGES],
        "conversations.replies": [MESSAGES],
    }
    async with slack_saying({**usual, **says}) as api_url:
        findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", api_url))
    for what, said in (("History", history), ("Threads", threads)):
        assert (what in findings) is (said is not None)
        if said is not None:
            assert said.lstrip("!") in findings[what].found
            assert findings[what].wrong is said.startswith("!")


# -- this machine -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mounts", "kind"),
    [
        ("/dev/sda1 / ext4 rw 0 0", "ext4"),
        ("/dev/sda1 / ext4 rw 0 0\nfiler:/x {folder} nfs4 rw 0 0", "nfs4"),
        ("filer:/x {folder} nfs4 rw 0 0\n/dev/sda1 / ext4 rw 0 0", "nfs4"),
        ("//filer/x {folder} cifs rw 0 0\ntmpfs {folder}/data tmpfs rw 0 0", "tmpfs"),
        ("/dev/sda1 / ext4 rw 0 0\nfiler:/x {folder}/dat nfs4 rw 0 0", "ext4"),
        ("/dev/sda1 / ext4 rw 0 0\ns3fs {folder} fuse.s3fs rw 0 0", "fuse.s3fs"),
    ],
)
def test_the_file_system_under_the_database(tmp_path: Path, mounts: str, kind: str) -> None:
    """The innermost mount counts, whatever the order; one on a network is told with the way out."""
    told = tmp_path / "mounts"
    told.write_text(mounts.format(folder=tmp_path))
    assert file_system(tmp_path / "data" / "throughline.db", told) == kind
    finding = afar(kind)
    assert finding.wrong is kind.startswith(("nfs", "cifs", "fuse."))
    assert "local disk" in finding.step or not finding.wrong


async def test_this_machine_s_own_disk(tmp_path: Path) -> None:
    """What is under a database here is named, with the room there is; PostgreSQL's disk is another machine's."""
    findings = await found(settings_for(f"sqlite:///{tmp_path}/not/there/none.db", NOWHERE))
    assert findings["Disk"].found.endswith("GiB free")
    assert "File system" in findings
    url = "postgresql://throughline:quokka@127.0.0.1:9/throughline?connect_timeout=2"
    assert {"Disk", "File system", "SQLite"} & set(await found(settings_for(url, NOWHERE))) == set()


@pytest.mark.parametrize(("free", "wrong"), [(10 * ROOM, False), (ROOM - 1, True)])
def test_a_disk_that_is_nearly_full(tmp_path: Path, free: int, wrong: bool) -> None:
    """It is told before it is full, for then nothing is saved."""
    finding = room(tmp_path, free)
    assert finding.wrong is wrong
    assert str(tmp_path) in finding.step or not wrong


async def test_the_commands_are_named(tmp_path: Path) -> None:
    """Slack's own are not among them; that another app may have one cannot be seen, and the way out is said."""
    findings = await found(settings_for(f"sqlite:///{tmp_path}/none.db", NOWHERE))
    assert "/capture" in findings["Commands"].found
    assert "--prefix tl-" in findings["Commands"].found
    assert not findings["Commands"].wrong


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_runs_past_the_edge(width: int) -> None:
    """However long a finding is, it is broken between words and set in, and none of them is lost."""
    words, step = "a [word] or two " * 30, "do this and that " * 20
    shown = Text.from_markup(Finding("Scopes", words, step).line(width)).plain
    assert max(map(len, shown.splitlines())) <= width
    assert " ".join(shown.split()) == " ".join(f"✗ Scopes: {words} → {step}".split())
    assert all(line.startswith("  ") for line in shown.splitlines()[1:])
