"""Decisions as Markdown, for whoever takes them elsewhere. Pure.

What people wrote stands in quotations, so that no line of theirs can look like a heading of ours.
"""

from collections.abc import Iterator, Sequence

from handlers.decisions import rules
from handlers.decisions.naming import by_role
from handlers.decisions.rules import NAMES, STANCES
from handlers.decisions.views import Card, named_functions
from handlers.kit.mrkdwn import one_line
from handlers.kit.shortening import length, split
from storage.decisions.values import Decision, DecisionState
from storage.roles.values import Rule
from storage.values import PersonId


def entry(card: Card) -> str:
    """One decision with everything known of it."""
    details = card.decision.details
    parts = [f"## {card.decision.reference} · {rules.title_of(details.what)}", "\n".join(_facts(card))]
    parts += _words("", details.what)
    parts += _words("### Why", details.why)
    parts += _words("### Options considered", details.options)
    return "\n\n".join(parts)


def parts(entry: str, limit: int) -> list[str]:
    """An entry in parts of at most `limit`, each of whole lines; a line that is longer goes on in another one."""
    found, room = [""], limit
    for line in [piece for whole in entry.split("\n") for piece in _lines(whole, limit)]:
        if length(line) + 1 > room:
            found, room = [*found, ""], limit
        found[-1] += f"{line}\n"
        room -= length(line) + 1
    return [one.strip() for one in found if one.strip()]


# ---------------------------------------------------------------------------------------------------------


def _lines(line: str, limit: int) -> list[str]:
    if length(line) < limit:
        return [line]
    mark = "> " if line.startswith("> ") else ""
    return [f"{mark}{piece}" for piece in split(line.removeprefix(mark), limit - length(mark) - 1)]


def _words(title: str, words: str | None) -> list[str]:
    if not words:
        return []
    quoted = "\n".join(f"> {line}".rstrip() for line in words.splitlines())
    return [title, quoted] if title else [quoted]


def _facts(card: Card) -> Iterator[str]:
    decision, details = card.decision, card.decision.details
    yield f"- State: {_state(card)}"
    for title, people in by_role(details, decision.decided_at, (Rule.DRIVER, Rule.APPROVER)).items():
        yield f"- {title}: {card.listed(people)}"
    for title, people in by_role(details, decision.decided_at, (Rule.CONTRIBUTOR,)).items():
        yield f"- {title}: {'; '.join(_contributors(card, people))}"
    for title, people in by_role(details, decision.decided_at, (Rule.INFORMED,)).items():
        yield f"- {title}: {card.listed(people)}"
    if details.functions:
        yield f"- Functions: {', '.join(named_functions(decision, details))}"
    yield from _dates(decision)
    if decision.replaces:
        yield f"- Replaces: D-{decision.replaces}"
    if decision.permalink:
        yield f"- Decided in: {decision.permalink}"


def _state(card: Card) -> str:
    decision = card.decision
    if decision.state is DecisionState.PROPOSED or decision.decided_at is None:
        return NAMES[decision.state].lower()
    decided = f"decided on {decision.decided_at.date()} by {card.name(decision.decided_by)}"
    superseded = decision.state is DecisionState.SUPERSEDED
    return f"{decided}, replaced by D-{decision.replaced_by}" if superseded else decided


def _contributors(card: Card, people: Sequence[PersonId]) -> Iterator[str]:
    for person in people:
        voice = card.voices.get(person)
        said = "not heard" if voice is None else STANCES[voice.stance]
        reason = f": {one_line(voice.reason)}" if voice is not None and voice.reason else ""
        yield f"{card.name(person)} ({said}{reason})"


def _dates(decision: Decision) -> Iterator[str]:
    if decision.details.due_on:
        yield f"- Decide by: {decision.details.due_on}"
    if decision.details.review_on:
        yield f"- Review on: {decision.details.review_on}"
