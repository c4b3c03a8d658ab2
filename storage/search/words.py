"""What a text is kept as and looked for by: its words, made alike before either database has them. Pure."""

import re
import unicodedata
from dataclasses import dataclass

MOST_WORDS = 8
"""Words of a search that count."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""A word; of writing without spaces each sign."""
_APOSTROPHE = re.compile(r"['’]s\b|['’]")
"""What stands in a word and is no part of it: `Acme's` is found by `Acme`."""
_ENDINGS = (("ies", 3), ("ing", 5), ("es", 5), ("ed", 5), ("s", 3), ("y", 4))
"""Endings somebody who searches need not care about, and the letters that must be left."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Words of which one is enough; a word that ends in `*` is the beginning of one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these are needed."""

    parts: "tuple[Sought, ...]"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these is enough."""

    parts: "tuple[Sought, ...]"


Sought = AnyOf | AllOf | OneOf


def words_in(text: str) -> list[str]:
    """The words of a text as they are kept and looked for: without case, accents and signs."""
    said = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    said = "".join(one for one in said if not unicodedata.combining(one))
    return [one[:_LONGEST] for one in _WORD.findall(_APOSTROPHE.sub("", said))]


def sought_in(text: str) -> AllOf | None:
    """What somebody who types this looks for: all of its words, each as a beginning; None for no words."""
    words = list(dict.fromkeys(words_in(text)))[:MOST_WORDS]
    return AllOf(tuple(AnyOf((begins(one),)) for one in words)) if words else None


def begins(word: str) -> str:
    """A word as the beginning of others, without an ending; of one or two letters only itself."""
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return f"{word.removesuffix(ending)}*"
    return word if len(word) < 3 else f"{word}*"
