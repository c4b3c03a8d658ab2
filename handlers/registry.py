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
    roles,
    schedules,
    setup,
    tokens,
    workspace,
    worktime,
)
from handlers.kit import function_names, role_names
from handlers.kit.features import Feature, Registry
from handlers.kit.knowing import knowing
from storage.outbox import boards

FEATURES = (
    people.FEATURE,
    asks.FEATURE,
    feedback.FEATURE,
    checkins.FEATURE,
    decisions.FEATURE,
    launches.FEATURE,
    worktime.feature(functions=functions.opened, roles=roles.opened),
    functions.FEATURE,
    roles.FEATURE,
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
NAMING_ROLES = {"decisions", "roles"}
"""Those that name the roles of decisions."""


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
    return Registry(map(_knowing, every))


def _knowing(feature: Feature) -> Feature:
    """The same, whose works know what the workspace calls what they name."""
    if feature.name in NAMING_ROLES:
        feature = knowing(feature, role_names.known)
    return knowing(feature, function_names.known) if feature.name in NAMING else feature
