"""Typing into a menu whose options come from the app: when it is asked, and what of its answer is shown."""

from typing import Any

from bot.sandbox.acts.act import Act, Body, common
from bot.sandbox.acts.interactions import MessageAt, Source, apology, element_of, place_of, surface_of
from bot.sandbox.blocks.compositions import option_group, plain_option
from bot.sandbox.blocks.rules import Check, many, one_of, shape
from bot.sandbox.deliver import interact, read_answer
from bot.sandbox.errors import Refused
from bot.sandbox.hub import Hub
from bot.sandbox.world import Person

Json = dict[str, Any]
_FEWEST_LETTERS = 3
_ANSWER = shape(
    {},
    {
        "options": many(plain_option, "select.options", "options", or_none=True),
        "option_groups": many(option_group, "select.option_groups", "option groups", or_none=True),
    },
    one_of("options", "option_groups"),
)


class Lookup(Body):
    """Words typed into a select whose options come from the app."""

    source: Source | None = None
    view: str | None = None
    message: MessageAt | None = None
    block_id: str
    action_id: str
    value: str = ""


async def _options(hub: Hub, me: Person, lookup: Lookup) -> Json:
    source = lookup.source or Source(view=lookup.view, message=lookup.message)
    surface = surface_of(hub, me, source)
    block, element = element_of(surface, lookup.block_id, lookup.action_id)
    if "external_select" not in element["type"]:
        raise Refused("This menu has its own options.")
    if len(lookup.value.strip()) < element.get("min_query_length", _FEWEST_LETTERS):
        return {"ok": True, "options": []}
    payload = common(hub, me) | place_of(hub, surface) | {
        "type": "block_suggestion",
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": lookup.value,
    }  # fmt: skip
    payload.pop("state", None)
    outcome = await interact(hub, "interactive", "block_suggestion", hub.stamps.next(), payload)
    answer: Json = (read_answer(outcome) if outcome.ok else None) or {}
    problems = check_options(answer) if outcome.ok else [apology(hub, outcome)]
    if problems:
        hub.stream.note(me.id, problems[0], tone="error")
        return {"ok": False, "error": "; ".join(problems), "options": []}
    return {"ok": True, **answer}


def check_options(answer: Any) -> list[str]:
    """What is wrong with an app's answer to a lookup."""
    check = Check("modal")
    _ANSWER(answer, "answer", check)
    return [f"The app’s options cannot be shown: {problem}" for problem in check.problems]


ACTS = (Act("options", Lookup, _options),)
