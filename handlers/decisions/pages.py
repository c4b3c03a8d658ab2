"""What lies behind *More*: an overview of a decision's details, and a page for each concern.

A page that is kept goes into the person's draft; *Save* on the overview makes the draft so for everybody.
"""

from collections.abc import Sequence
from typing import Literal

from handlers.decisions import ids, rules, views
from handlers.decisions.naming import MOST, block_of, by_role, fields, held
from handlers.decisions.rules import FIELDS, WORDS_LIMIT, Concern
from handlers.decisions.views import Card
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, divider, input_text, section
from handlers.kit.elements import button
from handlers.kit.forms import Form
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import options
from handlers.kit.pickers import input_day, input_people, input_person, input_several
from handlers.kit.roles import ROLES
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from storage.decisions.values import Decision, Details, Draft
from storage.roles.values import Role, Rule

PREVIEW = 300
TITLES = {
    Concern.WHAT: "What was decided",
    Concern.WHY: "Why",
    Concern.OPTIONS: "Options considered",
    Concern.PEOPLE: "Who",
    Concern.SCOPE: "Functions in scope",
    Concern.DATES: "Dates",
}
DEEDS = {
    Concern.WHAT: "Change the words",
    Concern.WHY: "Say why",
    Concern.OPTIONS: "List options",
    Concern.PEOPLE: "Name people",
    Concern.SCOPE: "Choose functions",
    Concern.DATES: "Set dates",
}
NAMES = TITLES | {Concern.OPTIONS: "Options", Concern.SCOPE: "Functions"}
"""As short as a modal's title needs them."""
KEPT_AS_DRAFT = (
    "Each page you keep is your draft, also when you close this. *Save* makes it so for everybody."
)


class PageForm(Form):
    """Which page of which decision, and the version it showed."""

    v: Literal[1] = 1
    number: int
    concern: Concern
    seen: int


class OverviewForm(Form):
    """Which decision an overview is of."""

    v: Literal[1] = 1
    number: int


def overview(card: Card, draft: Draft | None, notice: str = "") -> View:
    """Everything about a decision as it would be with the draft, each concern with its button."""
    decision = card.decision
    details = rules.merged(decision.details, {} if draft is None else draft.changes)
    changed = frozenset() if draft is None else frozenset(draft.changes)
    blocks: list[Block] = [section(f"*{escape(notice)}*"), divider()] if notice else []
    blocks += [_concern(card, details, one, not changed.isdisjoint(FIELDS[one])) for one in Concern]
    blocks.append(context(KEPT_AS_DRAFT))
    if draft is not None:
        blocks.append(actions(button("Discard my draft", ids.DISCARD, str(decision.number))))
    return modal(
        f"More about {decision.reference}",
        blocks,
        submit="Save",
        close="Close",
        callback_id=ids.SAVED,
        private_metadata=OverviewForm(number=decision.number).model_dump_json(),
    )


def page(decision: Decision, details: Details, concern: Concern) -> View:
    """The fields of one concern, filled in with the draft."""
    form = PageForm(number=decision.number, concern=concern, seen=decision.version)
    return modal(
        shorten(f"{decision.reference} · {NAMES[concern]}", limits.VIEW_TITLE),
        _fields(decision, details, concern),
        submit="Keep",
        close="Close",
        callback_id=ids.PAGE_KEPT,
        private_metadata=form.model_dump_json(),
    )


# ---------------------------------------------------------------------------------------------------------


def _concern(card: Card, details: Details, concern: Concern, drafted: bool) -> Block:
    decision = card.decision
    mark = " · _not saved yet_" if drafted else ""
    text = f"*{TITLES[concern]}*{mark}\n{_value(card, details, concern) or '_Nothing yet_'}"
    if not rules.may_change_concern(decision, concern):
        text += f"\n_{escape(card.name(decision.decided_by))} approved these words; to change them, supersede it._"
        return section(text)
    return section(text, button(DEEDS[concern], ids.PAGE, f"{decision.number}|{concern}"))


def _value(card: Card, details: Details, concern: Concern) -> str:
    match concern:
        case Concern.WHAT | Concern.WHY | Concern.OPTIONS:
            words: str | None = getattr(details, FIELDS[concern][0])
            return escape(shorten(words.strip(), PREVIEW)) if words else ""
        case Concern.PEOPLE:
            return escape("\n".join(_who(card, details)))
        case Concern.SCOPE:
            return rules.together(views.named_functions(card.decision, details))
        case Concern.DATES:
            return "\n".join(_days(details))


def _who(card: Card, details: Details) -> Sequence[str]:
    named = by_role(details, card.decision.decided_at, Rule)
    return [f"{title}: {card.listed(people)}" for title, people in named.items()]


def _days(details: Details) -> Sequence[str]:
    named = [("Decide by", details.due_on), ("Review on", details.review_on)]
    return [f"{title} {views.day(found)}" for title, found in named if found is not None]


def _fields(decision: Decision, details: Details, concern: Concern) -> list[Block]:
    match concern:
        case Concern.WHAT:
            return [
                _words(ids.BLOCK_WHAT, concern, details.what, "One sentence says it best.", optional=False)
            ]
        case Concern.WHY:
            return [_words(ids.BLOCK_WHY, concern, details.why, "What made this the right choice now?")]
        case Concern.OPTIONS:
            return [_words(ids.BLOCK_OPTIONS, concern, details.options, "What else was on the table?")]
        case Concern.PEOPLE:
            return [_people_field(details, one) for one in fields(decision, details)]
        case Concern.SCOPE:
            offered, chosen = FUNCTIONS.choices(details.functions)
            choices = options(*offered)
            return [input_several(TITLES[concern], ids.BLOCK_FUNCTIONS, choices, initial=chosen)]
        case Concern.DATES:
            return [
                input_day(
                    "Decide by",
                    ids.BLOCK_DUE,
                    initial=details.due_on,
                    hint="Whoever approves it is reminded once after it.",
                ),
                input_day(
                    "Review on",
                    ids.BLOCK_REVIEW,
                    initial=details.review_on,
                    hint=f"Whoever is named as {ROLES.word(Rule.DRIVER)} is asked on that day whether it still holds.",
                ),
            ]


_HINTS = {
    Rule.DRIVER: "Sees to it, and is told what comes of it.",
    Rule.APPROVER: "Is asked to approve it; until then it is proposed. With nobody here it is decided.",
    Rule.CONTRIBUTOR: "Are asked once for their view.",
    Rule.INFORMED: "Are told once when it is decided, and once when it is replaced.",
}


def _people_field(details: Details, role: Role) -> Block:
    there, block, hint = held(details, role), block_of(role), _HINTS[role.rule]
    if role.retired:
        hint = "Is retired: nobody new can be named in it."
    if role.rule.alone:
        initial, optional = next(iter(there), None), role.rule is not Rule.DRIVER
        return input_person(role.name, block, initial=initial, optional=optional, hint=hint)
    return input_people(role.name, block, initial=there, most=MOST[role.rule], hint=hint)


def _words(block: str, concern: Concern, words: str | None, hint: str, *, optional: bool = True) -> Block:
    return input_text(
        TITLES[concern],
        block,
        block,
        multiline=True,
        initial=words,
        max_length=WORDS_LIMIT,
        optional=optional,
        hint=hint,
    )
