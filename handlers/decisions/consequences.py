"""What happens now that somebody saved a decision, in sentences for their last page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.decisions import rules
from handlers.decisions.views import Card
from storage.decisions.values import DecisionState
from storage.values import AudienceKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision's card stands (None: in messages), who may see it, and whether we reach the old thread."""

    card: str | None
    audience: AudienceKind
    audience_channel: str | None = None
    old_thread: bool | None = None


def consequences(card: Card, place: Place) -> list[str]:
    """What happens now, most important first."""
    return [*_state(card), *_replaced(card, place), *_people(card), *_seen(place)]


def sees(place: Place) -> str:
    """Who can see it, in a sentence."""
    match place.audience:
        case AudienceKind.WORKSPACE:
            return "Everybody in this workspace can see it."
        case AudienceKind.CHANNEL:
            where = f"#{place.audience_channel}" if place.audience_channel else "its channel"
            return f"Only the members of {where} can see it."
        case AudienceKind.PEOPLE:
            return "Only you and the people named in it can see it."


# ---------------------------------------------------------------------------------------------------------


def _state(card: Card) -> Iterator[str]:
    decision = card.decision
    if decision.state is DecisionState.PROPOSED:
        asked = "said not yet" if rules.refused(decision, card.voices) else "is asked to approve it"
        yield f"It is proposed: {card.name(decision.details.approver)} {asked}."
    elif decision.state is DecisionState.DECIDED:
        by = "you" if decision.decided_by == card.viewer else card.name(decision.decided_by)
        yield f"Decided by {by}."


def _replaced(card: Card, place: Place) -> Iterator[str]:
    decision = card.decision
    if decision.replaces is None:
        return
    if decision.state is DecisionState.PROPOSED:
        yield f"D-{decision.replaces} holds until then."
    elif place.old_thread is None:
        yield f"D-{decision.replaces} holds no longer."
    elif place.old_thread:
        yield f"D-{decision.replaces} holds no longer, and its thread says so."
    else:
        yield (
            f"D-{decision.replaces} holds no longer. I am not in its channel: type `/invite @Throughline` there"
            " within a week and its thread says so, too."
        )


def _people(card: Card) -> Iterator[str]:
    decision = card.decision
    missing = rules.unheard(decision, card.voices) if rules.hears(decision) else []
    if missing:
        yield f"{card.listed(missing)} {_are(missing)} asked for a view."
    informed = [one for one in decision.details.informed if one != card.viewer]
    if informed:
        once = " once it is decided" if decision.state is DecisionState.PROPOSED else ""
        yield f"{card.listed(informed)} {_are(informed)} told{once}."


def _seen(place: Place) -> Iterator[str]:
    yield f"Its card is in #{place.card}." if place.card else "Its card is in your messages with me."
    yield sees(place)


def _are(people: list[str] | object) -> str:
    return "is" if isinstance(people, list) and len(people) == 1 else "are"
