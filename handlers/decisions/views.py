"""What people see of decisions: cards and lists. Values in, Block Kit out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.asks import views as asked
from handlers.decisions import ids, rules
from handlers.decisions.naming import SEVERAL, by_role
from handlers.decisions.rules import MARKS, NAMES, STANCES, together
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, plain, quote, section
from handlers.kit.elements import Element, button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import date_token, escape, link, one_line
from handlers.kit.objects import confirm
from handlers.kit.roles import ROLES
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, message
from handlers.links import views as links
from storage.decisions.values import Decision, DecisionState, Details, Line, Voice
from storage.roles.values import Rule
from storage.things.values import Linked
from storage.values import PersonId

WHY_ON_CARD = 600
REASON_ON_CARD = 300
IN_ONE = 500
"""Characters that fit into one paragraph with their title, however they are escaped."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: the decision, what was said, names as plain text, and who is looking if it is one."""

    decision: Decision
    voices: Mapping[PersonId, Voice]
    names: Mapping[PersonId, str]
    viewer: PersonId | None = None
    admin: bool = False
    links: Sequence[Linked] = ()
    not_asked: Sequence[tuple[str, str]] = ()
    """Who was to be asked what and has not been, and why, for whoever may change it."""

    def name(self, person: PersonId | None) -> str:
        """What to call somebody."""
        return (self.names.get(person) if person is not None else None) or "a colleague"

    def listed(self, people: Iterable[PersonId]) -> str:
        """Several people in a sentence."""
        return together([self.name(one) for one in people])


def heading(decision: Decision) -> str:
    """`⚖️ D-7 · Decided`: how every card of it begins."""
    return f"{MARKS[decision.state]} {decision.reference} · {NAMES[decision.state]}"


def card_message(card: Card) -> MessageContent:
    """The card as a message; everybody in its channel sees the same."""
    decision = card.decision
    if decision.state is DecisionState.WITHDRAWN:
        words = f"{card.name(decision.changed_by)} withdrew it. Nobody is asked about it any more."
        return message(heading(decision), words, [section(escape(words))])
    why = shorten(decision.details.why or "", WHY_ON_CARD)
    said = [decision.details.what, *([f"Why: {why}"] if why else []), _facts_said(card), *_heard(card)]
    return message(heading(decision), "\n".join(said), [*_body(card), *_channel_deeds(decision)])


def card_blocks(card: Card) -> list[Block]:
    """The card as its viewer sees it: all of it, and what they may do."""
    decision = card.decision
    if decision.state is DecisionState.WITHDRAWN:
        return [
            quote(decision.details.what),
            context(f"Withdrawn by {escape(card.name(decision.changed_by))}."),
        ]
    options = titled("Options considered", decision.details.options, rules.WORDS_LIMIT)
    linked = links.lines(decision.reference, card.links)
    unasked = asked.not_asked(card.not_asked)
    return [*_body(card, options, rules.WORDS_LIMIT), *_people(card), *unasked, *linked, *deeds(card)]


def deeds(card: Card) -> list[Block]:
    """What this viewer may do, in the order they would look for it."""
    decision, viewer = card.decision, card.viewer
    if viewer is None:
        return []
    found: list[Element] = []
    if rules.may_approve(decision, viewer):
        found += approval(decision)
    if rules.may_answer(decision, viewer):
        found += asked_for_views(decision)
    if rules.may_change(decision, viewer, admin=card.admin):
        found.append(button("More…", ids.MORE, str(decision.number)))
    if rules.may_supersede(decision, viewer, admin=card.admin) and decision.replaced_by is None:
        found.append(supersede(decision))
    if rules.may_withdraw(decision, viewer, admin=card.admin):
        found.append(withdraw(decision))
    if decision.state is DecisionState.DECIDED and decision.replaced_by is None:
        found.append(make_launch(decision))
    return [actions(*found, links.link_button(decision.reference), links.why_button(decision.reference))]


def approval(decision: Decision) -> list[Element]:
    """What its approver presses; the version tells what they saw."""
    value = f"{decision.number}|{decision.version}"
    name = str(decision.reference)
    return [
        button("Approve", ids.APPROVE, value, style="primary", accessibility_label=f"Approve {name}"),
        button("Not yet…", ids.NOT_YET, str(decision.number), accessibility_label=f"Not yet to {name}"),
    ]


def asked_for_views(decision: Decision) -> list[Element]:
    """What a contributor presses."""
    number, name = str(decision.number), str(decision.reference)
    return [
        button("I agree", ids.AGREE, number, accessibility_label=f"Agree with {name}"),
        button("I object…", ids.OBJECT, number, accessibility_label=f"Object to {name}"),
        button("No view", ids.NO_VIEW, number, accessibility_label=f"No view on {name}"),
    ]


def show(number: int) -> Element:
    """The button that opens a decision's card."""
    return button("Show", ids.SHOW, str(number), accessibility_label=f"Show D-{number}")


def supersede(decision: Decision) -> Element:
    """The button that replaces a decision by a new one."""
    label = f"Supersede {decision.reference}"
    return button("Supersede…", ids.SUPERSEDE, str(decision.number), accessibility_label=label)


def make_launch(decision: Decision) -> Element:
    """The button that makes a launch of what was decided."""
    name = str(decision.reference)
    return button("Make a launch", ids.MAKE_LAUNCH, name, accessibility_label=f"Make a launch from {name}")


def withdraw(decision: Decision, words: str = "Withdraw") -> Element:
    """The button that takes a decision back, after a question."""
    asked = confirm(f"Withdraw {decision.reference}?", "Nobody is asked about it any more.", "Withdraw")
    label = f"Withdraw {decision.reference}"
    return button(words, ids.WITHDRAW, str(decision.number), confirm=asked, accessibility_label=label)


def line(one: Line, need: str = "") -> str:
    """One line of a list: reference, title as a link where there is one, and how it stands."""
    title = link(one.permalink, one.title) if one.permalink else escape(one.title)
    stands = need or _stands(one)
    return f"{MARKS[one.state]} *{one.reference}* {title}{' · ' + stands if stands else ''}"


def said_line(one: Line) -> str:
    """The same for those who only get the text."""
    stands = _stands(one)
    return f"{one.reference} {one.title}{' · ' + stands if stands else ''}"


def lines(title: str, rows: Sequence[tuple[Line, str]], empty: str) -> list[Block]:
    """A titled list, or what to do when there is nothing in it."""
    if not rows:
        return [section(f"*{title}*\n{empty}")]
    return [section(f"*{title}*"), *[section(line(one, need), show(one.number)) for one, need in rows]]


def titled(title: str, words: str | None, limit: int) -> list[Block]:
    """People's words below a title; none for no words."""
    said = shorten((words or "").strip(), limit)
    if len(said) <= IN_ONE:
        return [section(f"*{title}*\n{escape(said)}")] if said else []
    return [section(f"*{title}*"), *plain(said)]


def need_of(one: Line, viewer: PersonId, today: date) -> str:
    """Why a decision needs this viewer, in a few words."""
    if one.state is DecisionState.PROPOSED and one.approver == viewer:
        return "waits for your approval"
    if one.unheard:
        return "asks for your view"
    holds = one.state is DecisionState.DECIDED and one.replaced_by is None
    if holds and one.driver == viewer and one.review_on is not None and one.review_on <= today:
        return "is due for review"
    return "has a draft of yours" if one.draft else ""


def waits_for(one: Line, names: Mapping[PersonId, str]) -> str:
    """Whom somebody else's word is missing from, in mrkdwn."""
    name = "" if one.approver is None else names.get(one.approver, "")
    return f"waits for {escape(name)}" if name else "waits for somebody's approval"


def day(found: date) -> str:
    """`3 March 2026`."""
    return f"{found.day} {found:%B %Y}"


# ---------------------------------------------------------------------------------------------------------


def _stands(one: Line) -> str:
    if one.state is DecisionState.PROPOSED:
        return "proposed"
    if one.state is DecisionState.SUPERSEDED:
        return f"replaced by D-{one.replaced_by}"
    return ""


def _body(card: Card, options: Sequence[Block] = (), why_limit: int = WHY_ON_CARD) -> list[Block]:
    details = card.decision.details
    heard = _heard(card)
    why = titled("Why", details.why, why_limit)
    said = [context(escape("\n".join(heard)))] if heard else []
    return [quote(details.what), *why, *options, context(_facts(card)), *said]


def _people(card: Card) -> list[Block]:
    decision = card.decision
    named = by_role(decision.details, decision.decided_at, SEVERAL)
    said = [f"{escape(title)}: {escape(card.listed(people))}" for title, people in named.items()]
    most = limits.CONTEXT_ELEMENTS - 1
    rest = ["\n".join(said[most:])] if said[most:] else []
    return [context(*said[:most], *rest)] if said else []


def _facts(card: Card) -> str:
    decision, facts = card.decision, [escape(one) for one in _further(card)]
    if _is_decided(decision) and decision.decided_at is not None:
        on = date_token(decision.decided_at, "{date_short}", day(decision.decided_at.date()))
        facts.insert(0, f"decided by {escape(card.name(decision.decided_by))} on {on}")
    facts[0] = facts[0][0].upper() + facts[0][1:]
    return " · ".join([*facts, *([link(decision.permalink, "the message")] if decision.permalink else [])])


def _facts_said(card: Card) -> str:
    decision, facts = card.decision, _further(card)
    if _is_decided(decision) and decision.decided_at is not None:
        facts.insert(0, f"decided by {card.name(decision.decided_by)} on {day(decision.decided_at.date())}")
    facts[0] = facts[0][0].upper() + facts[0][1:]
    return " · ".join(facts)


def _is_decided(decision: Decision) -> bool:
    return decision.state in (DecisionState.DECIDED, DecisionState.SUPERSEDED)


def _further(card: Card) -> list[str]:
    decision, details = card.decision, card.decision.details
    facts = []
    if decision.state is DecisionState.PROPOSED:
        facts.append(f"waits for {card.name(details.approver)}")
    if decision.state is DecisionState.SUPERSEDED:
        facts.append(f"replaced by D-{decision.replaced_by}")
    elif decision.replaced_by:
        facts.append(f"D-{decision.replaced_by} is proposed to replace it")
    if decision.replaces:
        verb = "would replace" if decision.state is DecisionState.PROPOSED else "replaces"
        facts.append(f"{verb} D-{decision.replaces}")
    if details.driver != decision.decided_by:
        facts.append(f"{ROLES.then(Rule.DRIVER.first, decision.decided_at)}: {card.name(details.driver)}")
    named = links.named(card.links) if card.viewer is None else ""
    return [*facts, *_scope(decision), *([named] if named else [])]


def named_functions(decision: Decision, details: Details) -> list[str]:
    """What the functions it is for are called, and where that differs what they were called when it was decided."""
    return [FUNCTIONS.then(one, decision.decided_at) for one in details.functions]


def _scope(decision: Decision) -> list[str]:
    details, facts = decision.details, []
    if details.functions:
        facts.append(f"for {together(named_functions(decision, details))}")
    if decision.state is DecisionState.PROPOSED and details.due_on:
        facts.append(f"to be decided by {day(details.due_on)}")
    if decision.state is DecisionState.DECIDED and details.review_on:
        facts.append(f"review on {day(details.review_on)}")
    return facts


def _heard(card: Card) -> list[str]:
    """Who was not heard, which is never cut away, and what the others said; plain words."""
    decision, found = card.decision, []
    if decision.state is DecisionState.PROPOSED and rules.refused(decision, card.voices):
        approver = decision.details.approver
        found += [_said(card, card.voices[approver])] if approver else []
    missing = rules.unheard(decision, [one.person for one in card.voices.values() if not _late(card, one)])
    if missing:
        when = "before it was decided" if _was_approved(decision) else "yet"
        found.append(f"Not heard {when}: {card.listed(missing)}")
    return found + [
        _said(card, card.voices[one]) for one in decision.details.contributors if one in card.voices
    ]


def _said(card: Card, voice: Voice) -> str:
    reason = f": “{shorten(one_line(voice.reason), REASON_ON_CARD)}”" if voice.reason else ""
    afterwards = " (said afterwards)" if _late(card, voice) else ""
    return f"{card.name(voice.person)} {STANCES[voice.stance]}{reason}{afterwards}"


def _late(card: Card, voice: Voice) -> bool:
    decided = card.decision.decided_at
    return _was_approved(card.decision) and decided is not None and voice.at > decided


def _was_approved(decision: Decision) -> bool:
    return decision.decided_at is not None and decision.details.approver is not None


def _channel_deeds(decision: Decision) -> list[Block]:
    replaceable = decision.state is DecisionState.DECIDED and decision.replaced_by is None
    replace = [supersede(decision)] if replaceable else []
    return [actions(show(decision.number), *replace, links.why_button(decision.reference))]
