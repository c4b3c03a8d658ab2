"""Fits words into Slack's limits without breaking what people see as one character.

Views call this for titles and previews, the block builders (`handlers/kit/blocks.py`) for everything.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

ELLIPSIS = "…"


def length(text: str) -> int:
    """How long Slack may find a text: an emoji outside the basic plane counts twice, as in JavaScript."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """At most `limit` long; if words had to go, what is left are whole ones with … behind them."""
    return _shorten(text, limit, _clusters(text))


def shorten_mrkdwn(text: str, limit: int) -> str:
    """The same for text that is mrkdwn already: no mention, link or escaped sign is cut in two."""
    return _shorten(text, limit, _atoms(text))


def split(text: str, limit: int) -> list[str]:
    """The whole text in pieces of at most `limit`, parted between words where that can be."""
    _check(limit)
    pieces, rest = [], text.strip()
    while rest:
        # One character with more accents than fit is cut after all.
        piece = _fit(_clusters(rest), limit) or rest[: limit // 2]
        pieces.append(piece.rstrip())
        rest = rest[len(piece) :].lstrip()
    return pieces


def _shorten(text: str, limit: int, atoms: Iterable[str]) -> str:
    _check(limit)
    if length(text) <= limit:
        return text
    return _fit(atoms, limit - length(ELLIPSIS)).rstrip().rstrip(".,") + ELLIPSIS


def _check(limit: int) -> None:
    if limit < 2:
        raise ValueError(f"No text fits into {limit} characters.")


def _fit(atoms: Iterable[str], room: int) -> str:
    kept: list[str] = []
    for atom in atoms:
        room -= length(atom)
        if room < 0:
            return "".join(kept if atom.isspace() else _whole_words(kept))
        kept.append(atom)
    return "".join(kept)


def _whole_words(kept: list[str]) -> list[str]:
    # Where a word fills half the room (or the language has no spaces) it is cut after all.
    spaces = [at for at, atom in enumerate(kept) if atom.isspace()]
    return kept[: spaces[-1]] if spaces and spaces[-1] * 2 >= len(kept) else kept


_UNBREAKABLE = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")


def _atoms(text: str) -> Iterator[str]:
    start = 0
    for found in _UNBREAKABLE.finditer(text):
        yield from _clusters(text[start : found.start()])
        yield found.group()
        start = found.end()
    yield from _clusters(text[start:])


def _clusters(text: str) -> Iterator[str]:
    """What people see as one character: a letter with its accents, a family emoji, a flag."""
    cluster = ""
    for char in text:
        if cluster and not _belongs(char, cluster):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


_JOINER = "\u200d"
_MODIFIERS = re.compile("[\u200c\u200d\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_HANGUL_TAIL = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
_FLAG_HALF = re.compile("[\U0001f1e6-\U0001f1ff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def _belongs(char: str, cluster: str) -> bool:
    if char.isascii():
        return cluster[-1] == _JOINER or cluster + char == "\r\n"
    return bool(
        unicodedata.category(char).startswith("M")
        or _MODIFIERS.match(char)
        or _HANGUL_TAIL.match(char)
        or cluster[-1] == _JOINER
        or _is_virama(cluster[-1])
        or (_FLAG_HALF.match(char) and _FLAG_HALF.fullmatch(cluster))
        or _SURROGATES.fullmatch(cluster[-1] + char)
    )


def _is_virama(char: str) -> bool:
    return unicodedata.combining(char) == 9
