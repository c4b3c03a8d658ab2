"""What decisions ask and tell people, and what they write into threads. Values in, Block Kit out."""

from dataclasses import dataclass
from datetime import date

from handlers.decisions import ids, rules, views
from handlers.decisions.views import Card, day
from handlers.kit.blocks import Block, actions, context, quote, section
from handlers.kit.dates import say_day
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.roles import ROLES
from handlers.kit.surfaces import MessageContent, message
from storage.decisions.values import Decision, DecisionState
from storage.roles.values import Rule

SHORT = 600
"""People's words in an ask: enough to answer it; *Show* has the rest."""


@dataclass(frozen=True, slots=True)
class Said:
    """One plain sentence, and what stands below it."""

    summary: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a question has got with somebody: whether it and its reminder arrived, and their last day away."""

    asked: bool
    reminded: bool
    away_until: date | None = None


def approve(card: Card) -> Said:
    """To its approver, once."""
    decision, details = card.decision, card.decision.details
    by = f" by {say_day(details.due_on)}" if details.due_on else ""
    summary = f"{card.name(details.driver)} asks you to approve {decision.reference}{by}"
    return Said(summary, [*_words(card), _deeds_for_approver(decision)])


def stuck(card: Card, reached: Reached) -> Said:
    """To its driver, once, when its approver was reminded in vain, could not be, or had said "not yet"."""
    decision, details = card.decision, card.decision.details
    assert details.due_on is not None
    who = card.name(details.approver)
    why = f"{who} said not yet." if rules.refused(decision, card.voices) else _asked(who, reached)
    way_on = "Change the words, the day or who approves it, or withdraw it."
    summary = f"{decision.reference} was to be decided by {say_day(details.due_on)} and still is not"
    deeds = actions(
        button("Change…", ids.MORE, str(decision.number), style="primary"),
        views.withdraw(decision),
        views.show(decision.number),
    )
    return Said(summary, [_quoted(decision), section(escape(f"{why} {way_on}")), deeds])


def view(card: Card) -> Said:
    """To a contributor, once."""
    decision, details = card.decision, card.decision.details
    summary = f"{card.name(details.driver)} asks for your view on {decision.reference}"
    decides = f"{card.name(details.approver)} decides." if details.approver else "It is decided already."
    visible = context(escape(f"{decides} What you say stands on its card."))
    deeds = actions(*views.asked_for_views(decision), views.show(decision.number))
    return Said(summary, [*_words(card), visible, deeds])


def review(card: Card) -> Said:
    """To its driver, on the day they set."""
    decision = card.decision
    deeds = actions(
        button("Keep…", ids.KEEP, str(decision.number), style="primary"),
        button("Change…", ids.MORE, str(decision.number)),
        views.supersede(decision),
        views.show(decision.number),
    )
    decided = decision.decided_at
    since = f"Decided by {card.name(decision.decided_by)} on {day(decided.date())}. " if decided else ""
    said = context(escape(f"{since}It was to be looked at again now."))
    return Said(f"Does {decision.reference} still hold?", [_quoted(decision), said, deeds])


def approved(card: Card) -> Said:
    """To its driver: its approver decided."""
    decision = card.decision
    summary = f"{card.name(decision.decided_by)} approved {decision.reference}"
    return Said(summary, [_quoted(decision), actions(views.show(decision.number))])


def not_yet(card: Card, reason: str) -> Said:
    """To its driver: its approver does not decide it so."""
    decision = card.decision
    summary = f"{card.name(decision.details.approver)} says not yet to {decision.reference}"
    said = section("Change it, and they are asked once more.")
    deeds = actions(button("Change…", ids.MORE, str(decision.number)), views.show(decision.number))
    return Said(summary, [quote(reason), said, deeds])


def decided(card: Card) -> Said:
    """To everybody it informs, once."""
    decision = card.decision
    summary = f"{decision.reference} is decided"
    driver = decision.details.driver
    driven = "" if driver == decision.decided_by else f" {ROLES.word(Rule.DRIVER)}: {card.name(driver)}."
    by = f"Decided by {card.name(decision.decided_by)}.{driven} You are among those who are to know it."
    return Said(summary, [*_words(card), context(escape(by)), actions(views.show(decision.number))])


def replaced(card: Card) -> Said:
    """To everybody the old one or the new one informs, once."""
    decision = card.decision
    summary = f"D-{decision.replaces} holds no longer: {decision.reference} replaces it"
    known = f"You knew D-{decision.replaces} or are to know {decision.reference}."
    by = context(escape(f"Decided by {card.name(decision.decided_by)}. {known}"))
    new = button(f"Show {decision.reference}", ids.SHOW, str(decision.number))
    old = button(f"Show D-{decision.replaces}", f"{ids.SHOW}:old", str(decision.replaces))
    return Said(summary, [*_words(card), by, actions(new, old)])


def driving(card: Card) -> Said:
    """To somebody whom somebody else made its driver."""
    decision = card.decision
    named = f"named you as {ROLES.word(Rule.DRIVER)} in {decision.reference}"
    summary = f"{card.name(decision.changed_by)} {named}"
    means = context("You see to it, change it under *More*, and are told what comes of it.")
    return Said(summary, [_quoted(decision), means, actions(views.show(decision.number))])


def passed_over(card: Card) -> Said:
    """To somebody who was asked to approve it and is not any more."""
    decision = card.decision
    by = card.name(decision.changed_by)
    rest = {
        DecisionState.PROPOSED: f"{by} asks {card.name(decision.details.approver)} instead.",
        DecisionState.WITHDRAWN: f"{by} withdrew it.",
    }.get(decision.state, f"{by} decided it.")
    summary = f"You need not approve {decision.reference} any more"
    return Said(summary, [section(escape(rest)), actions(views.show(decision.number))])


def withdrawn(card: Card) -> Said:
    """To everybody who was told that it is decided."""
    decision = card.decision
    summary = f"{card.name(decision.changed_by)} withdrew {decision.reference}"
    return Said(
        summary,
        [
            _quoted(decision),
            context("You were told of it. It does not hold any more, and nothing replaces it."),
        ],
    )


def in_thread(card: Card) -> MessageContent:
    """Into the thread where the old decision was made."""
    decision = card.decision
    title = f"D-{decision.replaces} holds no longer: {decision.reference} replaces it"
    by = f"Decided by {card.name(decision.decided_by)}"
    text = f"{decision.details.what}\n{by}"
    deeds = actions(button(f"Show {decision.reference}", ids.SHOW, str(decision.number)))
    return message(title, text, [_quoted(decision), context(escape(by)), deeds])


# ---------------------------------------------------------------------------------------------------------


def _asked(who: str, reached: Reached) -> str:
    """`I reminded Inês Duarte, who is away until Friday 6 March.`."""
    until = "" if reached.away_until is None else f" is away until {say_day(reached.away_until)}"
    if not reached.asked:
        return f"{who} has not been asked yet{', and' + until if until else ''}."
    done = "reminded" if reached.reminded else "asked"
    return f"I {done} {who}{', who' + until if until else ''}."


def _quoted(decision: Decision, limit: int = SHORT) -> Block:
    return quote(decision.details.what, limit)


def _words(card: Card) -> list[Block]:
    why = card.decision.details.why
    return [_quoted(card.decision), *views.titled("Why", why, SHORT)]


def _deeds_for_approver(decision: Decision) -> Block:
    return actions(*views.approval(decision), views.show(decision.number))
