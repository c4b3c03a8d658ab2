"""`throughline doctor`: looks at everything a running bot needs, and names the next step for what is wrong."""

from collections.abc import AsyncIterator

from bot.doctor import place, slack
from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.slack import TIMEOUT

__all__ = ["Finding", "examine"]


async def examine(settings: Settings, *, socket: bool = False, patience: int = TIMEOUT) -> list[Finding]:
    """Every finding, in the order one would mend them; `socket` for a bot that connects to Slack itself."""
    return [finding async for finding in _findings(settings, socket, patience)]


async def _findings(settings: Settings, socket: bool, patience: int) -> AsyncIterator[Finding]:
    for finding in place.findings(settings, socket=socket):
        yield finding
    if settings.bot_token.get_secret_value():
        async for finding in slack.findings(settings, patience):
            yield finding
    if settings.app_token.get_secret_value():
        yield await slack.app_token(settings, patience, opens=socket or not settings.signing_secrets)
