"""Who was to be asked something about a launch and has not been, for its owner. Pure."""

from collections.abc import Iterator

from handlers.asks.views import not_asked
from handlers.kit.blocks import Block
from handlers.kit.functions import FUNCTIONS
from handlers.launches import rules
from handlers.launches.shown import Shown
from storage.launches.values import Gate


def all_of(shown: Shown) -> list[Block]:
    """About its items, then for their votes."""
    return not_asked([*_items(shown), *_votes(shown)])


def of_vote(shown: Shown) -> list[Block]:
    """For their votes."""
    return not_asked([*_votes(shown)])


def _items(shown: Shown) -> Iterator[tuple[str, str]]:
    for one in shown.items:
        said = next((shown.held[key] for key in rules.item_keys(one) if key in shown.held), None)
        if one.is_open and said is not None:
            yield f"{shown.name(one.owner)}, {one.name}", said


def _votes(shown: Shown) -> Iterator[tuple[str, str]]:
    launch = shown.launch
    if launch.gate is not Gate.OPEN:
        return
    for function in rules.unheard(launch.required, shown.votes):
        person = shown.lead(function)
        said = None if person is None else shown.held.get(rules.vote_key(launch, function, person))
        if said is not None:
            yield f"{shown.name(person)}, vote for {FUNCTIONS[function]}", said
