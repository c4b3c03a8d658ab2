"""The fault plan: which calls and events go wrong, and how. Product code knows nothing of it."""

import random
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]


class CallFault(BaseModel):
    """One rule for Web API calls; the first rule that matches and strikes counts.

    `fault` is reset, timeout, 429, 500 or any code for `ok: false`. before: nothing happened;
    after: it happened but the answer is lost; late: answered with the fault, happens `seconds` later.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: str = "*"
    channel: str | None = None
    nth: int | tuple[int, ...] | None = None
    probability: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0
    when: Literal["before", "after", "late"] = "before"
    fault: str = "internal_error"
    seconds: float = Field(default=0.2, ge=0)
    retry_after: int = Field(default=1, ge=0)
    hold: float = Field(default=30.0, ge=0, description="how long a timeout keeps the connection open")
    times: int | None = Field(default=None, ge=1)


class EventFaults(BaseModel):
    """What happens to events: each number is a probability."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    types: tuple[str, ...] | None = None
    seed: int = 0
    duplicate: float = Field(default=0, ge=0, le=1)
    copies: int = Field(default=1, ge=1)
    reorder: float = Field(default=0, ge=0, le=1)
    delay: float = Field(default=0, ge=0, le=1)
    delay_seconds: float = Field(default=0.5, ge=0)
    black_hole: float = Field(default=0, ge=0, le=1)
    lost_200: float = Field(default=0, ge=0, le=1)
    extra_retries: int = Field(default=1, ge=1, le=3)


class Plan(BaseModel):
    """A whole fault plan, as POST /sandbox/faults takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: tuple[CallFault, ...] = ()
    events: EventFaults = EventFaults()


class EventFate(BaseModel):
    """What was drawn for one event."""

    black_hole: bool = False
    copies: int = 0
    reorder: bool = False
    delay: float = 0.0
    lost_answers: int = 0


class Faults:
    """The plan in force, with its dice and counters."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or Plan()
        self._dice = [random.Random(rule.seed) for rule in self.plan.calls]
        self._seen = [0] * len(self.plan.calls)
        self._struck = [0] * len(self.plan.calls)
        self._event_dice = random.Random(self.plan.events.seed)

    def for_call(self, method: str, arguments: Json) -> CallFault | None:
        """The fault that strikes this call, if any."""
        found = None
        for index, rule in enumerate(self.plan.calls):
            if _matches(rule, method, arguments) and self._strikes(index, rule) and found is None:
                self._struck[index] += 1
                found = rule
        return found

    def for_event(self, kind: str) -> EventFate:
        """What becomes of this event."""
        rules = self.plan.events
        if rules.types is not None and kind not in rules.types:
            return EventFate()
        roll = self._event_dice.random
        return EventFate(
            black_hole=roll() < rules.black_hole,
            copies=rules.copies if roll() < rules.duplicate else 0,
            reorder=roll() < rules.reorder,
            delay=rules.delay_seconds if roll() < rules.delay else 0.0,
            lost_answers=rules.extra_retries if roll() < rules.lost_200 else 0,
        )

    def _strikes(self, index: int, rule: CallFault) -> bool:
        self._seen[index] += 1
        rolled = self._dice[index].random() < rule.probability
        wanted = (rule.nth,) if isinstance(rule.nth, int) else rule.nth
        spent = rule.times is not None and self._struck[index] >= rule.times
        return rolled and not spent and (wanted is None or self._seen[index] in wanted)


def _matches(rule: CallFault, method: str, arguments: Json) -> bool:
    return rule.method in {"*", method} and rule.channel in {None, arguments.get("channel")}
