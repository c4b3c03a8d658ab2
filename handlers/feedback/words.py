"""Fetching a captured message's words and link after the capture is safe: what Slack's answers lead to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.feedback import cards, merging, rules, service, whereabouts
from handlers.feedback.outcomes import THREAD
from handlers.links import service as links
from storage.database import Tx
from storage.feedback import queries as feedbacks
from storage.feedback.values import Feedback, FeedbackState, MessageRef, WordsState
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.things import queries as things
from storage.values import Json


def linked(tx: Tx, answer: Answer) -> None:
    """Slack told us the message's address; it also says whether it is a reply in a thread."""
    feedback = _wanted(tx, answer)
    if feedback is None or feedback.message is None:
        return
    permalink = str(answer.data.get("permalink", "")) if answer.ok else ""
    if permalink:
        things.link(tx, feedback.reference, permalink)
        cards.changed(tx, feedback)
    if feedback.words_state is WordsState.PENDING:
        thread = THREAD.search(permalink)
        _ask_words(tx, feedback, feedback.message, thread.group(1) if thread else None, again=False)


def fetched(tx: Tx, answer: Answer) -> None:
    """Slack told us the words, or that it will not."""
    twin = _twin(tx, answer)
    feedback = _wanted(tx, answer)
    if feedback is None or feedback.message is None:
        return
    found = _the_message(answer, feedback.message.ts)
    if found is None and not answer.about.get("again"):
        _ask_words(tx, feedback, feedback.message, feedback.message.ts, again=True)
        return
    _fill(tx, feedback, found, twin)


def _wanted(tx: Tx, answer: Answer) -> Feedback | None:
    """The feedback the answer is about, unless its author objected while we were asking."""
    feedback = feedbacks.hold(tx, int(answer.about["number"]))
    if feedback is None or feedback.state is FeedbackState.OBJECTED or answer.verdict is Verdict.BLOCKED:
        return None
    return feedback


def _twin(tx: Tx, answer: Answer) -> Feedback | None:
    """What was said in the very same words before; held first, for those who merge hold the lower number first."""
    feedback = feedbacks.get(tx, int(answer.about["number"]))
    if feedback is None or feedback.message is None or feedback.words_state is not WordsState.PENDING:
        return None
    found = _the_message(answer, feedback.message.ts)
    return None if found is None else merging.twin(tx, feedback, whereabouts.words_of(tx, found))


def _fill(tx: Tx, feedback: Feedback, found: Mapping[str, Any] | None, twin: Feedback | None) -> None:
    words = whereabouts.words_of(tx, found) if found is not None else ""
    if feedbacks.fill_words(tx, feedback, words or None, rules.title_of(words, feedback.kind)):
        links.read_for(tx, feedback.reference, words, feedback.captured_by)
        if twin is not None:
            merging.attach(tx, replace(feedback, words=words), twin)
    current = feedbacks.get(tx, feedback.number)
    if current is not None:
        cards.changed(tx, current)
        service.follow_up(tx, current)


def _ask_words(tx: Tx, feedback: Feedback, message: MessageRef, thread: str | None, *, again: bool) -> None:
    """One message by its timestamp; replies stand only in their thread, so a second way is tried once."""
    arguments: dict[str, Json] = {
        "channel": message.channel,
        "oldest": message.ts,
        "latest": message.ts,
        "inclusive": "true",
        "limit": 5,
    }
    method = "conversations.history"
    if thread is not None:
        method, arguments["ts"] = "conversations.replies", thread
    about: dict[str, Json] = {"number": feedback.number, "again": again}
    key = f"words:{feedback.reference}:{'again' if again else 'first'}"
    enqueue(tx, Call(key, method, arguments, then="feedback.fetched", about=about))


def _the_message(answer: Answer, ts: str) -> Mapping[str, Any] | None:
    messages = answer.data.get("messages", []) if answer.ok else []
    return next((one for one in messages if isinstance(one, Mapping) and one.get("ts") == ts), None)
