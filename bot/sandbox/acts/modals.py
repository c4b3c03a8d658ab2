"""Submitting and closing modals, and what the app's answer does to the stack."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from bot.sandbox.acts.act import Act, Body, common, result
from bot.sandbox.blocks import check_modal
from bot.sandbox.deliver import interact, read_answer
from bot.sandbox.elements import STATE, values_of
from bot.sandbox.errors import Refused, SlackError
from bot.sandbox.hub import Hub
from bot.sandbox.payloads import view_json
from bot.sandbox.transport import Outcome
from bot.sandbox.views import clear_modals, pop_modal, push_modal, replace_view, top_modal
from bot.sandbox.world import Person, View

Json = dict[str, Any]
_TROUBLE = "We had some trouble connecting. Try again?"


class Submission(Body):
    """The submit button, with what the page still holds of the inputs."""

    view: str
    values: dict[str, dict[str, Json]] = Field(default_factory=dict)


class Closing(Body):
    """The x of a modal, or the way back."""

    view: str


async def _submit(hub: Hub, me: Person, submission: Submission) -> Json:
    view = _top(hub, me, submission.view)
    for block_id, actions in submission.values.items():
        view.typed.setdefault(block_id, {}).update(actions)
    if missing := _unfit(view):
        return result(None) | {"ok": False, "errors": missing}
    payload = common(hub, me) | {
        "type": "view_submission",
        "trigger_id": hub.triggers.issue(me.id, view.id),
        "view": view_json(hub.world, view),
        "response_urls": _response_urls(hub, me, view),
    }
    ident = f"{view.id} {view.hash}"
    what = f"view_submission {view.body.get('callback_id', '')}".strip()
    outcome = await interact(hub, "interactive", what, ident, payload)
    return _answered(hub, me, view, outcome)


def _top(hub: Hub, me: Person, ident: str) -> View:
    view = top_modal(hub, me.id)
    if view is None or view.id != ident:
        raise Refused("That modal is no longer open.")
    if not view.body.get("submit"):
        raise Refused("This modal has nothing to submit.")
    return view


def _answered(hub: Hub, me: Person, view: View, outcome: Outcome) -> Json:
    report = result(outcome)
    answer = read_answer(outcome) if outcome.ok else None
    problem = None if outcome.ok else _TROUBLE
    if outcome.ok:
        try:
            report |= _obey(hub, me, view, answer)
        except SlackError as error:
            problem = _TROUBLE
            report["error"] = "; ".join([error.code, *error.messages])
    if problem:
        report |= {"ok": False}
        hub.stream.note(me.id, problem, tone="error")
    return report


def _obey(hub: Hub, me: Person, view: View, answer: Any) -> Json:
    if answer in (None, "", {}):
        if view in hub.stacks.get(me.id, []):
            pop_modal(hub, me.id)
        return {}
    if not isinstance(answer, dict):
        raise SlackError("invalid_response")
    match answer.get("response_action"):
        case "errors":
            return _field_errors(view, answer.get("errors"))
        case "clear":
            clear_modals(hub, me.id)
        case "update":
            replace_view(hub, view, _fit(answer.get("view")))
        case "push":
            push_modal(hub, me.id, _fit(answer.get("view")))
        case other:
            raise SlackError("invalid_response", messages=[f"response_action {other!r} does not exist"])
    return {"response_action": answer["response_action"]}


def _field_errors(view: View, errors: Any) -> Json:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_response", messages=["errors must name block_ids of input blocks"])
    return {"ok": False, "response_action": "errors", "errors": errors}


def _fit(body: Any) -> Json:
    problems = check_modal(body) if isinstance(body, dict) else ["view: missing"]
    if problems:
        raise SlackError("invalid_response", messages=problems)
    return dict(body)


def _unfit(view: View) -> dict[str, str]:
    """What Slack's own client refuses before the app hears of anything."""
    values = values_of(view.body["blocks"], view.typed)
    found: dict[str, str] = {}
    for block in view.body["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state = values.get(block["block_id"], {}).get(element["action_id"], {})
            held = state.get(STATE[element["type"]].key)
            problem = _problem_with(element, held, optional=bool(block.get("optional")))
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem_with(element: Mapping[str, Any], held: Any, *, optional: bool) -> str | None:
    if held in (None, "", []):
        return None if optional else "Please complete this required field."
    if not isinstance(held, str):
        return None
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(held) < shortest:
        return f"Please enter at least {shortest} characters."
    if len(held) > longest:
        return f"Please enter at most {longest} characters."
    return _malformed(element, held)


def _malformed(element: Mapping[str, Any], held: str) -> str | None:
    match element["type"]:
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held):
            return "Please enter a valid email address."
        case "url_text_input" if not re.fullmatch(r"https?://\S+", held):
            return "Please enter a valid URL."
        case "number_input":
            return _not_in_range(element, held)
        case _:
            return None


def _not_in_range(element: Mapping[str, Any], held: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, held):
        return "Please enter a valid number."
    low, high = element.get("min_value"), element.get("max_value")
    if (low is not None and float(held) < float(low)) or (high is not None and float(held) > float(high)):
        return "Please enter a number in the allowed range."
    return None


def _response_urls(hub: Hub, me: Person, view: View) -> list[Json]:
    """Only a channel chosen in a menu that asks for it gives one after a submission."""
    urls = []
    for block in view.body["blocks"]:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            state = values_of([block], view.typed)[block["block_id"]][element["action_id"]]
            channel = state.get(STATE[element["type"]].key)
            if channel in hub.world.channels:
                url = hub.base_url + hub.response_urls.issue(channel, me.id)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append({**ids, "channel_id": channel, "response_url": url})
    return urls


async def _close(hub: Hub, me: Person, closing: Closing) -> Json:
    """The x: the whole stack goes, the app hears of its first view."""
    stack = hub.stacks.get(me.id, [])
    if not any(view.id == closing.view for view in stack):
        raise Refused("That modal is no longer open.")
    root = stack[0]
    clear_modals(hub, me.id)
    return await _tell_closed(hub, me, root, cleared=True)


async def _back(hub: Hub, me: Person, closing: Closing) -> Json:
    """The way back: one view goes, unless it asks for all to go."""
    view = top_modal(hub, me.id)
    if view is None or view.id != closing.view:
        raise Refused("That modal is no longer open.")
    cleared = bool(view.body.get("clear_on_close"))
    if cleared:
        clear_modals(hub, me.id)
    else:
        pop_modal(hub, me.id)
    return await _tell_closed(hub, me, view, cleared=cleared)


async def _tell_closed(hub: Hub, me: Person, view: View, *, cleared: bool) -> Json:
    if not view.body.get("notify_on_close"):
        return result(None)
    payload = common(hub, me) | {
        "type": "view_closed",
        "view": view_json(hub.world, view),
        "is_cleared": cleared,
    }
    return result(await interact(hub, "interactive", "view_closed", f"{view.id} closed", payload))


ACTS = (Act("submit", Submission, _submit), Act("close", Closing, _close), Act("back", Closing, _back))
