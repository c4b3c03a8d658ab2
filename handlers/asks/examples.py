"""The asks' own views at their smallest, usual and largest: several at once, for somebody away, and the history."""

from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.asks import views
from handlers.asks.views import Absence
from handlers.kit.blocks import actions, quote
from handlers.kit.elements import button
from handlers.kit.examples import Example
from handlers.kit.surfaces import MessageContent, home, modal
from storage.asks.values import Ask, AskKind, AskState
from storage.values import PersonId, WorkspaceId

SAM, MAYA = PersonId("U0SAM"), PersonId("U0MAYA")
_ask = Ask(
    WorkspaceId("T0NORTHWIND"), "one", SAM, AskKind.ASK, "Which account was F-12 for?",
    [quote("Acme would like invoices in euro"), actions(button("None", "an.id", "12"))],
    datetime(2026, 3, 3, 9, tzinfo=UTC), AskState.WAITING, SAM, datetime(2026, 3, 2, 9, tzinfo=UTC),
)  # fmt: skip
_told = replace(
    _ask, key="two", kind=AskKind.TELL, summary="D-7 was superseded by D-9", blocks=[quote("Euro first")]
)
_covered = replace(_ask, key="three", recipient=MAYA)
_largest = replace(_ask, summary="<!channel> *What* about <https://example.com|not a link>? " * 5)
_AWAY = {SAM: Absence("Sam Okafor", date(2026, 3, 6))}
_LINES = (
    (
        "Which account was F-12 for?",
        "waits until Wednesday 4 March 9:00: your 3 questions for the day were used",
    ),
    ("D-7 was superseded by D-9", "sent 9:02"),
    ("Daily check-in in #product", "not asked: I was not running from 8:58 to 12:10"),
)
_SERIES = "Daily check-in in #product"
_WHO = (("Lena Fischer", "a public holiday"), ("Omar Haddad", "away"),
        ("Sam Okafor", "waits until Wednesday 4 March 9:00: their 3 questions for the day were used"))  # fmt: skip
_REPORT = views.Report(_SERIES, date(2026, 3, 3), 8, _WHO)
_UNASKED = (("Sam Okafor, L-4/3", "waits until Monday 9 March 9:00: away until Friday 6 March"),)
_ALL = replace(_REPORT, not_asked=())
_MANY = replace(_REPORT, title=_largest.summary, of=200, not_asked=((_largest.summary[:60], "away"),) * 150)


def _report(size: str, one: views.Report) -> Example:
    view = modal("Who was asked", views.report(one), close="Done")
    return Example("asks", "report", size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("asks", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (
    Example("asks", "needs you", "usual", "home", home(views.needing([_ask]))),
    Example("asks", "needs you", "largest", "home", home(views.needing([_largest] * 40))),
    Example("asks", "everything", "smallest", "modal", views.everything([])),
    Example("asks", "everything", "largest", "modal", views.everything([_largest] * 90)),
    _message("merged", "smallest", views.merged([_told])),
    _message("merged", "usual", views.merged([_ask, _told])),
    _message("merged", "largest", views.merged([replace(_largest, key=f"{n}") for n in range(8)])),
    _message("for somebody away", "usual", views.merged([_covered], _AWAY)),
    _message(
        "for two", "usual", views.merged([_covered, replace(_told, person=MAYA, recipient=MAYA)], _AWAY)
    ),
    _message("history", "smallest", views.history([])),
    _message("history", "usual", views.history(_LINES)),
    _message("history of who runs something", "usual", views.history(_LINES, [_REPORT])),
    _message("history of who runs many", "largest", views.history(_LINES, [_REPORT] * 5, 7)),
    Example("asks", "not asked", "usual", "modal", modal("L-4", views.not_asked(_UNASKED), close="Close")),
    Example(
        "asks", "not asked", "largest", "modal", modal("L-4", views.not_asked(_MANY.not_asked), close="Close")
    ),
    _report("smallest", _ALL),
    _report("usual", _REPORT),
    _report("largest", _MANY),
    _message("history", "largest", views.history([(_largest.summary * 3, _LINES[0][1])] * 12)),
)
