"""What the asks register: the job that sends what is due, and their part of Home."""

from datetime import timedelta

from handlers.asks import sending, service, views, why
from handlers.kit.blocks import Block
from handlers.kit.features import Feature, HomeSections, Job
from handlers.kit.requests import Who
from storage.database import Tx


def needs_you(tx: Tx, who: Who) -> list[Block]:
    """What this person has been asked and has not answered."""
    return service.open_blocks(tx, who.person).blocks


def told_later(tx: Tx, who: Who) -> list[Block]:
    """What this person will be told tomorrow, for their budget of today is used up."""
    return views.told_later(service.untold(tx, who.person))


FEATURE = Feature(
    name="asks",
    commands=(why.COMMAND,),
    buttons=why.BUTTONS,
    jobs=(Job("asks.send", timedelta(seconds=5), sending.send_due),),
    thens={"asks.delivered": sending.delivered},
    renderers={sending.RENDERER: sending.letter},
    home=HomeSections(needs_you=(needs_you,), information=(told_later,)),
)
