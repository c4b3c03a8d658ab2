"""What Slack tells us about people and channels without being asked."""

from typing import Any

from handlers.kit.requests import EventRequest, MaybeId, Payload, SlackId
from handlers.people import service
from storage.database import Tx
from storage.people import queries as people
from storage.values import ChannelId, PersonId
from storage.workspaces import queries as workspaces


class Membership(Payload):
    """`member_joined_channel`, `member_left_channel`."""

    user: SlackId
    channel: SlackId


class UserNews(Payload):
    """`team_join`, `user_change`."""

    user: dict[str, Any]


class Opened(Payload):
    """`app_home_opened`, in either tab."""

    user: SlackId
    channel: MaybeId = ""


class ChannelNews(Payload):
    """`channel_archive`, `channel_unarchive`, `channel_shared`, `channel_unshared` and their group twins."""

    channel: SlackId


class Left(Payload):
    """`channel_left`, `group_left`: Slack's word to us that we were removed."""

    channel: SlackId


class ChannelMoved(Payload):
    """`channel_id_changed`."""

    old_channel_id: SlackId
    new_channel_id: SlackId


def member_joined(tx: Tx, request: EventRequest[Membership]) -> None:
    """Somebody, perhaps we, came into a channel."""
    event = request.event
    service.came_in(tx, ChannelId(event.channel), PersonId(event.user), _us(tx))


def member_left(tx: Tx, request: EventRequest[Membership]) -> None:
    """Somebody, perhaps we, left a channel."""
    event = request.event
    service.went_out(tx, ChannelId(event.channel), PersonId(event.user), _us(tx))


def we_left(tx: Tx, request: EventRequest[Left]) -> None:
    """We were removed; Slack does not always say it by `member_left_channel`, for we are no member then."""
    if (us := _us(tx)) is not None:
        service.went_out(tx, ChannelId(request.event.channel), us, us)


def opened(tx: Tx, request: EventRequest[Opened]) -> None:
    """Somebody looks at us: this is our conversation with them."""
    if request.event.channel.startswith("D"):
        people.set_dm(tx, PersonId(request.event.user), ChannelId(request.event.channel))


def user_changed(tx: Tx, request: EventRequest[UserNews]) -> None:
    """Somebody is new, moved to another zone, became a guest, or is gone."""
    if isinstance(request.event.user.get("id"), str):
        service.learned_from_event(tx, request.event.user)


def channel_archived(tx: Tx, request: EventRequest[ChannelNews]) -> None:
    """Nothing can be said there until it is brought back."""
    service.archived(tx, ChannelId(request.event.channel), now=True)


def channel_unarchived(tx: Tx, request: EventRequest[ChannelNews]) -> None:
    """What was blocked there goes on."""
    service.archived(tx, ChannelId(request.event.channel), now=False)


def channel_shared(tx: Tx, request: EventRequest[ChannelNews]) -> None:
    """People of another workspace are in it from now on."""
    people.set_shared(tx, ChannelId(request.event.channel), shared=True)


def channel_unshared(tx: Tx, request: EventRequest[ChannelNews]) -> None:
    """It may still be shared with a third workspace: ask."""
    service.learn_channel(tx, ChannelId(request.event.channel))


def channel_moved(tx: Tx, request: EventRequest[ChannelMoved]) -> None:
    """A private channel that was shared got another id for good."""
    service.moved(tx, ChannelId(request.event.old_channel_id), ChannelId(request.event.new_channel_id))


def _us(tx: Tx) -> PersonId | None:
    found = workspaces.find(tx)
    return None if found is None else found.bot_user
