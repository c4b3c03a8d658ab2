"""The cards in an area's triage channel: one for each new piece of feedback, or one a day; shown as all there may see it.

A channel reads what was said in private only where that was said there.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.feedback import alike, answering, answers, cards, ids, triage_views, triaging
from handlers.kit.features import Content
from handlers.kit.surfaces import MessageContent
from storage.areas import queries as areas
from storage.areas.values import AreaId, Cards
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback import triage
from storage.feedback.values import KEPT, TRIAGED_KINDS, Feedback, FeedbackState, Source
from storage.outbox import boards
from storage.people import queries as people
from storage.things import queries as things
from storage.values import ChannelId, Json, PersonId

EVERYBODY = PersonId("")
"""Who looks at what stands in a channel: nobody in particular."""
FRESH = timedelta(days=3)
"""So long ago something may have come in for the first card of a day."""


def put(tx: Tx, feedback: Feedback) -> None:
    """Show it where its area is sorted, if one card each is wanted there and all there may see it."""
    area = answering.area_of(tx, feedback)
    channel = None if area is None else cards.open_channel(tx, area.triage)
    if area is None or channel is None or not _all_see(tx, feedback, channel.id):
        return
    if area.cards is Cards.DAILY:
        return
    subject: dict[str, Json] = {"number": feedback.number, "channel": channel.id}
    key = cards.triage_key(feedback.number)
    boards.put_in(tx, key, ids.TRIAGE_CARD, subject, channel.id, about=str(feedback.reference))


def post_days(tx: Tx) -> bool:
    """The job: one card a day in the morning of whoever looks after an area, if something new came in."""
    for area in areas.every(tx):
        channel = cards.open_channel(tx, area.triage) if area.cards is Cards.DAILY else None
        found = answering.keeper(tx, area)
        if channel is None or found is None or found[1].busy_at(tx.now) is not None:
            continue
        today, last = found[1].today(tx.now), areas.carded(tx, area.id)
        if last == today:
            continue
        since = tx.now - FRESH if last is None else found[1].midnight(tx.now) - (today - last)
        waiting = triage.waiting_in(
            tx, _seen_in(tx, channel.id), triaging.of_area(tx, area), today, triaging.COUNTED
        )
        if any(one.captured_at > since and one.source is not Source.IMPORT for one in waiting):
            areas.card(tx, area.id, today)
            subject: dict[str, Json] = {"area": area.id, "channel": channel.id, "day": today.isoformat()}
            boards.put_in(tx, cards.day_key(area.id, today), ids.TRIAGE_DAY, subject, channel.id)
            if last is not None:
                boards.touch(tx, cards.day_key(area.id, last))
    return False


def card(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """One card as it is now."""
    feedback, channel = feedbacks.get(tx, int(subject["number"])), ChannelId(str(subject["channel"]))
    if feedback is None:
        return None
    merged = feedback.state is FeedbackState.MERGED and _all_see(tx, feedback, channel)
    if merged and (part := cards.part_elsewhere(tx, feedback)) is not None:
        return _content(part)
    sorted_here = feedback.kind in TRIAGED_KINDS
    if feedback.state not in KEPT or not sorted_here or not _all_see(tx, feedback, channel):
        return _content(triage_views.gone(str(feedback.reference)))
    shown = replace(
        cards.card(tx, feedback, EVERYBODY), near=alike.on_card(tx, feedback, _seen_in(tx, channel))
    )
    found = answering.keeper(tx, answering.area_of(tx, feedback))
    answer = answering.known(tx, feedback, EVERYBODY)
    promised = None if found is None else answering.promised(tx, feedback, found[1])
    state = answers.stands(feedback, answer, dated=True) if feedback.state is not FeedbackState.NEW else ""
    return _content(triage_views.card(shown, state, answer.keeper, promised))


def day(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The card of a day as it is now; only the newest one lists what waits."""
    area, channel = areas.find(tx, AreaId(str(subject["area"]))), ChannelId(str(subject["channel"]))
    if area is None:
        return None
    named, newest = len(areas.every(tx)) > 1, areas.carded(tx, area.id)
    of = date.fromisoformat(str(subject["day"])) if "day" in subject else newest
    if of is not None and newest is not None and of < newest:
        return _content(triage_views.day_gone(area, of, named=named))
    found = answering.keeper(tx, area)
    today = tx.now.date() if found is None else found[1].today(tx.now)
    waiting = triage.waiting_in(
        tx, _seen_in(tx, channel), triaging.of_area(tx, area), today, triaging.COUNTED
    )
    more = max(0, len(waiting) - triage_views.LISTED)
    shown = triage_views.day(area, waiting[: triage_views.LISTED], more, triaging.kept(tx, area), named=named)
    return _content(shown)


# ---------------------------------------------------------------------------------------------------------


def _content(shown: MessageContent) -> Content:
    return {"text": shown.text, "blocks": shown.blocks}


def _seen_in(tx: Tx, channel: ChannelId) -> dict[str, object]:
    return things.viewing_in(channel, full=people.all_full(tx, channel))


def _all_see(tx: Tx, feedback: Feedback, channel: ChannelId) -> bool:
    return things.visible_in(tx, feedback.reference, channel, full=people.all_full(tx, channel))
