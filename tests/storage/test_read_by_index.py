"""No statement reads through all a workspace has to find a few rows, on SQLite, which plans by its schema alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlalchemy import BindParameter, Connection, Delete, Select, Update, create_engine

from storage.database.prepared import known
from storage.database.schema import WORKSPACE_BIND, Instant, scoped_names
from tests.storage.test_statements import ACROSS, HOUSE
from tests.storage.works import on_sqlite
from tests.storage.world import MORNING

FEW_BY_NATURE = {
    "area_channels", "areas", "channels", "decision_dues", "decision_roles", "digests", "feedback_listening", "functions",
    "installations", "people", "ripples", "settings", "themes", "tokens",
}  # fmt: skip
"""What a workspace has no more of than people, places and words of its own, or has only until it is done."""
A_CHANNEL_MOVES = "Slack gives a channel another id once in years"
A_PIECE = "a piece of statements that say which"
ALLOWED = {
    "storage.checkins.blockers._RENUMBER": A_CHANNEL_MOVES,
    "storage.outbox.boards._RENUMBER": A_CHANNEL_MOVES,
    "storage.things.queries._RENUMBER": A_CHANNEL_MOVES,
    "storage.checkins.rounds._ROUND": A_PIECE,
    "storage.schedules.log._RAN": A_PIECE,
    "storage.schedules.claims.ASKED": A_PIECE,
    "storage.schedules.queries.ASKED": A_PIECE,
    "storage.decisions.lists._COUNT": "counts all of them, for who exports all of them",
    "storage.launches.lists._OVER": "goes in order, until a page is full",
    "storage.things.queries._SEARCH": "goes in order, until a page is full, and not over feedback",
    "storage.feedback.accounts._OFFERED": "any word of an account's name may begin with what is typed",
    "storage.outbox.claims._COUNT": "counts all of them",
    "storage.outbox.troubles._ALL_UNKNOWN": "is for the command line",
}
"""Those that do, and why they may."""
FOR_POSTGRESQL = {"storage.search.queries._FAR_OFF", "storage.search.queries._NEAR_BY"}
RUN = {
    name: one
    for name, one in HOUSE.items()
    if isinstance(one, Select | Update | Delete)
    and not name.startswith(ACROSS)
    and name not in FOR_POSTGRESQL
}
PLAIN: Mapping[type, object] = {
    str: "x", int: 1, bool: True, date: MORNING.date(), time: time(9), datetime: MORNING
}  # fmt: skip


def example(bind: BindParameter[Any], many: int) -> object:
    """A value of its type, or a list of so many."""
    kind = datetime if isinstance(bind.type, Instant) else getattr(bind.type, "python_type", str)
    value = PLAIN.get(kind, "x")
    return [value] * many if bind.expanding else value


def plans(connection: Connection, many: int) -> dict[str, list[str]]:
    """How SQLite goes about each statement, as the house has it run."""
    raw: Any = connection.connection.driver_connection
    found = {}
    for name, statement in RUN.items():
        binds: Any = statement.compile(dialect=connection.dialect).binds
        values = {
            key: example(bind, many) for key, bind in binds.items() if bind.required or key == WORKSPACE_BIND
        }
        prepared = known(statement).readied(connection.dialect, values)
        assert prepared is not None
        rows = raw.execute(f"EXPLAIN QUERY PLAN {prepared.sql}", prepared.bound(values)).fetchall()
        found[name] = [row[3] for row in rows]
    return found


def partial_indexes(connection: Connection) -> set[str]:
    """Indexes of the few rows of which something is true."""
    names = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
    return {name for (name,) in connection.exec_driver_sql(names)}


def read_through(plan: Sequence[str], few: set[str]) -> Iterator[str]:
    """The steps that read all a workspace has of something."""
    for step in plan:
        how = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?: \((.*)\))?", step)
        table = "" if how is None else re.sub(r"_\d+$", "", how[2])
        if how is None or table not in scoped_names() - FEW_BY_NATURE or how[3] in few:
            continue
        whole = how[4] == "workspace=?" or (table == "things" and how[4] == "workspace=? AND letter=?")
        if how[1] == "SCAN" or whole:
            yield step


@on_sqlite
@pytest.mark.parametrize("many", [1, 300])
def test_what_is_looked_for_is_found_by_an_index(database_url: str, many: int) -> None:
    """Whatever is asked, of one or of many, begins with rows that have to do with it.

    What does not is named above, and nothing else is.
    """
    engine = create_engine(database_url, paramstyle="named")
    with engine.connect() as connection:
        found, few = plans(connection, many), partial_indexes(connection)
    engine.dispose()

    through = {name: steps for name, plan in found.items() if (steps := [*read_through(plan, few)])}
    assert {name: steps for name, steps in through.items() if name not in ALLOWED} == {}
    assert ALLOWED.keys() <= through.keys()
