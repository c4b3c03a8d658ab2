"""In which role people are named in a decision: its fields, what was chosen in them, and what is wrong with that. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.decisions import ids, rules
from handlers.kit.requests import Filled
from handlers.kit.roles import ROLES
from storage.decisions.values import Decision, Details, Named
from storage.roles.values import Role, Rule
from storage.values import PersonId, RoleId

MOST = {Rule.CONTRIBUTOR: rules.MOST_CONTRIBUTORS, Rule.INFORMED: rules.MOST_INFORMED}
"""How many people follow a rule of a decision, in whatever roles."""
SEVERAL = (Rule.CONTRIBUTOR, Rule.INFORMED)
_BLOCKS = {Rule.CONTRIBUTOR.first: ids.BLOCK_CONTRIBUTORS}
_SOMEBODY = "Choose somebody: each decision names one person here."

Chosen = tuple[Role, PersonId]


def by_role(details: Details, at: datetime | None, those: Iterable[Rule]) -> dict[str, list[PersonId]]:
    """Who is named, by what the roles are called; of what is over also by what they were called on its day."""
    found: dict[str, list[PersonId]] = {}
    for role in (role for rule in those for role in ROLES.every(rule)):
        for person in details.follow(role.rule):
            if details.role(role.rule, person) == role.id:
                found.setdefault(ROLES.then(role.id, at), []).append(person)
    return found


def block_of(role: Role) -> str:
    """The block of its field; the first ones are called as they were when they were the only ones."""
    return _BLOCKS.get(role.id, role.id)


def fields(decision: Decision, details: Details) -> list[Role]:
    """The roles that have a field: those in use, and of the retired ones where somebody is named."""
    those = (Rule.DRIVER, Rule.INFORMED) if rules.approved(decision) else tuple(Rule)
    every = [role for rule in those for role in ROLES.every(rule) if role.part_of is None]
    return [role for role in every if not role.retired or held(details, role)]


def held(details: Details, role: Role) -> list[PersonId]:
    """Who is named in it, or in what counts under it."""
    return [one for one in details.follow(role.rule) if _whole(details, role.rule, one).id == role.id]


def chosen(form: Filled, decision: Decision) -> list[Chosen]:
    """Everybody in the fields of the roles that several people hold, also of roles that were merged meanwhile."""
    those = (Rule.INFORMED,) if rules.approved(decision) else SEVERAL
    every = [role for rule in those for role in ROLES.every(rule)]
    return [(role, person) for role in every for person in form.people(block_of(role))]


def read(form: Filled, decision: Decision) -> dict[str, Any]:
    """What the page of people says, by the names of the details."""
    details, several = decision.details, chosen(form, decision)
    found: dict[str, Any] = {
        "driver": form.person(ids.BLOCK_DRIVER),
        "informed": _follow(several, Rule.INFORMED),
    }
    named = {_named(details, role, person) for role, person in several}
    if rules.approved(decision):
        named |= {one for one in details.named if one.rule is Rule.CONTRIBUTOR}
    else:
        found |= {
            "approver": form.person(ids.BLOCK_APPROVER),
            "contributors": _follow(several, Rule.CONTRIBUTOR),
        }
    return found | {"named": tuple(sorted(one for one in named if one.role != one.rule.first))}


def wrong(form: Filled, decision: Decision, name: Callable[[PersonId], str]) -> dict[str, str]:
    """What is wrong with the fields, by block; `name` says what somebody is called."""
    several = chosen(form, decision)
    errors = {} if form.person(ids.BLOCK_DRIVER) else {ids.BLOCK_DRIVER: _SOMEBODY}
    for rule, most in MOST.items():
        people = [one for one in several if one[0].rule is rule]
        if len(people) > most:
            words = rules.together([one.name for one in ROLES.in_use(rule)])
            errors[block_of(people[-1][0])] = (
                f"There is room for {most} people in {words}; these are {len(people)}."
            )
    before: dict[tuple[Rule, PersonId], Role] = {}
    for role, person in several:
        first = before.setdefault((role.rule, person), role)
        if first is not role:
            errors[block_of(role)] = (
                f"{name(person)} is named in {first.name} already; one of the two is enough."
            )
    return errors


def late(before: Details, now: Details) -> dict[PersonId, str]:
    """Who would be named anew in a role that is retired, which may have happened since the form was opened."""
    return {
        person: f"{role.name} is retired: nobody new can be named in it."
        for rule in Rule
        for person in now.follow(rule)
        if (role := _whole(now, rule, person)).retired and person not in held(before, role)
    }


def blocks_of(form: Filled, decision: Decision) -> Mapping[str, Sequence[PersonId]]:
    """Everybody chosen, by block."""
    found: dict[str, list[PersonId]] = {}
    for block in (ids.BLOCK_DRIVER, ids.BLOCK_APPROVER):
        one = form.person(block)
        found[block] = [] if one is None else [one]
    for role, person in chosen(form, decision):
        found.setdefault(block_of(role), []).append(person)
    return found


def placed(details: Details) -> Details:
    """The details of a new decision, with nobody in a role that is merged or retired.

    Whoever comes from a retired one is named in the first one in use of the same rule, or in none.
    """
    named, followers = set[Named](), dict[Rule, tuple[PersonId, ...]]()
    for rule in SEVERAL:
        there = {one: _standing(_whole(details, rule, one)) for one in details.follow(rule)}
        followers[rule] = tuple(one for one, role in there.items() if role is not None)
        named |= {Named(rule, one, role) for one, role in there.items() if role not in (None, rule.first)}
    approver = None if ROLES.whole(Rule.APPROVER.first).retired else details.approver
    return replace(
        details,
        approver=approver,
        contributors=followers[Rule.CONTRIBUTOR],
        informed=followers[Rule.INFORMED],
        named=tuple(sorted(named)),
    )


# ---------------------------------------------------------------------------------------------------------


def _whole(details: Details, rule: Rule, person: PersonId) -> Role:
    return ROLES.whole(details.role(rule, person))


def _follow(several: Sequence[Chosen], rule: Rule) -> tuple[PersonId, ...]:
    return tuple(sorted({person for role, person in several if role.rule is rule}))


def _named(details: Details, role: Role, person: PersonId) -> Named:
    """As before where that counts under the same one, so that taking it apart gives each their own again."""
    whole = ROLES.whole(role.id)
    stays = person in held(details, whole)
    return Named(role.rule, person, details.role(role.rule, person) if stays else whole.id)


def _standing(whole: Role) -> RoleId | None:
    if not whole.retired:
        return whole.id
    return next((one.id for one in ROLES.in_use(whole.rule)), None)
