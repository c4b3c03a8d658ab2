"""Finds the element a person means and puts their choice into Slack's own shape."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.driver.reading import name_of
from bot.sandbox.driver.wire import Impossible
from bot.sandbox.elements import STATE, elements_of

Json = dict[str, Any]
Ask = Callable[[str, str, str], Awaitable[list[Json]]]


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of people and channels by the names tests use."""

    people: dict[str, str]
    channels: dict[str, str]

    @classmethod
    def of(cls, state: Json) -> "Names":
        """What one person's state says of people and channels."""
        people = {person["name"]: person["id"] for person in state["people"]}
        named = [channel for channel in state["channels"] if channel["kind"] != "im"]
        return cls(people, {channel["name"]: channel["id"] for channel in named})

    @property
    def handles(self) -> dict[str, str]:
        """The other way round: handles by id."""
        return {ident: name for name, ident in self.people.items()}

    def person(self, name: str) -> str:
        """The id of @maya, maya or U0MAYA."""
        wanted = name.removeprefix("@")
        if wanted not in self.people and wanted not in self.people.values():
            raise Impossible(f"There is nobody called {name} here.")
        return self.people.get(wanted, wanted)

    def channel(self, name: str) -> str:
        """The id of #sales, sales or C0SALES."""
        wanted = name.removeprefix("#")
        if wanted not in self.channels and wanted not in self.channels.values():
            raise Impossible(f"There is no channel {name} for this person.")
        return self.channels.get(wanted, wanted)

    def conversation(self, name: str) -> str:
        """The id of a channel or a person."""
        return self.person(name) if name.startswith("@") else self.channel(name)


def find(blocks: list[Json], wanted: str) -> tuple[Json, Json]:
    """The element with this visible text, label, action id or block id."""
    pairs = [(block, element) for block, element in elements_of(blocks) if element["type"] != "image"]
    exact = [pair for pair in pairs if wanted in _handles(*pair)]
    found = exact or [pair for pair in pairs if wanted.lower() in map(str.lower, _handles(*pair))]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"“{name_of(*pair)}”" for pair in pairs) or "nothing"
    raise Impossible(
        f"{len(found) or 'No'} elements called “{wanted}” here; there is {there} to press or fill."
    )


def _handles(block: Json, element: Json) -> set[str]:
    ids = {str(element.get("action_id")), str(block.get("block_id"))} if block["type"] == "input" else set()
    return ids | {str(element.get("action_id")), name_of(block, element)}


async def state_for(block: Json, element: Json, choice: Any, names: Names, ask: Ask) -> Json:
    """An element's new state, from words a person would use."""
    kind = element["type"]
    key = "selected_option" if kind == "overflow" else STATE[kind].key

    async def one(wanted: Any) -> Any:
        return await _one(block, element, wanted, names, ask)

    if STATE[kind].empty == [] if kind in STATE else False:
        several = [choice] if isinstance(choice, str) else (choice or [])
        return {"type": kind, key: [await one(wanted) for wanted in several]}
    return {"type": kind, key: None if choice is None else await one(choice)}


async def _one(block: Json, element: Json, wanted: Any, names: Names, ask: Ask) -> Any:
    kind = element["type"].removeprefix("multi_")
    match kind:
        case "users_select":
            return names.person(wanted)
        case "channels_select":
            return names.channel(wanted)
        case "conversations_select":
            return names.conversation(wanted)
        case "static_select" | "radio_buttons" | "checkboxes" | "overflow":
            return _option(_options_of(element), wanted)
        case "external_select":
            return _option(await ask(block["block_id"], element["action_id"], str(wanted)), wanted)
        case _:
            return wanted


def _options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


def _option(options: list[Json], wanted: Any) -> Json:
    for option in options:
        if wanted in (option["text"]["text"], option.get("value")):
            return option
    there = ", ".join(f"“{option['text']['text']}”" for option in options) or "nothing"
    raise Impossible(f"There is no option “{wanted}”; there is {there}.")


def feedback_value(element: Json, choice: Any) -> Any:
    """Which of the two feedback buttons is meant."""
    for name in ("positive_button", "negative_button"):
        if choice in (element[name]["value"], element[name]["text"]["text"]):
            return element[name]["value"]
    raise Impossible("Say which of the two feedback buttons: its text or its value.")
