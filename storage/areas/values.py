"""The vocabulary of product areas."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from storage.values import ChannelId, PersonId

AreaId = NewType("AreaId", str)


class Cards(StrEnum):
    """What stands in an area's triage channel: a card for each new piece of feedback, or one a day for all."""

    EACH = "each"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the product: who looks after it, who does meanwhile, and where its feedback is sorted.

    What is `part_of` another area counts under that; nobody chooses a `retired` one any more. `by` changed it last.
    """

    id: AreaId
    name: str
    owner: PersonId | None = None
    deputy: PersonId | None = None
    triage: ChannelId | None = None
    cards: Cards = Cards.EACH
    part_of: AreaId | None = None
    retired: bool = False
    version: int = 1
    by: PersonId | None = None
