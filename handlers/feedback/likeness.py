"""How alike two pieces of feedback are, and why: local, explained, and only ever an offer. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten

OFFERED = 3
TITLE = 56
"""Characters of a title: it stands in a choice of a menu behind its number."""
LOOKED_AT = 40
"""Candidates whose terms are compared, of those that read most alike."""
ALIKE = 62.0
"""Points from which one is offered."""
NAMED = 4
"""Terms a reason names."""
_ACCOUNT, _NEGATION = 6.0, 45.0
_LITTLE = """
a an and are as at be been but by can could do does for from had has have how i if in into is it its just me more my of on
one or our please so some that the their them then there they this to too up us was we were what when which who will with
would you your want wants wanted need needs like add should still get got make
"""
_AGAINST = "no not never without cannot cant dont doesnt wont isnt arent nobody nothing none"
_DULL, _NEGATIONS = frozenset(_LITTLE.split()), frozenset(_AGAINST.split())


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, for whom, and how it is called."""

    number: int
    words: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Something that was said before, and what it shares with what is said now."""

    said: Said
    points: float
    terms: tuple[str, ...]
    account: bool

    @property
    def title(self) -> str:
        """How a list names it."""
        return shorten(one_line(self.said.words), TITLE)

    @property
    def reason(self) -> str:
        """Why it is offered: `both say “invoices”, “euro”, both for Acme`."""
        shared = ", ".join(f"“{one}”" for one in self.terms[:NAMED])
        parts = [f"both say {shared}" if shared else "much the same words"]
        return ", ".join([*parts, *([f"both for {self.said.account}"] if self.account else [])])


def nearest(words: str, account: str | None, known: Sequence[Said]) -> list[Near]:
    """What was said before that may be the same, the most alike first; nothing for words that say nothing."""
    said = plain(words)
    if not terms(words):
        return []
    texts = {at: plain(one.words) for at, one in enumerate(known)}
    found = process.extract(said, texts, scorer=fuzz.token_set_ratio, limit=LOOKED_AT)
    rated = [_rate(words, account, known[at], float(points)) for _, points, at in found]
    best = sorted(
        (one for one in rated if one.points >= ALIKE), key=lambda one: (-one.points, -one.said.number)
    )
    return best[:OFFERED]


def plain(words: str) -> str:
    """Words without case, marks and punctuation."""
    return " ".join(_words(words))


def terms(words: str) -> dict[str, str]:
    """What it is about: its telling words by their stems, as they were written."""
    return {_stem(one): one for one in _words(words) if len(one) > 1 and one not in _DULL | _NEGATIONS}


# ---------------------------------------------------------------------------------------------------------


def _words(words: str) -> list[str]:
    said = unicodedata.normalize("NFKC", words).casefold().replace("'", "").replace("’", "")
    return re.findall(r"\w+", said)


def _stem(word: str) -> str:
    """A word without its commonest English endings, so that `exports` and `exporting` meet."""
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word.removesuffix(ending)
    return word


def _rate(words: str, account: str | None, one: Said, alike: float) -> Near:
    mine, theirs = terms(words), terms(one.words)
    shared = [theirs[stem] for stem in mine if stem in theirs]
    covered = 100.0 * 2 * len(shared) / max(1, len(mine) + len(theirs))
    same_account = account is not None and account == one.account
    against = bool(_NEGATIONS & {*_words(words)}) is not bool(_NEGATIONS & {*_words(one.words)})
    points = (alike + 2 * covered) / 3 + _ACCOUNT * same_account - _NEGATION * against
    return Near(one, points if shared or alike > 95 else 0.0, tuple(shared), same_account)
