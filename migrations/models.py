"""Every table of the house in one place, for Alembic to compare with."""

from storage.accounts import tables as accounts
from storage.areas import tables as areas
from storage.asks import tables as asks
from storage.audit import tables as audit
from storage.checkins import tables as checkins
from storage.database import Base
from storage.decisions import tables as decisions
from storage.deliveries import tables as deliveries
from storage.digests import tables as digests
from storage.feedback import tables as feedback
from storage.functions import tables as functions
from storage.launches import tables as launches
from storage.outbox import tables as outbox
from storage.people import tables as people
from storage.roles import tables as roles
from storage.schedules import tables as schedules
from storage.search import tables as search
from storage.settings import tables as settings
from storage.things import tables as things
from storage.tokens import tables as tokens
from storage.workspaces import tables as workspaces
from storage.worktime import tables as worktime

metadata = Base.metadata


def is_model(_object: object, name: str | None, *_about: object) -> bool:
    """Whether Alembic is to look at it: each database keeps its search index in its own way."""
    return not (name or "").startswith(search.INDEXES)


__all__ = [
    "accounts",
    "areas",
    "asks",
    "audit",
    "checkins",
    "decisions",
    "deliveries",
    "digests",
    "feedback",
    "functions",
    "is_model",
    "launches",
    "metadata",
    "outbox",
    "people",
    "roles",
    "schedules",
    "search",
    "settings",
    "things",
    "tokens",
    "workspaces",
    "worktime",
]
