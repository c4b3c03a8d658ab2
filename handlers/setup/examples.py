"""Every view of setting up at its smallest, usual and largest."""

from handlers.kit import turned_off
from handlers.kit.examples import Example
from handlers.kit.jobs import Switch
from handlers.kit.surfaces import home
from handlers.setup import views
from handlers.setup.views import Jobs

_FEEDBACK = Switch(
    "feedback", "Feedback", "It keeps what customers say.", "React 💡 to a message.", at_first=True
)
_DECISIONS = Switch("decisions", "Decisions", "It keeps who decided what and why.", "Type `/decision`.")
_CHECKINS = Switch(
    "checkins", "Check-ins", "It asks each person how it goes.", "Type `/checkin` in a channel."
)
_FRESH = Jobs([_FEEDBACK], [_DECISIONS, _CHECKINS])
_LAST = Jobs([_FEEDBACK, _DECISIONS], [_CHECKINS])
_ALL = Jobs([_FEEDBACK, _DECISIONS, _CHECKINS], [])
_NONE = Jobs([], [_FEEDBACK, _DECISIONS, _CHECKINS])
_FOR_SAM = turned_off.said(_CHECKINS, ["Maya Lindqvist", "<!channel> *Dana*", "Omar", "Ines"], admin=False)
_FOR_NOBODY = turned_off.said(_CHECKINS, [], admin=False)
_FOR_MAYA = turned_off.said(_CHECKINS, [], admin=True)


def _home(name: str, size: str, blocks: list[dict[str, object]]) -> Example:
    return Example("setup", name, size, "home", home(blocks))  # type: ignore[arg-type]  # one of the three sizes


def _off(size: str, words: str, *, admin: bool) -> Example:
    view = turned_off.view(_CHECKINS, words, admin=admin)
    return Example("setup", "switched off", size, "modal", view)  # type: ignore[arg-type]  # likewise


EXAMPLES = (
    _home("guide", "smallest", views.guide(_LAST)),
    _home("guide", "usual", views.guide(_FRESH)),
    _home("guide", "largest", views.guide(_NONE)),
    _home("afterwards", "smallest", views.afterwards(Jobs([], _NONE.off, aside=True))),
    _home("afterwards", "usual", views.afterwards(_ALL)),
    Example("setup", "every job", "usual", "modal", views.every(_FRESH)),
    Example("setup", "switched on", "usual", "modal", views.switched_on(_CHECKINS)),
    _off("smallest", _FOR_NOBODY, admin=False),
    _off("usual", _FOR_MAYA, admin=True),
    _off("largest", _FOR_SAM, admin=False),
)
