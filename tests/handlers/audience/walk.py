"""Everything there is to see, walked as one person after another: each registered surface has its way in here.

Commands are typed as their own help says, for each thing there is; shortcuts, type-aheads and Home are taken from
the registry; whatever can be pressed in what anybody sees is pressed by everybody. So a new feature is walked as
soon as it is registered. Only its renderers need a line in `RENDERED`, which `missing` asks for.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import bindparam, null, select

from handlers.kit.features import Registry, Usage
from storage.asks.tables import AskRow
from storage.database import OURS, Tx
from storage.outbox.tables import BoardRow
from tests.handlers.audience.desk import TYPED, Desk, Pressable, Sent
from tests.handlers.audience.places import KINDS, OPEN, PLACES

_ALL_BOARDS = select(BoardRow.subject, BoardRow.person, BoardRow.channel).where(
    BoardRow.workspace == OURS, BoardRow.renderer == bindparam("which")
)
_LETTERS = select(AskRow.recipient, AskRow.letter).where(
    AskRow.workspace == OURS, AskRow.letter.is_not(null())
)


@dataclass(frozen=True)
class Board:
    """Something kept true, where a person or a channel reads it."""

    subject: Mapping[str, Any]
    to: str


def _standing(name: str) -> Callable[[Tx], list[Board]]:
    """Every board of that renderer there is."""
    return lambda tx: [
        Board(row.subject, row.person or row.channel) for row in tx.all(_ALL_BOARDS, which=name)
    ]


def _letters(tx: Tx) -> list[Board]:
    """Every message of asks that was sent."""
    rows = sorted({(row.recipient, row.letter) for row in tx.all(_LETTERS)})
    return [Board({"recipient": to, "letter": letter}, to) for to, letter in rows]


RENDERED: Mapping[str, Callable[[Tx], list[Board]]] = {
    "home": lambda _: [Board({"person": person}, person) for person in KINDS],
    "asks.letter": _letters,
    "feedback.card": _standing("feedback.card"),
    "feedback.triage_card": _standing("feedback.triage_card"),
    "feedback.triage_day": _standing("feedback.triage_day"),
    "decisions.card": _standing("decisions.card"),
    "launches.board": _standing("launches.board"),
    "checkins.card": _standing("checkins.card"),
}
"""For each renderer, its boards and who reads them."""
UNMADE: Mapping[str, str] = {
    "feedback.card": "stands in the thread of a message once its words were fetched; shown by /capture show too",
    "feedback.triage_card": "guests are in every channel here, so nothing is sorted aloud; random histories have it",
    "feedback.triage_day": "the same",
}
"""Renderers of which nothing stands after everything was made once here, and why that hides nothing."""
ADMITTING: Mapping[str, str] = {
    "feedback.capture": "whoever captures the same message supports what was captured, and may see it from then on",
}
"""Forms that let whoever submits them see more, and why that is right."""
ROUNDS = 2
"""How far buttons are followed from what is seen first."""
ALIKE = 12
_REFERENCE = re.compile(r"\b[FCBLD]-[0-9]+(?:/[0-9]+)?\b")


def missing(registry: Registry) -> list[str]:
    """What somebody registered and nobody gave a way in."""
    return [f"renderer {one}" for one in registry.renderers if one not in RENDERED]


def boards(tx: Tx, registry: Registry) -> Iterator[Sent]:
    """Each board there is: its renderer, who reads it, and what it says."""
    for name, standing in RENDERED.items():
        for board in standing(tx):
            yield Sent(name, board.to, registry.renderers[name](tx, board.subject))


def look(desk: Desk, references: Iterable[str]) -> None:
    """What this person gets by every command, shortcut and type-ahead, from anywhere."""
    names = sorted(references)
    for command in desk.registry.commands.values():
        for text, place in product(sorted(typed(command.usage, names)), (OPEN,)):
            desk.command(command.name, text, place)
        for place in PLACES:
            desk.command(command.name, "", place)
    for shortcut in desk.registry.message_shortcuts:
        for place, at in product(PLACES, MESSAGES):
            desk.on_message(shortcut, {"ts": at, "text": TYPED}, place)
    for shortcut in desk.registry.global_shortcuts:
        desk.anywhere(shortcut)
    for ahead, words in product(desk.registry.type_aheads, ("", TYPED, *names)):
        desk.options(ahead, words)


def follow(desk: Desk, seen: Iterable[Pressable]) -> None:
    """What this person gets by using whatever anybody has seen."""
    for one in seen:
        desk.press(one, OPEN)


def some(seen: Iterable[Pressable]) -> list[Pressable]:
    """Of each button, menu and form not more than `ALIKE`."""
    alike: dict[str, list[Pressable]] = {}
    for one in sorted(seen, key=repr):
        alike.setdefault(one.action or str(json.loads(one.view).get("callback_id")), []).append(one)
    return [one for group in alike.values() for one in group[:: len(group) // ALIKE + 1]]


def typed(usage: Iterable[Usage], names: Iterable[str]) -> Iterator[str]:
    """Everything a command's help says can be typed, for each thing there is."""
    for one in usage:
        words = one.words.replace("some words", TYPED).replace("words", TYPED)
        if _REFERENCE.search(words):
            yield from (_REFERENCE.sub(name, words) for name in names)
        else:
            yield words
    yield from names


MESSAGES = [f"1.{number:06}" for number in range(1, 6)]
"""The messages things were made of."""
