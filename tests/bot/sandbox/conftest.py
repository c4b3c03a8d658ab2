import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver, listening
from tests.bot.sandbox.samples import SECRET, TOKEN, Configure, manifest

Open = Callable[..., Awaitable[Page]]
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
NO_BROWSER = (
    "the page is NOT tested: no chromium on PATH (apt-get install -y chromium fonts-noto-color-emoji)"
)
expect.set_options(timeout=15_000)  # as long as it takes on a busy machine; what is there is seen at once


@pytest.fixture
def config() -> Configure:
    def make(**changes: Any) -> SandboxConfig:
        known = {"manifest": manifest(), "signing_secret": SECRET, "bot_token": TOKEN, "retry_delays": ()}
        return SandboxConfig(**{**known, **changes})

    return make


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening() as app:
        yield app


@pytest.fixture
async def place(config: Configure, receiver: Receiver) -> AsyncIterator[RunningSandbox]:
    async with running(config(bot_url=receiver.url)) as sandbox:
        yield sandbox


@pytest.fixture
async def slack(place: RunningSandbox) -> AsyncIterator[Slack]:
    async with Slack(place.url, settle=place.sandbox.idle) as people:
        yield people


@pytest.fixture
def web(place: RunningSandbox) -> AsyncWebClient:
    return AsyncWebClient(TOKEN, base_url=place.api_url, retry_handlers=[])


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip(NO_BROWSER)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield chromium
        await chromium.close()


@pytest.fixture
async def visit(browser: Browser, place: RunningSandbox) -> AsyncIterator[Open]:
    """Open the page as somebody, somewhere; fails the test when the page's own code fails."""
    broken: list[str] = []

    async def make(where: str = "channel=C0GENERAL", as_: str = "U0MAYA", **context: Any) -> Page:
        page = await browser.new_page(**context)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.goto(f"{place.url}/#as={as_}&{where}")
        await expect(page.locator("body")).to_have_attribute("data-ready", as_)
        return page

    yield make
    assert broken == []
