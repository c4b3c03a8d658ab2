"""Nothing is sent twice or forgotten, though Slack fails every seventh time and processes are killed."""

from dataclasses import replace
from datetime import timedelta

from tests.figures import Figure
from tests.proof.scale import Scale
from tests.proof.send_storm import Size, sends
from tests.proof.storms import BREEZY
from tests.proof.stormy import Storm, both

WHOLE = Size(sends=100_000, channels=100, threads=9, kills=200)

TIMING = replace(BREEZY, settle=timedelta(seconds=10), lease=timedelta(seconds=16))
"""Long enough that what is done late, is done almost as late as it may be, however busy the machine."""


def run(scale: Scale) -> list[Figure]:
    """One storm on each database."""
    size = replace(WHOLE, sends=scale.of(WHOLE.sends), kills=scale.of(WHOLE.kills))
    storm = Storm(
        *("sent", "messages", size.sends, WHOLE.sends, WHOLE.kills),
        lambda store, folder, roles, tell: sends(store, folder, roles, size, TIMING, tell),
    )
    return list(both(storm, scale))
