"""What an installation is."""

from dataclasses import dataclass
from enum import StrEnum

from storage.values import PersonId, WorkspaceId


class InstallationState(StrEnum):
    """Whether Slack still takes our token."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace we serve. `bot_user` is None until Slack has told us who we are there."""

    workspace: WorkspaceId
    bot_user: PersonId | None
    bot_id: str | None
    state: InstallationState
