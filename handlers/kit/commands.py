"""The grammar of slash commands: what somebody meant by the words behind `/capture`, `/launch` and the rest.

The dispatcher calls this for every command, features declare their subcommands for it. A subcommand counts
only in its exact form, so that "/capture help customers find their invoices" is feedback and not a question.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from handlers.kit.references import parse_reference
from handlers.kit.words import readable

HELP = "help"
NEAR = 0.65  # how alike; "lunch" is near "launch", "foo" near nothing


class Takes(Enum):
    """What may stand behind a subcommand; alone it always counts."""

    NOTHING = "nothing"
    REFERENCE = "reference"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A known first word and what stands behind it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Text for the command itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that mean nothing here, and the subcommand they may have meant."""

    word: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Empty:
    """The command alone."""


Parsed = Subcommand | Words | Unknown | Empty


def parse(text: str, subcommands: Mapping[str, Takes], *, free_text: bool) -> Parsed:
    """What the words behind a command mean; they come back as people read them, without Slack's escapes."""
    typed = readable(text)
    meant = _unquoted(typed) if free_text else None
    if not typed or meant == "":
        return Empty()
    if meant:
        return Words(meant)
    word, rest = _first_word(typed)
    found = _subcommand(word.casefold(), rest, {HELP: Takes.NOTHING, **subcommands})
    if found or free_text:
        return found or Words(typed)
    return Unknown(word, nearest(word, [*subcommands, HELP]))


def inner_command(text: str, commands: Collection[str]) -> tuple[str, str] | None:
    """`/throughline capture a word` is `/capture a word`: the command's name and the text behind it."""
    word, rest = _first_word(text)
    name = word.removeprefix("/").casefold()
    return (name, rest) if name in commands else None


def _first_word(text: str) -> tuple[str, str]:
    word, *rest = text.split(maxsplit=1) or [""]
    return word, "".join(rest).strip()


_DOUBLE, _SINGLE = '"“”„«»', "'‘’"
_PIECE = re.compile(
    rf"(?:[{_DOUBLE}]([^{_DOUBLE}]*)[{_DOUBLE}]|[{_SINGLE}]((?:(?![{_SINGLE}](?!\S)).)*)[{_SINGLE}])(?!\S)|(\S+)",
    re.DOTALL,
)


def split_quoted(text: str) -> list[str]:
    """The words of a text, what stands in quotes (straight or smart) as one; a lone quote is only a sign."""
    return [next(part for part in found.groups() if part is not None) for found in _PIECE.finditer(text)]


def _unquoted(text: str) -> str | None:
    found = _PIECE.fullmatch(text)
    if found is None or found[3] is not None:
        return None
    return (found[1] or found[2] or "").strip()


def _subcommand(word: str, rest: str, subcommands: Mapping[str, Takes]) -> Subcommand | None:
    takes = subcommands.get(word)
    fits = not rest or takes is Takes.TEXT or (takes is Takes.REFERENCE and parse_reference(rest) is not None)
    return Subcommand(word, rest) if takes and fits else None


def nearest(word: str, names: Collection[str]) -> str | None:
    """The one of these names somebody may have meant, if any is near."""
    return next(iter(get_close_matches(word.casefold(), names, n=1, cutoff=NEAR)), None)
