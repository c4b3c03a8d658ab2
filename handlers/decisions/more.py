"""Slack in: *More*, its pages, and saving what was kept on them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from handlers.decisions import cards, drafting, ids, modals, naming, pages, pressed, rules
from handlers.decisions.consequences import consequences
from handlers.decisions.drafting import Outcome
from handlers.decisions.pages import OverviewForm, PageForm
from handlers.decisions.pressed import GONE
from handlers.decisions.rules import Concern
from handlers.kit import forms
from handlers.kit.functions import FUNCTIONS
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.kit.roles import ROLES
from storage.database import Tx
from storage.decisions import drafts
from storage.decisions.values import Decision
from storage.outbox import boards
from storage.people import queries as people
from storage.roles.values import Rule
from storage.values import PersonId
from storage.worktime import queries as worktimes

NOT_THEIRS = "{name} is changed by whoever recorded it, and by its {driver}, as long as it holds."
CHANGED = "Changed meanwhile by {who}. Your draft is kept: look through it, then save again."
TOLD_ALREADY = "Those who were told know it as decided. To have it approved, supersede it."


def more(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Everything about it, with the person's draft."""
    decision = pressed.decision(tx, request)
    if decision is None:
        return pressed.say(request, GONE)
    if not _may(decision, request.who):
        return pressed.say(request, _not_theirs(decision))
    return pressed.open_view(request, _overview(tx, decision, request.who))


def page(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The page of one concern."""
    decision, name = pressed.decision(tx, request), request.value.partition("|")[2]
    if decision is None or name not in set(Concern):
        return pressed.say(request, GONE)
    details = drafting.details_of(decision, drafts.find(tx, decision.number, request.who.person))
    return pressed.open_view(request, pages.page(decision, details, Concern(name)))


def page_kept(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep a page in the draft, or say at which field what is wrong."""
    form = forms.read(PageForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    decision = cards.see(tx, form.number, request.who)
    if decision is None or not _may(decision, request.who):
        return UpdateModal(modals.told("Not there any more", GONE))
    fields = _FIELDS[form.concern](request, decision)
    errors = _errors(tx, decision, fields, request.who)
    if form.concern is Concern.PEOPLE:
        errors = _people_errors(tx, decision, request, fields)
    if errors:
        return FieldErrors(errors)
    drafting.keep_page(tx, decision, form.seen, fields, request.who)
    return UpdateModal(_overview(tx, decision, request.who))


def saved(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Make the draft so for everybody, and say what happens now."""
    form = forms.read(OverviewForm, request.metadata)
    result = None if form is None else drafting.save(tx, form.number, request.who)
    if form is None or result is None:
        return UpdateModal(modals.TOO_OLD if form is None else modals.told("Not there any more", GONE))
    decision, who = result.decision, request.who
    card = cards.card(tx, decision, who)
    match result.outcome:
        case Outcome.SAVED:
            return UpdateModal(modals.saved(card, consequences(card, cards.place(tx, decision))))
        case Outcome.NOTHING:
            return UpdateModal(modals.shown(card))
        case Outcome.CHANGED:
            return UpdateModal(
                _overview(tx, decision, who, CHANGED.format(who=card.name(decision.changed_by)))
            )
        case Outcome.UNSEEN:
            return UpdateModal(_overview(tx, decision, who, " ".join(_strangers(tx, decision, who))))
        case Outcome.NOT_THEIRS:
            return UpdateModal(modals.told("Not saved", _not_theirs(decision)))


def discard(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The draft is not wanted any more."""
    decision = pressed.decision(tx, request)
    if decision is None:
        return pressed.say(request, GONE)
    drafts.discard(tx, decision.number, request.who.person)
    boards.touch_home(tx, request.who.person)
    return pressed.open_view(request, _overview(tx, decision, request.who))


# ---------------------------------------------------------------------------------------------------------


def _may(decision: Decision, who: Who) -> bool:
    return rules.may_change(decision, who.person, admin=who.admin)


def _overview(tx: Tx, decision: Decision, who: Who, notice: str = "") -> View:
    draft = drafts.find(tx, decision.number, who.person)
    named = drafting.details_of(decision, draft).people
    return pages.overview(cards.card(tx, decision, who, named), draft, notice)


def _strangers(tx: Tx, decision: Decision, who: Who) -> list[str]:
    details = drafting.details_of(decision, drafts.find(tx, decision.number, who.person))
    return sorted(set(drafting.strangers(tx, decision, details).values()))


def _errors(tx: Tx, decision: Decision, fields: Mapping[str, Any], who: Who) -> dict[str, str]:
    """What is wrong with a page, by block; blocks are named like the details they hold."""
    errors: dict[str, str] = {}
    if "what" in fields:
        errors |= modals.what_error(fields["what"])
    today = worktimes.today(tx, who.person)
    for name in ("due_on", "review_on"):
        day = fields.get(name)
        if day is not None and day <= today and day != getattr(decision.details, name):
            errors[name] = "Choose a day after today."
    return errors


def _people_errors(
    tx: Tx, decision: Decision, request: SubmitRequest, fields: Mapping[str, Any]
) -> dict[str, str]:
    """What is wrong with the page of people, by block."""
    if errors := naming.wrong(request, decision, partial(_name, tx)):
        return errors
    details = rules.merged(decision.details, rules.changes_to(decision.details, fields))
    if rules.reopens(decision, details, request.who.person) and decision.details.informed:
        return {ids.BLOCK_APPROVER: TOLD_ALREADY}
    found, blocks = drafting.strangers(tx, decision, details), naming.blocks_of(request, decision)
    return {
        block: " ".join(strange)
        for block, people in blocks.items()
        if (strange := [found[one] for one in people if one in found])
    }


def _name(tx: Tx, person: PersonId) -> str:
    known = people.person(tx, person)
    return (known is not None and known.name) or "Somebody"


def _not_theirs(decision: Decision) -> str:
    return NOT_THEIRS.format(name=decision.reference, driver=ROLES.word(Rule.DRIVER))


_FIELDS: Mapping[Concern, Callable[[SubmitRequest, Decision], dict[str, Any]]] = {
    Concern.WHAT: lambda request, _: {"what": request.text(ids.BLOCK_WHAT)},
    Concern.WHY: lambda request, _: {"why": request.text(ids.BLOCK_WHY)},
    Concern.OPTIONS: lambda request, _: {"options": request.text(ids.BLOCK_OPTIONS)},
    Concern.PEOPLE: naming.read,
    Concern.SCOPE: lambda request, decision: {
        "functions": FUNCTIONS.read(request.choices(ids.BLOCK_FUNCTIONS), decision.details.functions)
    },
    Concern.DATES: lambda request, _: {
        "due_on": request.day(ids.BLOCK_DUE),
        "review_on": request.day(ids.BLOCK_REVIEW),
    },
}
