"""`throughline import`: what is in a sheet, looked at first and then taken in, a few rows at a time.

Stopped at any moment it is begun again with the same file, and takes in what is still missing. Nobody is told.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, ClassVar, Self, TypeVar

from typing_extensions import override

from bot.sheets import File, NotRead
from handlers.feedback import account_sheets, exchange, importing
from handlers.feedback import sheets as feedback_sheets
from handlers.feedback.account_sheets import Change, Said
from handlers.feedback.columns import Unreadable, mapped, recognise
from handlers.feedback.sheets import Unknown
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import shorten
from storage.database import Clock, Database
from storage.feedback import carrying
from storage.feedback.carried import Carried, Taken, Whole
from storage.values import AudienceKind, PersonId, WorkspaceId, folded
from storage.workspaces import queries as workspaces
from storage.workspaces.values import Installation

MOST_TOLD = 1_000
"""Rows with something wrong that are remembered."""
SAMPLE = 5
WIDE = 60

Progress = Callable[[int], None]
"""Hears how many rows are done."""

Cells = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not taken in."""

    line: int
    words: str


@dataclass(slots=True)
class Looked:
    """What is in a sheet: how many rows can be taken in and which cannot, the first of them, and what else to say."""

    good: int = 0
    bad: int = 0
    problems: list[Problem] = field(default_factory=list)
    sample: list[Cells] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def refuse(self, line: int, words: str) -> None:
        """This row cannot be taken in."""
        self.bad += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(line, words))


class Import(ABC):
    """A sheet, and how it is read for a workspace. `means` is what its columns can hold, `shown` heads a look at it."""

    __slots__ = ()

    file: File
    means: ClassVar[Mapping[Any, str]]
    shown: ClassVar[Cells]

    @property
    @abstractmethod
    def plan(self) -> Mapping[Any, int]:
        """Which of its columns holds what."""

    @abstractmethod
    def planned(self, said: str) -> Self:
        """The same with one `column=Heading` more, or ValueError."""

    @abstractmethod
    def missing(self) -> str | None:
        """Why nothing can be taken in like this."""

    @abstractmethod
    async def look(self, database: Database, progress: Progress) -> Looked:
        """All of it, without changing anything."""

    @abstractmethod
    async def take(self, database: Database, keeper: PersonId, progress: Progress) -> str:
        """Take in what is not there yet; what came of it."""


@dataclass(frozen=True, slots=True)
class FeedbackImport(Import):
    """Feedback from a sheet."""

    workspace: WorkspaceId
    file: File
    sheet: feedback_sheets.Sheet
    means = feedback_sheets.MEANS
    shown = ("kind", "status", "for", "about", "said on", "key", "words")

    @classmethod
    async def begin(
        cls, database: Database, workspace: WorkspaceId, file: File, *, day_first: bool | None
    ) -> Self:
        """Look what its columns most likely hold."""
        areas = await database.read(workspace, importing.area_names)
        plan = recognise(feedback_sheets.NAMES, file.heads)
        return cls(
            workspace,
            file,
            feedback_sheets.Sheet(
                plan, file.heads, areas, database.clock.now(), workspace, day_first=day_first
            ),
        )

    @property
    @override
    def plan(self) -> feedback_sheets.Plan:
        return self.sheet.plan

    @override
    def planned(self, said: str) -> Self:
        plan = mapped(feedback_sheets.Column, self.plan, self.sheet.heads, said)
        return replace(self, sheet=replace(self.sheet, plan=plan))

    @override
    def missing(self) -> str | None:
        return feedback_sheets.missing(self.plan)

    @override
    async def look(self, database: Database, progress: Progress) -> Looked:
        looked, unknown = Looked(), Unknown()
        for line, cells in self.file.rows():
            try:
                carried = self.sheet.read(cells, unknown)
            except Unreadable as error:
                looked.refuse(line, str(error))
            else:
                looked.good += 1
                if len(looked.sample) < SAMPLE:
                    looked.sample.append(_shown(carried))
            progress(looked.good + looked.bad)
        looked.findings = ["Everybody in the workspace will see it; nobody is told.", *_unknown(unknown)]
        return looked

    @override
    async def take(self, database: Database, keeper: PersonId, progress: Progress) -> str:
        taken = Taken()
        for batch in _batches(self._rows(), carrying.AT_ONCE):
            work = partial(carrying.take, carried=batch, keeper=keeper)
            taken += await database.transact(self.workspace, work)
            progress(taken.new + taken.there)
        return _came(taken)

    def _rows(self) -> Iterator[Carried]:
        unknown = Unknown()
        for _, cells in self.file.rows():
            try:
                yield self.sheet.read(cells, unknown)
            except Unreadable:
                continue


@dataclass(frozen=True, slots=True)
class WholeImport(Import):
    """Feedback as it was exported, with nothing lost."""

    workspace: WorkspaceId
    file: File
    means: ClassVar[Mapping[Any, str]] = {}
    shown = ("id", "kind", "status", "for", "words")
    plan: ClassVar[Mapping[Any, int]] = {}

    @override
    def planned(self, said: str) -> Self:
        raise ValueError("Lines of JSON have no columns.")

    @override
    def missing(self) -> str | None:
        return None

    @override
    async def look(self, database: Database, progress: Progress) -> Looked:
        looked, few = Looked(), 0
        for _, one in self._rows(looked):
            looked.good += 1
            few += one.audience.kind is not AudienceKind.WORKSPACE
            if len(looked.sample) < SAMPLE:
                looked.sample.append(_said(one))
            progress(looked.good + looked.bad)
        looked.findings = ["Who may see it stays as it was; nobody is told."]
        looked.findings += [f"Only some may see {few:,} of them."] if few else []
        return looked

    @override
    async def take(self, database: Database, keeper: PersonId, progress: Progress) -> str:
        taken = Taken()
        for batch in _batches(self._rows(Looked()), carrying.WHOLE_AT_ONCE):
            work = partial(carrying.restore, whole=batch, keeper=keeper)
            taken += await database.transact(self.workspace, work)
            progress(taken.new + taken.there)
        merged = (made for origin, one in self._rows(Looked()) if (made := exchange.joined(origin, one)))
        for some in _batches(merged, carrying.WHOLE_AT_ONCE):
            await database.transact(self.workspace, partial(carrying.rejoin, joined=some))
        return _came(taken)

    def _rows(self, looked: Looked) -> Iterator[tuple[str, Whole]]:
        for line, (text,) in self.file.rows():
            try:
                yield exchange.read(text)
            except Unreadable as error:
                looked.refuse(line, str(error))


@dataclass(frozen=True, slots=True)
class AccountImport(Import):
    """Accounts from a sheet; an empty cell leaves what is known."""

    workspace: WorkspaceId
    file: File
    sheet: account_sheets.Sheet
    means = account_sheets.MEANS
    shown = ("account", "", *account_sheets.FACTS)

    @classmethod
    async def begin(cls, database: Database, workspace: WorkspaceId, file: File) -> Self:
        """Look what its columns most likely hold."""
        owners = await database.read(workspace, importing.owners)
        plan = recognise(account_sheets.NAMES, file.heads)
        return cls(workspace, file, account_sheets.Sheet(plan, file.heads, owners))

    @property
    @override
    def plan(self) -> Mapping[account_sheets.Column, int]:
        return self.sheet.plan

    @override
    def planned(self, said: str) -> Self:
        plan = mapped(account_sheets.Column, self.plan, self.sheet.heads, said)
        return replace(self, sheet=replace(self.sheet, plan=plan))

    @override
    def missing(self) -> str | None:
        return account_sheets.missing(self.plan)

    @override
    async def look(self, database: Database, progress: Progress) -> Looked:
        looked = Looked()
        new = changed = 0
        for batch in _batches(self._rows(looked), importing.ACCOUNTS_AT_ONCE):
            made = await database.read(self.workspace, partial(importing.changes, said=batch))
            looked.good += len(batch)
            new, changed = new + sum(one.new for one in made), changed + sum(not one.new for one in made)
            looked.sample += [_changed(one) for one in made[: MOST_CHANGES - len(looked.sample)]]
            progress(looked.good + looked.bad)
        as_it_is = looked.good - new - changed
        looked.findings = [f"New: {new:,} · changed: {changed:,} · as they are: {as_it_is:,}."]
        return looked

    @override
    async def take(self, database: Database, keeper: PersonId, progress: Progress) -> str:
        done: list[bool] = []
        for batch in _batches(self._rows(Looked()), importing.ACCOUNTS_AT_ONCE):
            work = partial(importing.take_accounts, said=batch, by=keeper)
            done += [one.new for one in await database.transact(self.workspace, work)]
            progress(len(done))
        return f"Accounts: {sum(done):,} new, {len(done) - sum(done):,} changed. Nobody was told."

    def _rows(self, looked: Looked) -> Iterator[Said]:
        """What the rows say; what is said twice counts as it stands first."""
        named: dict[str, int] = {}
        for line, cells in self.file.rows():
            try:
                said = self.sheet.read(cells)
            except Unreadable as error:
                looked.refuse(line, str(error))
                continue
            first = named.setdefault(folded(said.name), line)
            if first == line:
                yield said
            else:
                looked.refuse(line, f"line {first} speaks of the same account; take one of them out")


MOST_CHANGES = 20
SORT = " To sort what is new, type /capture triage in Slack."


async def whose(url: str, named: str | None) -> Installation:
    """The workspace it is for: the only one there is, or the one named. NotRead says what is missing."""
    database = Database(url, Clock(), reading_only=True)
    try:
        found = await database.read_everywhere(workspaces.every)
    finally:
        await database.close()
    if named is not None:
        found = [one for one in found if one.workspace == named]
    if not found:
        raise NotRead(
            "Throughline is in no such workspace yet: start it once, so that it learns where it is."
        )
    if len(found) > 1:
        ids = ", ".join(one.workspace for one in found)
        raise NotRead(f"Throughline is in several workspaces: say which with --workspace ({ids}).")
    return found[0]


# ---------------------------------------------------------------------------------------------------------


def _batches(rows: Iterator[T], most: int) -> Iterator[list[T]]:
    """As much at a time as one work takes."""
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _came(taken: Taken) -> str:
    there = f" There already: {taken.there:,}." if taken.there else ""
    several = f" to F-{taken.last}" if taken.last != taken.first else ""
    new = f": F-{taken.first}{several}" if taken.new else ""
    return f"{taken.new:,} taken in{new}.{there} Nobody was told.{SORT if taken.new else ''}"


def _said(one: Whole) -> Cells:
    return (one.id, one.kind, one.state, one.account or "", shorten(one_line(one.words or ""), WIDE))


def _shown(one: Carried) -> Cells:
    said = "" if one.at is None else f"{one.at:%Y-%m-%d}"
    words = shorten(one_line(one.words), WIDE)
    return (one.kind, one.state, one.account or "", one.theme or "", said, one.key or "", words)


def _changed(one: Change) -> Cells:
    facts = (_both(one, name) for name in account_sheets.FACTS)
    return (shorten(one.name, WIDE), "new" if one.new else "changed", *facts)


def _both(one: Change, name: str) -> str:
    if name not in one.facts:
        return ""
    before, after = one.facts[name]
    return f"{after}" if before is None else f"{before} → {after}"


def _unknown(unknown: Unknown) -> Sequence[str]:
    """What was said that we have no word for, and what is made of it."""
    sorts = (
        ("I know no status", unknown.states, "taken as new"),
        ("I know no kind", unknown.kinds, "taken as what the words read like"),
        ("There is no area", unknown.areas, "taken in without one; Home makes areas"),
    )
    return [
        f"{there_is} “{shorten(one, 40)}” (in {count:,}): {so}."
        for there_is, found, so in sorts
        for one, count in found.items()
    ]
