"""What a text is about: its telling words by their stems, and whether it is against it. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from handlers.feedback import askers, vocabulary

_LITTLE = 0.45
"""What a word weighs that is part of nearly any wish."""
_LEFT = {"ment": 4, "ly": 3}
"""So many letters, and one, must be left without an ending; two where nothing is said."""
_OPPOSITES = ("un", "de", "dis", "in", "non", "im", "re", "ab")
_KANA = r"[\u30a0-\u30ff]+|[\u4e00-\u9fff]+|[\u3040-\u309f]+"
_WORD = re.compile(rf"{_KANA}|[^\W\u3040-\u30ff\u4e00-\u9fff]+")
_GRAMMAR = re.compile(r"[\u3040-\u309f]+")
_KANA_NOT = "ない"
_SENTENCE = re.compile(r"(?<=[.!?:])\s|[\n;。！？]|\s(?=because\s|otherwise\s)", re.IGNORECASE)
_REASONS = frozenset({"because", "otherwise", "their", "his", "her"})
"""How a clause begins that says why: no part of what is wanted, where that was said before it."""
_SAID = 2.0
"""Telling terms that say what is wanted."""
_NUMBER_IS_NEXT = frozenset({"on", "in", "for", "of", ""})


@dataclass(frozen=True, slots=True)
class Gist:
    """What a text is about, by stem, each as it was written; and what of it it is against, and of whom it tells."""

    terms: dict[str, str]
    denied: frozenset[str]
    """Terms of sentences with a negation; “Their words, not mine.” denies nothing of the sentence before."""
    joined: dict[str, tuple[str, str]]
    """Neighbouring words as one, and each of the two: `auto save` is also `autosave`."""
    customers: frozenset[str] = frozenset()
    """Stems of the accounts it tells something of."""
    askers: frozenset[str] = frozenset()
    """Stems of whoever asks for it, who need not be known as an account; they may stand in terms, too."""


def gist(text: str, accounts: Collection[str] = ()) -> Gist:
    """What this is about. An account that only asks for it (`Acme wants …`) is no part of that."""
    sentences = [askers.without_accounts(plain(one), accounts).split() for one in _SENTENCE.split(text)]
    terms: dict[str, str] = {}
    denied: set[str] = set()
    nothing_is = False
    for words in sentences:
        if _is_reason(words) and sum(map(weight, terms)) >= _SAID:
            continue
        named = list(_named(words))
        said = {stem(name): written for name, written in named if _tells(name)}
        if any(_negates(name) for name, _ in named):
            denied |= said.keys() - terms.keys()
            nothing_is |= not said
        terms |= {name: written for name, written in said.items() if name not in terms}
    words = [word for one in sentences for word in one]
    whole = f" {' '.join(words)} "
    return Gist(
        terms,
        frozenset(terms if nothing_is else denied),
        {first + second: (first, second) for first, second in pairwise(words)},
        frozenset(stem(word) for one in accounts if f" {one} " in whole for word in one.split()),
        frozenset().union(*_askers(text)),
    )


def names(account: str) -> frozenset[str]:
    """The terms that name an account."""
    return frozenset(stem(word) for word in plain(account).split())


def called(about: Gist) -> dict[str, tuple[float, list[str]]]:
    """For each term how much it tells, and all it is called: as it was written, and by its other names."""
    joined: dict[str, list[str]] = {}
    for whole, (first, second) in about.joined.items():
        for part in (first, second):
            joined.setdefault(stem(part), []).append(whole)
    return {
        name: (weight(name), [written, *_ALIASES.get(name, "").split(), *joined.get(name, ())])
        for name, written in about.terms.items()
    }


def sought(about: Gist) -> str:
    """Its words and what else they are called, to look for in texts as they were written."""
    return " ".join(f"{word} {_ALIASES.get(name, '')}" for name, word in about.terms.items())


def plain(text: str) -> str:
    """Words without case, accents, marks and punctuation."""
    said = text.casefold()
    if not said.isascii():
        said = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        said = "".join(one for one in said if not unicodedata.combining(one))
    said = re.sub(r"(?<=\d)[,.](?=\d{3}\b)", "", said.replace("'", "").replace("’", ""))
    return " ".join(_WORD.findall(said))


def weight(term: str) -> float:
    """How much it tells that one text has this term and another has not."""
    return _LITTLE if term in _LIGHT else 1.0


def excludes(some: Collection[str], others: Collection[str]) -> bool:
    """Whether one said for another is another thing: `import` and `export`, `lock` and `unlock`, 5 and 50."""
    if any(map(str.isdigit, some)) and any(map(str.isdigit, others)):
        return True
    kinds = ({kind for term in terms for kind in _KINDS.get(term, ())} for terms in (some, others))
    return bool(next(kinds) & next(kinds)) or _opposite(some, others) or _opposite(others, some)


def turns(term: str) -> bool:
    """Whether it says where, when or for which role: without it a text means another thing."""
    return term in _TURNS


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """A word without its commonest endings, so that `exports` and `exporting` meet; of two names the one."""
    cut = inflected(word)
    return _NAMES.get(cut, cut)


def bare(term: str) -> bool:
    """Whether it is no reason by itself to take one for another."""
    return term in _BARE


# ---------------------------------------------------------------------------------------------------------


def _askers(text: str) -> Iterator[frozenset[str]]:
    """Who asks, by stem; a role, a place or a kind that asks is part of what is asked."""
    return (one for one in map(names, askers.named(text)) if not one & _MEANT)


def _tells(name: str) -> bool:
    return name not in _DULL and not _GRAMMAR.fullmatch(name)


def _is_reason(words: list[str]) -> bool:
    return bool(words) and words[0] in _REASONS


def _negates(name: str) -> bool:
    return name in _NEGATIONS or name.endswith(_KANA_NOT)


def _opposite(some: Collection[str], others: Collection[str]) -> bool:
    return any(len(one) > 2 and prefix + one in others for one in some for prefix in _OPPOSITES)


def _named(words: list[str]) -> Iterator[tuple[str, str]]:
    """Each word by the name it has among us, and as it was written; two negations in a row are none."""
    at = 0
    while at < len(words):
        length, names = _name_at(words, at)
        written = " ".join(words[at : at + length])
        following = _name_at(words, at + length) if names[:1] and names[0] in _NEGATIONS else (0, [])
        if following[1][:1] == ["not"]:
            yield from ((name, written) for name in following[1][1:])
            length += following[0]
        else:
            yield from ((name, written) for name in names)
        at += length


def _name_at(words: list[str], at: int) -> tuple[int, list[str]]:
    """How many of the words that begin here are one name, and the words of that name."""
    if words[at : at + 1] == ["no"] and at and "".join(words[at + 1 : at + 2]) in _NUMBER_IS_NEXT:
        return 1, ["number"]
    longest = _LONGEST_FROM.get(words[at], 0) if at < len(words) else 0
    for length in range(min(longest, len(words) - at), 0, -1):
        name = _CALLED.get(" ".join(words[at : at + length]))
        if name is not None:
            return length, name.split()
    return 1, words[at : at + 1]


def inflected(word: str) -> str:
    """A word without its commonest endings, and with no other name."""
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    endings = (one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) > _LEFT.get(one, 2))
    ending = next(endings, "")
    cut = word.removesuffix(ending)
    if ending and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz":
        return cut[:-1]
    return cut[:-1] if len(cut) > 3 and cut[-1] in "ey" else cut


def _plainly(words: str) -> frozenset[str]:
    return frozenset(plain(words).split())


def _lines(words: str) -> list[list[str]]:
    return [plain(line).split() for line in words.strip().splitlines()]


def _called() -> dict[str, str]:
    """Each other name, and the one we use."""
    parted = (line.partition(" = ") for line in vocabulary.CALLED.strip().splitlines())
    return {other: name.strip("-") for name, _, others in parted for other in others.split(", ")}


def _kinds() -> dict[str, frozenset[int]]:
    """The lines of the vocabulary that each word of a kind stands in."""
    lines = [{stem(one) for one in line} for line in _lines(vocabulary.KINDS)]
    return {
        word: frozenset(at for at, line in enumerate(lines) if word in line)
        for word in frozenset().union(*lines)
    }


def _aliases() -> dict[str, str]:
    """What a term is called beside its name, in words long enough to tell something."""
    called: dict[str, set[str]] = {}
    for other, name in _CALLED.items():
        if name not in other.split():
            words = (*other.split(), *name.split())
            called.setdefault(stem(name), set()).update(one for one in words if len(one) > 2)
    for line in _lines(vocabulary.SAME):
        called.setdefault(stem(line[0]), set()).update(line)
    return {name: " ".join(sorted(words)) for name, words in called.items()}


def _longest_from() -> dict[str, int]:
    """How many words the longest name has that begins with a word."""
    longest: dict[str, int] = {}
    for words in map(str.split, _CALLED):
        longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return longest


_ENDINGS = vocabulary.ENDINGS.split()
_CALLED = _called()
_LONGEST_FROM = _longest_from()
_NAMES = {inflected(one): inflected(line[0]) for line in _lines(vocabulary.SAME) for one in line}
_NEGATIONS = _plainly(vocabulary.AGAINST)
_DULL = _plainly(vocabulary.FILLER) | _NEGATIONS
_LIGHT = frozenset(stem(one) for one in _plainly(vocabulary.WEAK))
_TURNS = frozenset(stem(one) for one in _plainly(vocabulary.TURNS))
_BARE = frozenset(stem(one) for one in _plainly(vocabulary.BARE))
_KINDS = _kinds()
_MEANT = _KINDS.keys() | _TURNS | frozenset(map(stem, _NEGATIONS))
_ALIASES = _aliases()
