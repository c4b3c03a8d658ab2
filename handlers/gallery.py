"""Every view at its smallest, usual and largest, for the gallery and the snapshot tests.

Apart from the registry: a bot at work has no use for them, and they are megabytes.
"""

from handlers.asks import examples as asks_examples
from handlers.checkins import blocker_examples
from handlers.checkins import examples as checkins_examples
from handlers.decisions import examples as decisions_examples
from handlers.delivery import examples as delivery_examples
from handlers.digests import examples as digests_examples
from handlers.feedback import emoji_examples
from handlers.feedback import examples as feedback_examples
from handlers.functions import examples as functions_examples
from handlers.home import examples as home_examples
from handlers.launches import examples as launches_examples
from handlers.links import examples as links_examples
from handlers.roles import examples as roles_examples
from handlers.schedules import examples as schedules_examples
from handlers.setup import examples as setup_examples
from handlers.tokens import examples as tokens_examples
from handlers.workspace import examples as workspace_examples
from handlers.worktime import examples as worktime_examples

EXAMPLES = (
    *asks_examples.EXAMPLES,
    *feedback_examples.EXAMPLES,
    *emoji_examples.EXAMPLES,
    *checkins_examples.EXAMPLES,
    *blocker_examples.EXAMPLES,
    *decisions_examples.EXAMPLES,
    *delivery_examples.EXAMPLES,
    *digests_examples.EXAMPLES,
    *functions_examples.EXAMPLES,
    *home_examples.EXAMPLES,
    *launches_examples.EXAMPLES,
    *links_examples.EXAMPLES,
    *roles_examples.EXAMPLES,
    *schedules_examples.EXAMPLES,
    *setup_examples.EXAMPLES,
    *tokens_examples.EXAMPLES,
    *workspace_examples.EXAMPLES,
    *worktime_examples.EXAMPLES,
)
