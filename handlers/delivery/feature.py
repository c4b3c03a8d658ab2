"""What did not get through: a look once a minute, and its part of admins' Homes."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from handlers.delivery import ids, service, views
from handlers.kit.blocks import Block
from handlers.kit.features import Button, Feature, HomeSections, Job, Mode
from handlers.kit.permissions import ADMINS
from handlers.kit.replies import ButtonReply, Note
from handlers.kit.requests import ButtonRequest, Who
from storage.database import Tx
from storage.outbox import troubles

MENDED = "That is mended, or somebody has dealt with it."
AGAIN = "On it. What still does not get through comes back here."
LEFT = "It is over, and nothing more is sent of it."


def home(tx: Tx, who: Who) -> list[Block]:
    """For admins only: others can do nothing about it."""
    return views.home(service.groups_of(tx)) if who.admin else []


def _button(id_: str, does: str, verb: str, how: Callable[[Tx, Sequence[str]], int], said: str) -> Button:
    def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
        done = service.act(tx, request.who.person, request.value, verb, how)
        return Note(said if done else MENDED)

    return Button(id_, does, ADMINS, Mode.WRITES, press)


FEATURE = Feature(
    name="delivery",
    buttons=(
        _button(ids.TRY_AGAIN, "try again what Slack would not take", "tried", troubles.revive, AGAIN),
        _button(ids.SEND_AGAIN, "send again what was never confirmed", "sent", troubles.send_again, AGAIN),
        _button(ids.LEAVE_DEAD, "leave what Slack would not take", "left", troubles.leave, LEFT),
        _button(ids.LEAVE_UNSURE, "say that it is there, or not needed", "left", troubles.leave, LEFT),
    ),
    jobs=(Job("delivery.look", timedelta(minutes=1), service.look),),
    home=HomeSections(needs_you=(home,)),
)
