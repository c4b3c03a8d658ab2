"""What a command does in a channel, from a menu of channels in Home: everything has a button, too."""

from collections.abc import Callable

from handlers.kit.forms import OLD_BUTTON
from handlers.kit.places import kind_of_channel
from handlers.kit.replies import ButtonReply, CommandReply, Note, Text
from handlers.kit.requests import ButtonRequest, CommandRequest, is_id
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import ChannelId

NOT_THERE = "Join that channel first; then you can choose it here."


def as_if_typed(
    name: str, run: Callable[[Tx, CommandRequest], CommandReply]
) -> Callable[[Tx, ButtonRequest], ButtonReply]:
    """The button or menu whose value is a channel: answers as the command typed alone there would."""

    def press(tx: Tx, request: ButtonRequest) -> ButtonReply:
        if not is_id(request.value):
            return Note(OLD_BUTTON)
        channel = ChannelId(request.value)
        known = people.channel(tx, channel)
        kind = kind_of_channel(channel, "") if known is None else known.kind
        hidden = known is not None and kind is not ChannelKind.PUBLIC
        if hidden and not people.is_member(tx, channel, request.who.person):
            return Note(NOT_THERE)
        called = "privategroup" if kind is ChannelKind.PRIVATE else "" if known is None else known.name
        reply = run(tx, CommandRequest(request.who, name, "", channel, called))
        return Note(reply.text, reply.blocks) if isinstance(reply, Text) else reply

    return press
