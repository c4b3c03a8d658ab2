"""The overview of everything at its smallest, usual and largest."""

from handlers.kit.elements import button
from handlers.kit.examples import Example
from handlers.workspace import overview
from handlers.workspace.overview import Entry, Overview

_CAPTURE = Entry("capture", "Keep what somebody said")
_DECISION = Entry("decision", "Record what was decided", off=True)
_SETTINGS = Entry("throughline settings", "When you work, and how much I may send you")
_SAM = Overview([_CAPTURE, _DECISION, _SETTINGS], ["Maya Lindqvist"], admin=False)
_MAYA = Overview(
    [_CAPTURE, _DECISION, _SETTINGS],
    [],
    admin=True,
    begin=[button("Capture feedback", "an.id", style="primary")],
)
_MANY = Overview(
    [
        Entry(f"command{at}", "It does what one would think it does, in about as many words")
        for at in range(20)
    ]
    + [Entry(f"throughline word{at}", "It is for yourself", off=True) for at in range(20)],
    ["<!channel> *Dana*", "Omar Haddad", "Inês Duarte", "Lena Fischer"],
    admin=False,
)


def _said(size: str, of: Overview, unknown: str = "") -> Example:
    payload = {"blocks": overview.said(of, unknown).blocks}
    return Example("workspace", "overview", size, "home", {"type": "home", **payload})  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (
    _said("smallest", Overview([_CAPTURE, _SETTINGS], [], admin=False)),
    _said("usual", _SAM, "I do not know “decisoin”. Did you mean `/decision`?"),
    _said("largest", _MANY),
    Example("workspace", "help", "smallest", "message", overview.letter(_SAM, keeps=False).payload),
    Example("workspace", "help", "usual", "message", overview.letter(_MAYA, keeps=True).payload),
    Example("workspace", "help", "largest", "message", overview.letter(_MANY, keeps=True).payload),
    Example("workspace", "somebody from outside", "usual", "message", overview.from_outside().payload),
)
