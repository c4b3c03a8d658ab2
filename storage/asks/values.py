"""One ask or telling, and where it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.values import PersonId, WorkspaceId


class AskKind(StrEnum):
    """An ask needs an answer; a telling only wants to be known."""

    ASK = "ask"
    TELL = "tell"


class AskState(StrEnum):
    """WAITING → SENT → ANSWERED, or WITHDRAWN when nobody needs it any more."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Ask:
    """What one person is to be asked or told, rendered when it was caused.

    `summary` is one plain sentence (it is read on lock screens); `blocks` are what stands in the message.
    """

    workspace: WorkspaceId
    key: str
    person: PersonId
    kind: AskKind
    summary: str
    blocks: list[dict[str, Any]]
    due_at: datetime
    state: AskState
