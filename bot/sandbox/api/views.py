"""views.open, push, update and publish."""

from typing import Any

from bot.sandbox.api.method import Arguments, Method, find_person, invalid
from bot.sandbox.blocks import check_home, check_modal
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import view_json
from bot.sandbox.views import find_view, open_modal, publish_home, push_modal, replace_view
from bot.sandbox.world import View

Json = dict[str, Any]


def _read_view(arguments: Arguments, kind: str) -> Json:
    view = arguments.structure("view", "invalid_arguments")
    if not isinstance(view, dict):
        raise invalid("[ERROR] missing required field: view")
    problems = check_home(view) if kind == "home" else check_modal(view)
    if problems:
        raise invalid(*(f"[ERROR] {problem}" for problem in problems))
    return view


def _open(hub: Hub, arguments: Arguments) -> Json:
    view = _read_view(arguments, "modal")
    trigger = hub.triggers.spend(arguments.required("trigger_id"))
    return {"view": view_json(hub.world, open_modal(hub, trigger.user, view))}


def _push(hub: Hub, arguments: Arguments) -> Json:
    view = _read_view(arguments, "modal")
    trigger = hub.triggers.spend(arguments.required("trigger_id"))
    if trigger.view is None:
        raise SlackError("not_found")
    return {"view": view_json(hub.world, push_modal(hub, trigger.user, view))}


def _update(hub: Hub, arguments: Arguments) -> Json:
    view = _named(hub, arguments)
    body = _read_view(arguments, view.kind)
    _compare_hash(arguments, view)
    replace_view(hub, view, body)
    return {"view": view_json(hub.world, view)}


def _named(hub: Hub, arguments: Arguments) -> View:
    external = arguments.text("external_id")
    if not external:
        view = find_view(hub, arguments.required("view_id"))
    else:
        views = (view for stack in hub.stacks.values() for view in stack)
        view = next((view for view in views if view.body.get("external_id") == external), None)
    if view is None:
        raise SlackError("not_found")
    return view


def _publish(hub: Hub, arguments: Arguments) -> Json:
    if not hub.manifest.home_tab:
        raise SlackError("not_enabled")
    person = find_person(hub, arguments.required("user_id"))
    if person.kind in {"bot", "stranger", "deactivated"}:
        raise invalid("invalid `user_id`")
    body = _read_view(arguments, "home")
    current = hub.world.homes.get(person.id)
    if current is not None:
        _compare_hash(arguments, current)
    return {"view": view_json(hub.world, publish_home(hub, person.id, body))}


def _compare_hash(arguments: Arguments, view: View) -> None:
    if arguments.text("hash") not in {"", view.hash}:
        raise SlackError("hash_conflict")


METHODS = (
    Method("views.open", _open, per_minute=100),
    Method("views.push", _push, per_minute=100),
    Method("views.update", _update, per_minute=100),
    Method("views.publish", _publish, per_minute=100),
)
