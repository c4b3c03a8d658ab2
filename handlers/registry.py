"""Every feature, in the order their listeners and Home sections run. A new feature is added here."""

from handlers import (
    asks,
    checkins,
    decisions,
    delivery,
    digests,
    feedback,
    functions,
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
from handlers.kit.function_names import knowing
from storage.outbox import boards

FEATURES = (
    people.FEATURE,
    asks.FEATURE,
    feedback.FEATURE,
    checkins.FEATURE,
    decisions.FEATURE,
    launches.FEATURE,
    worktime.feature(functions.opened),
    functions.FEATURE,
    digests.FEATURE,
    digests.CATCHING_UP,
    delivery.FEATURE,
    tokens.FEATURE,
)
NAMING = {
    "checkins",
    "decisions",
    "launches",
    "worktime",
    "functions",
    "digests",
    "catchup",
    "links",
    "schedules",
    "home",
}
"""Those that name the functions of a company. Feedback does in few places, and comes in too often to read it each time."""


def registry() -> Registry:
    """All features, ready to be looked up."""
    ground = Feature(name="outbox", thens={"outbox.board": boards.arrived})
    guide, joined = setup.feature(FEATURES), links.feature(FEATURES)
    every = (
        ground,
        *FEATURES,
        joined,
        schedules.feature(FEATURES),
        guide,
        home.feature((guide, joined, *FEATURES)),
        workspace.feature((*FEATURES, joined)),
    )
    return Registry(knowing(one) if one.name in NAMING else one for one in every)
