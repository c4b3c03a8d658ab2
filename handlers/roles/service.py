"""What happens when an admin changes which roles there are. Whoever is named in a refusal changed it meanwhile."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.kit.own_words import wrong_name
from handlers.kit.requests import Who
from handlers.roles.previews import RoleForm
from handlers.roles.rules import (
    ALONE,
    DRIVEN,
    GONE,
    KIND,
    OTHER_RULE,
    Refused,
    may_retire,
    merges_into,
    no_more,
    too_many,
)
from handlers.roles.views import Looked
from handlers.worktime.service import name_of
from storage.audit import queries as audit
from storage.database import Tx
from storage.decisions import naming
from storage.roles import queries as roles
from storage.roles.values import Role
from storage.things.values import Viewer
from storage.values import RoleId


def find(tx: Tx, who: Who, role: RoleId) -> Looked | None:
    """The role, or the one it counts under, with what somebody may see of it."""
    those = {one.id: one for one in roles.every(tx)}
    one = those.get(role)
    if one is None:
        return None
    whole = one if one.part_of is None else those[one.part_of]
    parts = tuple(each for each in those.values() if each.part_of == whole.id)
    family = [whole.id, *(each.id for each in parts)]
    decisions, people = naming.count(tx, Viewer(who.person, who.kind), whole.rule, family)
    return Looked(whole, decisions, people, parts)


def rename(tx: Tx, who: Who, form: RoleForm, name: str) -> Refused | None:
    """It is called so from now on."""
    those = roles.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    if refused := wrong_name(those, name, KIND, one.id):
        return refused
    if name != one.name:
        roles.change(tx, roles.renamed(one, name, tx.now, who.person))
        _note(tx, who, one.id, "renamed")
    return None


def split(tx: Tx, who: Who, form: RoleForm, name: str) -> Role | Refused:
    """There is another one of that name that follows the same rule; nobody is moved."""
    those = roles.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    if one.rule.alone:
        return ALONE
    if refused := wrong_name(those, name, KIND) or no_more(those):
        return refused
    new = roles.add(tx, name, one.rule, max(each.place for each in those) + 1, who.person)
    audit.note(tx, who.person, "role.split", f"role {one.id}", into=new.id)
    return new


def merge(tx: Tx, who: Who, form: RoleForm) -> Refused | None:
    """The one counts under the other, with what counts under it."""
    those = roles.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    into = _held(tx, who, those, form.into, form.into_seen)
    if isinstance(into, Refused):
        return into
    if into not in merges_into(those, one):
        return OTHER_RULE
    for each in (one, *(part for part in those if part.part_of == one.id)):
        roles.change(tx, replace(each, part_of=into.id, by=who.person))
    roles.change(tx, replace(into, by=who.person))
    _note(tx, who, one.id, "merged")
    return None


def apart(tx: Tx, who: Who, part: RoleId) -> Role | Refused:
    """What counted under another one stands for itself again; that other one."""
    those = roles.hold(tx)
    one = next((each for each in those if each.id == part), None)
    if one is None or one.part_of is None:
        return GONE
    if not one.retired and (refused := too_many(those)):
        return refused
    roles.change(tx, replace(one, part_of=None, by=who.person))
    _note(tx, who, one.id, "apart")
    return next(each for each in those if each.id == one.part_of)


def retire(tx: Tx, who: Who, form: RoleForm) -> Refused | None:
    """Nobody new is named in it."""
    one = _held(tx, who, roles.hold(tx), form.id, form.seen)
    if isinstance(one, Refused):
        return one
    if not may_retire(one):
        return DRIVEN
    roles.change(tx, replace(one, retired=True, by=who.person))
    _note(tx, who, one.id, "retired")
    return None


def use_again(tx: Tx, who: Who, role: RoleId) -> Refused | None:
    """People can be named in it again."""
    those = roles.hold(tx)
    one = next((each for each in those if each.id == role), None)
    if one is None or one.part_of is not None:
        return GONE
    if one.retired:
        if refused := too_many(those):
            return refused
        roles.change(tx, replace(one, retired=False, by=who.person))
        _note(tx, who, one.id, "used_again")
    return None


# ---------------------------------------------------------------------------------------------------------


def _held(tx: Tx, who: Who, those: Sequence[Role], role: RoleId, seen: int) -> Role | Refused:
    """The role as it was when the form was opened."""
    one = next((each for each in those if each.id == role), None)
    if one is None:
        return GONE
    if one.version == seen and one.part_of is None:
        return one
    by = "you" if one.by == who.person else "a colleague" if one.by is None else name_of(tx, one.by)
    return f"{one.name} was changed meanwhile by {by}. Nothing of yours is done; look at it and do it again."


def _note(tx: Tx, who: Who, role: RoleId, how: str) -> None:
    audit.note(tx, who.person, f"role.{how}", f"role {role}")
