"""Who asks, which is no part of what is asked: “Pioneer Bank also begs for” tells nothing of a wish. Pure."""

import re
from collections.abc import Collection, Iterator

_ALSO = r"(?:(?:also|too|again|still|really|just|now|all|both|has|have|is|are|keeps?)\s+)*"
_ONE = r"wants|asks|begs|would\s+(?:like|love)|wishes|says|complains"
"""What somebody does who is one: a name before it needs no capital to be one."""
_MANY = r"want|wanted|ask|asked|asking|beg|begged|begging|said|told|complain|complained|complaining|requested"
_GUESSED = re.compile(
    r"(?:^|[.!?:;,\n]\s)\s*(?P<who>(?:[^\W_][\w&’'-]*\s+){1,3}?)"
    rf"(?={_ALSO}(?:(?P<one>{_ONE})|{_MANY})\b)",
    re.IGNORECASE,
)
"""At the beginning of a clause. Not *needs*: a button can need something, but it asks for nothing."""
_NEEDS = re.compile(
    r"(?:^|[.!?;\n]\s)\s*(?P<who>[^\W\d_a-z][\w&’'-]*(?:\s+[^\W\d_a-z][\w&’'-]*){1,2})\s+needs?\b"
)
"""Two words or three that begin with capitals are a name, so that whoever needs something does ask for it."""
_THEIRS = re.compile(r"['’]s\s", re.IGNORECASE)
_ASKS = rf"(?={_ALSO}(?:{_ONE}|{_MANY}|needs?|needed)\b)"
_SHORTEST = 3
"""Letters of a word that can stand for the whole name of an account."""


def named(text: str) -> Iterator[str]:
    """Who probably asks, at the beginning of a clause."""
    for found in _GUESSED.finditer(text):
        words = found["who"].split()
        named_so = words[:1] if _THEIRS.search(found["who"]) else words
        if found["one"] is not None or all(one[0].isupper() or one[0].isdigit() for one in named_so):
            yield found["who"]
    yield from (found["who"] for found in _NEEDS.finditer(text))


def without_accounts(said: str, accounts: Collection[str]) -> str:
    """Plain words without the accounts that ask, by their names or the first words of these."""
    said = f" {said} "
    for name in sorted({one for each in accounts for one in _short(each)}, key=len, reverse=True):
        if f" {name} " in said:
            said = re.sub(rf" {re.escape(name)} {_ASKS}", " ", said)
    return said


# ---------------------------------------------------------------------------------------------------------


def _short(account: str) -> Iterator[str]:
    words = account.split()
    return (
        " ".join(words[:many]) for many in range(1, len(words) + 1) if many > 1 or len(words[0]) >= _SHORTEST
    )
