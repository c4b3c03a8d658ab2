from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox, SandboxConfig, running
from bot.sandbox.driver import Slack
from tests.bot.sandbox.receiver import Receiver, listening
from tests.bot.sandbox.samples import SECRET, TOKEN, Configure, manifest


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
