"""Asking each function's lead for their vote, as long as it is open. Called after every change of either."""

from collections.abc import Iterable

from handlers.asks import service as asks
from handlers.launches import cards, letters, rules
from storage.database import Tx
from storage.launches.values import Gate, Launch, Lead


def ask(tx: Tx, launch: Launch) -> None:
    """Ask whoever leads a function that has not voted; each is asked once in a round, at once."""
    if launch.gate is not Gate.OPEN:
        return
    shown = cards.shown(tx, launch)
    for function in rules.unheard(launch.required, shown.votes):
        person = shown.lead(function)
        if person is not None:
            told, key = letters.vote(shown, function), rules.vote_key(launch, function, person)
            asks.ask(tx, person, key, told.summary, told.blocks, due=tx.now, about=str(launch.reference))


def withdraw(tx: Tx, launch: Launch, leads: Iterable[Lead]) -> None:
    """These need not vote any more."""
    for lead in leads:
        if lead.person is not None:
            asks.withdraw(tx, rules.vote_key(launch, lead.function, lead.person))
