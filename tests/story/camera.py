"""Takes pictures of the local Slack's page as people see it, at a desk and on a phone."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from bot.sandbox.driver import Slack

DESK, PHONE, README = "desk", "phone", "readme"
SIZES: dict[str, ViewportSize] = {
    DESK: {"width": 1280, "height": 900},
    PHONE: {"width": 390, "height": 844},
    README: {"width": 1280, "height": 800},
}
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


@dataclass(slots=True)
class Camera:
    """Opens the page as somebody, somewhere, and keeps a picture of it at each size."""

    browser: Browser
    url: str
    folder: Path
    taken: int = 0

    async def takes(self, name: str, as_: str, where: str, *, sizes: tuple[str, ...] = (DESK, PHONE)) -> None:
        """A picture of what this person sees there: `channel=C0SALES`, `app=home`, `app=messages`."""
        self.taken += 1
        for size in sizes:
            page = await self.opens(as_, where, size)
            await page.screenshot(path=self.folder / f"{self.taken:02}-{name}-{size}.png")
            await page.context.close()

    async def opens(self, as_: str, where: str, size: str) -> Page:
        """The page, as somebody opens it."""
        phone = size == PHONE
        context = await self.browser.new_context(viewport=SIZES[size], has_touch=phone, is_mobile=phone)
        page = await context.new_page()
        await page.goto(f"{self.url}/#as=U0{as_.upper()}&{where}")
        await expect(page.locator("body")).to_have_attribute("data-ready", f"U0{as_.upper()}")
        await page.wait_for_timeout(250)
        return page


@asynccontextmanager
async def camera(url: str, folder: Path) -> AsyncIterator[Camera]:
    """Debian's Chromium, and a folder for its pictures."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("There is no chromium on PATH (apt-get install -y chromium fonts-noto-color-emoji).")
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield Camera(chromium, url, folder)
        await chromium.close()


async def closes_all(slack: Slack, *those: str) -> None:
    """Whatever windows these people have open, they close."""
    for who in those:
        while await slack.sees_modal(who):
            await slack.close(who)
