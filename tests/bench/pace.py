"""Sending as fast as Slack lets us: one message a second in each of many channels, and not one too early."""

from statistics import median

from tests.bench import sending
from tests.bench.letters import CHANNELS
from tests.bench.sending import Sent
from tests.bench.tools import Tools
from tests.figures import Figure

KINDS = ("sqlite", "postgresql")
MESSAGES = 5_000
ROUNDS = 3
LEAST = 0.95
PACE = 1.0


def run(tools: Tools) -> list[Figure]:
    """All figures of it, each the median of its rounds, or the worst of them where there should be none."""
    count = tools.of(MESSAGES, least=2 * CHANNELS)
    rounds = []
    for number in range(ROUNDS):
        tools.tell(f"pace, round {number + 1} of {ROUNDS}")
        rounds.append({one: sending.ours(tools, one, count, PACE) for one in KINDS})
    ideal = (-(-count // CHANNELS) - 1) * PACE
    return [one for kind in KINDS for one in _figures(kind, [each[kind] for each in rounds], ideal)]


def _figures(kind: str, rounds: list[Sent], ideal: float) -> list[Figure]:
    seconds = median(one.seconds for one in rounds)
    refused = max(one.refused for one in rounds)
    return [
        Figure(f"pace.{kind}", ideal / seconds, "of the ideal pace", ideal, LEAST, ours=seconds),
        Figure(f"pace.{kind}_closest", min(one.closest for one in rounds), "s between two of a channel"),
        Figure(f"pace.{kind}_refused", refused, "calls refused with 429", demand=0, at_most=True),
    ]
