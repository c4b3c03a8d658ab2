"""`throughline import …`: what a sheet holds is shown first, and taken in when somebody says so."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot import importing as imports
from bot import logs
from bot.importing import Import, Looked
from bot.settings import Settings
from bot.sheets import NotRead
from bot.terminal import INTERRUPTED, bar, must_be_ready, out, read_settings, stop
from handlers.feedback.sheets import MEANS, Unknown, mapped, missing
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten
from storage.database import Clock, Database, FileInUse
from storage.database.analyzing import analyze
from storage.feedback.carried import Taken
from storage.workspaces.values import Installation

importing = typer.Typer(no_args_is_help=True, help="Take in what was kept elsewhere; nobody is told.")

MOST_SHOWN = 20
"""Rows with something wrong that are listed."""
INCOMPLETE = 3
"""What the program ends with when some rows were not taken in."""

FileName = Annotated[Path, typer.Argument(help="A sheet, as CSV.")]
Mapped = Annotated[
    list[str] | None, typer.Option("--map", help="What a column means: words=Details. Once for each.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only look; the bot may run meanwhile.")]
Yes = Annotated[bool, typer.Option("--yes", help="Take it in without asking.")]
Where = Annotated[
    str | None, typer.Option("--workspace", help="Slack's id of it (T…), where there are several.")
]
Dates = Annotated[str | None, typer.Option(help="What 3/4/2026 means: day-first or month-first.")]


@importing.callback()
def _several() -> None:
    """Take in what was kept elsewhere; nobody is told."""


@importing.command()
def feedback(
    file: FileName,
    map_: Mapped = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    workspace: Where = None,
    dates: Dates = None,
) -> None:
    """Take in feedback from a sheet: ours, Canny's, Productboard's, or any other."""
    logs.configure("ERROR")
    settings = read_settings()
    must_be_ready(settings)
    try:
        installation = asyncio.run(imports.whose(settings.database, workspace))
        what = asyncio.run(_begin(settings, installation, file, _day_first(dates)))
        what = _mapped(what, map_ or [])
        what, looked = _agreed(what, ask=not (yes or dry_run))
        if dry_run or not looked.good:
            _stop_here(looked, dry_run=dry_run)
        taken = asyncio.run(_take(settings, installation, what, looked.good))
    except (NotRead, FileInUse) as error:
        stop(str(error))
    except KeyboardInterrupt:
        out.print("Stopped. What was taken in stays; the same command takes in the rest.")
        raise typer.Exit(INTERRUPTED) from None
    _told(taken, looked)


# ---------------------------------------------------------------------------------------------------------


async def _begin(
    settings: Settings, installation: Installation, file: Path, day_first: bool | None
) -> Import:
    database = Database(settings.database, Clock(), reading_only=True)
    try:
        return await imports.begin(database, installation.workspace, file, day_first=day_first)
    finally:
        await database.close()


async def _take(settings: Settings, installation: Installation, what: Import, whole: int) -> Taken:
    if installation.bot_user is None:
        raise NotRead("Slack has not yet told Throughline who it is: start it once, then try again.")
    database = Database(settings.database, Clock())
    try:
        with bar("Taking in") as show:
            taken = await imports.take(
                database, installation.workspace, installation.bot_user, what, show, whole
            )
    finally:
        await database.close()
    await asyncio.to_thread(analyze, settings.database)
    return taken


def _day_first(said: str | None) -> bool | None:
    if said not in (None, "day-first", "month-first"):
        stop("--dates is day-first or month-first.")
    return None if said is None else said == "day-first"


def _mapped(what: Import, said: Sequence[str]) -> Import:
    for one in said:
        try:
            what = what.planned(mapped(what.sheet.plan, what.sheet.heads, one))
        except ValueError as error:
            raise NotRead(str(error)) from None
    return what


def _agreed(what: Import, *, ask: bool) -> tuple[Import, Looked]:
    """What is taken in, once somebody has seen what that is."""
    if ask and not sys.stdin.isatty():
        raise NotRead("Say --yes to take it in without being asked, or --dry-run to only look.")
    while True:
        looked = _looked(what)
        if not ask or not looked.good:
            return what, looked
        said = typer.prompt(f"Take in {_rows(looked.good)}? yes, no, or column=Heading", err=True).strip()
        if said.casefold() in ("y", "yes"):
            return what, looked
        if said.casefold() in ("n", "no"):
            stop("Nothing was taken in.")
        try:
            what = _mapped(what, [said])
        except NotRead as error:
            out.print(str(error), markup=False, soft_wrap=True)


def _looked(what: Import) -> Looked:
    """Look at all of it and say what there is."""
    out.print(_columns(what))
    if (why := missing(what.sheet.plan)) is not None:
        out.print(why, markup=False, soft_wrap=True)
        return Looked()
    with bar("Looking at") as show:
        looked = what.look(show)
    out.print(_sample(looked))
    for line in _findings(looked):
        out.print(line, markup=False, soft_wrap=True)
    return looked


def _columns(what: Import) -> Table:
    held = {at: column for column, at in what.sheet.plan.items()}
    table = Table("column", "is taken as", box=None)
    for at, head in enumerate(what.sheet.heads):
        column = held.get(at)
        means = "left out" if column is None else f"{column}: {MEANS[column]}"
        table.add_row(Text(shorten(one_line(head), 40)), means)
    return table


def _sample(looked: Looked) -> Table:
    table = Table(
        "kind", "status", "for", "said on", "key", "words", box=None, title="The first rows then say"
    )
    for one in looked.sample:
        said = "" if one.at is None else f"{one.at:%Y-%m-%d}"
        cells = (
            one.kind,
            one.state,
            one.account or "",
            said,
            one.key or "",
            shorten(one_line(one.words), 60),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _findings(looked: Looked) -> list[str]:
    rows = [f"  line {one.line}: {one.words}." for one in looked.problems[:MOST_SHOWN]]
    more = looked.bad - len(rows)
    return [
        *([f"{_rows(looked.bad)} cannot be taken in:", *rows] if looked.bad else []),
        *([f"  … and {more} more"] if more > 0 else []),
        *_unknown(looked.unknown),
        f"{_rows(looked.good)} can be taken in. Everybody in the workspace will see them; nobody is told.",
    ]


def _unknown(unknown: Unknown) -> list[str]:
    """What was said that we have no word for, and what is made of it."""
    sorts = (
        ("I know no status", unknown.states, "taken as new"),
        ("I know no kind", unknown.kinds, "taken as what the words read like"),
        ("There is no area", unknown.areas, "taken in without one; Home makes areas"),
    )
    return [
        f"{there_is} “{shorten(one, 40)}” ({_rows(count)}): {so}."
        for there_is, found, so in sorts
        for one, count in found.items()
    ]


def _stop_here(looked: Looked, *, dry_run: bool) -> None:
    out.print("Nothing was taken in: this was only a look." if dry_run else "Nothing was taken in.")
    raise typer.Exit(INCOMPLETE if looked.bad or not looked.good else 0)


def _told(taken: Taken, looked: Looked) -> None:
    there = f" There already: {taken.there:,}." if taken.there else ""
    new = (
        f": F-{taken.first} to F-{taken.last}" if taken.new > 1 else f": F-{taken.first}" if taken.new else ""
    )
    out.print(f"{taken.new:,} taken in{new}.{there} Nobody was told.", markup=False, soft_wrap=True)
    if looked.bad:
        words = "Mend what could not be taken in and run this again: it takes in what is missing."
        out.print(words, markup=False, soft_wrap=True)
        raise typer.Exit(INCOMPLETE)


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
