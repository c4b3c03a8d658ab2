"""A sheet of feedback from elsewhere: what its columns mean, and what a row of it says. Pure.

Ours, an export of Canny's or Productboard's, or any other: columns are known by the names people give them.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import TypeVar

from handlers.feedback import rules
from handlers.feedback.columns import Unreadable, cell, check_width, known, note
from storage.areas.values import AreaId
from storage.feedback.carried import Carried
from storage.feedback.values import FeedbackState, Kind, outside_key
from storage.values import WorkspaceId, folded

T = TypeVar("T")


_OURS = re.compile(r"([A-Z0-9]{1,32})/F-([0-9]{1,9})")


class Column(StrEnum):
    """What a column can hold."""

    WORDS = "words"
    TITLE = "title"
    KIND = "kind"
    ACCOUNT = "account"
    STATUS = "status"
    AREA = "area"
    THEME = "theme"
    DATE = "date"
    KEY = "key"
    ID = "id"


NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.WORDS: (
        "words", "what was said", "feedback", "details", "post details", "description", "text", "note", "content",
        "message", "comment", "body", "request", "feature request",
    ),
    Column.TITLE: ("title", "post title", "subject", "headline", "summary", "name", "idea"),
    Column.KIND: ("kind", "type", "feedback type"),
    Column.ACCOUNT: (
        "account", "account name", "company", "company name", "customer", "customer name", "organization",
        "organisation", "client", "user company",
    ),
    Column.STATUS: ("status", "state", "post status", "stage"),
    Column.AREA: ("area", "product area", "board", "board name", "component", "product", "category"),
    Column.THEME: ("theme", "theme name", "topic", "tag", "label"),
    Column.DATE: (
        "date", "said on", "captured at", "created", "created at", "created on", "created date", "post created at",
        "submitted", "submitted at", "timestamp", "when",
    ),
    Column.KEY: ("key", "outside key", "issue key", "issue", "ticket", "jira", "jira key", "tracker key", "linear"),
    Column.ID: ("id", "post id", "note id", "uuid", "url", "post url", "link", "permalink"),
}  # fmt: skip
"""What people call each column, the surest name first."""
MEANS = {
    Column.WORDS: "what was said",
    Column.TITLE: "its first line",
    Column.KIND: "idea, problem, question, praise or churn risk",
    Column.ACCOUNT: "the account it is for",
    Column.STATUS: "how it stands",
    Column.AREA: "the product area",
    Column.THEME: "what it is about, in your own words",
    Column.DATE: "when it was said",
    Column.KEY: "its key in your tracker",
    Column.ID: "what tells it from every other row",
}

KINDS = {
    Kind.IDEA: ("idea", "feature", "feature request", "request", "improvement", "wish", "enhancement"),
    Kind.PROBLEM: ("problem", "bug", "issue", "complaint", "defect", "incident"),
    Kind.QUESTION: ("question", "how to", "support"),
    Kind.PRAISE: ("praise", "compliment", "kudos", "love"),
    Kind.CHURN_RISK: ("churn risk", "churn_risk", "churn", "risk"),
}
STATES = {
    FeedbackState.NEW: ("new", "open", "under review", "unprocessed", "processed", "backlog", "none", "inbox"),
    FeedbackState.PLANNED: ("planned", "accepted", "next", "scheduled", "roadmap"),
    FeedbackState.IN_PROGRESS: ("in progress", "in_progress", "started", "doing", "now", "in development"),
    FeedbackState.SHIPPED: ("shipped", "complete", "completed", "done", "released", "launched", "live"),
    FeedbackState.DECLINED: ("declined", "closed", "rejected", "won't do", "wont do", "not planned", "archived"),
    FeedbackState.ANSWERED: ("answered", "resolved", "solved"),
}  # fmt: skip
"""How other tools call where something stands."""


Plan = Mapping[Column, int]
"""Which column of the sheet holds what."""


@dataclass(slots=True)
class Unknown:
    """What a sheet says that we have no word for, and how often: it is taken in without."""

    kinds: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """How the rows of a sheet are read. `areas` are the workspace's own, by their folded names."""

    plan: Plan
    heads: Sequence[str]
    areas: Mapping[str, AreaId]
    now: datetime
    workspace: WorkspaceId
    day_first: bool | None = None
    """Whether 3/4/2026 is the third of April; None where nobody said."""

    def read(self, cells: Sequence[str], unknown: Unknown) -> Carried:
        """What one row says, or Unreadable."""
        check_width(cells, self.heads)
        words = self._words(cells)
        kind = _known(KINDS, self._cell(cells, Column.KIND), unknown.kinds) or rules.likely_kind(words)
        account = " ".join((self._cell(cells, Column.ACCOUNT) or "").split()) or None
        if account is not None and len(account) > rules.ACCOUNT_LIMIT:
            raise Unreadable(
                f"an account's name has at most {rules.ACCOUNT_LIMIT} characters; this has {len(account)}"
            )
        said = self._cell(cells, Column.DATE)
        at = None if said is None else day(said, self.now, day_first=self.day_first)
        return Carried(
            self._origin(cells, words, account, at),
            words,
            rules.title_of(words, kind),
            kind,
            _known(STATES, self._cell(cells, Column.STATUS), unknown.states) or FeedbackState.NEW,
            account,
            self._area(cells, unknown),
            self._key(cells),
            at,
            self._ours(cells),
            self._theme(cells),
        )

    def _words(self, cells: Sequence[str]) -> str:
        title, words = self._cell(cells, Column.TITLE), self._cell(cells, Column.WORDS)
        both = [one for one in (title, words) if one]
        if title and words and folded(words).startswith(folded(title)):
            both = [words]
        said = "\n\n".join(both)
        if not said:
            raise Unreadable("nothing was said in it; fill in its words, or take the row out")
        if len(said) > rules.WORDS_KEPT:
            raise Unreadable(
                f"what was said has at most {rules.WORDS_KEPT:,} characters; this has {len(said):,}"
            )
        return said

    def _area(self, cells: Sequence[str], unknown: Unknown) -> AreaId | None:
        name = self._cell(cells, Column.AREA)
        if name is None:
            return None
        found = self.areas.get(folded(name))
        if found is None:
            note(unknown.areas, name)
        return found

    def _theme(self, cells: Sequence[str]) -> str | None:
        theme = " ".join((self._cell(cells, Column.THEME) or "").split()) or None
        if theme is not None and len(theme) > rules.THEME_LIMIT:
            raise Unreadable(f"a theme has at most {rules.THEME_LIMIT} characters; this has {len(theme)}")
        return theme

    def _key(self, cells: Sequence[str]) -> str | None:
        said = self._cell(cells, Column.KEY)
        key = None if said is None else outside_key(said)
        if key is not None and len(key) > rules.KEY_LIMIT:
            raise Unreadable(f"a key has at most {rules.KEY_LIMIT} characters; this has {len(key)}")
        return key

    def _ours(self, cells: Sequence[str]) -> int | None:
        """Its number, if it comes from an export of this very workspace."""
        found = _OURS.fullmatch(self._cell(cells, Column.ID) or "")
        return int(found[2]) if found is not None and found[1] == self.workspace else None

    def _origin(self, cells: Sequence[str], words: str, account: str | None, at: datetime | None) -> str:
        """What it goes by in sheets of this sort; else what it says, for whom and when."""
        its = self._cell(cells, Column.ID)
        parts = (
            ["id", *self.heads, its]
            if its
            else ["row", words, folded(account or ""), at.isoformat() if at else ""]
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

    def _cell(self, cells: Sequence[str], column: Column) -> str | None:
        return cell(cells, self.plan, column)


def missing(plan: Plan) -> str | None:
    """Why nothing can be taken in by this plan."""
    if Column.WORDS in plan or Column.TITLE in plan:
        return None
    return "No column holds what was said. Name it, for example words=Details."


_DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d-%b-%Y",
)  # fmt: skip
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b(.*)", re.DOTALL)
NOON = time(12, tzinfo=UTC)
"""When on its day something was said that has no hour: it is that day then almost everywhere."""


def day(said: str, now: datetime, *, day_first: bool | None) -> datetime:
    """When it was said; without a zone in UTC. Unreadable where it cannot be told, or is still to come."""
    at = _instant(said) or _slashed(said, day_first=day_first)
    if at is None:
        raise Unreadable(f"“{said[:40]}” is no date I can read; write it as 2026-03-31")
    if at.date() > now.date():
        raise Unreadable(f"{at:%Y-%m-%d} is still to come; it should be when it was said")
    return min(at, now)


def _instant(said: str) -> datetime | None:
    for form in _DAYS:
        try:
            return datetime.combine(datetime.strptime(said, form).date(), NOON)  # noqa: DTZ007 - the zone is NOON's
        except ValueError:
            continue
    try:
        at = datetime.fromisoformat(re.sub(r"\s*UTC$", "+00:00", said))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _slashed(said: str, *, day_first: bool | None) -> datetime | None:
    found = _SLASHED.fullmatch(said)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if day_first is None and first <= 12 and second <= 12 and first != second:
        raise Unreadable(f"“{said[:10]}” has two meanings; say --dates day-first or --dates month-first")
    in_front = first > 12 if day_first is None else day_first
    number, month = (first, second) if in_front else (second, first)
    try:
        return datetime(year, month, number, 12, tzinfo=UTC)
    except ValueError:
        return None


def _known(names: Mapping[T, Sequence[str]], said: str | None, unknown: dict[str, int]) -> T | None:
    found = known(names, said)
    if found is None and said is not None:
        note(unknown, said)
    return found
