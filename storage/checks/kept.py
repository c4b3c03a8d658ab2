"""I8: words are kept where they belong, and no longer than was said."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, or_, select

from storage.audit.tables import AuditRow
from storage.checks.check import Broken, Check, Invariant, Page, rows
from storage.database import Tx
from storage.outbox.tables import OutboxRow, is_in
from storage.outbox.values import DONE, SAYING

PAGE = 5_000
A_WORD = re.compile(r"[\w.:/@+-]{0,80}")
"""What an id, a date or an enumerated value looks like; words of people's have spaces in them."""

_SAID = select(OutboxRow.workspace, OutboxRow.id).where(
    is_in(OutboxRow.state, DONE),
    OutboxRow.method.in_(sorted(SAYING)),
    or_(cast(OutboxRow.arguments, String) != bindparam("nothing", "{}"), OutboxRow.plainer.is_not(None)),
)
_AUDIT = (
    select(AuditRow.workspace, AuditRow.id, AuditRow.verb, AuditRow.details)
    .where(
        or_(
            AuditRow.workspace > bindparam("after_workspace"),
            and_(AuditRow.workspace == bindparam("after_workspace"), AuditRow.id > bindparam("after")),
        )
    )
    .order_by(AuditRow.workspace, AuditRow.id)
    .limit(PAGE)
)


def _audit(tx: Tx, after: tuple[Any, ...] | None) -> Page:
    workspace, ident = after or ("", "")
    lines = tx.all(_AUDIT, after_workspace=workspace, after=ident)
    found = [
        Broken(line.workspace, f"audit {line.id} ({line.verb})")
        for line in lines
        if not all(A_WORD.fullmatch(said) for said in _strings(line.details))
    ]
    more = len(lines) == PAGE
    return Page(found, (lines[-1].workspace, lines[-1].id) if more else None)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


CHECKS = [
    Check(
        Invariant.FORGOTTEN,
        "said",
        "What stands in Slack is not kept here as well.",
        rows("outbox {}", _SAID),
    ),
    Check(Invariant.FORGOTTEN, "audit", "The audit holds ids and enumerated values, nobody's words.", _audit),
]
