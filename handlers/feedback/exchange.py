"""Feedback as a file holds it: a line of JSON that loses nothing, or a row of a sheet that no formula hides in. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError

from handlers.feedback import rules
from handlers.feedback.columns import Unreadable
from storage.feedback.carried import Joined, Voice, Whole
from storage.feedback.values import KEPT, FeedbackState
from storage.values import Json

_WHOLE = TypeAdapter(Whole)
_FIELDS = {one.name for one in fields(Whole)}
ID_LIMIT = 32
HEADS = (
    "id", "words", "kind", "account", "status", "area", "theme", "date", "key", "people", "accounts", "link",
)  # fmt: skip
"""The headings of a sheet of ours."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet might run."""


def line(one: Whole) -> str:
    """All of it as one line of JSON; what is not known is left out."""
    return json.dumps(_plain(one), ensure_ascii=False)


def read(text: str) -> tuple[str, Whole]:
    """What such a line says, and the origin by which it is known, or Unreadable."""
    try:
        one = _WHOLE.validate_json(text)
        newer = json.loads(text).keys() - _FIELDS
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Unreadable(
            f"{f'{where}: ' if where else ''}{first['msg']}; it is no line of an export of ours"
        ) from None
    if newer:
        raise Unreadable(f"I know no {', '.join(sorted(newer))}; a newer Throughline may have written it")
    for what in _wrong(one):
        raise Unreadable(f"{what}; it is no line of an export of ours")
    return origin(one.id), one


def origin(id_: str) -> str:
    """By what it is known that it came."""
    return hashlib.sha256(f"whole\x1f{id_}".encode()).hexdigest()


def joined(known_by: str, one: Whole) -> tuple[str, str, Joined] | None:
    """What was merged into what, by their origins."""
    if one.merged is None:
        return None
    return known_by, origin(f"{one.id.partition('/')[0]}/F-{one.merged.into}"), one.merged


def row(one: Whole) -> tuple[str, ...]:
    """What a sheet shows of it."""
    names = {name for name in (one.account, *(each.account for each in one.asked)) if name}
    people = {one.person for one in one.supporters}
    cells = (
        one.id,
        one.words or "",
        one.kind.value,
        one.account or "",
        one.state.value,
        one.area or "",
        one.theme or "",
        f"{one.captured_at:%Y-%m-%d %H:%M}",
        one.key or "",
        str(len(people)),
        str(len(names)),
        one.permalink or "",
    )
    return tuple(map(safe, cells))


def safe(cell: str) -> str:
    """A cell as text whatever it begins with: an apostrophe in front says so to spreadsheets."""
    return f"'{cell}" if cell.startswith((*FORMULAS, "'")) else cell


def _plain(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        each = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {name: one for name, one in each.items() if one not in (None, [], False)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    assert value is None or isinstance(value, bool | int | str)
    return value


def _wrong(one: Whole) -> Iterator[str]:
    """What no Throughline ever wrote."""
    said: Mapping[str, str | None] = {
        "captured_by": one.captured_by, "author": one.author, "channel": one.channel, "message_ts": one.message_ts,
        "audience": one.audience.channel,
    }  # fmt: skip
    was = one.state if one.merged is None else one.merged.was
    if was not in KEPT or (one.merged is not None and one.state is not FeedbackState.MERGED):
        yield "it stands as nothing does that is exported"
    people = [*one.audience.people, *one.followers, *(each.by for each in one.stood)]
    people += [each.person for each in one.supporters] + [each.person for each in one.asked]
    yield from (
        f"{name} has more than {ID_LIMIT} characters"
        for name, id_ in said.items()
        if len(id_ or "") > ID_LIMIT
    )
    yield from ("somebody's id is too long" for person in people if not 0 < len(person) <= ID_LIMIT)
    yield from (f"{name} is too long" for name, text, most in _texts(one) if len(text or "") > most)
    yield from (
        "it holds a character no text has (NUL)" for _, text, _ in _texts(one) if "\x00" in (text or "")
    )
    times = [one.captured_at, *(each.since for each in one.supporters)]
    times += [each.at for each in one.asked] + [each.at for each in one.stood]
    yield from ("a time has no zone" for at in times if at.tzinfo is None)
    if not 0 < one.number < 2**31 or not 0 < one.version < 2**31:
        yield "its number or version cannot be"
    if len({each.person for each in one.supporters}) < len(one.supporters):
        yield "a supporter stands there twice"


def _texts(one: Whole) -> Iterator[tuple[str, str | None, int]]:
    yield "id", one.id, 80
    yield "title", one.title, 2 * rules.TITLE_LIMIT
    yield "words", one.words, rules.WORDS_KEPT
    yield "account", one.account, rules.ACCOUNT_LIMIT
    yield "area", one.area, 200
    yield "theme", one.theme, rules.THEME_LIMIT
    yield "theme_then", one.theme_then, rules.THEME_LIMIT
    yield "key", one.key, rules.KEY_LIMIT
    yield "permalink", one.permalink, 3_000
    for voice in one.asked:
        yield from _of_voice(voice)
    for stood in one.stood:
        yield "sentence", stood.sentence, rules.WORDS_KEPT
        yield "reason", stood.reason, rules.WORDS_KEPT


def _of_voice(one: Voice) -> Iterator[tuple[str, str | None, int]]:
    yield "words", one.words, rules.WORDS_KEPT
    yield "account", one.account, rules.ACCOUNT_LIMIT
