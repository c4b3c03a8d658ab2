"""What people change behind *More*: kept page by page as a draft, then saved for everybody at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from handlers.decisions import cards, naming, rules
from handlers.decisions.following import follow
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.audit import queries as audit
from storage.database import Tx
from storage.decisions import changes, drafts
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, Details, Draft
from storage.outbox import boards
from storage.people import queries as people
from storage.people.values import Person
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import AudienceKind, PersonId, PersonKind


class Outcome(StrEnum):
    """What became of a draft."""

    SAVED = "saved"
    NOTHING = "nothing"
    CHANGED = "changed"
    UNSEEN = "unseen"
    NOT_THEIRS = "not_theirs"


@dataclass(frozen=True, slots=True)
class Result:
    """The decision as it stands now, and what became of the draft."""

    decision: Decision
    outcome: Outcome


def details_of(decision: Decision, draft: Draft | None) -> Details:
    """The details as this draft would make them."""
    return rules.merged(decision.details, {} if draft is None else draft.changes)


def keep_page(tx: Tx, decision: Decision, seen: int, fields: Mapping[str, Any], who: Who) -> None:
    """Keep one page's fields in the person's draft; what is as it was is no change."""
    draft = drafts.find(tx, decision.number, who.person)
    before = {} if draft is None else draft.changes
    kept = {name: value for name, value in before.items() if name not in fields}
    kept |= rules.changes_to(decision.details, fields)
    if kept:
        drafts.keep(tx, decision.number, who.person, seen, kept)
    else:
        drafts.discard(tx, decision.number, who.person)
    boards.touch_home(tx, who.person)


def save(tx: Tx, number: int, who: Who) -> Result | None:
    """Make the draft so for everybody; None when the decision is not there for them."""
    before = cards.see(tx, number, who)
    if before is None:
        return None
    draft = drafts.find(tx, number, who.person)
    if draft is None:
        return Result(before, Outcome.NOTHING)
    if not rules.may_change(before, who.person, admin=who.admin):
        return Result(before, Outcome.NOT_THEIRS)
    if draft.seen != before.version:
        drafts.rebase(tx, number, who.person, before.version)
        return Result(before, Outcome.CHANGED)
    details = details_of(before, draft)
    if strangers(tx, before, details):
        return Result(before, Outcome.UNSEEN)
    if not _apply(tx, before, details, who):
        return Result(decisions.must(tx, number), Outcome.CHANGED)
    boards.touch_home(tx, who.person)
    return Result(decisions.must(tx, number), Outcome.SAVED)


def strangers(tx: Tx, decision: Decision, details: Details) -> dict[PersonId, str]:
    """Who cannot be named so in it anew, and why; whoever is named in a private talk may see it."""
    added = [one for one in details.people if one not in decision.details.people]
    known = people.people(tx, added)
    opens = things.audience(tx, decision.reference).kind is AudienceKind.PEOPLE
    found = naming.late(decision.details, details)
    for one in added:
        person = known.get(one)
        if wrong := _wrong(person, opens or _sees(tx, decision, person)):
            found[one] = wrong
    return found


# ---------------------------------------------------------------------------------------------------------


def _sees(tx: Tx, decision: Decision, person: Person | None) -> bool:
    return person is not None and things.visible(tx, decision.reference, Viewer(person.id, person.kind))


def _wrong(person: Person | None, sees: bool) -> str | None:
    """Why this person cannot be named in a decision."""
    if person is None or person.kind is PersonKind.OUTSIDER:
        name = person.name if person is not None and person.name else "Somebody you chose"
        return f"{name} is no member of this workspace, as far as I know."
    if person.kind is PersonKind.BOT:
        return f"{person.name} is an app."
    if person.kind is PersonKind.GONE:
        return f"{person.name} is no longer here."
    return None if sees else f"{person.name} is not where this was decided and cannot see it."


def _apply(tx: Tx, before: Decision, details: Details, who: Who) -> bool:
    state = rules.state_after(before, details, who.person)
    again = rules.refused(before, cards.card(tx, before).voices)
    title = rules.title_of(details.what)
    if not changes.save(tx, before, details, state, who.person, title, again=again):
        return False
    if things.audience(tx, before.reference).kind is AudienceKind.PEOPLE:
        things.admit(tx, before.reference, details.people)
    fields = [name for names in rules.FIELDS.values() for name in names]
    changed = [name for name in fields if getattr(details, name) != getattr(before.details, name)]
    audit.note(tx, who.person, "decision.changed", str(before.reference), fields=[*changed], state=state)
    drafts.discard(tx, before.number, who.person)
    links.read(
        tx, before.reference, "\n".join(filter(None, (details.what, details.why, details.options))), who
    )
    follow(tx, decisions.must(tx, before.number), who.person, before)
    return True
