"""auth.test, api.test, team.info, bots.info and apps.connections.open."""

from typing import Any

from bot.sandbox.api.method import Arguments, Method
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub

Json = dict[str, Any]


def _auth_test(hub: Hub, _: Arguments) -> Json:
    world = hub.world
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.name,
        "user": hub.manifest.bot_name,
        "team_id": world.id,
        "user_id": world.bot,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def _api_test(_: Hub, arguments: Arguments) -> Json:
    return {"args": arguments.values}


def _team_info(hub: Hub, _: Arguments) -> Json:
    world = hub.world
    return {
        "team": {"id": world.id, "name": world.name, "domain": world.domain, "email_domain": "", "icon": {}}
    }


def _bots_info(hub: Hub, arguments: Arguments) -> Json:
    if arguments.text("bot", hub.world.bot_id) != hub.world.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": hub.world.bot_id, "deleted": False, "name": hub.manifest.app_name, "updated": 1_700_000_000}
    return {"bot": {**bot, "app_id": hub.world.app_id, "user_id": hub.world.bot, "icons": {}}}


def _connections_open(hub: Hub, _: Arguments) -> Json:
    if not (hub.manifest.socket_mode and hub.sockets.enabled):
        raise SlackError("Socket Mode is not turned on.")
    base = hub.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={hub.sockets.ticket()}&app_id={hub.world.app_id}"}


METHODS = (
    Method("auth.test", _auth_test, per_minute=600),
    Method("api.test", _api_test, token="any", per_minute=600),  # noqa: S106 - a kind of token
    Method("team.info", _team_info, ("team:read",)),
    Method("bots.info", _bots_info, ("users:read",)),
    Method("apps.connections.open", _connections_open, token="app", per_minute=1),  # noqa: S106
)
