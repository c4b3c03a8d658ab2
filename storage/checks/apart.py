"""I5: no row belongs to another workspace than it says."""

from typing import Any

from sqlalchemy import Select, column, exists, select, table
from sqlalchemy.orm import aliased

from storage.asks.tables import AskRow
from storage.checkins.tables import BlockerRow, CheckInRow
from storage.checks.check import Broken, Check, Invariant, Page, rows
from storage.database import Base, Tx
from storage.database.schema import scoped_names
from storage.decisions.tables import DecisionRow
from storage.launches.tables import LaunchRow
from storage.people.tables import ChannelRow, PersonRow
from storage.things.tables import ThingRow
from storage.workspaces.tables import InstallationRow

PEOPLE: list[Any] = [
    ThingRow.owner,
    AskRow.person,
    AskRow.recipient,
    DecisionRow.driver,
    DecisionRow.approver,
    LaunchRow.owner,
    BlockerRow.asked,
    CheckInRow.owner,
]
CHANNELS: list[Any] = [ThingRow.audience_channel, CheckInRow.channel, LaunchRow.channel]
"""Columns that name somebody or somewhere of one's own workspace."""


def _strangers(tx: Tx, _after: object) -> Page:
    """Workspaces that rows name and that were never installed."""
    installed = {row[0] for row in tx.all(select(InstallationRow.workspace))}
    found = []
    for name in sorted(scoped_names()):
        of = Base.metadata.tables[name].c.workspace
        found += [Broken(row[0], name) for row in tx.all(select(of).distinct()) if row[0] not in installed]
    return Page(found)


def _crossing(columns: list[Any], known: Any) -> list[Select[*tuple[Any, ...]]]:
    """Whom or what a row names is not known in its workspace, and known in another one."""
    found = []
    for one in columns:
        here, elsewhere, row = aliased(known), aliased(known), one.class_
        found.append(
            select(row.workspace, one)
            .where(~exists().where(here.workspace == row.workspace, here.id == one))
            .where(exists().where(elsewhere.workspace != row.workspace, elsewhere.id == one))
        )
    return found


_CLASSES = table("pg_class", column("relname"), column("relrowsecurity"), column("relforcerowsecurity"))
_POLICIES = table("pg_policies", column("tablename"))


def _unfenced(tx: Tx, _after: object) -> Page:
    """Tables whose rows PostgreSQL itself would show to another workspace's transaction."""
    fenced = select(_CLASSES.c.relname).where(_CLASSES.c.relrowsecurity, _CLASSES.c.relforcerowsecurity)
    there = {row[0] for row in tx.all(fenced)} & {row[0] for row in tx.all(select(_POLICIES.c.tablename))}
    return Page([Broken("*", name) for name in sorted(scoped_names() - there)])


CHECKS = [
    Check(Invariant.APART, "installed", "Each row is of a workspace that is installed.", _strangers),
    Check(
        Invariant.APART,
        "crossings",
        "Nobody and nothing of another workspace is named.",
        rows("{}", *_crossing(PEOPLE, PersonRow), *_crossing(CHANNELS, ChannelRow)),
    ),
]
ON_POSTGRESQL = [
    Check(Invariant.APART, "fences", "Row-level security fences each table by workspace.", _unfenced),
]
