"""The sandbox as a program of its own: starts, stops on a signal, keeps its world."""

import asyncio
import signal
import sys
from pathlib import Path

from bot.sandbox.connection import listener
from bot.sandbox.driver import Slack
from tests.bot.sandbox.waiting import until_async

PROGRAM = """
import asyncio, json, sys
from pathlib import Path
from bot.sandbox import SandboxConfig, serve
port, state = int(sys.argv[1]), Path(sys.argv[2])
config = SandboxConfig({}, "secret", "token", state_file=state, base_url=f"http://127.0.0.1:{port}")
asyncio.run(serve(config, "127.0.0.1", port))
"""


async def test_a_served_sandbox_stops_on_a_signal_and_has_saved(tmp_path: Path) -> None:
    """SIGTERM ends open streams and long polls at once; nothing said is lost."""
    with listener() as free:
        port = free.getsockname()[1]
    state = tmp_path / "slack.json"
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, str(port), str(state))
    try:
        async with Slack(f"http://127.0.0.1:{port}") as slack:
            await until_async(lambda: slack.state("maya"), 10)
            await slack.message("#general", "do not forget", as_="maya")
            waiting = asyncio.create_task(slack._wire.get("/sandbox/clock", after="1", wait="30"))
            await asyncio.sleep(0.05)
            program.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(program.wait(), 5) in {0, -signal.SIGTERM}
            waiting.cancel()
    finally:
        if program.returncode is None:
            program.kill()
    assert "do not forget" in state.read_text()
