"""A part that only takes time: for the tests of what runs parts."""

import time

from tests.figures import Figure
from tests.proof.scale import Scale


def run(scale: Scale) -> list[Figure]:
    """Sleep so many seconds; none at all is an error."""
    if not scale.share:
        raise ValueError("nobody sleeps")
    scale.tell("asleep", 0, 1)
    time.sleep(scale.share)
    return [Figure("nap.seconds", scale.share, "s", demand=1, at_most=True)]
