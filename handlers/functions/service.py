"""What happens when an admin changes which functions there are. Whoever is named in a refusal changed it meanwhile."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.functions.previews import FunctionForm, SplitForm
from handlers.functions.rules import GONE, ITSELF, KIND, ONLY, Refused, target, too_many
from handlers.functions.views import Looked
from handlers.kit.functions import FUNCTIONS, called
from handlers.kit.own_words import in_use, wrong_name
from handlers.kit.requests import Who
from handlers.launches.templates import titles
from handlers.worktime import functions as worktimes
from handlers.worktime.service import name_of
from storage.audit import queries as audit
from storage.checkins import blockers
from storage.database import Tx
from storage.functions import queries as functions
from storage.functions.values import Function
from storage.launches import regrouping
from storage.launches.queries import NEWEST
from storage.people import queries as people
from storage.things.values import Viewer
from storage.values import FunctionId, PersonId


def by_function(tx: Tx) -> dict[FunctionId, int]:
    """How many members work in each; who works in what counts under another one works in that."""
    found: dict[FunctionId, int] = {}
    for function, members in people.by_function(tx).items():
        whole = FUNCTIONS.whole(function)
        found[whole] = found.get(whole, 0) + members
    return found


def find(tx: Tx, who: Who, function: FunctionId) -> Looked | None:
    """The function, or the one it counts under, with what somebody may see of it."""
    those = {one.id: one for one in functions.every(tx)}
    if function not in those:
        return None
    whole, viewer = FUNCTIONS.whole(function), Viewer(who.person, who.kind)
    family = FUNCTIONS.family(whole)
    return Looked(
        those[whole],
        by_function(tx).get(whole, 0),
        regrouping.open_parts(tx, viewer, family),
        blockers.count_of_function(tx, viewer, family),
        tuple(one for one in those.values() if one.part_of == whole),
        titles(whole),
    )


def add(tx: Tx, who: Who, name: str) -> Function | Refused:
    """A function of that name, with nobody in it yet."""
    those = functions.hold(tx)
    if refused := wrong_name(those, name, KIND) or too_many(those):
        return refused
    return _add(tx, who, those, name)


def rename(tx: Tx, who: Who, form: FunctionForm, name: str) -> Refused | None:
    """It is called so from now on."""
    those = functions.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    if refused := wrong_name(those, name, KIND, one.id):
        return refused
    if name != one.name:
        functions.change(tx, functions.renamed(one, name, tx.now, who.person))
        _changed(tx, who, one.id, "renamed")
    return None


def merge(tx: Tx, who: Who, form: FunctionForm) -> Refused | None:
    """The one counts under the other, with what counts under it."""
    those = functions.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    into = _held(tx, who, those, form.into, form.into_seen)
    if isinstance(into, Refused):
        return into
    if one.id == into.id:
        return ITSELF
    if into.retired:
        return f"{into.name} is retired. Use it again first."
    for each in (one, *(part for part in those if part.part_of == one.id)):
        functions.change(tx, replace(each, part_of=into.id, by=who.person))
    functions.change(tx, replace(into, by=who.person))
    _changed(tx, who, one.id, "merged")
    return None


def apart(tx: Tx, who: Who, part: FunctionId) -> Function | Refused:
    """What counted under another one stands for itself again; that other one."""
    those = functions.hold(tx)
    one = next((each for each in those if each.id == part), None)
    if one is None or one.part_of is None:
        return GONE
    if not one.retired and (refused := too_many(those)):
        return refused
    functions.change(tx, replace(one, part_of=None, by=who.person))
    _changed(tx, who, one.id, "apart")
    return next(each for each in those if each.id == one.part_of)


def retire(tx: Tx, who: Who, form: FunctionForm) -> Refused | None:
    """Nobody is asked as it any more."""
    those = functions.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    if not [each for each in in_use(those) if each.id != one.id]:
        return ONLY
    functions.change(tx, replace(one, retired=True, by=who.person))
    _changed(tx, who, one.id, "retired")
    return None


def use_again(tx: Tx, who: Who, function: FunctionId) -> Refused | None:
    """It is asked again."""
    those = functions.hold(tx)
    one = next((each for each in those if each.id == function), None)
    if one is None or one.part_of is not None:
        return GONE
    if one.retired:
        if refused := too_many(those):
            return refused
        functions.change(tx, replace(one, retired=False, by=who.person))
        _changed(tx, who, one.id, "used_again")
    return None


def split(tx: Tx, who: Who, form: SplitForm) -> Function | Refused:
    """These people and what is to be ready for new launches go to the one of that name; who left it meanwhile does not."""
    those = functions.hold(tx)
    one = _held(tx, who, those, form.id, form.seen)
    if isinstance(one, Refused):
        return one
    into = target(those, form.id, form.name)
    if isinstance(into, Refused):
        return into
    ready = [title for title in titles(one.id) if title in form.ready]
    into = into or _add(tx, who, those, form.name)
    for each in those:
        if each.id == one.id or not set(each.takes).isdisjoint(ready):
            left = tuple(title for title in each.takes if title not in ready)
            functions.change(tx, replace(each, takes=left, by=who.person))
    functions.change(tx, replace(into, takes=(*into.takes, *ready), by=who.person))
    audit.note(tx, who.person, "function.split", f"function {one.id}", into=into.id)
    there = [person for person in form.people if works_in(tx, person, one.id)]
    with called(functions.every(tx)):
        for person in there:
            worktimes.set_function(tx, who, person, into.id)
    return into


def works_in(tx: Tx, person: PersonId, function: FunctionId) -> bool:
    """Whether somebody works in it."""
    known = people.person(tx, person)
    return known is not None and FUNCTIONS.in_use(known.function) == function


# ---------------------------------------------------------------------------------------------------------


def _add(tx: Tx, who: Who, those: Sequence[Function], name: str) -> Function:
    new = functions.add(tx, name, max(one.place for one in those) + 1, who.person)
    audit.note(tx, who.person, "function.added", f"function {new.id}")
    return new


def _held(tx: Tx, who: Who, those: Sequence[Function], function: FunctionId, seen: int) -> Function | Refused:
    """The function as it was when the form was opened."""
    one = next((each for each in those if each.id == function), None)
    if one is None:
        return GONE
    if one.version == seen and one.part_of is None:
        return one
    by = "you" if one.by == who.person else "a colleague" if one.by is None else name_of(tx, one.by)
    return f"{one.name} was changed meanwhile by {by}. Nothing of yours is done; look at it and do it again."


def _changed(tx: Tx, who: Who, function: FunctionId, how: str) -> None:
    """It is noted, and planned launches hear of it."""
    functions.settle(tx, function, NEWEST)
    audit.note(tx, who.person, f"function.{how}", f"function {function}")
