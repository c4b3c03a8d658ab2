"""How many cases a run draws, and how one that failed is drawn again.

Each run draws others. `AUDIENCE_EXAMPLES=100` draws as many of each kind on each database; `AUDIENCE_SEED=7`, which a
failure names, draws the same ones again. None is made smaller: each costs seconds, and its canaries say where to look.
"""

import os
import random

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = int(os.environ.get("AUDIENCE_EXAMPLES", "2"))
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=False,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def any_seed() -> int:
    """The seed that was asked for, else another one each time."""
    return int(os.environ.get("AUDIENCE_SEED") or random.SystemRandom().randrange(2**32))
