"""What Slack tells us about a channel is known before anybody posts there."""

import pytest

from storage.database import Tx
from storage.people import queries as people
from storage.values import ChannelId
from tests.conftest import WORKSPACE
from tests.front import FrontDoor


@pytest.mark.parametrize(("name", "ident"), [("#launches", "C0LAUNCH"), ("#pricing-private", "G0PRICING")])
async def test_an_archived_channel_is_known_as_such(door: FrontDoor, name: str, ident: str) -> None:
    """Public or private, where Slack calls the event by another name: archived and brought back."""

    def archived(tx: Tx) -> bool:
        channel = people.channel(tx, ChannelId(ident))
        assert channel is not None
        return channel.archived

    if name == "#pricing-private":
        await door.slack.invite("throughline", name, as_="maya")
    await door.slack.archive(name, as_="maya")
    assert await door.app.database.read(WORKSPACE, archived)
    await door.slack.unarchive(name, as_="maya")
    assert not await door.app.database.read(WORKSPACE, archived)
