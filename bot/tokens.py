"""`throughline token …`: tokens by which other programs send feedback; docs/api.md tells what they may do."""

import asyncio
from datetime import datetime
from typing import Annotated, TypeVar

import typer

from bot import logs
from bot.importing import whose
from bot.sheets import NotRead
from bot.terminal import must_be_ready, read_settings, say, stop, table
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
    say("Keep it where its program reads it: it is shown only now, and nothing here can show it again.")
    print(written)  # noqa: T201 - the output


@app.command(name="list")
def list_(workspace: Where = None) -> None:
    """List tokens by their names; how one is written is not kept."""
    found: list[Token] = _run(workspace, tokens.every, reading_only=True)
    heads = ("id", "name", "made", "last used", "revoked")
    days = ((one, _day(one.at), _day(one.used_at), _day(one.revoked_at)) for one in found)
    rows = [(one.id, one.name, made, used, revoked) for one, made, used, revoked in days]
    say(table(heads, rows) if found else "There are no tokens.")


@app.command()
def revoke(
    token: Annotated[str, typer.Argument(help="Its id, from the list.")], workspace: Where = None
) -> None:
    """Have a token open nothing any more, from now on."""
    if not _run(workspace, lambda tx: tokens.revoke(tx, token)):
        stop("There is no such token that opens anything: `throughline token list` lists them.")
    say("It opens nothing any more.")


# ---------------------------------------------------------------------------------------------------------


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"


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
