"""Feedback that other programs send, and how what they track stands: one request, one transaction."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from handlers.feedback import outcomes, rules, service
from handlers.feedback.outcomes import Outcome
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.database import Tx
from storage.deliveries import queries as deliveries
from storage.feedback import queries as feedbacks
from storage.feedback.values import FeedbackState, Kind, NewFeedback, Source, Standing, outside_key
from storage.tokens.values import Token
from storage.values import Audience, Json, PersonId

AT_ONCE = 20
"""Pieces of feedback that are moved in one work."""


class Refused(Exception):
    """Nothing was done: why, by a name programs read and a sentence people do."""

    def __init__(self, status: int, error: str, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.error = error
        self.field = field


class Status(StrEnum):
    """What a program may say that becomes of it."""

    PLANNED = FeedbackState.PLANNED.value
    IN_PROGRESS = FeedbackState.IN_PROGRESS.value
    SHIPPED = FeedbackState.SHIPPED.value
    DECLINED = FeedbackState.DECLINED.value
    ANSWERED = FeedbackState.ANSWERED.value


def _said(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a character no text has (NUL).")
    if not text.strip():
        raise ValueError("It is empty.")
    return text.strip()


def _line(text: str) -> str:
    return " ".join(_said(text).split())


Words = Annotated[str, Field(max_length=rules.WORDS_KEPT), AfterValidator(_said)]
Sentence = Annotated[str, Field(max_length=rules.SENTENCE_LIMIT), AfterValidator(_said)]
Name = Annotated[str, Field(max_length=rules.ACCOUNT_LIMIT), AfterValidator(_line)]
Key = Annotated[str, Field(max_length=rules.KEY_LIMIT), AfterValidator(_said), AfterValidator(outside_key)]


class Sent(BaseModel):
    """What a program sends: the words, and what it knows of them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    words: Words
    kind: Kind | None = None
    account: Name | None = None
    area: Name | None = None
    key: Key | None = None


class Moved(BaseModel):
    """How what has that key stands now. `sentence` is for customers as it is, `reason` stays inside."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    status: Status
    sentence: Sentence | None = None
    reason: Sentence | None = None
    planned_for: date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.status is Status.DECLINED and self.reason is None:
            raise ValueError("What is declined needs its reason.")
        if self.status is Status.ANSWERED and self.sentence is None:
            raise ValueError("What is answered needs its sentence: the answer.")
        return self


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a request happen once: the key its program gave it, and all it said."""

    token: Token
    key: str
    body: bytes

    @property
    def delivery(self) -> str:
        """The delivery it is."""
        return f"api:{self.token.id}:{hashlib.sha256(self.key.encode()).hexdigest()}"

    @property
    def said(self) -> str:
        """The same with all it said."""
        return f"{self.delivery}:{hashlib.sha256(self.body).hexdigest()[:32]}"


def receive(tx: Tx, sent: Sent, us: PersonId, once: Once | None) -> dict[str, Json]:
    """Keep it like any capture, for everybody here to see; what it is called. Refused where it cannot be kept."""
    if once is not None and (known := _known(tx, once)) is not None:
        return known
    new = NewFeedback(
        sent.kind or rules.likely_kind(sent.words),
        Source.API,
        us,
        sent.words,
        sent.account,
        area=_area(tx, sent.area),
        outside=sent.key,
    )
    saved = service.capture(tx, new, Audience.workspace())
    answer: dict[str, Json] = {"reference": str(saved.feedback.reference)}
    if once is not None:
        deliveries.answer(tx, once.delivery, answer)
    return answer


def move(tx: Tx, key: str, moved: Moved, us: PersonId, after: int = 0) -> int | None:
    """Say how what has that key stands, some at a time; the last number looked at, None where there are no more."""
    numbers = feedbacks.with_key(tx, key, after, AT_ONCE)
    if not numbers and after == 0:
        raise Refused(404, "no_such_key", "No feedback has this key.")
    for number in numbers:
        _move(tx, number, moved, us)
    return numbers[-1] if len(numbers) == AT_ONCE else None


# ---------------------------------------------------------------------------------------------------------


def _move(tx: Tx, number: int, moved: Moved, us: PersonId) -> None:
    """What has shipped stays so, and what stands so already is not said again."""
    feedback = feedbacks.hold(tx, number)
    state = FeedbackState(moved.status.value)
    if feedback is None or feedback.state in (FeedbackState.SHIPPED, state):
        return
    day = moved.planned_for if state in rules.AWAITED else None
    said = Standing(day, moved.sentence, moved.reason, us, tx.now)
    outcomes.say(tx, feedback, Outcome(state, said))


def _area(tx: Tx, name: str | None) -> AreaId | None:
    if name is None:
        return None
    found = areas.by_name(tx, name)
    if found is None:
        raise Refused(422, "invalid", "There is no area of this name.", "area")
    return found.id


def _known(tx: Tx, once: Once) -> dict[str, Json] | None:
    """What a request that came before was answered; the same key with another body is refused."""
    taken: Callable[[], bool] = deliveries.claim(tx, once.delivery)
    if taken():
        deliveries.claim(tx, once.said)
        return None
    if not deliveries.known(tx, once.said):
        words = "This Idempotency-Key came before, with another body. Use a new one for something new."
        raise Refused(422, "key_used", words)
    return deliveries.reply(tx, once.delivery) or {"repeated": True}
