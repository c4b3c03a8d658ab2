"""A launch with everything its views need; values only. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.kit.functions import FUNCTIONS
from handlers.launches.rules import Workdays, item_keys
from storage.asks.values import Ask
from storage.launches.values import Item, Launch, LaunchState, Lead, Move, Said
from storage.things.values import Linked
from storage.values import FunctionId, PersonId


@dataclass(frozen=True, slots=True)
class Shown:
    """A launch, its items, leads, last move and votes, names as plain text, and who is looking if it is one."""

    launch: Launch
    items: tuple[Item, ...]
    leads: tuple[Lead, ...]
    today: date
    week: Workdays
    names: Mapping[PersonId, str]
    moved: Move | None = None
    votes: Mapping[FunctionId, Said] = field(default_factory=dict)
    viewer: PersonId | None = None
    admin: bool = False
    links: Sequence[Linked] = ()
    asks: Sequence[Ask] = ()
    """What its items' owners and its voters are asked, for whoever is looking."""
    held: Mapping[str, str] = field(default_factory=dict)
    """Why some of these have not been asked yet, by key, for whoever may change it."""

    def name(self, person: PersonId | None) -> str:
        """What to call somebody; somebody there is none of is nobody."""
        return "nobody yet" if person is None else self.names.get(person) or "a colleague"

    def lead(self, function: FunctionId | None) -> PersonId | None:
        """Who sees to a function's part."""
        return next((one.person for one in self.leads if one.function == function), None)

    def called(self, function: FunctionId) -> str:
        """What a function is called; of a launch that is over also what it was called on its day."""
        planned = self.launch.state is LaunchState.PLANNED
        return FUNCTIONS.then(function, None if planned else self.launch.changed_at)

    def leading(self, person: PersonId) -> list[FunctionId]:
        """The functions somebody sees to."""
        return [one.function for one in self.leads if one.person == person]

    def owned_by(self, person: PersonId | None) -> list[Item]:
        """Somebody's items."""
        return [one for one in self.items if one.owner == person]

    def of(self, function: FunctionId | None) -> list[Item]:
        """A function's items."""
        return [one for one in self.items if one.function == function]

    def asked(self, one: Item) -> set[PersonId]:
        """Who has been asked about an item: its owner, or who covers for them."""
        keys = item_keys(one)
        return {ask.recipient for ask in self.asks if ask.key in keys}

    @property
    def unowned(self) -> list[Item]:
        """What nobody sees to."""
        return [one for one in self.items if one.owner is None and one.is_open]

    @property
    def left(self) -> int:
        """Working days until the launch, today counted."""
        return self.week.until(self.today, self.launch.on)


def together(words: Iterable[str]) -> str:
    """`Sales`, `Sales and Design`, `Sales, Design and Product`."""
    *some, last = list(words)
    return f"{', '.join(some)} and {last}" if some else last
