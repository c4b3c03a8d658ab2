"""Every view of what did not get through."""

from handlers.asks.views import single
from handlers.delivery import views
from handlers.delivery.rules import Group, Kind
from handlers.kit.examples import Example
from handlers.kit.surfaces import home
from storage.outbox.values import UNCONFIRMED
from storage.values import ChannelId

_CHANNEL = ChannelId("C0LAUNCHES")
_OUT = Group(Kind.BLOCKED, "not_in_channel", _CHANNEL, ["1"])
_KINDS = (
    _OUT,
    Group(Kind.BLOCKED, "is_archived", _CHANNEL, ["1", "2"]),
    Group(Kind.BLOCKED, "missing_scope", None, ["1"]),
    Group(Kind.BLOCKED, "restricted_action", ChannelId("D0DANA"), ["1"]),
    Group(Kind.UNSURE, UNCONFIRMED, _CHANNEL, ["1"]),
    Group(Kind.DEAD, "invalid_arguments", _CHANNEL, ["1", "2", "3"]),
)

EXAMPLES = (
    Example("delivery", "told", "usual", "message", single(views.summary(_OUT), views.told(_OUT)).payload),
    Example("delivery", "in Home", "smallest", "home", home(views.home(_KINDS[:1]))),
    Example("delivery", "in Home", "largest", "home", home(views.home([*_KINDS, *_KINDS]))),
)
