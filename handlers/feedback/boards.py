"""The board of feedback: its card in the messages of whoever captured it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.feedback import alike, cards, views
from handlers.kit.features import Content
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback.values import FeedbackState, Source
from storage.things import queries as things
from storage.values import PersonId

_UNCOMPARED = (Source.EMOJI, Source.TYPED)
"""What is kept by one press; all others were compared in their form."""


def card(tx: Tx, subject: Mapping[str, Any]) -> Content | None:
    """The card as it is now."""
    feedback = feedbacks.get(tx, int(subject["number"]))
    if feedback is None:
        return None
    person = PersonId(str(subject["person"]))
    if feedback.state is FeedbackState.MERGED and (part := cards.part_message(tx, feedback, person)):
        return {"text": part.text, "blocks": part.blocks}
    card = cards.card(tx, feedback, person)
    if feedback.source in _UNCOMPARED:
        card = replace(card, near=alike.on_card(tx, feedback, things.viewing(cards.as_viewer(tx, person))))
    shown = views.card_message(card)
    return {"text": shown.text, "blocks": shown.blocks}
