"""What goes wrong in a month: Slack's answers, its events, our process, the clock. All drawn from the seed."""

import random
from collections.abc import Iterator
from datetime import timedelta

from bot.sandbox.faults import CallFault, EventFaults, Plan

WAYS = (
    ("before", "429"),
    *(
        (when, how)
        for when in ("before", "after", "late")
        for how in ("reset", "timeout", "500", "internal_error")
    ),
)
"""Every way in which a call goes wrong; a 429 says that Slack did nothing, so there it did nothing."""
LATEST = 20.0
"""Seconds after which Slack does what it was late with: within the courier's settle time."""
WEATHERS = (("fair", 5), ("breezy", 3), ("stormy", 1), ("deaf", 1))
SHARES = {"breezy": 0.08, "stormy": 0.35}
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1), timedelta(hours=5))


def plan(rng: random.Random) -> Plan:
    """The faults of some hours."""
    kind = rng.choices([name for name, _ in WEATHERS], [weight for _, weight in WEATHERS])[0]
    events = EventFaults(
        seed=rng.randrange(1 << 30), duplicate=0.15, reorder=0.1, delay=0.1, delay_seconds=rng.uniform(1, 400),
        black_hole=0.05 if kind == "stormy" else 0.0, lost_200=0.1, extra_retries=rng.randint(1, 3),
    )  # fmt: skip
    if kind == "fair":
        return Plan()
    if kind == "deaf":  # Slack's Web API hears nothing for a while
        return Plan(calls=(CallFault(fault=rng.choice(("timeout", "reset", "500"))),), events=events)
    return Plan(calls=tuple(_calls(rng, SHARES[kind])), events=events)


def _calls(rng: random.Random, share: float) -> Iterator[CallFault]:
    """Each way is as likely as the others, all of them together strike so many calls."""
    each = 1 - (1 - share) ** (1 / len(WAYS))
    for when, how in WAYS:
        yield CallFault.model_validate({
            "when": when, "fault": how, "probability": each, "seed": rng.randrange(1 << 30),
            "seconds": rng.uniform(0.1, LATEST), "retry_after": rng.randint(1, 30),
        })  # fmt: skip


def lifetime(rng: random.Random) -> int:
    """After how many commits and calls the next death comes; each has several sides."""
    return int(rng.expovariate(1 / 250)) + 1
