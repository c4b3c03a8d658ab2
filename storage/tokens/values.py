"""What a token is, and how one is written. Pure."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from storage.values import PersonId, WorkspaceId

_WRITTEN = re.compile(r"tl_([A-Z0-9]{1,32})_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token by its name; nobody but its program knows how it is written. `by` is None where the operator made it."""

    id: str
    name: str
    by: PersonId | None
    at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    """When it opened something last, to the hour."""


def workspace_of(written: str) -> WorkspaceId | None:
    """The workspace a token says it is of; None for what is no token."""
    found = _WRITTEN.fullmatch(written)
    return None if found is None else WorkspaceId(found[1])


def digest(written: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(written.encode()).hexdigest()
