"""What somebody can put into an element at all: days and times that exist, people and channels that are here."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.sandbox.acts.act import sees
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.limits import LIMITS
from bot.sandbox.world import Person

Json = dict[str, Any]
Possible = Callable[[Hub, Person, Json, Any], bool]
_KIND = {"public": "public", "shared": "public", "private": "private", "im": "im"}


def refuse_impossible(hub: Hub, me: Person, element: Json, held: Any) -> None:
    """Refuse what Slack's own pickers do not offer and its fields do not take."""
    possible = _POSSIBLE.get(element["type"].removeprefix("multi_"))
    chosen = held if isinstance(held, list) else [held]
    for one in chosen:
        if possible is not None and one is not None and not possible(hub, me, element, one):
            raise Refused(f"Nobody can put “{one}” into a {element['type']}.")
    most = element.get("max_selected_items", len(chosen))
    if element["type"] == "file_input":
        most = element.get("max_files", LIMITS["file_input.files"])
    if len(chosen) > most:
        raise Refused(f"This field takes {most} at most.")


def _day(_: Hub, __: Person, ___: Json, held: Any) -> bool:
    try:
        return date.fromisoformat(str(held)).isoformat() == str(held)
    except ValueError:
        return False


def _time(_: Hub, __: Person, ___: Json, held: Any) -> bool:
    return isinstance(held, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", held) is not None


def _instant(_: Hub, __: Person, ___: Json, held: Any) -> bool:
    return isinstance(held, int) and re.fullmatch(r"\d{10}", str(held)) is not None


def _words(_: Hub, __: Person, ___: Json, held: Any) -> bool:
    return isinstance(held, str)


def _rich(_: Hub, __: Person, ___: Json, held: Any) -> bool:
    return isinstance(held, dict) and held.get("type") == "rich_text"


def _file(hub: Hub, me: Person, element: Json, held: Any) -> bool:
    """A file of one's own that is already here, of a kind the field takes."""
    file = hub.files.kept.get(str(held.get("id"))) if isinstance(held, dict) else None
    if file is None or file.user != me.id or file.content is None:
        return False
    kinds = element.get("filetypes")
    return not kinds or file.name.rsplit(".", 1)[-1].lower() in kinds


def _person(hub: Hub, _: Person, __: Json, held: Any) -> bool:
    """Guests, strangers, bots and who left are offered too: an app has to look for itself."""
    return held in hub.world.people


def _channel(hub: Hub, me: Person, _: Json, held: Any) -> bool:
    channel = hub.world.channels.get(held)
    return channel is not None and channel.kind in {"public", "shared"} and sees(me, channel)


def _conversation(hub: Hub, me: Person, element: Json, held: Any) -> bool:
    filtered = element.get("filter", {})
    wanted = filtered.get("include", ["im", "mpim", "private", "public"])
    if held in hub.world.people:
        bot = hub.world.people[held].kind == "bot"
        return "im" in wanted and not (bot and filtered.get("exclude_bot_users"))
    channel = hub.world.channels.get(held)
    if channel is None or not sees(me, channel) or _KIND[channel.kind] not in wanted:
        return False
    return not (channel.external and filtered.get("exclude_external_shared_channels"))


_POSSIBLE: Mapping[str, Possible] = {
    "datepicker": _day,
    "timepicker": _time,
    "datetimepicker": _instant,
    "plain_text_input": _words,
    "email_text_input": _words,
    "url_text_input": _words,
    "number_input": _words,
    "rich_text_input": _rich,
    "file_input": _file,
    "users_select": _person,
    "channels_select": _channel,
    "conversations_select": _conversation,
}
