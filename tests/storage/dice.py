"""Somebody who does things at random, the same ones for the same seed: for two who do them at once."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from storage.database import Tx
from storage.feedback.values import MessageRef
from storage.things.values import Viewer
from storage.values import Audience, ChannelId, PersonId, PersonKind

PEOPLE = [PersonId(f"U{number}") for number in range(5)]
CHANNELS = [ChannelId(f"C{number}") for number in range(4)]
KEYS = [f"k{number}" for number in range(12)]


class Dice:
    """Does something, as the dice fall; `mark` is in every text it writes, and names its workspace."""

    def __init__(self, seed: int, mark: str) -> None:
        self.dice = random.Random(seed)
        self.mark = mark

    def act(self, tx: Tx) -> object:
        """One operation, and what it answered."""
        name = self.dice.choice([name for name in dir(self) if name.startswith("do_")])
        doing: Callable[[Tx], object] = getattr(self, name)
        return doing(tx)

    # -- the dice

    @property
    def who(self) -> PersonId:
        return self.dice.choice(PEOPLE)

    @property
    def where(self) -> ChannelId:
        return self.dice.choice(CHANNELS)

    @property
    def key(self) -> str:
        return self.dice.choice(KEYS)

    @property
    def message(self) -> MessageRef:
        return MessageRef(self.where, f"17.{self.dice.randrange(12):06}")

    @property
    def number(self) -> int:
        return self.dice.randrange(1, 12)

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.who, self.dice.choice(list(PersonKind)))

    @property
    def audience(self) -> Audience:
        return self.dice.choice(
            [Audience.workspace(), Audience.of_channel(self.where), Audience.of_people(self.who)]
        )

    def day(self, tx: Tx) -> date:
        return tx.now.date() + timedelta(days=self.dice.randrange(-3, 4))

    @property
    def yes(self) -> bool:
        return self.dice.random() < 0.5
