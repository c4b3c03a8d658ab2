"""What the asks register: the job that sends what is due, and their part of Home."""

from datetime import timedelta

from handlers.asks import ids, sending, service, views, why
from handlers.kit.blocks import Block
from handlers.kit.features import Button, Feature, HomeSections, Job, Mode
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.replies import ButtonReply, OpenModal
from handlers.kit.requests import ButtonRequest, Who
from storage.database import Tx


def needs_you(tx: Tx, who: Who) -> list[Block]:
    """What this person has been asked and has not answered."""
    return views.needing(service.open_of(tx, who.person))


def press_open(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All of it in a window."""
    return OpenModal(views.everything(service.open_of(tx, request.who.person)))


def told_later(tx: Tx, who: Who) -> list[Block]:
    """What this person will be told tomorrow, for their budget of today is used up."""
    return views.told_later(service.untold(tx, who.person))


FEATURE = Feature(
    name="asks",
    commands=(why.COMMAND,),
    buttons=(
        *why.BUTTONS,
        Button(ids.OPEN, "see all that they were asked", PEOPLE_HERE, Mode.READS, press_open),
    ),
    jobs=(Job("asks.send", timedelta(seconds=5), sending.send_due, last=True),),
    thens={"asks.delivered": sending.delivered},
    says_again={"asks.delivered": views.said_again},
    renderers={sending.RENDERER: sending.letter},
    home=HomeSections(needs_you=(needs_you,), information=(told_later,)),
)
