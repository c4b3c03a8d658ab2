"""How alike two pieces of feedback are, and why: local, explained, and only ever an offer. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from handlers.feedback.gist import (
    Gist,
    bare,
    called,
    excludes,
    gist,
    inflected,
    names,
    plain,
    sought,
    stem,
    turns,
    weight,
)
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten
from storage.search.words import AllOf, AnyOf, OneOf, Sought, begins, words_in

OFFERED = 3
TITLE = 56
"""Characters of a title: it stands in a choice of a menu behind its number."""
LOOKED_AT = 40
"""Candidates whose terms are compared, of those that read most alike."""
ALIKE = 68.0
"""Points from which one is offered."""
NAMED = 4
"""Terms a reason names."""
_EXCHANGED, _MORE, _TURNED = 2.5, 0.35, 2.5
"""What it costs, in terms: one said for another, one only one of both says, a direction or a role only one of both says."""
_WHOLE, _MOST_MORE = 3.0, 0.45
"""So much in common can be the whole of one of both; what the other says beside it costs at most this, for each."""
_ACCOUNT = 3.0
MOST_TERMS = 8
"""Terms that are looked for; of more, the most telling and longest."""
ONE_IS_ENOUGH = 2.54
"""Up to this much said, one term in common can make `ALIKE`: it takes four tenths of all that one says."""
ENOUGH = 2.0
"""Telling terms of something that means the same wherever it is said."""
_BEGINS, _SHORT = 2, 5
"""Letters nobody slips in; letters of a word too short for a slip to be told from another word."""
_Met = set[tuple[str, str]]


@cache
def _library() -> ModuleType:
    """It takes four megabytes, which a process that compares nothing can do without."""
    import rapidfuzz  # noqa: PLC0415 - see the line above
    import rapidfuzz.distance  # noqa: PLC0415 - as above

    return rapidfuzz


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, for whom, and how it is called."""

    number: int
    words: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Something that was said before, and what it shares with what is said now, in the words of now and of before."""

    said: Said
    points: float
    terms: tuple[tuple[str, str], ...]
    account: bool

    @property
    def title(self) -> str:
        """How a list names it."""
        return shorten(one_line(self.said.words), TITLE)

    @property
    def reason(self) -> str:
        """Why it is offered: `both say “picture” (“photo”), “invoices”, both for Acme`."""
        said = [f"“{own}”" if _same_word(own, other) else f"“{own}” (“{other}”)" for own, other in self.terms]
        return ", ".join([f"both say {', '.join(said)}", *self._for_same])

    @property
    def own_reason(self) -> str:
        """The same without a word of what was said before: it stands where that could not be erased any more."""
        own = ", ".join(f"“{one}”" for one, _ in self.terms)
        return ", ".join([f"both are about {own}", *self._for_same])

    @property
    def _for_same(self) -> list[str]:
        return [f"both for {self.said.account}"] if self.account else []


def nearest(words: str, account: str | None, known: Sequence[Said]) -> list[Near]:
    """What was said before that may be the same, the most alike first; nothing for words that say nothing."""
    mine = gist(words)
    if not mine.terms:
        return []
    texts = [one.words for one in known]
    library = _library()
    found = library.process.extract(
        sought(mine),
        texts,
        scorer=library.fuzz.token_set_ratio,
        processor=library.utils.default_process,
        limit=LOOKED_AT,
    )
    likely = [known[at] for _, _, at in found]
    known_names = {plain(one) for one in (account, *(said.account for said in likely)) if one}
    mine = gist(words, known_names)
    rated = [_rate(words, mine, account, one, known_names) for one in likely]
    best = sorted(
        (one for one in rated if one.points >= ALIKE), key=lambda one: (-one.points, -one.said.number)
    )
    return best[:OFFERED]


def says_enough(words: str) -> bool:
    """Whether it says by itself what it is about: “Yes, please” is said of anything."""
    return sum(map(weight, gist(words).terms)) >= ENOUGH


def sought_in(words: str) -> Sought | None:
    """What anything that may be the same has: two of its terms, one of them telling; one, where that is most of it."""
    terms = sorted(called(gist(words)).values(), key=lambda one: (-one[0], -len(one[1][0])))[:MOST_TERMS]
    told = [(points, _any_name(names)) for points, names in terms]
    telling = [found for points, found in told if points >= 1]
    if not told:
        return None
    if sum(points for points, _ in told) <= ONE_IS_ENOUGH:
        return OneOf(tuple(telling or [found for _, found in told]))
    every = [found for _, found in told]
    first = telling if len(telling) > 1 else every
    pairs = [AllOf((one, OneOf(tuple(every[at + 1 :])))) for at, one in enumerate(first) if every[at + 1 :]]
    return OneOf(tuple(pairs))


# ---------------------------------------------------------------------------------------------------------


def _any_name(names: Sequence[str]) -> Sought:
    """Any of its names; of one in several words, or signs, all of them."""
    parts = [words_in(one) for one in dict.fromkeys(names)]
    single = tuple(dict.fromkeys(begins(one[0]) for one in parts if len(one) == 1))
    several = [AllOf(tuple(AnyOf((begins(word),)) for word in one)) for one in parts if len(one) > 1]
    return (
        OneOf((AnyOf(single), *several))
        if several and single
        else AnyOf(single)
        if single
        else OneOf(tuple(several))
    )


def _rate(words: str, mine: Gist, account: str | None, one: Said, accounts: Collection[str]) -> Near:
    theirs = gist(one.words, accounts)
    met = {pair for pair in _meet(mine, theirs) if pair[0] not in mine.askers or pair[1] not in theirs.askers}
    reasons = _reasons(mine, theirs, met)
    points = _points(mine, theirs, met, names(account or ""), names(one.account or "")) if reasons else 0.0
    same_account = account is not None and account == one.account
    points += _ACCOUNT * (same_account and points > 0)
    terms = tuple((_as_written(words, own), other) for own, other in reasons) if points >= ALIKE else ()
    return Near(one, points, terms, same_account)


def _turned(mine: Gist, theirs: Gist, met: _Met) -> bool:
    """Whether one of both is against what they share."""
    return _denies(mine, {one for one, _ in met}) is not _denies(theirs, {other for _, other in met})


def _denies(said: Gist, shared: Collection[str]) -> bool:
    denied = sum(weight(one) for one in shared if one in said.denied)
    return denied > 0 and 2 * denied >= sum(map(weight, shared))


def _reasons(mine: Gist, theirs: Gist, met: _Met) -> list[tuple[str, str]]:
    """The most telling terms they share, in the order of mine, each as one and as the other says it."""
    places = {name: at for at, name in enumerate(mine.terms)}
    told: dict[str, str] = {}
    for one, other in sorted(met, key=lambda pair: (places[pair[0]], pair[1])):
        if not bare(one):
            told.setdefault(one, other)
    most = sorted(told, key=lambda one: (-weight(one), places[one]))[:NAMED]
    return [(mine.terms[one], theirs.terms[told[one]]) for one in sorted(most, key=places.__getitem__)]


def _as_written(words: str, term: str) -> str:
    """A term as it stands in these words, with its capitals."""
    found = re.search(rf"\b{r'[ -]'.join(map(re.escape, term.split()))}\b", words, re.IGNORECASE)
    return found[0] if found else term


def _same_word(own: str, other: str) -> bool:
    """Whether a reader takes both for one word: but for its ending, a slip or a space."""
    one, another = (word.replace(" ", "").casefold() for word in (plain(own), other))
    return one in another or another in one or inflected(one) == inflected(another) or _slip(one, another)


def _points(
    mine: Gist, theirs: Gist, met: _Met, my_account: frozenset[str], their_account: frozenset[str]
) -> float:
    """Of a hundred: what both say, against what one says for another or one alone says.

    That one of them names who asks is nothing it says for another; and where one says all that the other says, in
    terms enough to tell it, what it says beside that costs no more than so much.
    """
    only_mine = mine.terms.keys() - {one for one, _ in met}
    only_theirs = theirs.terms.keys() - {other for _, other in met}
    of_others = mine.customers & only_mine and theirs.customers & only_theirs
    if not met or of_others or _turned(mine, theirs, met):
        return 0.0
    both = sum(weight(one) for one in mine.terms.keys() - only_mine)
    askers = mine.askers | theirs.askers
    only_mine, only_theirs = only_mine - askers - their_account, only_theirs - askers - my_account
    if excludes(only_mine, only_theirs):
        return 0.0
    left, right = sum(map(weight, only_mine)), sum(map(weight, only_theirs))
    more = _MORE * abs(left - right)
    if min(left, right) == 0 and both >= _WHOLE:
        more = min(more, _MOST_MORE * both)
    turned = sum(turns(one) for one in only_mine | only_theirs)
    return 100.0 * both / (both + _EXCHANGED * min(left, right) + more + _TURNED * turned)


def _meet(mine: Gist, theirs: Gist) -> _Met:
    """Which of my terms is which of theirs: the same stem, one with a slip in it, or two words as one."""
    met = {(one, one) for one in mine.terms if one in theirs.terms}
    met |= set(_compounds(mine, theirs)) | {(part, one) for one, part in _compounds(theirs, mine)}
    here, there = {one for one, _ in met}, {other for _, other in met}
    return met | set(_slips(mine, theirs, mine.terms.keys() - here, theirs.terms.keys() - there))


def _slips(
    mine: Gist, theirs: Gist, here: Collection[str], there: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Those left here that are one left there with a slip of the finger; few begin alike, so few are compared."""
    alike: dict[str, list[str]] = {}
    for other in there:
        alike.setdefault(theirs.terms[other][:_BEGINS], []).append(other)
    for one in here:
        for other in alike.get(mine.terms[one][:_BEGINS], ()):
            if _slip(mine.terms[one], theirs.terms[other]):
                yield one, other


def _compounds(one: Gist, other: Gist) -> Iterator[tuple[str, str]]:
    """Words of the one that are two neighbours of the other, each with the stems of these."""
    for name, word in one.terms.items():
        for part in map(stem, other.joined.get(word, ())):
            if part in other.terms:
                yield name, part


def _slip(one: str, other: str) -> bool:
    """Whether one is the other with a slip in it; of a short word, only two letters in each other's place."""
    if _library().distance.OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return min(len(one), len(other)) > _SHORT or (len(one) == _SHORT and sorted(one) == sorted(other))
