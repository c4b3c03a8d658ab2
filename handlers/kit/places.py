"""Where something was said, and who may therefore see what was made of it. Pure."""

from storage.people.values import ChannelKind
from storage.values import Audience, ChannelId, PersonId


def kind_of_channel(channel: ChannelId, name: str) -> ChannelKind:
    """Where it is, from Slack's id and name of it (`directmessage`, `privategroup`, `mpdm-…`)."""
    if channel.startswith("D") or name == "directmessage":
        return ChannelKind.IM
    if name.startswith("mpdm-"):
        return ChannelKind.GROUP_IM
    private = name == "privategroup" or channel.startswith("G")
    return ChannelKind.PRIVATE if private else ChannelKind.PUBLIC


def audience_of(channel: ChannelId, kind: ChannelKind, maker: PersonId, *, with_us: bool) -> Audience:
    """Who may see what was made of it; a talk between people is theirs, one with us is not secret."""
    if kind is ChannelKind.PUBLIC or with_us:
        return Audience.workspace()
    return Audience.of_channel(channel) if kind is ChannelKind.PRIVATE else Audience.of_people(maker)
