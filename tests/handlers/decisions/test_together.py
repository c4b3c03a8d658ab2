"""Two people at once, and somebody we do not know yet: nothing is overwritten, nobody is taken for another."""

import asyncio
from dataclasses import replace
from functools import partial

from handlers.decisions import drafting, listeners, rules, service
from handlers.decisions.drafting import Result
from handlers.decisions.service import Done, Refusal
from handlers.kit.replies import Note
from handlers.kit.requests import ButtonRequest, Who
from storage.audit import queries as audit
from storage.database import Database, Tx
from storage.decisions import changes, drafts
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, DecisionState, Details, NewDecision
from storage.people import queries as people
from storage.people.values import Person
from storage.values import Audience, PersonId, PersonKind, WorkspaceId

W = WorkspaceId("T1")
OMAR, INES, MAYA = (PersonId(f"U0{one}") for one in ("OMAR", "INES", "MAYA"))


def who(person: PersonId, *, admin: bool = False) -> Who:
    return Who(W, person, PersonKind.MEMBER, "UTC", admin=admin)


def save(person: PersonId, tx: Tx) -> Result | None:
    return drafting.save(tx, 1, who(person, admin=True))


def replace_by(person: PersonId, tx: Tx) -> Done | None:
    return service.replace_by(tx, 1, f"{person}'s", who(person))


def proposed(tx: Tx) -> Decision:
    """Omar's proposal that Inês is to approve, in a workspace that knows them and Maya."""
    people.learn(tx, [Person(one, one.title(), PersonKind.MEMBER) for one in (OMAR, INES, MAYA)])
    details = Details("Euro first", OMAR, approver=INES)
    return service.record(tx, NewDecision(details, DecisionState.PROPOSED, OMAR), Audience.workspace())


async def test_of_two_who_save_one_is_told(database: Database) -> None:
    """Both began with the same version: one is saved, the other keeps their draft and learns who was first."""
    decision = await database.transact(W, proposed)

    def draft(tx: Tx) -> None:
        for person in (OMAR, MAYA):
            drafting.keep_page(tx, decision, decision.version, {"why": f"{person}'s reason"}, who(person))

    await database.transact(W, draft)
    results = await asyncio.gather(*[database.transact(W, partial(save, one)) for one in (OMAR, MAYA)])

    outcomes = sorted(one.outcome for one in results if one is not None)
    assert outcomes == ["changed", "saved"]
    first = next(one.decision for one in results if one is not None and one.outcome == "saved")
    loser = MAYA if first.changed_by == OMAR else OMAR
    left = await database.read(W, lambda tx: drafts.find(tx, 1, loser))
    assert left is not None
    assert left.changes == {"why": f"{loser}'s reason"}


async def test_a_change_and_an_approval_do_not_both_happen(database: Database) -> None:
    """Whatever comes first, nothing is approved that its approver has not seen."""
    decision = await database.transact(W, proposed)

    def reword(tx: Tx) -> bool:
        details = replace(decision.details, what="Dollars first")
        return changes.save(tx, decision, details, DecisionState.PROPOSED, OMAR, "Dollars first", again=False)

    reworded, done = await asyncio.gather(
        database.transact(W, reword),
        database.transact(W, lambda tx: service.approve(tx, 1, decision.version, who(INES))),
    )

    now = await database.read(W, lambda tx: decisions.must(tx, 1))
    assert done is not None
    assert reworded != (done.refusal is None)
    assert (now.state is DecisionState.DECIDED) == (now.details.what == "Euro first")


async def test_of_two_who_replace_it_one_is_told(database: Database) -> None:
    """A decision has one successor."""
    await database.transact(W, proposed)
    await database.transact(W, lambda tx: service.approve(tx, 1, 1, who(INES)))

    done = await asyncio.gather(*[database.transact(W, partial(replace_by, one)) for one in (OMAR, INES)])

    assert sorted(str(one.refusal) for one in done if one is not None) == ["None", "already"]
    assert Refusal.ALREADY in [one.refusal for one in done if one is not None]


async def test_somebody_never_seen_does_not_approve_yet(database: Database) -> None:
    """Until Slack has told us who they are, an approval waits; nothing of it is kept."""

    def meet(tx: Tx) -> None:
        people.learn(tx, [Person(OMAR, "Omar", PersonKind.MEMBER)])
        people.meet(tx, INES, PersonKind.MEMBER)
        details = Details("Euro first", OMAR, approver=INES)
        service.record(tx, NewDecision(details, DecisionState.PROPOSED, OMAR), Audience.workspace())

    await database.transact(W, meet)
    request = ButtonRequest(who(INES), "", "1|1", None, None, None)

    said = await database.transact(W, lambda tx: listeners.approve(tx, request))

    assert said == Note(listeners.ONE_MOMENT)
    assert (await database.read(W, lambda tx: decisions.must(tx, 1))).state is DecisionState.PROPOSED


async def test_the_history_holds_verbs_and_no_words(database: Database) -> None:
    """Who did what and when, in order; what people wrote is not in it."""
    decision = await database.transact(W, proposed)

    def live(tx: Tx) -> None:
        service.not_yet(tx, 1, "a secret reason", who(INES))
        drafting.keep_page(tx, decision, 1, {"why": "a secret why"}, who(OMAR))
        drafting.save(tx, 1, who(OMAR))
        service.approve(tx, 1, 2, who(INES))
        service.replace_by(tx, 1, "a secret successor", who(INES))

    await database.transact(W, live)

    history = await database.read(W, lambda tx: audit.of(tx, "D-1"))
    assert [(one.actor, one.verb) for one in history] == [
        (OMAR, "decision.recorded"),
        (INES, "decision.not_yet"),
        (OMAR, "decision.changed"),
        (INES, "decision.approved"),
        (INES, "decision.superseded"),
    ]
    assert history[2].details == {"fields": ["why"], "state": "proposed"}
    assert "secret" not in str(history)
    now = await database.read(W, lambda tx: decisions.must(tx, 1))
    assert rules.open_keys(now) == frozenset()
