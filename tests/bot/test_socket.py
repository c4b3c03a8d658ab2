"""Socket Mode: the same bot without an address."""

import asyncio
import signal
import sys
from pathlib import Path

from bot.manifest import manifest
from bot.sandbox import SandboxConfig, running
from bot.sandbox.driver import Slack
from handlers.registry import registry
from tests.front import SECRET, TOKEN


async def test_run_socket_captures_and_stops_cleanly(tmp_path: Path) -> None:
    """`run --socket` in a process of its own: a command, a submit, a card; then SIGTERM, then nothing lost."""
    config = SandboxConfig(manifest(registry(), None, socket=True), SECRET, TOKEN)
    async with running(config) as sandbox, Slack(sandbox.url) as slack:
        environment = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": config.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "THROUGHLINE_DATA_DIR": str(tmp_path),
            "PORT": "0",
            "PATH": "/usr/bin:/bin",
        }
        command = (sys.executable, "-m", "bot", "run", "--socket")
        bot = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
        try:
            await _until_connected(slack)
            await slack.command("/capture", "Dark mode", as_="ben", channel="#support")
            refused = await slack.submit("ben", account="A" * 81)
            assert "account" in refused.errors
            await slack.submit("ben", account="Acme")
            assert "*F-1 is saved.*" in (await slack.modal("ben")).text
        finally:
            bot.send_signal(signal.SIGTERM)
            _, log = await asyncio.wait_for(bot.communicate(), 20)
        assert bot.returncode == 0
        assert b"Dark mode" not in log


async def _until_connected(slack: Slack) -> None:
    for _ in range(600):
        if (await slack.state("ben"))["bot"]["connected"]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the bot never connected")
