"""Payloads made wrong: keys dropped, types changed, texts huge, ids foreign, forms and buttons of another time."""

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fuzz.recording import Recorded

Json = dict[str, Any]
Path = tuple[Any, ...]

WORDS = (
    "", " ", "help", "“quoted”", "don't", "<!channel>", "<@U0OMAR|omar>", "<#C0SALES|sales>", "*bold* `code` & <b>",
    "\u202eright to left", "مرحبا بالعالم", "👩‍👩‍👧‍👦 🏳️‍🌈", "e\u0301\u0323" * 40, "\u200b\u2028\ufeff", "a\tb\r\n\x07",
    "%s {0} {x}", "F-1", "L-1/2", "D-999999999", "F-0", "f-01", "x" * 3001, "界" * 3001, "😀" * 4000,
    "\n" * 500, "a " * 2000,
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1", "2", "1.5", "9" * 9, "9" * 10, "9" * 25, "1e9", "٣", "1|2", "1|2|3", "|", "||", "1|", "1|-1",
    "idea|C0SALES|1.2", "true", "null", "{}", "[]",
)  # fmt: skip
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-13-45",
    "2027-03-28",
    "1900-01-01",
    "tomorrow",
    "20270305",
)
TIMES = ("00:00", "23:59", "24:00", "25:99", "9", "09:30:15", "09:30+02:00")
FOREIGN = (
    "U0NOBODY", "U0NORA", "U0GIL", "U0PETE", "U0THROUGH", "USLACKBOT", "C0ELSEWHERE", "C0ACME", "G0PRICING", "D0SAM",
    "T0ELSEWHERE", "1790000000.000100", "V0GONE", "x" * 32, "X" * 32, "X" * 33, "",
)  # fmt: skip
METADATA = (
    "", "null", "[]", "{}", "not json", '{"v":0}', '{"v":2}', '{"v":999,"number":1}', '{"v":"1"}', '{"v":1}',
    '{"v":1,"number":0}', '{"v":1,"number":-1}', '{"v":1,"number":99999999999999999999}', '{"v":1,"number":null}',
    '{"v":1,"number":"1","seen":"x"}', '{"v":1,"number":1e99}', '{"v":1,"number":NaN}', '{"v":1,"channel":"C0ELSEWHERE"}',
    '{"v":1,"channel":"<!here>"}', "[" * 900,
)  # fmt: skip
ACTIONS = ("feedback.gone", "feedback", "", "gone.show:1", "checkins.answer:x", "x" * 255, "décisions.shöw")
DEEP: Json = {"a": {}}
for _ in range(40):
    DEEP = {"a": [DEEP]}
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 5, 10**30, 1.5, "", [], {}, [None], [5], ["id"], [[]], {"id": 5}, {"id": None}, {"type": 5},
    {"value": None}, {"value": {}}, DEEP, ["x"] * 500, "x" * 40_000,
)  # fmt: skip
MOST = 3
"""Things wrong with one payload."""
KEPT = {"type", "event", "view", "actions", "user", "team"}
"""What is mostly left alone: without it a payload is refused at the door, and says nothing about a listener."""


class Mutator:
    """Draws wrong payloads from right ones, the same ones for the same seed."""

    def __init__(self, recorded: list[Recorded], seed: int) -> None:
        self._recorded = recorded
        self._dice = random.Random(seed)
        self._forms = [one.payload["view"] for one in recorded if one.kind == "submit"]
        self._used = [one.payload["actions"][0] for one in recorded if one.kind == "action"]
        self._seed, self._count = seed, 0

    def one(self, base: Recorded) -> Recorded:
        """A wrong one, named as no delivery before it."""
        self._count += 1
        body = copy.deepcopy(base.payload)
        chosen = self._dice.choices(CHANGES, k=self._dice.randint(1, MOST))
        for change in sorted(chosen, key=CHANGES.index):
            change(self, body)
        return Recorded(base.kind, base.name, anew(body, f"{self._seed}.{self._count}"))

    # -- what can be wrong

    def drop(self, body: Json) -> None:
        """Something is missing."""
        place, name = self._somewhere(body)
        if isinstance(place, dict):
            del place[name]

    def odd(self, body: Json) -> None:
        """Something is of another type, huge or deep."""
        place, name = self._somewhere(body)
        place[name] = copy.deepcopy(self._dice.choice(ODD))

    def retype(self, body: Json) -> None:
        """A text says something else: words, a number, a day or an id, such as it or not."""
        texts = [path for path in paths(body) if isinstance(at(body, path), str)]
        self._set(body, self._dice.choice(texts), self._text())

    def typed(self, body: Json) -> None:
        """Something else was typed into or chosen in a form."""
        held = [
            path for path in paths(body) if "values" in path and not isinstance(at(body, path), dict | list)
        ]
        if held:
            path = self._dice.choice(held)
            likely = {"selected_date": DAYS, "selected_time": TIMES, "value": (*WORDS, *NUMBERS)}
            self._set(body, path, self._dice.choice(likely.get(str(path[-1]), FOREIGN)))

    def foreign(self, body: Json) -> None:
        """It is about, from or in something of elsewhere."""
        ids = [path for path in paths(body) if path[-1] in IDS and isinstance(at(body, path), str)]
        if ids:
            self._set(body, self._dice.choice(ids), self._dice.choice(FOREIGN))

    def other_time(self, body: Json) -> None:
        """The form or the button is of another version, or of another form."""
        if "view" in body and self._dice.random() < 0.7:
            other = self._dice.choice(self._forms)
            body["view"]["private_metadata"] = self._dice.choice([*METADATA, other["private_metadata"]])
            if self._dice.random() < 0.1:
                body["view"]["callback_id"] = self._dice.choice(ACTIONS)
        elif "actions" in body:
            other = self._dice.choice(self._used)
            values = [*NUMBERS, *FOREIGN, *DAYS, *WORDS, str(other.get("value", ""))]
            body["actions"][0]["value"] = self._dice.choice(values)
            if self._dice.random() < 0.1:
                body["actions"][0]["action_id"] = self._dice.choice(ACTIONS)

    def somebody_else(self, body: Json) -> None:
        """Somebody else does it: a guest, an outsider, nobody we know."""
        who = self._dice.choice(["U0GIL", "U0NORA", "U0NEW", "U0SAM", "U0PETE", "U0HELPLINE"])
        if isinstance(body.get("user"), dict):
            body["user"]["id"] = who
        elif "user_id" in body:
            body["user_id"] = who

    # -- where

    def _somewhere(self, body: Json) -> tuple[Any, Any]:
        chosen = self._dice.choice([one for one in paths(body) if one[-1] not in KEPT] or list(paths(body)))
        return at(body, chosen[:-1]), chosen[-1]

    def _set(self, body: Json, path: Path, value: Any) -> None:
        at(body, path[:-1])[path[-1]] = value

    def _text(self) -> str:
        return self._dice.choice(self._dice.choice((WORDS, NUMBERS, DAYS, TIMES, FOREIGN, METADATA)))


Change = Callable[[Mutator, Json], None]
CHANGES: tuple[Change, ...] = (
    Mutator.other_time,
    Mutator.somebody_else,
    Mutator.typed,
    Mutator.foreign,
    Mutator.retype,
    Mutator.odd,
    Mutator.drop,
)
"""In the order in which they can be made: where something is missing or of another type there is nothing to change."""
IDS = {"id", "user", "user_id", "channel", "channel_id", "team_id", "ts", "thread_ts", "item_user", "view_id", "author"} | {
    "selected_user", "selected_conversation", "selected_channel", "bot_id", "inviter", "message_ts", "user_team",
}  # fmt: skip


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """The way to everything inside."""
    entries: list[tuple[Any, object]] = list(value.items()) if isinstance(value, dict) else []
    entries += list(enumerate(value)) if isinstance(value, list) else []
    for name, inner in entries:
        yield (*here, name)
        if len(here) < 30:
            yield from paths(inner, (*here, name))


def at(body: Any, path: Path) -> Any:
    """What stands there."""
    for step in path:
        body = body[step]
    return body


def anew(body: Json, mark: str) -> Json:
    """The same under a name of its own: what was delivered before would not be looked at again."""
    for name in ("trigger_id", "event_id"):
        if isinstance(body.get(name), str):
            body[name] = f"{name[:2]}{mark}"
    view = body.get("view")
    if body.get("type") == "view_submission" and isinstance(view, dict) and isinstance(view.get("id"), str):
        view["id"] = f"V{mark}"
    return body


def as_form(payload: Mapping[str, Any]) -> dict[str, str]:
    """A command's fields as text: a form has nothing else."""
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in payload.items()}
