"""The promises of a month, looked at after each of its days and once more at its end.

What the checker of `tests.proof` knows is asked here, too; beside it what only shows over days: who was told what,
who may see it, and that every date came to one end.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from bot.sandbox.records import Called, Delivered
from handlers.registry import registry
from storage.asks.values import AskKind
from storage.decisions.values import DecisionState
from storage.outbox.values import State
from storage.schedules.values import OccurrenceState, SeriesState
from tests.proof.checker import READ, Evidence, violations
from tests.proof.rules import Rules
from tests.simulation import ledger, verdicts
from tests.simulation.chance.house import CLOSED, MEMBERS, House
from tests.simulation.chance.loop import BEGINS
from tests.simulation.chance.people import SECRET
from tests.simulation.ledger import Told

Row = Mapping[str, Any]
FORGOTTEN = {"outbox": ("id",), "deliveries": ("key",)}
"""What the database forgets in time, and by what each row is known: it is looked at before that."""
OFTEN = 5
"""Days between two looks at what is forgotten; the soonest of it is kept for eight."""
UNREACHABLE = re.compile(
    r"link:\S+ is dead \((channel|message)_not_found\)|\S+ is dead \(cannot_reply_to_message\)"
)
"""No link leads to a message of a channel that Throughline was never in, or to one that is gone, and nobody can reply
to what its author has deleted."""
LONG_OVER = timedelta(days=1)
INSIDE = frozenset(f"U0{name.upper()}" for name in MEMBERS[CLOSED])
"""Nobody else ever comes into the closed channel."""
NAMED: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]] = {
    "D": (("decisions", "number", ("driver", "approver")), ("decision_people", "number", ("person",))),
    "L": (("launches", "number", ("owner",)), ("launch_items", "launch", ("owner",)),
          ("launch_leads", "launch", ("person",))),
    "B": (("blockers", "number", ("blocked", "asked", "person")),),
    "F": (("feedback", "number", ("author", "captured_by")), ("feedback_supporters", "number", ("person",))),
    "C": (),
}  # fmt: skip
"""By the letter of a thing, the tables that name people for it: by which number, and in which columns."""
_REFERENCE = re.compile(r"\b[FDLBC]-\d+")
ENDS = {
    "decision.approved": DecisionState.DECIDED,
    "decision.withdrawn": DecisionState.WITHDRAWN,
    "decision.superseded": DecisionState.SUPERSEDED,
}
"""What a line of the audit makes of a decision, where it does not say so."""
OUTSIDE = ("not_in_channel", "channel_not_found")
OURS_TO_GET_RIGHT = frozenset({
    "invalid_blocks", "invalid_blocks_format", "invalid_arguments", "invalid_form_data", "invalid_json", "no_text",
    "msg_too_long", "msg_blocks_too_long", "unknown_method", "missing_scope", "not_authed", "invalid_auth",
    "invalid_metadata_format", "metadata_too_large", "ratelimited",
})  # fmt: skip
"""What Slack says of a call that nobody but us can have got wrong."""


@dataclass(slots=True)
class Watch:
    """Looks at one house; `broken` gathers what it finds, one sentence each."""

    house: House
    broken: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """What Throughline said in its log was wrong."""
    _kept: dict[str, dict[object, Row]] = field(default_factory=lambda: {name: {} for name in FORGOTTEN})
    _days: int = 0
    _read: int = 0

    def day_is_over(self) -> None:
        """Everybody is calm."""
        self._days += 1
        if self._days % OFTEN == 0:
            self._remember()
        self._says(self._history())
        self._says(self._waiting())
        self._says(f"logged: {error}" for error in self.errors)
        self.errors.clear()

    def month_is_over(self) -> None:
        """Everybody is calm, and nothing fails any more."""
        self._remember()
        self.day_is_over()
        hub = self.house.hub
        tables = {
            **self.house.store.tables(*READ, "asks", "audit", "things", "decisions"),
            **self._remembered(),
        }
        rules = Rules(registry(), hub.world.bot)
        evidence = Evidence(hub.history, hub.world.channels, tables, rules, hub.world.bot)
        excused = {*self._blocked(tables)}
        self._says(
            one for one in violations(evidence) if not UNREACHABLE.fullmatch(one) and one not in excused
        )
        self._says(self._resumed(tables))
        self._says(self._told(tables))
        self._says(_replayed(tables))
        self._says(self._shown())

    def _says(self, found: Iterator[str] | Sequence[str]) -> None:
        self.broken += (f"day {self._days}: {one}" for one in found)

    def _history(self) -> Iterator[str]:
        """What came in since yesterday."""
        for entry in islice(self.house.hub.history, self._read, None):
            if isinstance(entry, Delivered) and (entry.status or 0) >= 400:
                yield f"{entry.what} was answered {entry.status}"
            if isinstance(entry, Called) and entry.fault is None and entry.answer is not None:
                code = entry.answer.get("error")
                if code in OURS_TO_GET_RIGHT:
                    yield f"{entry.method} was refused: {code} {entry.answer.get('response_metadata')}"
        self._read = len(self.house.hub.history)

    def _waiting(self) -> Iterator[str]:
        """Every date that is past was looked at, and has come to its end."""
        tables = self.house.store.tables("occurrences", "series", "series_zones")
        long_over = self.house.now() - LONG_OVER
        for row in tables["occurrences"]:
            if row["state"] == OccurrenceState.WAITING and row["due_at"] < long_over:
                yield f"{row['series']} of {row['local_date']} for {row['recipient'] or 'all'} came to no end"
        active = {row["key"] for row in tables["series"] if row["state"] == SeriesState.ACTIVE}
        for row in tables["series_zones"]:
            if row["series"] in active and row["due_at"] < long_over:
                yield f"{row['series']} of {row['next_date']} in {row['zone']} was never looked at"

    def _blocked(self, tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
        """What the checker says of boards that wait until somebody lets Throughline in again."""
        for row in tables["outbox"]:
            if row["state"] == State.BLOCKED and row["key"].startswith("board:"):
                yield f"the board {row['key'].removeprefix('board:').rpartition(':')[0]} is on its way"

    def _resumed(self, tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
        """Nothing waits to be let into a channel that Throughline is in, and has heard that it is."""
        hub = self.house.hub
        unheard = {
            one.payload["event"].get("channel") for one in hub.history.deliveries if one.error == "black_hole"
        }
        for row in tables["outbox"]:
            channel = hub.world.channels.get(str(row["arguments"].get("channel")))
            if row["state"] != State.BLOCKED or row["code"] not in OUTSIDE or channel is None:
                continue
            if hub.world.bot in channel.members and channel.id not in unheard:
                yield f"{row['key']} waits for {channel.id}, where Throughline is"

    def _told(self, tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
        """Nobody is told the same thing twice; only that people may do the same again, and that is told again."""
        told: dict[str, list[Told]] = {}
        for row in tables["asks"]:
            if row["letter"] is not None:
                told.setdefault(row["letter"], []).append(
                    Told(row["key"], AskKind(row["kind"]), row["summary"])
                )
        keys = {
            row["ts"]: row["key"] for row in tables["outbox"] if row["method"] == ledger.POST and row["ts"]
        }
        sent = ledger.of(self.house.hub, told, keys, BEGINS, self._days // 7 + 1)
        for one in verdicts.told_twice(sent):
            if one.what.startswith("sentence "):
                continue
            yield f"{one.who} was told twice, {one.day}: {one.what}: {one.headline}"

    def _shown(self) -> Iterator[str]:
        """What was said in the closed channel is read by its members, and by whom they named for it."""
        hub, sealed = self.house.hub, Sealed(self.house.store.tables())
        for place in hub.world.channels.values():
            reader = place.members[0] if place.kind == "im" else None
            for message in place.messages.values():
                content = json.dumps([message.text, message.blocks, message.attachments])
                if (
                    message.user == hub.world.bot
                    and place.id != CLOSED
                    and not sealed.may_read(reader, content)
                ):
                    yield f"{place.id} reads what was said in the closed channel: {message.text[:80]}"
        for person, home in hub.world.homes.items():
            if not sealed.may_read(person, json.dumps(home.body)):
                yield f"Home of {person} shows what was said in the closed channel"

    def _remember(self) -> None:
        for name, rows in self.house.store.tables(*FORGOTTEN).items():
            self._kept[name].update({tuple(row[one] for one in FORGOTTEN[name]): row for row in rows})

    def _remembered(self) -> dict[str, list[Row]]:
        return {name: [*rows.values()] for name, rows in self._kept.items()}


def _replayed(tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """What became of each decision can be told from the audit alone, and who did it."""
    states: dict[str, str] = {}
    for row in sorted(tables["audit"], key=lambda one: str(one["id"])):
        state = row["details"].get("state") or ENDS.get(row["verb"])
        if row["verb"].startswith("decision.") and state is not None:
            states[row["thing"]] = state
            if row["actor"] is None:
                yield f"nobody did {row['verb']} to {row['thing']}"
    for row in tables["decisions"]:
        name = f"D-{row['number']}"
        if states.get(name) != row["state"]:
            yield f"{name} is {row['state']}, and by the audit {states.get(name)}"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Who may read the secret word: whoever was in the closed channel, and whom a thing with it in its title names."""

    tables: Mapping[str, Sequence[Row]]

    def may_read(self, reader: str | None, content: str) -> bool:
        """Whether this person may read this; None is a channel that others are in."""
        if SECRET not in content:
            return True
        if reader is None:
            return False
        return reader in INSIDE or any(reader in self._named(name) for name in _REFERENCE.findall(content))

    def _named(self, name: str) -> set[str]:
        letter, number = name.split("-")
        found = {row["owner"] for row in self._of("things", letter, number) if SECRET in row["title"]}
        if not found:
            return set()
        found |= {row["person"] for row in self._of("thing_audience", letter, number)}
        for table, key, people in NAMED[letter]:
            for row in self.tables[table]:
                if row[key] == int(number):
                    found |= {row[one] for one in people}
        return found

    def _of(self, table: str, letter: str, number: str) -> list[Row]:
        rows = self.tables[table]
        return [row for row in rows if row["letter"] == letter and row["number"] == int(number)]
