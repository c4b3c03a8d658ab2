"""The way in: how many requests a second, how soon each is answered, and what an idle process takes."""

from tests.bench.measuring import Bench
from tests.bench.reading import figures
from tests.bench.slack import local_slack
from tests.bench.tools import Tools
from tests.figures import Figure

MOST_MEMORY = 120


def run(tools: Tools) -> list[Figure]:
    """All figures of it."""
    with local_slack() as slack:
        bench = Bench(tools.databases, slack, tools.log, tools.seconds)
        rounds = list(bench.rounds(tools.rounds, tools.tell))
        calls, memory = bench.calls_on_the_way_in(), bench.idle_memory()
    return [
        *figures(rounds),
        Figure("way_in.slack_calls", calls, "calls before a 200", demand=0, at_most=True),
        Figure("memory.idle", memory, "MB", demand=MOST_MEMORY, at_most=True),
        Figure("machine.sync", tools.databases.sync_time() * 1000, "ms to make a page durable"),
    ]
