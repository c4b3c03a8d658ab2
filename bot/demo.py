"""`throughline demo`: a local Slack and the bot in it, in one process, kept in a folder between starts."""

import asyncio
import socket
import sys
from pathlib import Path

from rich.console import Console

import migrations
from bot.app import Application
from bot.courier.courier import Timing
from bot.manifest import manifest
from bot.sandbox import SandboxConfig, running
from bot.sandbox.driver import Slack
from bot.serving import http_server
from bot.settings import Settings
from handlers.kit import switches
from handlers.registry import EXAMPLES, registry
from storage.database import Tx

TOKEN = "xoxb-demo-throughline"  # noqa: S105 - opens nothing but the local Slack
SECRET = "demo-signing-secret-of-the-local-slack"  # noqa: S105 - likewise
HOST = "127.0.0.1"

out = Console(stderr=True, highlight=False)


async def run(port: int, folder: Path) -> None:
    """Serve the page on `port` and the bot on the next one until Ctrl-C."""
    for one in (port, port + 1):
        if not _free(one):
            out.print(f"Port {one} is taken. Try another pair: make demo PORT={port + 10}")
            sys.exit(2)
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    database = f"sqlite:///{folder / 'throughline.db'}"
    with out.status("Preparing the workspace…"):
        await asyncio.to_thread(migrations.upgrade, database)
    state_file = folder / "slack.json"
    first_time = not await asyncio.to_thread(state_file.exists)
    bot_url = f"http://{HOST}:{port + 1}/slack/events"
    config = SandboxConfig(
        manifest(registry(), f"http://{HOST}:{port + 1}"),
        SECRET,
        TOKEN,
        bot_url=bot_url,
        gallery=[one.as_json() for one in EXAMPLES],
        state_file=state_file,
        base_url=f"http://{HOST}:{port}",
    )
    async with running(config, port) as sandbox:
        settings = Settings.model_validate(
            {
                "THROUGHLINE_DATABASE_URL": database,
                "SLACK_BOT_TOKEN": TOKEN,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_API_URL": sandbox.api_url,
                "THROUGHLINE_CLOCK_URL": f"{sandbox.url}/sandbox/clock",
            }
        )
        app = Application(settings, registry(), timing=Timing(tick=0.5))
        opening = asyncio.create_task(_open(app, sandbox.url, first_time=first_time))
        await http_server(app, HOST, port + 1).serve()
        opening.cancel()
    out.print("Stopped. Everything is kept for the next time.")


async def _open(app: Application, url: str, *, first_time: bool) -> None:
    """Say where the page is once the bot works; the first time, let somebody switch capturing on."""
    while app.health.auth != "ok":  # noqa: ASYNC110 - the first hello has no event to wait for
        await asyncio.sleep(0.05)
    if first_time and app.slack.workspace is not None:
        await app.database.transact(app.slack.workspace, _everything_on)
        async with Slack(url, app.settled) as slack:
            await slack.command("/capture", as_="dana", channel="#sales")
            offer = (await slack.ephemerals("dana", "#sales"))[-1]
            await slack.click(offer, "Capture 💡 and 🐞 here", as_="dana")
    out.print(f"\n  [bold]Throughline is ready.[/] Open {url} in a browser.")
    out.print("  What happens there is kept until `make demo-reset`. Ctrl-C stops it.\n")


def _everything_on(tx: Tx) -> None:
    """There is nothing to ask an admin for: whoever tries it out sees every job."""
    for switch in registry().switches:
        switches.put(tx, switch, on=True, by=None)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
