"""The life of views: a person's stack of at most three modals, and their Home tab."""

import secrets
import time
from typing import Any

from bot.sandbox.elements import complete, kept_values
from bot.sandbox.errors import SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.limits import LIMITS
from bot.sandbox.world import View

Json = dict[str, Any]


def top_modal(hub: Hub, user: str) -> View | None:
    """The modal somebody sees."""
    stack = hub.stacks.get(user)
    return stack[-1] if stack else None


def find_view(hub: Hub, ident: str) -> View | None:
    """An open modal or a published Home tab."""
    views = (view for stack in hub.stacks.values() for view in stack)
    found = next((view for view in views if view.id == ident), None)
    return found or next((view for view in hub.world.homes.values() if view.id == ident), None)


def open_modal(hub: Hub, user: str, body: Json) -> View:
    """Show a modal; one that was open before is gone."""
    _refuse_taken_external_id(hub, body)
    view = _new_view(user, body)
    hub.stacks[user] = [view]
    _show(hub, view)
    return view


def push_modal(hub: Hub, user: str, body: Json) -> View:
    """Show a modal on top of the one that is open."""
    _refuse_taken_external_id(hub, body)
    stack = hub.stacks.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= LIMITS["modal.stack"]:
        raise SlackError("push_limit_reached")
    view = _new_view(user, body)
    view.root, view.previous = stack[0].id, stack[-1].id
    stack.append(view)
    _show(hub, view)
    return view


def replace_view(hub: Hub, view: View, body: Json) -> None:
    """Put new content into a view; inputs with the same ids keep what they hold."""
    blocks = complete(body["blocks"])
    view.typed = kept_values(view.body["blocks"], view.typed, blocks)
    view.body = {**body, "blocks": blocks}
    view.hash = _new_hash()
    _show(hub, view)


def publish_home(hub: Hub, user: str, body: Json) -> View:
    """Set somebody's Home tab."""
    view = hub.world.homes.get(user)
    if view is None:
        view = hub.world.homes[user] = _new_view(user, body)
        view.kind = "home"
        _show(hub, view)
    else:
        replace_view(hub, view, body)
    return view


def pop_modal(hub: Hub, user: str) -> None:
    """Close the modal on top; the one below is seen again."""
    stack = hub.stacks.get(user, [])
    if stack:
        stack.pop()
    hub.stream.tell("modal", people=[user])


def clear_modals(hub: Hub, user: str) -> None:
    """Close all of somebody's modals."""
    hub.stacks.pop(user, None)
    hub.stream.tell("modal", people=[user])


def _new_view(user: str, body: Json) -> View:
    ident = f"V0{secrets.token_hex(5).upper()}"
    return View(ident, user, "modal", {**body, "blocks": complete(body["blocks"])}, _new_hash(), ident)


def _new_hash() -> str:
    return f"{int(time.time())}.{secrets.token_hex(4)}"


def _show(hub: Hub, view: View) -> None:
    hub.stream.tell("home" if view.kind == "home" else "modal", people=[view.user], view=view.id)


def _refuse_taken_external_id(hub: Hub, body: Json) -> None:
    wanted = body.get("external_id")
    taken = (view.body.get("external_id") for stack in hub.stacks.values() for view in stack)
    if wanted and wanted in taken:
        raise SlackError("duplicate_external_id")
