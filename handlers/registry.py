"""Every feature, in the order their listeners and Home sections run. A new feature is added here."""

from handlers import (
    asks,
    checkins,
    decisions,
    digests,
    feedback,
    home,
    launches,
    links,
    people,
    schedules,
    setup,
    workspace,
    worktime,
)
from handlers.asks import examples as asks_examples
from handlers.checkins import blocker_examples
from handlers.checkins import examples as checkins_examples
from handlers.decisions import examples as decisions_examples
from handlers.digests import examples as digests_examples
from handlers.feedback import examples as feedback_examples
from handlers.home import examples as home_examples
from handlers.kit.features import Feature, Registry
from handlers.launches import examples as launches_examples
from handlers.links import examples as links_examples
from handlers.schedules import examples as schedules_examples
from handlers.setup import examples as setup_examples
from handlers.workspace import examples as workspace_examples
from handlers.worktime import examples as worktime_examples
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
            home.feature((guide, *FEATURES)),
            workspace.feature((*FEATURES, joined)),
        )
    )


EXAMPLES = (
    *asks_examples.EXAMPLES,
    *feedback_examples.EXAMPLES,
    *checkins_examples.EXAMPLES,
    *blocker_examples.EXAMPLES,
    *decisions_examples.EXAMPLES,
    *digests_examples.EXAMPLES,
    *home_examples.EXAMPLES,
    *launches_examples.EXAMPLES,
    *links_examples.EXAMPLES,
    *schedules_examples.EXAMPLES,
    *setup_examples.EXAMPLES,
    *workspace_examples.EXAMPLES,
    *worktime_examples.EXAMPLES,
)
"""Every view at its smallest, usual and largest, for the gallery and the snapshot tests."""
