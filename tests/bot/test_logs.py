"""No log line holds what people said, a token or an address to answer; each says what, where and which."""

import asyncio
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.manifest import manifest
from bot.sandbox import RunningSandbox, SandboxConfig
from bot.sandbox import running as running_sandbox
from bot.sandbox.driver import Slack
from handlers.registry import registry
from tests.bot.sandbox.waiting import until
from tests.front import SECRET, TOKEN
from tests.handlers.feedback.acts import card_of, switch_on
from tests.processes import ROOT, Ended, Running, command, environment, running
from tests.signed import JSON, interact, post, send, sign, submit_form

CANARY = "quokka"
"""Stands in everything people type below."""


@asynccontextmanager
async def workspace(folder: Path) -> AsyncIterator[tuple[RunningSandbox, Running, Slack]]:
    """Throughline as a process of its own, telling as much as it can, in the local Slack."""
    config = SandboxConfig(manifest(registry(), "http://127.0.0.1"), SECRET, TOKEN)
    async with running_sandbox(config) as place:
        env = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": f"xapp-1-{CANARY}",
            "SLACK_API_URL": place.api_url,
            "THROUGHLINE_DATA_DIR": str(folder),
            "LOG_LEVEL": "DEBUG",
            "PYTHONWARNINGS": "default",
            "PYTHONASYNCIODEBUG": "1",
        }
        async with running(folder, "run", env=env) as process:
            place.sandbox.bot_url = f"{process.url}/slack/events"
            async with Slack(place.url, lambda: quiet(process)) as slack:
                yield place, process, slack


async def quiet(process: Running) -> None:
    """Until nothing is on its way; what is in doubt may settle later."""
    calm = 0
    async with aiohttp.ClientSession() as session, asyncio.timeout(20):
        while calm < 3:
            async with session.get(f"{process.url}/readyz") as answer:
                state = await answer.json()
            busy = state["slack"] != "ok" or state["outbox"]["pending"] + state["outbox"]["sending"]
            calm = 0 if busy else calm + 1
            await asyncio.sleep(0.02)


async def test_a_full_run_leaks_nothing(tmp_path: Path) -> None:
    """Capture, forms, DMs, Slack's errors, broken requests, a broken database: the logs hold only ids."""
    async with workspace(tmp_path) as (place, process, slack):
        await quiet(process)
        await everyday(slack)
        await refusals_of_slack(place, process)
        await broken_requests(process)
        await broken_database(tmp_path, place)
        said = await process.stop()
        answers = set(response_urls(await inspected(place)))
    assert said.code == 0
    assert len(answers) >= 5
    assert_nothing_leaked(said, {*answers, TOKEN, SECRET, "Lindqvist", "Whitfield", "Okafor"})
    lines = assert_every_line_is_named(said)
    actions = {line["action"] for line in lines}
    assert {"listen.command", "listen.view", "listen.event", "guard.refused", "courier.send"} <= actions
    assert {"OperationalError", "failed", "not committed"} & {
        line.get("error", line["event"]) for line in lines
    }


async def everyday(slack: Slack) -> None:
    """What people do all day, the canary in each of their words."""
    await switch_on(slack)
    message = await slack.message("#sales", f"They want the {CANARY} in the message", as_="dana")
    await slack.react(message, "bulb", as_="sam")
    await slack.click(await card_of(slack, "sam"), "Edit", as_="sam")
    await slack.submit("sam", words=f"{CANARY} in an edit", account=f"{CANARY} & Sons")
    await slack.command("/capture", f"{CANARY} in a command", as_="ben", channel="#support")
    refused = await slack.submit("ben", account=CANARY * 20)
    assert refused.errors
    await slack.submit("ben", account=f"{CANARY} Limited")
    await slack.command("/capture", f"show {CANARY}", as_="ben", channel="#support")
    await slack.message_shortcut("Capture feedback", message, as_="maya")
    offer = await slack.dm("omar", f"{CANARY} in a direct message")
    offers = [one for one in await slack.dms("omar") if one.ts > offer.ts]
    await slack.click(offers[-1], "Save as idea", as_="omar")
    thread = await slack.message("#launches", "Who writes it down?", as_="maya")
    await slack.message("#launches", f"<@U0THROUGH> {CANARY} in a thread", as_="maya", thread=thread)
    await slack.open_home("sam")


FAULTS = {
    "invalid_blocks": ("lena", "invalid_blocks"),
    "reset": ("tomas", "ClientOSError|ServerDisconnectedError"),
    "500": ("kenji", "http_500"),
    "429": ("ruth", "ratelimited"),
    "never_documented": ("ines", "never_documented"),
    "internal_error": ("priya", "internal_error"),
}
"""Each fault, whose message it hits, and what the log calls it."""


async def refusals_of_slack(place: RunningSandbox, process: Running) -> None:
    """Slack says no in every way it knows, to calls that carry people's words."""
    async with Slack(place.url) as hurried:
        for fault, (person, code) in FAULTS.items():
            await hurried.faults([{"fault": fault, "when": "after" if fault == "reset" else "before"}])
            await hurried.dm(person, f"{CANARY} while Slack says {fault}")
            await hurried.command("/capture", f"{CANARY} while Slack says {fault}", as_="aiko")
            await logged(process, "courier.send", code)
            await logged(process, "after.reply", code)
        await hurried.faults()


async def logged(process: Running, action: str, code: str) -> None:
    """Until a line of this action names this code."""
    pattern = re.compile(f'"{re.escape(action)}".*"({code})"')
    await until(lambda: pattern.search(process.err.read_text()) is not None)


async def broken_requests(process: Running) -> None:
    """Unsigned, signed but malformed, and of a workspace nobody knows."""
    unsigned = json.dumps({"type": "event_callback", "text": CANARY}).encode()
    assert (await post(process.url, unsigned, {"Content-Type": JSON})).status == 401
    assert (
        await post(process.url, unsigned, {"Content-Type": JSON, **sign("wrong", unsigned)})
    ).status == 401
    torn = f'{{"text": "{CANARY}"'.encode()
    assert (await post(process.url, torn, {"Content-Type": JSON, **sign(SECRET, torn)})).status == 400
    for event in (
        {"type": "message", "channel": "D1", "text": [CANARY]},
        {"type": "unheard_of", "text": CANARY},
    ):
        await send(process.url, SECRET, envelope(event))
    stranger = {"type": "app_mention", "user": "U1", "text": CANARY, "channel": "C1", "ts": "1.2"}
    await send(process.url, SECRET, envelope(stranger, team_id="T0ELSEWHERE"))
    view = {"id": "V1", "type": "modal", "callback_id": "feedback.capture", "state": {"values": CANARY}}
    person = {"user": {"id": "U0MAYA"}, "team": {"id": "T0NORTHWIND"}, "trigger_id": "1.2.4"}
    await interact(process.url, SECRET, {"type": "view_submission", "view": view, **person})
    fields = {"command": "/capture", "team_id": "T0NORTHWIND", "text": CANARY, "trigger_id": "1.2.3"}
    await submit_form(process.url, SECRET, fields)


async def broken_database(folder: Path, place: RunningSandbox) -> None:
    """A statement fails with people's words among its values."""
    async with Slack(place.url) as slack:
        with contextlib.closing(sqlite3.connect(folder / "throughline.db")) as other:
            other.execute("ALTER TABLE feedback RENAME TO feedback_away")
            await slack.shortcut("Capture feedback", as_="omar")
            await slack.submit("omar", words=f"{CANARY} and a broken table")
            await slack.message("#general", f"<@U0THROUGH> {CANARY}", as_="sam")
            other.execute("ALTER TABLE feedback_away RENAME TO feedback")


def envelope(event: dict[str, Any], team_id: str = "T0NORTHWIND") -> dict[str, Any]:
    """An event as Slack wraps it."""
    return {"type": "event_callback", "team_id": team_id, "event_id": "Ev1", "event": event}


async def inspected(place: RunningSandbox) -> list[dict[str, Any]]:
    """Everything that went between Slack and the app."""
    async with aiohttp.ClientSession() as session, session.get(f"{place.url}/sandbox/inspector") as answer:
        return list((await answer.json())["entries"])


def response_urls(entries: list[dict[str, Any]]) -> Iterator[str]:
    """The secret part of every address to answer that was given out."""
    for entry in entries:
        yield from re.findall(r"/respond/([\w-]+)", json.dumps(entry))


def assert_nothing_leaked(said: Ended, secrets: set[str]) -> None:
    everything = (said.out + said.err).lower()
    for secret in {CANARY, *secrets}:
        where = everything.find(secret.lower())
        assert where < 0, everything[max(0, where - 300) : where + 100]


def assert_every_line_is_named(said: Ended) -> list[dict[str, Any]]:
    assert said.out == ""
    lines = [json.loads(line) for line in said.err.splitlines()]
    assert lines
    for line in lines:
        assert {"action", "workspace", "request", "level", "timestamp", "event"} <= line.keys(), line
        assert all(line[key] for key in ("action", "workspace", "request")), line
        if line["action"].startswith(("listen.", "courier.send", "courier.look", "courier.deliver")):
            assert line["workspace"].startswith("T0"), line
            assert line["request"] != "-", line
    return lines


LEAKS = f"""
import asyncio, logging, threading, warnings
from bot import logs
logs.configure("DEBUG")
logging.getLogger("slack_sdk").error("{CANARY} %s", "{CANARY}")
logging.getLogger("slack_bolt.AsyncApp").warning("{CANARY}")
try:
    raise ValueError("{CANARY}")
except ValueError:
    logging.getLogger("uvicorn.error").exception("{CANARY}")
warnings.warn("{CANARY}")
async def forgotten() -> None:
    async def fails() -> None:
        raise ValueError("{CANARY}")
    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
asyncio.run(forgotten())
def fails() -> None:
    raise ValueError("{CANARY}")
thread = threading.Thread(target=fails)
thread.start()
thread.join()
class Cleaned:
    def __del__(self) -> None:
        raise ValueError("{CANARY}")
Cleaned()
raise ValueError("{CANARY}")
"""


async def test_what_python_and_libraries_would_print_is_told_without_words() -> None:
    """Library logs, warnings, forgotten tasks, threads, clean-up and the last error: class and place only."""
    python, *_ = command()
    process = await asyncio.create_subprocess_exec(
        python,
        "-c",
        LEAKS,
        cwd=ROOT,
        env=environment({}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    said = Ended(process.returncode or 0, out.decode(), err.decode())
    assert said.code == 1
    assert_nothing_leaked(said, set())
    told = [(line["action"], line.get("error")) for line in assert_every_line_is_named(said)]
    assert told == [
        ("library.slack_sdk", None),
        ("library.slack_bolt.AsyncApp", None),
        ("library.uvicorn.error", "ValueError"),
        ("process.warning", "UserWarning"),
        ("library.asyncio", "ValueError"),
        ("process.thread", "ValueError"),
        ("process.cleanup", "ValueError"),
        ("process.end", "ValueError"),
    ]


def test_a_line_that_cannot_be_written_ends_nothing() -> None:
    """The disk that holds the log is full: whoever logs goes on all the same."""
    lines = (
        "import structlog",
        "from bot import logs",
        "logs.configure('INFO')",
        "structlog.get_logger().error('not kept', action='test')",
        "print('goes on')",
    )
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", "; ".join(lines)],
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            cwd=ROOT,
        )
    assert ended.stdout == b"goes on\n"
