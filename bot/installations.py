"""Which workspaces we serve, remembered for a minute so that no request asks Slack or waits for the database.

With a static token the workspace is named by the first `auth.test` that succeeds or by the first signed
request, whichever comes first; from then on another workspace's requests are not ours.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.kit.listening import NotOurs
from storage.database import Database
from storage.values import PersonId, WorkspaceId
from storage.workspaces import queries as workspaces
from storage.workspaces.values import Installation, InstallationState

REMEMBERED = timedelta(minutes=1)


@dataclass(slots=True)
class _Memory:
    found: dict[WorkspaceId, Installation]
    until: datetime


class Installations:
    """Answers whether a workspace is ours. `forget` after something changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory: _Memory | None = None
        self._forgotten = 0

    async def admit(self, workspace: WorkspaceId) -> PersonId | None:
        """Who we are in that workspace (None while Slack has not said), or NotOurs."""
        known = await self._known()
        if workspace not in known and not known:
            await self._database.transact(workspace, workspaces.name)
            self.forget()
            known = await self._known()
        if workspace not in known:
            raise NotOurs(workspace)
        return known[workspace].bot_user

    async def active(self) -> list[WorkspaceId]:
        """The workspaces something may be sent to."""
        known = await self._known()
        return [one.workspace for one in known.values() if one.state is InstallationState.ACTIVE]

    def forget(self) -> None:
        """Look again at the next request."""
        self._memory = None
        self._forgotten += 1

    async def _known(self) -> dict[WorkspaceId, Installation]:
        now = self._database.clock.steady()
        while (memory := self._memory) is None or now > memory.until:
            seen = self._forgotten
            found = await self._database.read_everywhere(workspaces.every)
            if seen == self._forgotten:  # else what was read may be from before the change
                self._memory = _Memory({one.workspace: one for one in found}, now + REMEMBERED)
        return memory.found
