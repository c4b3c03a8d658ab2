"""Every view of API tokens at its smallest, usual and largest."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from handlers.kit.examples import Example
from handlers.kit.surfaces import View
from handlers.tokens import views
from storage.tokens.values import Token
from storage.values import PersonId

_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
_MAYA = PersonId("U0MAYA")
_ZENDESK = Token("a", "Zendesk", _MAYA, _AT, None, _AT + timedelta(days=3))
_JIRA = Token("b", "Jira automation", None, _AT)
_OLD = Token("c", "Our form", _MAYA, _AT, _AT + timedelta(days=9), _AT)
_WIDE = "<!channel> *Zendesk* & " * 4
_MANY = [
    Token(str(number), _WIDE[:80], _MAYA, _AT, _AT if number % 2 else None, _AT) for number in range(100)
]


def _modal(name: str, size: Literal["smallest", "usual", "largest"], view: View) -> Example:
    return Example("tokens", name, size, "modal", view)


EXAMPLES = (
    _modal("list", "smallest", views.listed([], {})),
    _modal(
        "list", "usual", views.listed([_ZENDESK, _JIRA, _OLD], {_MAYA: "Maya Lindqvist"}, views.revoked(_OLD))
    ),
    _modal("list", "largest", views.listed(_MANY, {_MAYA: _WIDE[:80]})),
    _modal("form", "usual", views.form()),
    _modal(
        "made", "usual", views.made(_ZENDESK, "tl_T0NORTHWIND_not-a-real-one-not-a-real-one-not-a-real-one")
    ),
    _modal("made before", "usual", views.made_before(_ZENDESK)),
)
