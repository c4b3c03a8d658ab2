"""`throughline doctor`: looks at everything a running bot needs, and names the next step for what is wrong."""

import email.utils
import sqlite3
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
from rich.markup import escape

import migrations
from bot.courier.documented import REVOKED, SLACKS_OWN
from bot.settings import Settings
from bot.slack import TIMEOUT, Response, SlackLine
from handlers.registry import registry
from storage.database.sqlite import wal_bug_present

SKEW = 60
"""Seconds; at 300 Slack's requests are refused."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `step` says what to do when it is wrong."""

    what: str
    found: str
    step: str = ""

    @property
    def wrong(self) -> bool:
        """Whether something has to be done."""
        return bool(self.step)

    def line(self) -> str:
        """As printed."""
        mark = "[red]✗[/]" if self.wrong else "[green]✓[/]"
        return f"{mark} {self.what}: {escape(self.found)}" + (
            f"\n  → {escape(self.step)}" if self.step else ""
        )


async def examine(settings: Settings, *, socket: bool = False, patience: int = TIMEOUT) -> list[Finding]:
    """Every finding, in the order one would mend them; `socket` for a bot that connects to Slack itself."""
    return [finding async for finding in _findings(settings, socket, patience)]


async def _findings(settings: Settings, socket: bool, patience: int) -> AsyncIterator[Finding]:
    yield _settings(settings, socket)
    yield _schema(settings)
    if settings.database.startswith("sqlite"):
        yield _sqlite()
    if settings.app_token.get_secret_value():
        yield _app_token(settings)
    if settings.bot_token.get_secret_value():
        async for finding in _slack(settings, patience):
            yield finding


def _settings(settings: Settings, socket: bool) -> Finding:
    missing = settings.missing(socket=socket)
    if missing and settings.app_token.get_secret_value():
        missing = settings.missing(socket=True)
    if missing:
        step = "Set them (see .env.example); you find them on your app's pages at api.slack.com/apps."
        return Finding("Settings", f"not set: {', '.join(missing)}", step)
    return Finding("Settings", "complete")


def _app_token(settings: Settings) -> Finding:
    """A socket is opened with it; the token beside it on Slack's pages is the likeliest slip."""
    if settings.app_token.get_secret_value().startswith("xapp-"):
        return Finding("App token", "an app-level token")
    step = "Make one with connections:write under Basic Information → App-Level Tokens (xapp-…)."
    return Finding("App token", "not an app-level token", step)


def _schema(settings: Settings) -> Finding:
    try:
        found = migrations.state(settings.database)
    except migrations.NoDatabase as error:
        return Finding("Database", str(error), "Check THROUGHLINE_DATABASE_URL, and that its server runs.")
    if found.empty:
        return Finding("Database", "empty; the first start fills it")
    if found.newer:
        step = "Start the newer Throughline that wrote it, or put back a backup made before it."
        return Finding("Database", f"schema {found.current}, this version knows {found.wanted}", step)
    if found.current is None:
        return Finding("Database", "tables that are not Throughline's", "Give it a database of its own.")
    if not found.ready:
        step = "Make a backup, then run `throughline migrate`."
        return Finding("Database", f"schema {found.current}, wanted {found.wanted}", step)
    return Finding("Database", f"schema {found.current}")


def _sqlite() -> Finding:
    bug = wal_bug_present(sqlite3.sqlite_version_info[:3])
    note = "; its WAL-reset bug cannot bite: one thread writes (docs/adr/0002)" if bug else ""
    return Finding("SQLite", f"{sqlite3.sqlite_version}{note}")


async def _slack(settings: Settings, patience: int) -> AsyncIterator[Finding]:
    line = SlackLine(settings.api_url, settings.bot_token.get_secret_value(), patience)
    try:
        answer = await line.call("auth.test", {})
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        yield Finding(
            "Slack", type(error).__name__, "Slack cannot be reached: check the network and SLACK_API_URL."
        )
        return
    finally:
        await line.close()
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
        why = "; ".join(f"{scope} ({reasons[0]})" for scope, reasons in missing.items())
        return Finding(
            "Scopes", f"missing: {why}", "Renew the manifest (`throughline manifest`) and install again."
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
