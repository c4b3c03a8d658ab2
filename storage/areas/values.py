"""The vocabulary of product areas."""

from dataclasses import dataclass
from typing import NewType

from storage.values import ChannelId, PersonId

AreaId = NewType("AreaId", str)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the product: who looks after it, who does meanwhile, and where its feedback is sorted."""

    id: AreaId
    name: str
    owner: PersonId | None = None
    deputy: PersonId | None = None
    triage: ChannelId | None = None
