"""`throughline`: the command line. Each command reads the settings once and says what to do next when it cannot.

Also `python -m bot`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import in_and_out, logs, serving, tokens
from bot.app import Roles
from bot.manifest import UnusableManifest
from bot.manifest import manifest as build_manifest
from bot.settings import Settings
from bot.terminal import (
    INTERRUPTED,
    bar,
    console,
    must_be_ready,
    read_settings,
    say,
    schema_of,
    stop,
    upgrade,
)
from handlers.registry import registry
from storage.database import FileInUse

if TYPE_CHECKING:
    from bot.verify import Report  # what runs for months need not hold what looks once

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they show local variables, and those hold people's words
    help="Throughline, a Slack bot for product operations.",
)
app.add_typer(in_and_out.importing, name="import")
app.add_typer(in_and_out.exporting, name="export")
app.add_typer(tokens.app, name="token")

Socket = Annotated[bool, typer.Option("--socket", help="Connect to Slack instead of listening for it.")]


@app.command()
def run(socket: Socket = False) -> None:
    """Do everything in one process: answer Slack, send, keep time."""
    _serve(Roles(http=not socket))


@app.command()
def web() -> None:
    """Only answer Slack; any number of these on one PostgreSQL database."""
    _serve(Roles(worker=False), several=True)


@app.command()
def worker() -> None:
    """Only send and keep time; any number of these on one PostgreSQL database."""
    _serve(Roles(web=False), several=True)


@app.command()
def migrate() -> None:
    """Bring the database to the schema this version wants."""
    settings = read_settings()
    found = schema_of(settings)
    if found.ready:
        say("The database is up to date.")
        return
    with console().status("Migrating the database…"):
        upgrade(settings)
    say(f"Migrated from {found.current or 'empty'} to {found.wanted}.")


@app.command()
def manifest(
    url: Annotated[str | None, typer.Option(help="Where Slack reaches you: https://…")] = None,
    socket: Socket = False,
    prefix: Annotated[str, typer.Option(help="Put before every command, e.g. tl-")] = "",
) -> None:
    """Print the app manifest to create the app at Slack with."""
    if url is not None and not url.startswith("https://"):
        stop(f"Slack calls only addresses that begin with https://, and this is {url}.")
    try:
        made = build_manifest(registry(), url, socket=socket, prefix=prefix)
    except UnusableManifest as error:
        stop(str(error))
    print(json.dumps(made, indent=2))  # noqa: T201 - the output


@app.command()
def doctor(socket: Socket = False) -> None:
    """Check settings, database, token and clock, and say the next step for whatever is wrong."""
    from bot import doctor as doctor_  # noqa: PLC0415 - what runs for months need not hold what looks once

    findings = asyncio.run(doctor_.examine(read_settings(), socket=socket))
    for finding in findings:
        say(finding.line(console().width), soft_wrap=True)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(1)


@app.command()
def outbox(
    requeue: Annotated[
        bool, typer.Option("--requeue", help="Have what is dead tried again; each is looked up first.")
    ] = False,
) -> None:
    """List what did not get through to Slack: which call, why and since when."""
    from bot import outbox as outbox_  # noqa: PLC0415 - as above

    settings = read_settings()
    found = schema_of(settings)
    if not found.ready:
        stop(f"The database has schema {found.current or 'none'}: run `throughline migrate` first.")
    if requeue:
        try:
            count = asyncio.run(outbox_.requeued(settings))
        except FileInUse as error:
            stop(f"{error} Or stop it, and start it again after this.")
        say(f"{count} will be tried again. What has no words any more stays as it is.")
    troubles, now = asyncio.run(outbox_.listed(settings))
    if not troubles:
        say("Everything got through to Slack.")
        return
    from rich.console import Console  # noqa: PLC0415 - as above

    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(outbox_.table(troubles, now))


@app.command()
def verify() -> None:
    """Look whether the database keeps what was promised; only reads, so the bot may run meanwhile."""
    from bot import verify as verify_  # noqa: PLC0415 - as in `doctor`

    logs.configure("ERROR")
    settings = read_settings()
    must_be_ready(settings)
    with bar("Looking at the database") as show:
        report = asyncio.run(verify_.verify(settings.database, show))
    for line in verify_.in_words(report):
        say(line, markup=False)
    if report.violations:
        raise typer.Exit(1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy is to be.")]) -> None:
    """Copy the database, while the bot runs, and check the copy (SQLite)."""
    from bot import backup as backup_  # noqa: PLC0415 - as in `doctor`

    logs.configure("ERROR")
    settings = read_settings()
    try:
        with bar("Copying the database") as show:
            made = backup_.backup(settings.database, file, show)
    except backup_.NotDone as error:
        stop(str(error))
    say(
        f"{made.path} holds the database as it was (schema {made.schema}, {made.size:,} bytes).", markup=False
    )
    _told_of(made.report)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A copy made by `throughline backup`.")]) -> None:
    """Put a copy in the place of the database, which is kept aside; stop the bot first (SQLite)."""
    from bot import backup as backup_  # noqa: PLC0415 - as in `doctor`

    logs.configure("ERROR")
    settings = read_settings()
    try:
        with bar("Putting the copy back") as show:
            made = backup_.restore(settings.database, file, show)
    except (backup_.NotDone, FileInUse) as error:
        stop(str(error))
    say(f"{made.path} is the copy now (schema {made.schema}).", markup=False)
    if made.aside is not None:
        say(f"What was there is kept as {made.aside}.", markup=False)
    if not schema_of(settings).ready:
        say("It has an older schema: run `throughline migrate` before you start the bot.", markup=False)
    _told_of(made.report)


@app.command()
def demo() -> None:
    """Open a local Slack with the bot in it; keeps what happened in .demo until `make demo-reset`."""
    from bot import demo as demo_  # noqa: PLC0415 - the local Slack is not installed where the bot serves a real one

    logs.configure("ERROR")
    settings = read_settings()
    try:
        asyncio.run(demo_.run(settings.port, Path(".demo")))
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def main() -> None:
    """The entry point."""
    app()


# ---------------------------------------------------------------------------------------------------------


def _told_of(report: "Report") -> None:
    """What a look at a copy came to."""
    if report.violations:
        names = ", ".join(one.check for one in report.violations)
        say(f"A look at it found broken promises ({names}): run `throughline verify`.", markup=False)
        raise typer.Exit(1)
    say(f"It was checked: {report.looked} looks, nothing found.")


def _serve(roles: Roles, *, several: bool = False) -> None:
    settings = read_settings()
    logs.configure(settings.log_level)
    if missing := settings.missing(socket=not roles.http):
        stop(f"Not set: {', '.join(missing)}. The README tells where to find each, .env.example lists all.")
    if several and settings.database.startswith("sqlite"):
        stop("Several processes need PostgreSQL: set THROUGHLINE_DATABASE_URL, or use `throughline run`.")
    _prepare(settings)
    try:
        serving.run(settings, registry(), roles)
    except FileInUse as error:
        stop(str(error))


def _prepare(settings: Settings) -> None:
    """An empty database is migrated; an older one only on request, a newer one never."""
    found = schema_of(settings)
    if found.empty:
        upgrade(settings)
        # Ourselves anew: migrating would leave megabytes behind for as long as we run.
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - no shell, and no words but our own
    elif not found.ready:
        stop(
            f"The database has schema {found.current}, this version wants {found.wanted}."
            " Make a backup, then run `throughline migrate`."
        )
