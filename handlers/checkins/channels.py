"""Slack in: what happens to channels that check-ins are in."""

from handlers.checkins import service
from handlers.kit.requests import EventRequest, Payload, SlackId
from storage.database import Tx
from storage.values import ChannelId


class ChannelMoved(Payload):
    """`channel_id_changed`."""

    old_channel_id: SlackId
    new_channel_id: SlackId


def channel_moved(tx: Tx, request: EventRequest[ChannelMoved]) -> None:
    """A private channel that was shared got another id for good."""
    service.moved(tx, ChannelId(request.event.old_channel_id), ChannelId(request.event.new_channel_id))
