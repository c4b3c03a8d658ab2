"""Opening the app: its Home tab or its messages."""

from typing import Any

from bot.sandbox.acts.act import Act, Nothing, our_person, reported
from bot.sandbox.deliver import emit
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import view_json
from bot.sandbox.world import Person

Json = dict[str, Any]


async def _open_home(hub: Hub, me: Person, _: Nothing) -> Json:
    return await _opened(hub, me, "home")


async def _open_messages(hub: Hub, me: Person, _: Nothing) -> Json:
    return await _opened(hub, me, "messages")


async def _opened(hub: Hub, me: Person, tab: str) -> Json:
    our_person(hub, me)
    event: Json = {
        "type": "app_home_opened",
        "user": me.id,
        "channel": hub.world.direct(me.id).id,
        "tab": tab,
        "event_ts": hub.stamps.next(),
    }
    view = hub.world.homes.get(me.id)
    if tab == "home" and view is not None:
        event["view"] = view_json(hub.world, view)
    return await reported(emit(hub, event))


ACTS = (Act("open_home", Nothing, _open_home), Act("open_messages", Nothing, _open_messages))
