"""Nothing acknowledged is lost: signed events, repeated as Slack repeats them, while processes are killed."""

from dataclasses import replace

from tests.figures import Figure
from tests.proof.event_storm import Size, events
from tests.proof.scale import Scale
from tests.proof.stormy import Storm, both

WHOLE = Size(messages=980, people=50, typed=2_000, kills=200)


def run(scale: Scale) -> list[Figure]:
    """One storm on each database."""
    size = replace(
        WHOLE,
        messages=scale.of(WHOLE.messages),
        typed=scale.of(WHOLE.typed, WHOLE.people),
        kills=scale.of(WHOLE.kills),
    )
    storm = Storm(
        *("acked", "events", size.events, WHOLE.events, WHOLE.kills),
        lambda store, folder, roles, tell: events(store, folder, roles, size, tell),
    )
    return list(both(storm, scale))
