"""`throughline verify`: whether a database keeps its promises, as far as a database can show that.

It only reads: beside a running bot, each look on one snapshot. docs/operations.md has the promises in words, and what
no database can show.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import migrations
from storage.checks import apart, history, kept, records, sending, times
from storage.checks.check import MOST, Broken, Check, Invariant
from storage.database import Clock, Database, file_of
from storage.database.sqlite import unsound
from storage.outbox import claims
from storage.outbox.values import State

CHECKS = [*records.CHECKS, *times.CHECKS, *sending.CHECKS, *apart.CHECKS, *history.CHECKS, *kept.CHECKS]
UNSEEN = {
    Invariant.ONCE: "that everything Slack got a 200 for is here: only Slack knows what it sent",
    Invariant.DUE: "that a date was planned at all which is not here",
    Invariant.SENT: "how often a message stands in Slack",
    Invariant.SHOWN: "what people see in Slack",
    Invariant.APART: "in which workspace a message was posted",
    Invariant.AUDITED: "that whoever is named as the actor was the one",
    Invariant.UNKNOWN: "that somebody read the alarm",
    Invariant.FORGOTTEN: "backups, logs, Slack's own copies, and bytes in pages that are free",
}
"""What a database cannot show of each promise; docs/delivery.md says how the rest is proved."""


FILE = "file"


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken promise, and where it is broken."""

    check: str
    promise: str
    places: list[Broken]

    def lines(self) -> list[str]:
        """As printed, without anybody's words."""
        shown = [f"  {one.workspace} {one.what}" for one in self.places[:MOST]]
        more = len(self.places) - len(shown)
        return [
            f"{self.check}: broken. {self.promise}",
            *shown,
            *([f"  … and {more} more"] if more > 0 else []),
        ]


@dataclass(slots=True)
class Report:
    """What was found; `waiting` are the outbox rows in states somebody should know of."""

    violations: list[Violation] = field(default_factory=list)
    waiting: dict[str, int] = field(default_factory=dict)
    looked: int = 0


async def verify(url: str, progress: Callable[[int, int, str], None] = lambda *_: None) -> Report:
    """Look at all of it; `progress` hears how many of how many checks are done, and which is next."""
    report = Report()
    sound = _soundness(url)
    checks = CHECKS + (apart.ON_POSTGRESQL if file_of(url) is None else [])
    whole = len(sound) + len(checks)
    for name, promise, look in sound:
        progress(report.looked, whole, name)
        _note(report, name, promise, [Broken("*", one) for one in look()])
    if any(one.check == FILE for one in report.violations):
        return report  # what its rows seem to say means nothing
    database = Database(url, Clock(), reading_only=True)
    try:
        for check in checks:
            progress(report.looked, whole, f"{check.invariant} {check.name}")
            found = [broken async for broken in _found(database, check)]
            _note(report, f"{check.invariant} {check.name}", check.promise, found)
        counts = await database.read_everywhere(claims.counts)
        report.waiting = {
            str(one): counts[one] for one in (State.DEAD, State.BLOCKED, State.UNKNOWN) if one in counts
        }
    finally:
        await database.close()
    progress(whole, whole, "")
    return report


def in_words(report: Report) -> list[str]:
    """What is printed."""
    broken = [line for violation in report.violations for line in violation.lines()]
    done = f"{report.looked} looks, {len(report.violations) or 'no'} broken promise{'s' * (len(report.violations) != 1)}."
    waiting = [
        f"{count} outbox rows are {state}: see docs/operations.md." for state, count in report.waiting.items()
    ]
    unseen = [f"  {invariant}: {words}" for invariant, words in UNSEEN.items()]
    return [*broken, done, *waiting, "What no database can show:", *unseen]


async def _found(database: Database, check: Check) -> AsyncIterator[Broken]:
    after = None
    while True:
        page = await database.read_everywhere(lambda tx, after=after: check.look(tx, after))  # type: ignore[misc]  # mypy cannot see that the default fits
        for broken in page.found:
            yield broken
        after = page.after
        if after is None:
            return


def _note(report: Report, name: str, promise: str, found: list[Broken]) -> None:
    report.looked += 1
    if found:
        report.violations.append(Violation(name, promise, found))


def _soundness(url: str) -> list[tuple[str, str, Callable[[], list[str]]]]:
    """What is looked at below the rows: the file, and what the schema itself makes impossible."""
    schema = (
        "schema",
        "Tables, keys and unique columns are as this version makes them.",
        lambda: migrations.missing(url),
    )
    path = file_of(url)
    if path is None:
        return [schema]
    return [(FILE, "The file is sound.", lambda: unsound(path)), schema]
