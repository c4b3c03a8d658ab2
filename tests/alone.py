"""The app with no Slack to call, and a look at every row it keeps: for what must not have an effect."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import NullPool, create_engine, select

from bot.app import Application, Roles
from handlers.registry import registry
from migrations.models import metadata
from storage.database import Tx
from storage.values import PersonId, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.front import serving, settings_for

NOWHERE = "http://127.0.0.1:9/api/"
"""Nobody listens on the discard port."""

Rows = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Alone:
    """A running app that only listens."""

    app: Application
    url: str
    database_url: str

    def rows(self, workspace: str | None = None) -> Rows:
        """Every row of every table, or only one workspace's, as text."""
        engine = create_engine(self.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    str(tuple(row))
                    for row in connection.execute(select(table))
                    if workspace is None or row.workspace == workspace
                )
                for table in metadata.sorted_tables
            }


@asynccontextmanager
async def alone(database_url: str, *installed: str) -> AsyncIterator[Alone]:
    """An app that answers over HTTP, sends nothing, and is installed in these workspaces."""
    app = Application(settings_for(database_url, NOWHERE), registry(), roles=Roles(worker=False))
    for one in installed:
        await app.database.transact(WorkspaceId(one), _install)
    async with serving(app) as url:
        yield Alone(app, url, database_url)


def _install(tx: Tx) -> None:
    workspaces.remember(tx, PersonId("U0THROUGH"), "B0THROUGH")
