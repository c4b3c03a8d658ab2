"""What the asks register: the job that sends what is due, and their part of Home."""

from datetime import timedelta

from handlers.asks import service
from handlers.kit.blocks import Block
from handlers.kit.features import Feature, Job
from handlers.kit.requests import Who
from storage.database import Tx


def needs_you(tx: Tx, who: Who) -> list[Block]:
    """What this person has been asked and has not answered."""
    return service.open_blocks(tx, who.person).blocks


FEATURE = Feature(
    name="asks",
    jobs=(Job("asks.send", timedelta(seconds=5), service.send_due),),
    thens={"asks.delivered": service.delivered},
    home=(needs_you,),
)
