"""What the commands of the command line have in common: the settings, the database's schema, how something is said."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from pydantic import ValidationError

import migrations
from bot.settings import Settings
from storage.database import FileInUse

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


@cache
def console() -> "Console":
    """Standard error, for people; a process that serves for months has nothing to say there, and goes without rich."""
    from rich.console import Console  # noqa: PLC0415 - two megabytes

    return Console(stderr=True, highlight=False)


def say(what: "str | Table", *, markup: bool = True, soft_wrap: bool = False) -> None:
    """Say it to whoever typed the command."""
    console().print(what, markup=markup, soft_wrap=soft_wrap)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    """What is said in rows; no cell is taken for markup."""
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    made = Table(*heads, box=None)
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def read_settings() -> Settings:
    """What the environment says, or the end of the program with what is wrong in it."""
    try:
        return Settings.of_environment()
    except ValidationError as error:
        for problem in error.errors():
            say(f"[red]{problem['loc'][0] if problem['loc'] else ''}[/] {problem['msg']}")
        raise typer.Exit(2) from None


def must_be_ready(settings: Settings) -> None:
    """Stop unless there is a database of this version's schema."""
    found = schema_of(settings)
    if found.empty:
        stop("There is no database yet: the first start makes it.")
    if not found.ready:
        stop(
            f"The database has schema {found.current}, this version wants {found.wanted}. Run `throughline migrate`."
        )


def schema_of(settings: Settings) -> migrations.SchemaState:
    """What the database is, if it is one this version can have anything to do with."""
    if settings.database.startswith("sqlite"):
        _make_folder(Path(settings.database.removeprefix("sqlite:///")).parent)
    try:
        found = migrations.state(settings.database)
    except migrations.NoDatabase as error:
        stop(f"No database at {error}\nCheck THROUGHLINE_DATABASE_URL and that its server runs.")
    if found.newer:
        stop(
            f"A newer Throughline wrote this database (schema {found.current}); this version knows {found.wanted}."
            " Start that version again, or put back a backup made before it."
        )
    if found.current is None and not found.empty:
        stop("This database holds tables that are not Throughline's. Give Throughline a database of its own.")
    return found


def upgrade(settings: Settings) -> None:
    """Bring the database to this version's schema."""
    try:
        migrations.upgrade(settings.database)
    except FileInUse as error:
        stop(str(error))


@contextmanager
def bar(words: str) -> Iterator[Callable[..., None]]:
    """A bar for long work, where somebody looks on; it is gone when the work is done."""
    from rich.progress import Progress  # noqa: PLC0415 - only long work shows one

    with Progress(console=console(), transient=True, disable=not console().is_terminal) as shown:
        task = shown.add_task(words, total=None)

        def show(done: int, whole: int | None, next_: str = "") -> None:
            shown.update(task, completed=done, total=whole, description=f"{words} {next_}")

        yield show


def stop(words: str) -> NoReturn:
    """Say why nothing was done, and end."""
    say(words, markup=False)
    sys.exit(2)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{folder} cannot be made ({error.strerror}). Set THROUGHLINE_DATA_DIR to a folder that can.")
