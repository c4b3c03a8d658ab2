"""`/throughline`, and what happens when Slack takes our token away."""

from collections.abc import Iterable

from handlers.kit.features import Command, Event, Feature, Mode, Usage
from handlers.kit.help import help_text
from handlers.kit.permissions import ANYBODY, PEOPLE_HERE
from handlers.kit.replies import CommandReply, Text
from handlers.kit.requests import CommandRequest, EventRequest, Payload
from storage.database import Tx
from storage.workspaces import queries as workspaces


class Gone(Payload):
    """`app_uninstalled`, `tokens_revoked`."""

    type: str


def gone(tx: Tx, request: EventRequest[Gone]) -> None:
    """We were removed, or our token was: nothing is sent there until we are installed again."""
    del request
    workspaces.revoke(tx)


def feature(features: Iterable[Feature]) -> Feature:
    """The command that explains all others."""
    commands = [command for each in features for command in each.commands]
    usage = (Usage("help", "every command"), Usage("capture …", "any command, if its own name is taken"))

    def run(tx: Tx, request: CommandRequest) -> CommandReply:
        del tx
        word = request.text.split(" ", 1)[0]
        unknown = "" if word in ("", "help") else "I do not know that one. Here is what there is:\n"
        own = help_text("throughline", [(one.words, one.does) for one in usage])
        parts = [help_text(one.typed, [(u.words, u.does) for u in one.usage]) for one in commands]
        return Text(unknown + "\n".join([*parts, own]))

    return Feature(
        name="workspace",
        commands=(Command("throughline", "What Throughline can do", usage, PEOPLE_HERE, Mode.READS, run),),
        events=(
            Event("app_uninstalled", Gone, "remove us", ANYBODY, gone),
            Event("tokens_revoked", Gone, "revoke our token", ANYBODY, gone),
        ),
    )
