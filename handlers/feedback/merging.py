"""Two pieces of feedback that ask for the same become one, and can be taken apart again.

Nothing is moved: what was merged keeps its own, and counts under the other one (`storage.feedback.family`). Only what
the same people see is merged. What was said in a channel that not everybody reads never counts, by a merge, where
more people look: whoever said it there has not agreed to that. They can still ask for the other one themselves.
"""

from enum import StrEnum

from handlers.feedback import alike, answering, cards, likeness, routing, rules
from handlers.feedback.outcomes import THREAD
from handlers.kit.requests import Who
from handlers.links import service as links
from storage.audit import queries as audit
from storage.database import Tx
from storage.feedback import asking, family, triage
from storage.feedback import merging as merges
from storage.feedback import queries as feedbacks
from storage.feedback.values import OPEN, Feedback, FeedbackState, Merge, Spurned
from storage.outbox import boards
from storage.things import links as thing_links
from storage.things import queries as things
from storage.things.values import Letter, LinkState, Reference
from storage.values import AudienceKind, PersonId, PersonKind
from storage.workspaces import queries as workspaces


class Refusal(StrEnum):
    """Why two are not merged, or not taken apart."""

    GONE = "One of the two is not there any more, or it is not yours to see."
    SAME = "They are one already."
    NOT_YOURS = "Whoever captured it, whoever looks after its area, or an admin merges it."
    NOT_YOURS_TO_PART = (
        "Whoever merged or captured it, whoever looks after its area, or an admin takes it apart."
    )
    OVER = (
        "Something has become of one of the two already, and people were told so. Say of the other one itself"
        " what becomes of it, so that its people hear it, too."
    )
    AUDIENCE = (
        "Not the same people see both, so they stay apart: nobody who said it in private agreed to more."
        " Whoever wants the other one, too, can ask for it in their own words."
    )


def merge(tx: Tx, part: int, into: int, who: Who) -> tuple[Feedback, Feedback] | Refusal:
    """The one counts under the other, or under what that is part of, from now on."""
    whole = family.whole(tx, into)
    if family.whole(tx, part) == whole:
        return Refusal.SAME
    found = _held(tx, part, whole)
    if len(found) < 2 or not all(things.visible(tx, one.reference, links.viewer_of(who)) for one in found):
        return Refusal.GONE
    first, second = found
    if first.state is FeedbackState.MERGED or second.state is FeedbackState.MERGED:
        return Refusal.SAME
    if first.state not in OPEN or second.state not in OPEN:
        return Refusal.OVER
    if not may_merge(tx, first, who):
        return Refusal.NOT_YOURS
    if not alike.same_audience(tx, first, second):
        return Refusal.AUDIENCE
    return _merge(tx, first, second, who.person), second


def twin(tx: Tx, feedback: Feedback, words: str) -> Feedback | None:
    """What was said before in the very same words, where everybody here reads both; held, before the later one is.

    What is said in private never tells by itself, to those who see more, that somebody asked. What is said in a
    thread is about what stands above it.
    """
    in_thread = THREAD.search(feedback.permalink or "") is not None
    if in_thread or not likeness.says_enough(words) or not _open_to_all(tx, feedback):
        return None
    number = asking.equal(tx, cards.as_viewer(tx, feedback.captured_by), words)
    found = None if number is None or number >= feedback.number else feedbacks.hold(tx, number)
    return found if found is not None and found.state in OPEN and _open_to_all(tx, found) else None


def attach(tx: Tx, part: Feedback, whole: Feedback) -> None:
    """It says the very same, so it counts under the other one by itself; it can be taken apart like any other."""
    us = workspaces.find(tx)
    if part.state is FeedbackState.NEW and us is not None and us.bot_user is not None:
        _merge(tx, part, whole, us.bot_user)


def spurn(tx: Tx, number: int, who: Who, said: Spurned) -> Feedback | Refusal:
    """It is not the one that was offered, or somebody says so later; whoever may merge it may say that."""
    feedback = feedbacks.see_to_change(tx, number, links.viewer_of(who))
    if feedback is None or feedback.state not in OPEN:
        return Refusal.GONE
    if not may_merge(tx, feedback, who):
        return Refusal.NOT_YOURS
    triage.spurn(tx, number, said)
    audit.note(tx, who.person, "feedback.spurned", str(feedback.reference), said=said)
    cards.changed(tx, feedback)
    return feedback


def take_apart(tx: Tx, number: int, who: Who) -> tuple[Feedback, Feedback] | Refusal:
    """It stands for itself again, as it did before; what was merged into it stays with it."""
    merge = family.merge_of(tx, number)
    if merge is None or not things.visible(tx, Reference(Letter.FEEDBACK, number), links.viewer_of(who)):
        return Refusal.GONE
    found = _held(tx, number, family.whole(tx, number))
    merge = family.merge_of(tx, number)
    if len(found) < 2 or merge is None:
        return Refusal.GONE
    part, whole = found
    if not may_part(tx, part, merge, who):
        return Refusal.NOT_YOURS_TO_PART
    if whole.state not in OPEN:
        return Refusal.OVER
    parted = let_go(tx, merge, who.person)
    return (parted, whole) if parted is not None else Refusal.GONE


def let_go(tx: Tx, merge: Merge, by: PersonId) -> Feedback | None:
    """What was merged stands for itself again: somebody says so, or what it was part of is not kept."""
    part = feedbacks.hold(tx, merge.number)
    if part is None or part.state is not FeedbackState.MERGED:
        return None
    whole = family.whole(tx, merge.number)
    merges.part(tx, merge)
    into = Reference(Letter.FEEDBACK, merge.into)
    for name in merge.links:
        other = _reference(name)
        thing_links.forget(tx, into, other, merge.by, merge.at)
        boards.touch_about(tx, name)
    feedbacks.set_state(tx, part, merge.was, rules.title_of(part.words, part.kind))
    audit.note(tx, by, "feedback.parted", str(part.reference), of=str(into))
    for number in (merge.number, whole):
        if (one := feedbacks.get(tx, number)) is not None:
            cards.changed(tx, one)
    cards.sorted_anew(tx, part)
    parted = feedbacks.get(tx, merge.number)
    if parted is not None:
        routing.arrived(tx, parted)  # what was attached by itself has not been shown to whom it is for
    return parted


def let_all_go(tx: Tx, feedback: Feedback, by: PersonId) -> None:
    """It is not kept any more: neither stays anything part of it, nor it of anything."""
    merged = feedback.state is FeedbackState.MERGED
    if merged and (merge := family.merge_of(tx, feedback.number)) is not None:
        let_go(tx, merge, by)
    for one in family.direct(tx, feedback.number):
        let_go(tx, one, by)


def may_merge(tx: Tx, feedback: Feedback, who: Who) -> bool:
    """Whether this person may say that it is the same as another one."""
    member = who.kind is PersonKind.MEMBER
    says = rules.may_say(who.person, answering.area_of(tx, feedback), member=member, admin=who.admin)
    return says or feedback.captured_by == who.person


def may_part(tx: Tx, part: Feedback, merge: Merge, who: Who) -> bool:
    """Whether this person may take apart what was merged."""
    return merge.by == who.person or may_merge(tx, part, who)


# ---------------------------------------------------------------------------------------------------------


def _held(tx: Tx, first: int, second: int) -> list[Feedback]:
    """Both, held in the order of their numbers, so that two who want the same two wait for each other."""
    found = {number: feedbacks.hold(tx, number) for number in sorted((first, second))}
    return [one for one in (found[first], found[second]) if one is not None]


def _merge(tx: Tx, part: Feedback, whole: Feedback, by: PersonId) -> Feedback:
    brought = []
    for other, state in thing_links.ends(tx, part.reference):
        known = thing_links.between(tx, whole.reference, other)
        if state is LinkState.CONFIRMED and known is None and other != whole.reference:
            links.join(tx, whole.reference, other, by)
            brought.append(str(other))
    merges.join(tx, Merge(part.number, whole.number, part.state, by, tx.now, tuple(brought)))
    feedbacks.set_state(tx, part, FeedbackState.MERGED, rules.title_of(part.words, part.kind))
    audit.note(tx, by, "feedback.merged", str(part.reference), into=str(whole.reference))
    cards.changed(tx, part)
    cards.changed(tx, whole)
    cards.sorted_anew(tx, part)
    merged = feedbacks.get(tx, part.number)
    assert merged is not None
    return merged


def _open_to_all(tx: Tx, feedback: Feedback) -> bool:
    return things.audience(tx, feedback.reference).kind is AudienceKind.WORKSPACE


def _reference(name: str) -> Reference:
    letter, _, number = name.partition("-")
    return Reference(Letter(letter), int(number))
