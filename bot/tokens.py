"""`throughline token …`: tokens by which other programs send feedback; docs/api.md tells what they may do."""

import asyncio
from typing import Annotated, TypeVar

import typer
from rich.table import Table
from rich.text import Text

from bot import logs
from bot.importing import whose
from bot.sheets import NotRead
from bot.terminal import must_be_ready, out, read_settings, stop
from storage.database import Clock, Database, FileInUse, Work
from storage.tokens import queries as tokens
from storage.tokens.values import Token
from storage.values import WorkspaceId

app = typer.Typer(no_args_is_help=True, help="Tokens by which other programs send feedback.")

T = TypeVar("T")

NAME_LIMIT = 80
Where = Annotated[
    str | None, typer.Option("--workspace", help="Slack's id of it (T…), where there are several.")
]


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="What it is for, such as Zendesk.")], workspace: Where = None
) -> None:
    """Make a token and show it, once."""
    named = " ".join(name.split())
    if not named or len(named) > NAME_LIMIT:
        stop(f"A token's name has 1 to {NAME_LIMIT} characters.")
    _, written = _run(workspace, lambda tx: tokens.make(tx, named, None))
    out.print("Keep it where its program reads it: it is shown only now, and nothing here can show it again.")
    print(written)  # noqa: T201 - the output


@app.command(name="list")
def list_(workspace: Where = None) -> None:
    """List tokens by their names; how one is written is not kept."""
    found: list[Token] = _run(workspace, tokens.every, reading_only=True)
    table = Table("id", "name", "made", "last used", "", box=None)
    for one in found:
        revoked = "" if one.revoked_at is None else f"revoked {one.revoked_at:%Y-%m-%d}"
        used = "" if one.used_at is None else f"{one.used_at:%Y-%m-%d}"
        table.add_row(one.id, Text(one.name), f"{one.at:%Y-%m-%d}", used, revoked)
    out.print(table if found else "There are no tokens.")


@app.command()
def revoke(
    token: Annotated[str, typer.Argument(help="Its id, from the list.")], workspace: Where = None
) -> None:
    """Have a token open nothing any more, from now on."""
    if not _run(workspace, lambda tx: tokens.revoke(tx, token)):
        stop("There is no such token that opens anything: `throughline token list` lists them.")
    out.print("It opens nothing any more.")


# ---------------------------------------------------------------------------------------------------------


def _run(workspace: str | None, work: Work[T], *, reading_only: bool = False) -> T:
    """Do it in the workspace that is meant."""
    logs.configure("ERROR")
    settings = read_settings()
    must_be_ready(settings)
    try:
        here = asyncio.run(whose(settings.database, workspace))
        return asyncio.run(_done(settings.database, here.workspace, work, reading_only=reading_only))
    except (NotRead, FileInUse) as error:
        stop(str(error))


async def _done(url: str, workspace: WorkspaceId, work: Work[T], *, reading_only: bool) -> T:
    database = Database(url, Clock(), reading_only=reading_only)
    try:
        if reading_only:
            return await database.read(workspace, work)
        return await database.transact(workspace, work)
    finally:
        await database.close()
