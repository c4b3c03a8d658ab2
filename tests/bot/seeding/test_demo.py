"""`throughline demo` as people start and stop it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import migrations
from bot.sandbox.driver import Slack
from bot.seeding.stage import database_in, stage
from tests.processes import PATIENCE, ROOT, environment, free_port

ENDLESS = 4 * PATIENCE
"""Seconds after which it hangs, however busy the machine is."""


async def test_what_happened_is_there_at_the_next_start(tmp_path: Path) -> None:
    """A company that was made is taken up, Ctrl-C ends with a word, and the next start goes on from there."""
    folder = tmp_path / ".demo"
    folder.mkdir()
    await asyncio.to_thread(migrations.upgrade, database_in(folder))
    async with stage(folder) as place:
        await place.slack.command("/capture", as_="dana", channel="#sales")
        offer = (await place.slack.ephemerals("dana", "#sales"))[-1]
        await place.slack.click(offer, "Capture 💡 and 🐞 here", as_="dana")

    async with demo(tmp_path) as (process, slack):
        message = await slack.message("#sales", "Acme wants invoices in euro", as_="dana")
        await slack.react(message, "bulb", as_="sam")
        async with asyncio.timeout(ENDLESS):
            while not await kept(slack):  # noqa: ASYNC110 - another process tells him
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = await asyncio.wait_for(process.communicate(), ENDLESS)
    assert process.returncode == 0
    assert "Everything is kept for the next time." in said.decode()
    assert "Traceback" not in said.decode()

    async with demo(tmp_path) as (process, slack):
        assert await kept(slack)
        assert [one.text for one in await slack.channel("#sales", as_="dana").messages()][-1] == message.text
        listed = await slack.command("/capture", as_="sam", channel="#sales")
        assert "F-1 Acme wants invoices in euro" in (listed.text or "")
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), ENDLESS) == 0


async def kept(slack: Slack) -> bool:
    """Whether Sam was told that it is saved."""
    return any("F-1 · Idea is saved" in one.text for one in await slack.dms("sam"))


@asynccontextmanager
async def demo(house: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, Slack]]:
    """The demo in this folder, from the moment it says that it is ready."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo",
        cwd=house,
        env=environment({"PORT": str(port), "PYTHONPATH": str(ROOT)}),
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        async with asyncio.timeout(ENDLESS):
            while b"is ready" not in (line := await process.stderr.readline()):
                assert line, "it ended before it was ready"
        async with Slack(f"http://127.0.0.1:{port}") as slack:
            yield process, slack
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


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
