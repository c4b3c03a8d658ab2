"""`/throughline`, "help" in our messages, and what happens when Slack takes our token away."""

from collections.abc import Iterable

from handlers import feedback
from handlers.feedback.talking import Typed
from handlers.kit.features import Command, Event, Feature, Mode, Usage
from handlers.kit.permissions import ANYBODY, OUTSIDERS, PEOPLE_HERE
from handlers.kit.requests import EventRequest, Payload
from handlers.workspace.listeners import Listeners, from_outside
from handlers.workspace.overview import Entry
from storage.database import Tx
from storage.workspaces import queries as workspaces

SUMMARY = "What Throughline can do"


class Gone(Payload):
    """`app_uninstalled`, `tokens_revoked`."""

    type: str


def gone(tx: Tx, request: EventRequest[Gone]) -> None:
    """We were removed, or our token was: nothing is sent there until we are installed again."""
    del request
    workspaces.revoke(tx)


def feature(features: Iterable[Feature]) -> Feature:
    """The command that explains all others."""
    keeping = feedback.FEATURE.switch
    assert keeping is not None
    over = Listeners(tuple(features), [Entry("throughline help", SUMMARY.lower())], keeping)
    usage = (Usage("help", "every command"), Usage("capture …", "any command, if its own name is taken"))
    return Feature(
        name="workspace",
        commands=(Command("throughline", SUMMARY, usage, PEOPLE_HERE, Mode.READS, over.command),),
        events=(
            Event("message", Typed, "ask us for help", PEOPLE_HERE, over.written, "message.im"),
            Event("app_mention", Typed, "ask us for help", PEOPLE_HERE, over.written),
            Event("message", Typed, "be told whom to ask", OUTSIDERS, from_outside, "message.im"),
            Event("app_mention", Typed, "be told whom to ask", OUTSIDERS, from_outside),
            Event("app_uninstalled", Gone, "remove us", ANYBODY, gone),
            Event("tokens_revoked", Gone, "revoke our token", ANYBODY, gone),
        ),
        scopes={
            "im:history": "to answer people who write “help” to us",
            "app_mentions:read": "to answer “help” in a thread, where commands do not work",
            "chat:write": "to answer them",
        },
    )
