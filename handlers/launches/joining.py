"""Coming into a launch's channel, where its board stands: we join a public one, a private one invites us."""

from handlers.asks import service as asks
from handlers.kit.blocks import section
from handlers.kit.mrkdwn import escape
from handlers.kit.requests import EventRequest, Payload, SlackId
from handlers.launches import cards
from handlers.people import service as people_service
from storage.database import Tx, new_id
from storage.launches import queries as launches
from storage.launches.values import Launch
from storage.outbox import boards
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import ChannelId, Json
from storage.workspaces import queries as workspaces

STANDS = "Its board stands in #{where}, pinned."
COMES = "I am joining {where}; its board stands there once I am in."
INVITE = "I am not in {where}. Type `/invite @Throughline` there, and its board stands there."
WITH_YOU = "Its board stands in your messages with me."
SHARED = "People from outside are in that channel, so the board stands in your messages with me."


class Membership(Payload):
    """`member_joined_channel`."""

    user: SlackId
    channel: SlackId


def settle(tx: Tx, launch: Launch, kind: ChannelKind) -> str:
    """Have the board stand where it can; what to tell whoever made the launch."""
    known = None if launch.channel is None else people.channel(tx, launch.channel)
    where = f"#{known.name}" if known is not None and known.name else "this channel"
    if launch.channel is None or (known is not None and known.shared):
        cards.stand_with_owner(tx, launch)
        return WITH_YOU
    if cards.stand(tx, launch):
        return STANDS.format(where=where.removeprefix("#"))
    if kind is ChannelKind.PRIVATE:
        return INVITE.format(where=where)
    _join(tx, launch.channel)
    return COMES.format(where=where)


def joined(tx: Tx, answer: Answer) -> None:
    """Slack let us in, or will not: then somebody has to invite us."""
    channel = ChannelId(str(answer.about["channel"]))
    if answer.ok:
        came_in(tx, channel)
    elif answer.verdict is not Verdict.BLOCKED:
        _tell_owners(tx, channel, INVITE.format(where="its channel"))


def member_joined(tx: Tx, request: EventRequest[Membership]) -> None:
    """When it is us who came in, boards that waited for it can stand."""
    ours = workspaces.find(tx)
    if ours is not None and ours.bot_user == request.event.user:
        came_in(tx, ChannelId(request.event.channel))


def came_in(tx: Tx, channel: ChannelId) -> None:
    """We are in: look what the channel is before anything is posted there."""
    if any(_waits(tx, one) for one in launches.in_channel(tx, channel)):
        about: dict[str, Json] = {"channel": channel}
        key = f"launches.ready:{channel}:{new_id()}"
        call = Call(key, "conversations.info", {"channel": channel}, then="launches.ready", about=about)
        enqueue(tx, call)


def ready(tx: Tx, answer: Answer) -> None:
    """We know the channel: the boards stand there, unless people from outside are in it."""
    people_service.channel_learned(tx, answer)
    channel = ChannelId(str(answer.about["channel"]))
    known = people.channel(tx, channel)
    for launch in launches.in_channel(tx, channel) if known is not None else ():
        if _waits(tx, launch) and known is not None and known.shared:
            cards.stand_with_owner(tx, launch)
            _tell_owner(tx, launch, SHARED)
        elif _waits(tx, launch):
            cards.stand(tx, launch)


# ---------------------------------------------------------------------------------------------------------


def _waits(tx: Tx, launch: Launch) -> bool:
    return boards.at(tx, cards.board_key(launch.number)) is None


def _join(tx: Tx, channel: ChannelId) -> None:
    about: dict[str, Json] = {"channel": channel}
    key = f"launches.join:{channel}:{new_id()}"
    enqueue(tx, Call(key, "conversations.join", {"channel": channel}, then="launches.joined", about=about))


def _tell_owners(tx: Tx, channel: ChannelId, words: str) -> None:
    for launch in launches.in_channel(tx, channel):
        if _waits(tx, launch):
            _tell_owner(tx, launch, words)


def _tell_owner(tx: Tx, launch: Launch, words: str) -> None:
    key = f"launch.board:{launch.number}:{new_id()}"
    summary = f"The board of {launch.reference} is not in its channel"
    asks.tell_back(tx, launch.owner, key, summary, [section(escape(words))])
