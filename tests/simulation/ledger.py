"""Everything Throughline wrote in the month: to whom, when, and which asks and tellings stood in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from bot.sandbox.hub import Hub
from bot.seeding.stage import Stage
from storage.asks.tables import AskRow
from storage.asks.values import AskKind
from storage.database import OURS, Tx
from storage.outbox.tables import OutboxRow
from storage.values import WorkspaceId
from tests.simulation import when

HERE = WorkspaceId("T0NORTHWIND")
POST = "chat.postMessage"
_ASKS = select(AskRow.key, AskRow.kind, AskRow.summary, AskRow.letter, AskRow.person).where(
    AskRow.workspace == OURS, AskRow.letter.is_not(None)
)
_POSTS = select(OutboxRow.ts, OutboxRow.key).where(
    OutboxRow.workspace == OURS, OutboxRow.method == POST, OutboxRow.ts.is_not(None)
)


@dataclass(frozen=True, slots=True)
class Told:
    """One ask or telling in a message: its key says what it is about, for whom and of which version."""

    key: str
    kind: AskKind
    summary: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as it was posted; `to` is who reads it where it is a direct message, else None."""

    at: datetime
    to: str | None
    channel: str
    text: str
    key: str
    told: tuple[Told, ...] = ()
    mentioned: frozenset[str] = frozenset()
    blocks: tuple[dict[str, Any], ...] = ()

    @property
    def day(self) -> date:
        """The day on which who got it did; of a channel, the day in Greenwich."""
        return self.at.date() if self.to is None else when.local_day(self.at, self.to)

    @property
    def begun(self) -> bool:
        """Whether we began it; all else answers what its reader has just done."""
        return any(one.kind is not AskKind.BACK for one in self.told)

    @property
    def headline(self) -> str:
        """What a phone's lock screen begins with."""
        return self.text.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of a month's messages in their order; `weeks` is how many weeks it has."""

    sent: tuple[Sent, ...]
    weeks: int = when.WEEKS

    @property
    def direct(self) -> list[Sent]:
        """What was written to somebody alone."""
        return [one for one in self.sent if one.to is not None]

    @property
    def begun(self) -> list[Sent]:
        """The direct messages that we began."""
        return [one for one in self.direct if one.begun]

    @property
    def posted(self) -> list[Sent]:
        """What was written in channels."""
        return [one for one in self.sent if one.to is None]


async def read(place: Stage, since: datetime, weeks: int) -> Ledger:
    """What the local Slack and the queue have of it, from that moment on."""
    told, keys = await place.app.database.read(HERE, _told_and_keys)
    return of(place.sandbox.sandbox, told, keys, since, weeks)


def of(
    slack: Hub, told: Mapping[str, Sequence[Told]], keys: Mapping[str, str], since: datetime, weeks: int
) -> Ledger:
    """What the local Slack has of it; `told` are the asks and tellings by the key of their message, `keys` by its ts."""
    found = []
    for call in slack.history.calls:
        if call.method != POST or not call.done or not (call.answer or {}).get("ok"):
            continue
        assert call.answer is not None
        channel, ts = str(call.answer["channel"]), str(call.answer["ts"])
        message = slack.world.channels[channel].messages[ts]
        at, key = datetime.fromisoformat(message.at), keys[ts]
        if at >= since:
            found.append(
                Sent(
                    at,
                    _reader(channel),
                    slack.world.channels[channel].name,
                    str(call.arguments["text"]),
                    key,
                    tuple(told.get(key, ())),
                    frozenset(slack.world.people[one].name for one in message.notifies.people),
                    tuple(call.arguments.get("blocks") or ()),
                )
            )
    return Ledger(tuple(sorted(found, key=lambda one: one.at)), weeks)


def _told_and_keys(tx: Tx) -> tuple[dict[str, list[Told]], dict[str, str]]:
    told: dict[str, list[Told]] = {}
    for row in tx.all(_ASKS):
        told.setdefault(row.letter, []).append(Told(row.key, AskKind(row.kind), row.summary))
    return told, {row.ts: row.key for row in tx.all(_POSTS)}


def _reader(channel: str) -> str | None:
    return channel.removeprefix("D0").lower() if channel.startswith("D0") else None


def people_days(weeks: int) -> Iterable[tuple[str, date]]:
    """Every working day of every person."""
    for who in sorted(when.LIVES_IN):
        for day in when.days(weeks):
            if when.works_on(who, day):
                yield who, day
