"""What learning about people registers."""

from datetime import timedelta

from handlers.kit.features import Event, Feature, Job
from handlers.kit.permissions import ANYBODY
from handlers.people import listeners, service
from storage.database import Tx

_DOES = "let us know who is where"


def daily(tx: Tx) -> bool:
    """Ask for everybody once a day."""
    service.sync_daily(tx)
    return False


FEATURE = Feature(
    name="people",
    events=(
        Event("member_joined_channel", listeners.Membership, _DOES, ANYBODY, listeners.member_joined),
        Event("member_left_channel", listeners.Membership, _DOES, ANYBODY, listeners.member_left),
        Event(
            "app_home_opened",
            listeners.Opened,
            "let us know which conversation is ours",
            ANYBODY,
            listeners.opened,
        ),
        Event("team_join", listeners.UserNews, _DOES, ANYBODY, listeners.user_changed),
        Event("user_change", listeners.UserNews, _DOES, ANYBODY, listeners.user_changed),
        Event("channel_archive", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_archived),
        Event("channel_unarchive", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_unarchived),
        Event("group_archive", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_archived),
        Event("group_unarchive", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_unarchived),
        Event("channel_left", listeners.Left, _DOES, ANYBODY, listeners.we_left),
        Event("group_left", listeners.Left, _DOES, ANYBODY, listeners.we_left),
        Event("channel_shared", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_shared),
        Event("channel_unshared", listeners.ChannelNews, _DOES, ANYBODY, listeners.channel_unshared),
        Event("channel_id_changed", listeners.ChannelMoved, _DOES, ANYBODY, listeners.channel_moved),
    ),
    thens={
        "people.dm_opened": service.dm_opened,
        "people.learned": service.person_learned,
        "people.listed": service.people_listed,
        "people.channels_listed": service.channels_listed,
        "people.channel_learned": service.channel_learned,
        "people.members_listed": service.members_listed,
    },
    jobs=(Job("people.daily", timedelta(hours=1), daily),),
    scopes={
        "users:read": "to know who is a member, a guest or from outside, and each person's own time zone",
        "channels:read": "to know which public channels we are in and who may see what was said there",
        "groups:read": "the same for private channels somebody invited us to",
        "im:write": "to open a conversation with a person once, and to know its address",
    },
)
