"""Every feature, in the order their listeners and Home sections run. A new feature is added here."""

from handlers import (
    asks,
    checkins,
    decisions,
    delivery,
    digests,
    feedback,
    home,
    launches,
    links,
    people,
    schedules,
    setup,
    tokens,
    workspace,
    worktime,
)
from handlers.kit.features import Feature, Registry
from storage.outbox import boards

FEATURES = (
    people.FEATURE,
    asks.FEATURE,
    feedback.FEATURE,
    checkins.FEATURE,
    decisions.FEATURE,
    launches.FEATURE,
    worktime.FEATURE,
    digests.FEATURE,
    digests.CATCHING_UP,
    delivery.FEATURE,
    tokens.FEATURE,
)


def registry() -> Registry:
    """All features, ready to be looked up."""
    ground = Feature(name="outbox", thens={"outbox.board": boards.arrived})
    guide, joined = setup.feature(FEATURES), links.feature(FEATURES)
    return Registry(
        (
            ground,
            *FEATURES,
            joined,
            schedules.feature(FEATURES),
            guide,
            home.feature((guide, joined, *FEATURES)),
            workspace.feature((*FEATURES, joined)),
        )
    )
