"""Queue asks and tellings, send what is due, settle what was answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.asks import rules, views
from handlers.kit.surfaces import MessageContent
from storage.asks import queries as asks
from storage.asks.values import AskKind, AskState
from storage.database import Tx, new_id
from storage.outbox import boards, letters
from storage.outbox.values import Answer, Verdict
from storage.people import queries as people
from storage.values import Json, PersonId, PersonKind

Blocks = Sequence[Mapping[str, object]]


def ask(tx: Tx, person: PersonId, key: str, summary: str, blocks: Blocks) -> bool:
    """Ask somebody something on their next working morning; the same `key` is asked once, ever.

    `summary` is one plain sentence; `blocks` hold the question and its buttons. Call `answered` when it is,
    `withdraw` when nobody needs to know any more.
    """
    due = rules.ask_at(tx.now, _zone(tx, person))
    return _queue(tx, person, key, AskKind.ASK, summary, blocks, due)


def tell(tx: Tx, person: PersonId, key: str, summary: str, blocks: Blocks) -> bool:
    """Tell somebody something: at once in their working hours, else when they next begin."""
    due = rules.tell_at(tx.now, _zone(tx, person))
    return _queue(tx, person, key, AskKind.TELL, summary, blocks, due)


def answered(tx: Tx, key: str) -> bool:
    """The question has its answer."""
    return _settle(tx, key, AskState.ANSWERED)


def withdraw(tx: Tx, key: str) -> bool:
    """Nobody needs to know any more; what is not sent yet never is."""
    return _settle(tx, key, AskState.WITHDRAWN)


def reword(tx: Tx, key: str, summary: str, blocks: Blocks) -> None:
    """More is known by now: say it better, as long as it has not been sent."""
    asks.reword(tx, key, summary, blocks)


def send_due(tx: Tx) -> bool:
    """Send one person what is due for them, merged; whether somebody else may have something due too.

    Somebody who has left or is a bot is sent nothing. A zone learned meanwhile moves what would come at
    night.
    """
    waiting = asks.due_here(tx)
    if waiting is None:
        return False
    due = asks.due_of(tx, waiting)
    person = people.person(tx, waiting)
    if person is not None and person.kind in (PersonKind.GONE, PersonKind.BOT, PersonKind.OUTSIDER):
        for one in due:
            asks.settle(tx, one.key, AskState.WITHDRAWN)
        return True
    moment = rules.tell_at(tx.now, _zone(tx, waiting))
    if moment > tx.now:
        for one in due:
            asks.postpone(tx, one.key, moment)
        return True
    if due:
        letter = f"asks:{waiting}:{new_id()}"
        content = views.merged(due)
        about: dict[str, Json] = {"keys": [one.key for one in due]}
        last = tx.now + rules.WORTH_SENDING
        letters.send(
            tx,
            letter,
            waiting,
            content.text,
            content.blocks,
            last_moment=last,
            then="asks.delivered",
            about=about,
        )
        asks.sent(tx, [one.key for one in due], letter)
        boards.touch_home(tx, waiting)
    return True


def delivered(tx: Tx, answer: Answer) -> None:
    """The message arrived, or it could not in time: then it is asked again at the next good moment."""
    if answer.ok or answer.verdict is Verdict.BLOCKED:
        return
    for key in answer.about["keys"]:
        asked = asks.find(tx, str(key))
        if asked is not None and asked.state is AskState.SENT:
            asks.again(tx, asked.key, rules.ask_at(tx.now, _zone(tx, asked.person)))


def open_blocks(tx: Tx, person: PersonId) -> MessageContent:
    """What waits for this person's answer, with its buttons; empty when nothing does."""
    waiting = asks.open_of(tx, person, views.MOST)
    return views.waiting(waiting)


def _queue(
    tx: Tx, person: PersonId, key: str, kind: AskKind, summary: str, blocks: Blocks, due: datetime
) -> bool:
    tx.wake("clock")
    return asks.add(tx, key, person, kind, summary, blocks, due)


def _settle(tx: Tx, key: str, state: AskState) -> bool:
    found = asks.find(tx, key)
    settled = asks.settle(tx, key, state)
    if settled and found is not None:
        boards.touch_home(tx, found.person)
    return settled


def _zone(tx: Tx, person: PersonId) -> str:
    found = people.person(tx, person)
    return "UTC" if found is None else found.zone
