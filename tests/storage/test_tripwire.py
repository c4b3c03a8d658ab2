"""No statement forgets its workspace: what the tripwire refuses, and what it lets pass."""

from collections.abc import Callable

import pytest
from sqlalchemy import (
    JSON,
    Dialect,
    Executable,
    and_,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    lateral,
    literal_column,  # noqa: TID251 - to see it refused
    not_,
    null,
    or_,
    select,
    table,
    tablesample,
    text,  # noqa: TID251 - to see it refused
    true,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.orm import aliased

from storage.database import OURS
from storage.database.tripwire import ForgotWorkspace, check
from storage.people.tables import MemberRow, PersonRow
from storage.settings.tables import SettingRow
from storage.things.tables import ThingRow
from tests.storage.works import A, B

numbers = select(ThingRow.number)
ours = numbers.where(ThingRow.workspace == OURS)
people = aliased(PersonRow, name="somebody")
other, another = aliased(ThingRow), aliased(ThingRow)
members_here = exists().where(MemberRow.workspace == OURS, MemberRow.channel == ThingRow.audience_channel)
members_anywhere = exists().where(MemberRow.channel == ThingRow.audience_channel)
same_workspace = PersonRow.workspace == ThingRow.workspace
given = func.json_each(bindparam("given", type_=JSON)).table_valued("key")
newest = select(func.max(ThingRow.number))
cte = ours.cte("of_ours")
loose_cte = numbers.cte("of_all")
deep = exists().where(
    MemberRow.workspace == OURS,
    exists().where(
        PersonRow.workspace == OURS, PersonRow.id == MemberRow.person, PersonRow.name == ThingRow.title
    ),
)

REFUSED: dict[str, Callable[[], Executable]] = {
    "no criterion": lambda: numbers,
    "a whole row": lambda: select(ThingRow),
    "only counted": lambda: select(func.count()).select_from(ThingRow),
    "another column": lambda: numbers.where(ThingRow.owner == OURS),
    "or": lambda: numbers.where(or_(ThingRow.workspace == OURS, ThingRow.number == 1)),
    "or inside and": lambda: numbers.where(and_(true(), or_(ThingRow.workspace == OURS, ThingRow.number == 1))),
    "not": lambda: numbers.where(not_(and_(ThingRow.workspace == OURS, ThingRow.number == 1))),
    "not equal": lambda: numbers.where(ThingRow.workspace != OURS),
    "at least": lambda: numbers.where(ThingRow.workspace >= OURS),
    "in a list": lambda: numbers.where(ThingRow.workspace.in_([A])),
    "a literal workspace": lambda: numbers.where(ThingRow.workspace == A),
    "a parameter of its own": lambda: numbers.where(ThingRow.workspace == bindparam("which")),
    "itself": lambda: numbers.where(ThingRow.workspace == ThingRow.workspace),
    "an alias": lambda: select(other.number),
    "an alias, held by the other name": lambda: select(other.number, ThingRow.number).where(ThingRow.workspace == OURS),
    "an alias of an alias": lambda: select(ThingRow.__table__.alias("a").alias("b").c.number),
    "an alias, held by another alias": lambda: select(other.number, another.number).where(other.workspace == OURS),
    "a self join on something else": lambda: ours.join(other, other.number == ThingRow.number),
    "a join on something else": lambda: ours.join(PersonRow, PersonRow.id == ThingRow.owner),
    "two that only hold each other": lambda: numbers.join(PersonRow, same_workspace),
    "an outer join whose ON holds only the left side": lambda: numbers.join(
        PersonRow, and_(ThingRow.workspace == OURS, PersonRow.workspace == OURS), isouter=True
    ),
    "an outer join whose ON holds the left through the right": lambda: numbers.join(
        PersonRow, and_(same_workspace, PersonRow.workspace == OURS), isouter=True
    ),
    "a full join held by its ON": lambda: numbers.join(
        PersonRow, and_(same_workspace, PersonRow.workspace == OURS), full=True
    ),
    "a cartesian product": lambda: ours.add_columns(PersonRow.name),
    "exists": lambda: ours.where(members_anywhere),
    "not exists": lambda: ours.where(~members_anywhere),
    "exists in a column": lambda: ours.add_columns(members_anywhere),
    "exists in or": lambda: ours.where(or_(ThingRow.number == 1, members_anywhere)),
    "exists in a case": lambda: ours.where(func.coalesce(members_anywhere, True)),
    "exists of itself, uncorrelated": lambda: ours.where(exists(numbers.correlate(None).subquery().select())),
    "a scalar query of another table": lambda: ours.where(
        ThingRow.owner == select(PersonRow.id).limit(1).scalar_subquery()
    ),
    "a scalar query of the same table": lambda: ours.where(ThingRow.number == newest.correlate(None).scalar_subquery()),
    "a scalar query of the same table, alone": lambda: ours.where(ThingRow.number == newest.scalar_subquery()),
    "a query two levels down that names the outermost": lambda: ours.where(deep),
    "in a query": lambda: ours.where(ThingRow.owner.in_(select(PersonRow.id))),
    "a query as ON": lambda: ours.join(
        PersonRow, and_(same_workspace, PersonRow.id.in_(select(MemberRow.person)))
    ),
    "a query in ORDER BY": lambda: ours.order_by(select(PersonRow.name).limit(1).scalar_subquery()),
    "a query in GROUP BY": lambda: ours.group_by(select(PersonRow.name).limit(1).scalar_subquery()),
    "a query in HAVING": lambda: ours.group_by(ThingRow.number).having(exists(select(PersonRow.id))),
    "a query as LIMIT": lambda: ours.limit(select(func.count(PersonRow.id)).scalar_subquery()),
    "a query in FROM": lambda: select(numbers.subquery().c.number),
    "a query in FROM, held outside": lambda: ours.join(
        (q := numbers.add_columns(ThingRow.workspace).subquery()), q.c.workspace == ThingRow.workspace
    ),
    "a lateral query": lambda: ours.join(lateral(select(PersonRow.name)), true()),
    "a sample": lambda: select(tablesample(ThingRow, 10).c.number),
    "a table by name": lambda: select(table("things", column("number")).c.number),
    "a CTE": lambda: select(loose_cte.c.number),
    "a CTE that is read first": lambda: select(numbers.cte("first").prefix_with("MATERIALIZED").c.number),
    "a CTE with other words": lambda: select(ours.cte("first").prefix_with("NOT MATERIALIZED").c.number),
    "a recursive CTE": lambda: select(
        (base := ours.cte("r", recursive=True)).union_all(numbers.where(ThingRow.number > base.c.number)).c.number
    ),
    "a CTE beside": lambda: ours.add_cte(loose_cte),
    "a CTE that changes": lambda: ours.add_cte(delete(PersonRow).cte("gone")),
    "a union's second half": lambda: union(ours, numbers),
    "a union's first half": lambda: union_all(numbers, ours),
    "a union of a union": lambda: union(ours, union(ours, numbers)),
    "an intersection": lambda: ours.intersect(numbers),
    "a union in ORDER BY": lambda: union(ours, ours).order_by(select(PersonRow.name).limit(1).scalar_subquery()),
    "an update without": lambda: update(ThingRow).values(title="x"),
    "an update with or": lambda: update(ThingRow)
    .where(or_(ThingRow.workspace == OURS, ThingRow.number == 1))
    .values(title="x"),
    "an update from a query": lambda: update(ThingRow)
    .where(ThingRow.workspace == OURS)
    .values(title=select(PersonRow.name).limit(1).scalar_subquery()),
    "an update beside a table": lambda: update(ThingRow)
    .where(ThingRow.workspace == OURS, PersonRow.id == ThingRow.owner)
    .values(title="x"),
    "an update that takes a value from beside": lambda: update(ThingRow)
    .where(ThingRow.workspace == OURS)
    .values(title=PersonRow.name),
    "an update from a function of a query": lambda: update(ThingRow)
    .where(
        ThingRow.workspace == OURS,
        ThingRow.title == func.json_each(select(PersonRow.name).limit(1).scalar_subquery()).table_valued("key").c.key,
    )
    .values(title="x"),
    "an update without, from what it was given": lambda: update(ThingRow)
    .where(ThingRow.title == given.c.key)
    .values(title="x"),
    "an insert of what it was given, elsewhere": lambda: insert(ThingRow).from_select(
        ["workspace", "title"], select(given.c.key, given.c.key)
    ),
    "an insert of what another workspace has": lambda: insert(ThingRow).from_select(
        ["workspace", "title"], select(OURS, PersonRow.name)
    ),
    "an insert that does not say where": lambda: insert(ThingRow).from_select(["title"], select(given.c.key)),
    "an update into another workspace": lambda: update(ThingRow).where(ThingRow.workspace == OURS).values(workspace=B),
    "an update where exists": lambda: update(ThingRow).where(ThingRow.workspace == OURS, members_anywhere).values(title=""),
    "a delete without": lambda: delete(ThingRow),
    "a delete by a query": lambda: delete(ThingRow).where(ThingRow.number.in_(newest.correlate(None))),
    "a delete beside a table": lambda: delete(ThingRow).where(
        ThingRow.workspace == OURS, PersonRow.id == ThingRow.owner
    ),
    "a delete returning a query": lambda: delete(ThingRow)
    .where(ThingRow.workspace == OURS)
    .returning(select(PersonRow.name).limit(1).scalar_subquery()),
    "an insert without": lambda: insert(ThingRow),
    "an insert of values": lambda: insert(ThingRow).values(number=1),
    "an insert into another workspace": lambda: insert(ThingRow).values(workspace=B),
    "an insert of a null workspace": lambda: insert(ThingRow).values(workspace=null()),
    "an insert of several": lambda: insert(ThingRow).values([{"workspace": OURS}, {"workspace": B}]),
    "an insert from a query": lambda: insert(SettingRow).from_select(
        ["workspace", "name"], select(PersonRow.workspace, PersonRow.name).where(PersonRow.workspace == OURS)
    ),
    "an insert with a query inside": lambda: insert(SettingRow).values(
        workspace=OURS, name=select(PersonRow.name).limit(1).scalar_subquery()
    ),
    "an upsert that moves the row": lambda: upsert(SettingRow)
    .values(workspace=OURS)
    .on_conflict_do_update(index_elements=["workspace", "name"], set_={"workspace": B}),
    "an upsert with a query": lambda: upsert(SettingRow)
    .values(workspace=OURS)
    .on_conflict_do_update(
        index_elements=["workspace", "name"], set_={"set_by": select(PersonRow.name).limit(1).scalar_subquery()}
    ),
    "an upsert where exists": lambda: upsert(SettingRow)
    .values(workspace=OURS)
    .on_conflict_do_update(
        index_elements=["workspace", "name"], set_={"set_by": "x"}, where=exists(select(PersonRow.id))
    ),
    "an upsert on a key without the workspace": lambda: upsert(SettingRow)
    .values(workspace=OURS)
    .on_conflict_do_update(index_elements=["name"], set_={"set_by": "x"}),
    "text": lambda: text("SELECT * FROM things"),
    "text as a column": lambda: ours.add_columns(text("(SELECT name FROM people)")),
    "text as a condition": lambda: ours.where(text("1 = 1 OR 1 = 1")),
    "text as a source": lambda: select(text("SELECT number FROM things").columns(ThingRow.number).subquery().c.number),
    "text as an order": lambda: ours.order_by(text("(SELECT name FROM people)")),
    "a column of text": lambda: ours.add_columns(literal_column("(SELECT name FROM people)")),
    "text put before": lambda: ours.prefix_with("DISTINCT (SELECT name FROM people),"),
    "a function alone": lambda: func.pg_sleep(1),
}  # fmt: skip

PASSES: dict[str, Callable[[], Executable]] = {
    "held": lambda: ours,
    "held, the other way round": lambda: numbers.where(ThingRow.workspace == OURS),
    "held among others": lambda: ours.where(or_(ThingRow.number == 1, ThingRow.title == "x")),
    "held in parentheses": lambda: numbers.where(and_(ThingRow.number == 1, and_(ThingRow.workspace == OURS))),
    "an alias": lambda: select(other.number).where(other.workspace == OURS),
    "a self join": lambda: ours.join(other, and_(other.workspace == ThingRow.workspace, other.number == 1)),
    "a join": lambda: ours.join(PersonRow, and_(same_workspace, PersonRow.id == ThingRow.owner)),
    "a join held at its far end": lambda: numbers.join(PersonRow, same_workspace).where(PersonRow.workspace == OURS),
    "a join held by its ON": lambda: numbers.join(PersonRow, and_(same_workspace, PersonRow.workspace == OURS)),
    "a chain": lambda: numbers.join(PersonRow, same_workspace)
    .join(MemberRow, MemberRow.workspace == PersonRow.workspace)
    .where(MemberRow.workspace == OURS),
    "an outer join": lambda: ours.join(PersonRow, and_(same_workspace, PersonRow.id == ThingRow.owner), isouter=True),
    "a full join held outside": lambda: ours.join(PersonRow, same_workspace, full=True).where(PersonRow.workspace == OURS),
    "exists": lambda: ours.where(members_here),
    "exists held by the outer": lambda: ours.where(exists().where(MemberRow.workspace == ThingRow.workspace)),
    "exists in or": lambda: ours.where(or_(members_here, ThingRow.number == 1)),
    "exists by a named alias": lambda: ours.where(exists().where(people.workspace == OURS, people.id == ThingRow.owner)),
    "a scalar query": lambda: ours.where(
        ThingRow.number == newest.where(ThingRow.workspace == OURS).correlate(None).scalar_subquery()
    ),
    "a correlated scalar query": lambda: ours.where(
        ThingRow.number
        == select(func.max(other.number)).where(other.workspace == ThingRow.workspace).scalar_subquery()
    ),
    "two levels down, each held": lambda: ours.where(
        exists().where(
            MemberRow.workspace == OURS,
            exists().where(PersonRow.workspace == MemberRow.workspace, PersonRow.id == MemberRow.person),
        )
    ),
    "a query in FROM": lambda: select(ours.subquery().c.number),
    "a CTE": lambda: select(cte.c.number).where(cte.c.number > 1),
    "a CTE that is read first": lambda: select(ours.cte("first").prefix_with("MATERIALIZED").c.number),
    "a CTE that changes": lambda: ours.add_cte(delete(PersonRow).where(PersonRow.workspace == OURS).cte("gone")),
    "a union": lambda: union(ours, ours.where(ThingRow.number == 1)),
    "no table at all": lambda: select(func.count()),
    "an update": lambda: update(ThingRow).where(ThingRow.workspace == OURS, members_here).values(title="x"),
    "an insert of what it was given": lambda: insert(ThingRow).from_select(
        ["workspace", "title"], select(OURS, given.c.key).where(true())
    ),
    "an update from what it was given": lambda: update(ThingRow)
    .where(ThingRow.workspace == OURS, ThingRow.title == given.c.key)
    .values(title="x"),
    "a delete": lambda: delete(ThingRow).where(ThingRow.workspace == OURS).returning(ThingRow.number),
    "an insert": lambda: insert(ThingRow).values(workspace=OURS).returning(ThingRow.number),
    "an upsert": lambda: upsert(SettingRow)
    .values(workspace=OURS)
    .on_conflict_do_update(
        index_elements=["workspace", "name"], set_={"set_by": "x"}, where=SettingRow.set_by.is_(None)
    ),
}  # fmt: skip


DIALECTS: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(),
    "postgresql": PGDialect_psycopg(),  # type: ignore[no-untyped-call]  # SQLAlchemy does not annotate it
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str, dialect: str) -> None:
    """Each of these could see or change a row of another workspace."""
    with pytest.raises(ForgotWorkspace):
        check(REFUSED[what](), DIALECTS[dialect])


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("what", PASSES)
def test_passes(what: str, dialect: str) -> None:
    """None of these can, and all of them are of use."""
    check(PASSES[what](), DIALECTS[dialect])
