"""What the doctor hears from Slack: the token and what it may do, the clock, and how messages can be looked up."""

import email.utils
import time
from collections.abc import AsyncIterator

import aiohttp

from bot.courier.documented import REVOKED, SLACKS_OWN
from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.slack import Response, SlackLine
from handlers.registry import registry

SKEW = 60
"""Seconds; at 300 Slack's requests are refused."""
PAGE = 100
CUT = 15
"""Messages Slack gives at the most to an app that was distributed outside its Marketplace."""


async def findings(settings: Settings, patience: int) -> AsyncIterator[Finding]:
    """All that Slack says to our token."""
    line = SlackLine(settings.api_url, settings.bot_token.get_secret_value(), patience)
    try:
        async for finding in _asked(line):
            yield finding
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        yield Finding(
            "Slack", type(error).__name__, "Slack cannot be reached: check the network and SLACK_API_URL."
        )
    finally:
        await line.close()


async def _asked(line: SlackLine) -> AsyncIterator[Finding]:
    answer = await line.call("auth.test", {})
    if not answer.ok:
        yield _refused(answer)
        return
    kind = "a bot token" if answer.data.get("bot_id") else "not a bot token"
    yield Finding(
        "Token",
        f"{kind} of {answer.data.get('team')}",
        "" if answer.data.get("bot_id") else "Use the token that begins with xoxb-.",
    )
    yield _scopes(answer.headers.get("x-oauth-scopes", ""))
    yield _skew(answer.headers.get("date"))
    async for finding in _history(line):
        yield finding


async def _history(line: SlackLine) -> AsyncIterator[Finding]:
    """How messages in doubt can be looked up: Slack lets some apps read once a minute, and bots no threads."""
    ours = await line.call("users.conversations", {"types": "public_channel,private_channel", "limit": 20})
    channels = ours.data.get("channels", []) if ours.ok else []
    if not channels:
        yield Finding("History", "not tried: Throughline is in no channel yet; look again when it is")
        return
    channel = channels[0]["id"]
    found = await line.call("conversations.history", {"channel": channel, "limit": PAGE})
    again = await line.call("conversations.history", {"channel": channel, "limit": 1}) if found.ok else found
    yield _class_of(found, again)
    messages = found.data.get("messages", []) if found.ok else []
    if messages:
        thread = {"channel": channel, "ts": messages[0]["ts"], "limit": 1}
        yield _threads(await line.call("conversations.replies", thread))


def _class_of(found: Response, again: Response) -> Finding:
    cut = found.ok and found.data.get("has_more") and len(found.data.get("messages", [])) <= CUT
    if cut or 429 in (found.status, again.status):
        return Finding(
            "History",
            f"Slack lets this app read once a minute, {CUT} messages: it counts as distributed outside Slack's Marketplace",
            "Make an app of your own from `throughline manifest`: what a workspace makes for itself has no such limit."
            " Until then a message in doubt is looked up slowly.",
        )
    if not found.ok:
        return Finding(
            "History",
            f"cannot be read ({found.code})",
            "Without it a message in doubt is not looked up. Grant the history scopes: renew the manifest, install again.",
        )
    return Finding("History", "can be read as by an app of the workspace's own")


def _threads(answer: Response) -> Finding:
    if answer.ok:
        return Finding("Threads", "can be read")
    if answer.status == 429:
        return Finding("Threads", "not tried: Slack asks for patience; look again in a minute")
    return Finding(
        "Threads",
        f"Slack does not let this bot read them ({answer.code})",
        "A reply in doubt cannot be looked up: it stays visible as unknown (docs/operations.md, The outbox).",
    )


async def app_token(settings: Settings, patience: int, *, opens: bool) -> Finding:
    """A socket is opened with it; the token beside it on Slack's pages is the likeliest slip.

    Slack is asked for a connection, which nobody takes, where the bot `opens` one.
    """
    token = settings.app_token.get_secret_value()
    if not token.startswith("xapp-"):
        step = "Make one with connections:write under Basic Information → App-Level Tokens (xapp-…)."
        return Finding("App token", "not an app-level token", step)
    if not opens:
        return Finding("App token", "an app-level token")
    line = SlackLine(settings.api_url, token, patience)
    try:
        answer = await line.call("apps.connections.open", {})
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Finding("Socket", type(error).__name__, "Slack cannot be reached: check the network.")
    finally:
        await line.close()
    if answer.ok:
        return Finding("Socket", "Slack opens one for the app token")
    return Finding(
        "Socket",
        f"Slack opens none ({answer.code})",
        "Switch on Socket Mode on your app's page, and see that SLACK_APP_TOKEN is of this app and has connections:write.",
    )


def _refused(answer: Response) -> Finding:
    """Only some codes speak of the token; another one would not help against the rest."""
    if answer.code in REVOKED:
        return Finding(
            "Token", answer.code, "Install the app again and copy its Bot User OAuth Token (xoxb-…)."
        )
    if answer.status == 429:
        return Finding("Slack", "ratelimited", "Slack asks for patience: look again in a minute.")
    if answer.status != 200 or not answer.data or answer.code in SLACKS_OWN:
        step = (
            "Slack is failing, or something answers in its place: see status.slack.com, check SLACK_API_URL."
        )
        return Finding("Slack", answer.code, step)
    step = "Look it up at docs.slack.dev/reference/methods/auth.test; an admin may have to allow the app."
    return Finding("Slack", answer.code, step)


def _scopes(granted: str) -> Finding:
    have = {one.strip() for one in granted.split(",") if one.strip()}
    missing = {scope: reasons for scope, reasons in registry().scopes.items() if scope not in have}
    if not have:
        return Finding("Scopes", "Slack did not say which it granted")
    if missing:
        why = "; ".join(f"{scope} ({', '.join(reasons)})" for scope, reasons in missing.items())
        return Finding(
            "Scopes",
            f"missing: {why}",
            "What stands in brackets stops without it. Renew the manifest (`throughline manifest`) and install again.",
        )
    return Finding("Scopes", f"all {len(registry().scopes)} granted")


def _skew(date: str | None) -> Finding:
    if date is None:
        return Finding("Clock", "Slack did not say what time it is")
    seconds = time.time() - email.utils.parsedate_to_datetime(date).timestamp()
    if abs(seconds) > SKEW:
        return Finding(
            "Clock", f"{seconds:.0f} s off Slack's", "Set this machine's clock (NTP); at 300 s requests fail."
        )
    return Finding("Clock", "agrees with Slack's")
