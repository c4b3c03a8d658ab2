"""`throughline demo` as people start and stop it."""

import asyncio
import signal
import sys
from pathlib import Path

from tests.processes import PATIENCE, ROOT, environment, free_port

ENDLESS = 4 * PATIENCE
"""Seconds after which it hangs, however busy the machine is."""


async def test_ctrl_c_while_the_company_is_made_leaves_nothing(tmp_path: Path) -> None:
    """No half-made company is found by the next start; the last words say so."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo",
        cwd=tmp_path,
        env=environment({"PORT": str(free_port()), "PYTHONPATH": str(ROOT)}),
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    aside = tmp_path / ".demo.new"
    async with asyncio.timeout(ENDLESS):
        while not (aside / "slack.json").exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGINT)
    try:
        _, said = await asyncio.wait_for(process.communicate(), ENDLESS)
    except TimeoutError:
        process.kill()  # or it would outlive the test
        raise
    assert process.returncode == 130
    assert "nothing is kept" in said.decode()
    assert "Traceback" not in said.decode()
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a look at a local folder
