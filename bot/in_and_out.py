"""`throughline import …` and `export …`: what a sheet holds is shown first, and taken in when somebody says so."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs, sheets
from bot.exporting import Export
from bot.importing import AccountImport, FeedbackImport, Import, Looked, WholeImport, whose
from bot.settings import Settings
from bot.sheets import File, NotRead
from bot.terminal import INTERRUPTED, bar, must_be_ready, read_settings, say, stop, table
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten
from storage.database import Clock, Database, FileInUse
from storage.database.analyzing import analyze
from storage.values import WorkspaceId
from storage.workspaces.values import Installation

importing = typer.Typer(no_args_is_help=True, help="Take in what was kept elsewhere; nobody is told.")

exporting = typer.Typer(
    no_args_is_help=True, help="Write what there is to a file; the bot may run meanwhile."
)

MOST_SHOWN = 20
"""Rows with something wrong that are listed."""
YES, NO = ("y", "yes"), ("n", "no")
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
    day_first = _day_first(dates)

    async def begin(database: Database, here: WorkspaceId, sheet: File) -> Import:
        if sheet.lines:
            return WholeImport(here, sheet)
        return await FeedbackImport.begin(database, here, sheet, day_first=day_first)

    _import(begin, file, workspace, map_ or [], dry_run=dry_run, yes=yes)


@importing.command()
def accounts(
    file: FileName,
    map_: Mapped = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    workspace: Where = None,
) -> None:
    """Take in accounts from a sheet: segment, yearly value, owner and state; an empty cell leaves what is known."""
    _import(AccountImport.begin, file, workspace, map_ or [], dry_run=dry_run, yes=yes)


@exporting.callback()
def _some() -> None:
    """Write what there is to a file; the bot may run meanwhile."""


@exporting.command(name="feedback")
def export_feedback(
    file: Annotated[Path, typer.Argument(help="Where to: .csv for a sheet, .jsonl for all there is.")],
    all_: Annotated[bool, typer.Option("--all", help="Also what only some here may see.")] = False,
    workspace: Where = None,
) -> None:
    """Write feedback to a file: a sheet, or lines of JSON that can be taken in again with nothing lost."""
    logs.configure("ERROR")
    settings = read_settings()
    must_be_ready(settings)
    export = Export(file, everything=all_)
    try:
        export.check()
        here = asyncio.run(whose(settings.database, workspace))
        count = asyncio.run(_export(settings, export, here.workspace))
    except NotRead as error:
        stop(str(error))
    few = "" if all_ else " Left out is what only some here may see: --all takes it along."
    say(f"{file} holds {count:,} pieces of feedback.{few}", markup=False, soft_wrap=True)


# ---------------------------------------------------------------------------------------------------------


async def _export(settings: Settings, export: Export, here: WorkspaceId) -> int:
    database = Database(settings.database, Clock(), reading_only=True)
    try:
        with bar("Writing") as show:
            return await export.write(database, here, lambda done: show(done, None))
    finally:
        await database.close()


Begin = Callable[[Database, WorkspaceId, File], Coroutine[Any, Any, Import]]


def _import(
    begin: Begin, file: Path, workspace: str | None, said: Sequence[str], *, dry_run: bool, yes: bool
) -> None:
    """Look, ask, take in, and say what came of it."""
    logs.configure("ERROR")
    settings = read_settings()
    must_be_ready(settings)
    try:
        here = asyncio.run(whose(settings.database, workspace))
        what, looked = asyncio.run(
            _agreed(settings, begin, here.workspace, file, said, ask=not (yes or dry_run))
        )
        if dry_run or not looked.good:
            say("Nothing was taken in: this was only a look." if dry_run else "Nothing was taken in.")
        else:
            say(asyncio.run(_take(settings, here, what, looked.good)), markup=False, soft_wrap=True)
    except (NotRead, FileInUse) as error:
        stop(str(error))
    except KeyboardInterrupt:
        say("Stopped. What was taken in stays; the same command takes in the rest.")
        raise typer.Exit(INTERRUPTED) from None
    if looked.bad or not looked.good:
        say("Mend what cannot be taken in and run this again: it takes in what is missing.")
        raise typer.Exit(INCOMPLETE)


async def _agreed(
    settings: Settings, begin: Begin, here: WorkspaceId, file: Path, said: Sequence[str], *, ask: bool
) -> tuple[Import, Looked]:
    """What is taken in, once somebody has seen what that is; beside a running bot."""
    if ask and not sys.stdin.isatty():
        raise NotRead("Say --yes to take it in without being asked, or --dry-run to only look.")
    database = Database(settings.database, Clock(), reading_only=True)
    try:
        what = _mapped(await begin(database, here, sheets.look(file)), said)
        looked = await _looked(what, database, ask=ask)
        while ask:
            answer = _asked(looked)
            if answer in YES and looked.good:
                break
            if answer in NO:
                raise NotRead("Nothing was taken in.")
            try:
                what = _mapped(what, [answer])
            except NotRead as error:
                say(str(error), markup=False)
            else:
                looked = await _looked(what, database, ask=ask)
    finally:
        await database.close()
    return what, looked


async def _take(settings: Settings, here: Installation, what: Import, whole: int) -> str:
    if here.bot_user is None:
        raise NotRead("Slack has not yet told Throughline who it is: start it once, then try again.")
    database = Database(settings.database, Clock())
    try:
        with bar("Taking in") as show:
            done = await what.take(database, here.bot_user, lambda done: show(done, whole))
    finally:
        await database.close()
    await asyncio.to_thread(analyze, settings.database)
    return done


def _day_first(said: str | None) -> bool | None:
    if said not in (None, "day-first", "month-first"):
        stop("--dates is day-first or month-first.")
    return None if said is None else said == "day-first"


def _mapped(what: Import, said: Sequence[str]) -> Import:
    for one in said:
        try:
            what = what.planned(one)
        except ValueError as error:
            raise NotRead(str(error)) from None
    return what


def _asked(looked: Looked) -> str:
    """What somebody says to what they see."""
    question = (
        f"Take in {_rows(looked.good)}? yes, no," if looked.good else "Nothing can be taken in like this: no,"
    )
    said: str = typer.prompt(f"{question} or column=Heading", err=True)
    return said.strip()


async def _looked(what: Import, database: Database, *, ask: bool) -> Looked:
    """Look at all of it and say what there is."""
    if what.plan or what.file.heads:
        say(table(("column", "is taken as"), _columns(what)))
    if (why := what.missing()) is not None:
        if not ask:
            raise NotRead(why)
        say(why, markup=False)
        return Looked()
    with bar("Looking at") as show:
        looked = await what.look(database, lambda done: show(done, None))
    say(table(what.shown, looked.sample))
    for line in _findings(looked):
        say(line, markup=False, soft_wrap=True)
    return looked


def _columns(what: Import) -> Iterator[tuple[str, str]]:
    held = {at: column for column, at in what.plan.items()}
    for at, head in enumerate(what.file.heads):
        column = held.get(at)
        means = "left out" if column is None else f"{column}: {what.means[column]}"
        yield shorten(one_line(head), 40), means


def _findings(looked: Looked) -> list[str]:
    rows = [f"  line {one.line}: {one.words}." for one in looked.problems[:MOST_SHOWN]]
    more = looked.bad - len(rows)
    return [
        *([f"{_rows(looked.bad)} cannot be taken in:", *rows] if looked.bad else []),
        *([f"  … and {more} more"] if more > 0 else []),
        f"{_rows(looked.good)} can be taken in.",
        *looked.findings,
    ]


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
