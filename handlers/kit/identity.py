"""Who is asking: from what we have learned, or for somebody new from what the payload says.

A person never seen is asked about in the background (an outbox read); until Slack has answered they count
as a member for what can be undone, and another workspace's people as outsiders.
"""

from datetime import timedelta

from handlers.kit.requests import Who
from storage.database import Tx
from storage.outbox.calls import enqueue
from storage.outbox.values import Call
from storage.people import queries as people
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

FRESH = timedelta(hours=1)
"""A question to Slack about somebody is worth an answer this long."""


def identify(tx: Tx, person: PersonId, team: str | None, *, may_write: bool = True) -> Who:
    """The person behind a request; `team` is the workspace the payload says they belong to."""
    known = worktimes.somebody(tx, person)
    if known is not None:
        return Who(tx.workspace, person, known.kind, known.zone, known.admin)
    stranger = team is not None and team != tx.workspace
    kind = PersonKind.OUTSIDER if stranger else PersonKind.MEMBER
    if may_write:
        meet(tx, person, kind)
    return Who(tx.workspace, person, kind, "UTC", admin=False)


def meet(tx: Tx, person: PersonId, kind: PersonKind = PersonKind.MEMBER) -> None:
    """Note somebody new and ask Slack who they are."""
    if people.meet(tx, person, kind):
        ask_about(tx, person)


def ask_about(tx: Tx, person: PersonId) -> None:
    """Ask Slack who this is; the answer arrives at `people.learned`."""
    key = f"who:{person}:{tx.now:%Y%m%d%H}"
    call = Call(
        key,
        "users.info",
        {"user": person},
        last_moment=tx.now + FRESH,
        then="people.learned",
        about={"person": person},
    )
    enqueue(tx, call)
