"""Payloads of every kind as Slack makes them, recorded while people use everything there is to use.

A short story leaves something of each kind behind. Then every example of the gallery is hung up in the local Slack,
as a message, a modal or a Home, and somebody presses, chooses and submits whatever stands in it.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp

from bot.sandbox.driver import Slack
from bot.sandbox.driver.wire import Impossible, Wire
from bot.sandbox.elements import STATE, elements_of
from bot.sandbox.records import Delivered
from bot.sandbox.views import open_modal, publish_home
from bot.sandbox.world import View
from handlers.gallery import EXAMPLES
from handlers.kit.dispatch import command_of
from handlers.registry import registry
from tests.bot.test_two_workspaces import event, happening
from tests.front import HERE, TOKEN, FrontDoor, switch_everything_on
from tests.handlers.checkins import acts as checkins
from tests.handlers.digests import acts as digests
from tests.handlers.feedback import acts as feedback
from tests.handlers.launches import acts as launches
from tests.handlers.links import acts as links

Json = dict[str, Any]
WHO, ID, WHERE = "maya", "U0MAYA", "C0LAUNCH"
"""Somebody who may do everything, and a channel Throughline is in."""
ENOUGH = 2
"""Recordings of one button, form or menu; its examples differ little."""
LIKE_OTHERS = "decisions.list"
"""A button of a Home."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One payload, and which registered listener takes it: (`action`, `feedback.show`)."""

    kind: str
    name: str
    payload: Json


async def record(door: FrontDoor) -> list[Recorded]:
    """Everything that was sent meanwhile, the same listener a few times."""
    await _story(door)
    wire = Wire(door.sandbox.url)
    try:
        await _Visitor(door, wire).visit()
    finally:
        await wire.close()
    # Among all that was pressed were the switches.
    await door.app.database.transact(HERE, switch_everything_on)
    await door.app.settled()
    await door.slack.open_home(WHO)
    await _coming_and_going(door.slack)
    await door.app.settled()
    kept: dict[tuple[str, str], list[Recorded]] = {}
    for one in map(_recorded, door.sandbox.sandbox.history.deliveries):
        kept.setdefault((one.kind, one.name), []).append(one)
    wanted = registered()
    recorded = [one for key, some in kept.items() if key in wanted for one in _some(some)]
    return recorded + list(_in_the_same_shape(recorded))


def _some(recorded: Sequence[Recorded]) -> Sequence[Recorded]:
    """The first and the last of them: in between it was much the same."""
    return [*recorded[: ENOUGH - 1], recorded[-1]] if len(recorded) >= ENOUGH else recorded


def _in_the_same_shape(recorded: Sequence[Recorded]) -> Iterator[Recorded]:
    """What nobody came across: the few buttons of long lists, forms of forms, what happens to whole workspaces."""
    form = next(one for one in recorded if one.kind == "submit")
    pressed = next(one for one in recorded if (one.kind, one.name) == ("action", LIKE_OTHERS))
    for kind, name in sorted(unheard(recorded)):
        if kind == "action":
            body = copy.deepcopy(pressed.payload)
            body["actions"][0] |= {"action_id": name, "value": "1"}
            yield Recorded(kind, name, body)
        elif kind == "submit":
            body = copy.deepcopy(form.payload)
            body["view"] |= {"callback_id": name, "private_metadata": '{"v":1,"number":1,"seen":1}'}
            yield Recorded(kind, name, body)
        elif kind == "event":
            yield Recorded(kind, name, event(HERE, happening(name), name))


def _recorded(sent: Delivered) -> Recorded:
    body = sent.payload
    match body.get("type"):
        case "event_callback":
            return Recorded("event", str(body["event"]["type"]), body)
        case "block_actions":
            return Recorded("action", str(body["actions"][0]["action_id"]).partition(":")[0], body)
        case "view_submission":
            return Recorded("submit", str(body["view"]["callback_id"]), body)
        case "block_suggestion":
            return Recorded("options", str(body["action_id"]).partition(":")[0], body)
        case "message_action" | "shortcut":
            return Recorded("shortcut", str(body["callback_id"]), body)
    name, _ = command_of(registry(), str(body["command"]), str(body["text"]))
    return Recorded("command", name, body)


def unheard(recorded: Sequence[Recorded]) -> set[tuple[str, str]]:
    """What is registered and was not recorded."""
    return registered() - {(one.kind, one.name) for one in recorded}


def registered() -> set[tuple[str, str]]:
    """Every listener there is: its kind and its name."""
    ours = registry()
    everything = {
        "command": ours.commands,
        "shortcut": [*ours.message_shortcuts, *ours.global_shortcuts],
        "action": ours.buttons,
        "submit": ours.submits,
        "options": ours.type_aheads,
        "event": ours.events,
    }
    return {(kind, name) for kind, names in everything.items() for name in names}


# ---------------------------------------------------------------------------------------------------------


async def _story(door: FrontDoor) -> None:
    """Something of each kind, so that what is pressed afterwards is about something."""
    slack = door.slack
    await feedback.switch_on(slack)
    said = await feedback.wish(slack)
    await slack.react(said, "bulb", "sam")
    await slack.unreact(said, "bulb", "sam")
    await slack.react(said, "bulb", "sam")
    await slack.message("#general", "<@U0THROUGH> what needs me?", as_="omar")
    await slack.dm("sam", "They want it blue")
    for name in registry().message_shortcuts:
        await slack.message_shortcut(name, said, "omar")
    for name in registry().global_shortcuts:
        await slack.shortcut(name, "omar")
    await links.capture(slack)
    await slack.command("/decision", "We invoice in euro first", as_="omar")
    await slack.submit("omar")
    await slack.close("omar")
    await launches.monday(slack)
    await launches.make(door)
    await slack.close("maya")
    await digests.start(slack)
    await checkins.start(slack)
    await slack.advance("next morning", as_="omar")
    await checkins.answer(slack, "omar", "Invoices", blocker="No test data")
    await links.link(slack, "F-1", "D-1", "omar")
    for name in registry().commands:
        text = "" if name == "throughline" else name
        await slack.command("/throughline", text, as_=WHO)


class _Visitor:
    """Somebody who uses whatever hangs there, the same thing a few times at most."""

    def __init__(self, door: FrontDoor, wire: Wire) -> None:
        self._door, self._hub, self._wire = door, door.sandbox.sandbox, wire
        self._used = Counter[str]()

    async def visit(self) -> None:
        """Every example, then their own Home and whatever it opens."""
        for example in EXAMPLES:
            if example.surface == "message":
                await self._read(example.payload)
            else:
                show = open_modal if example.surface == "modal" else publish_home
                await self._look(partial(show, self._hub, ID, dict(example.payload)))
        await self._door.slack.open_home(WHO)
        await self._look(lambda: self._hub.world.homes[ID])

    async def _read(self, message: Mapping[str, Any]) -> None:
        if any(self._is_new(element) for _, element in elements_of(message["blocks"])):
            ts = await _post(self._door, message)
            for block, element in elements_of(self._hub.world.channels[WHERE].messages[ts].blocks or []):
                await self._use({"message": {"channel": WHERE, "ts": ts}}, block, element)

    async def _look(self, show: Callable[[], View]) -> None:
        """Everything in it used, each time as it was at first; a form is submitted at last."""
        for number, (_, element) in enumerate(list(elements_of(show().body["blocks"]))):
            if self._is_new(element):
                view = show()
                await self._use({"view": view.id}, *list(elements_of(view.body["blocks"]))[number])
        body = (view := show()).body
        if body.get("submit") and self._used[body["callback_id"]] < ENOUGH:
            self._used[body["callback_id"]] += 1
            for block, element in elements_of(body["blocks"]):
                if block["type"] == "input" and not block.get("dispatch_action"):
                    await self._use({"view": view.id}, block, element)
            await self._wire.act("submit", {"as": WHO, "view": view.id})

    def _is_new(self, element: Json) -> bool:
        return self._used[str(element.get("action_id")).partition(":")[0]] < ENOUGH

    async def _use(self, source: Json, block: Json, element: Json) -> None:
        """A button, menu or field pressed, chosen or typed into."""
        if element["type"] == "image":
            return
        self._used[element["action_id"].partition(":")[0]] += 1
        ids = {"as": WHO, "source": source, "block_id": block["block_id"], "action_id": element["action_id"]}
        with suppress(Impossible):  # what was used before changed or closed what it stood in
            if "external_select" in element["type"]:
                await self._wire.act("options", {**ids, "value": "eu"})
            await self._wire.act("click", {**ids, "input": _chosen(element)})


async def _post(door: FrontDoor, message: Mapping[str, Any]) -> str:
    """As we would; Slack's own name of what was posted."""
    url, token = f"{door.sandbox.api_url}chat.postMessage", {"Authorization": f"Bearer {TOKEN}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json={"channel": WHERE, **message}, headers=token) as answer,
    ):
        return str((await answer.json())["ts"])


def _chosen(element: Json) -> Json:
    """Something to choose or to type, in Slack's own shape."""
    kind = element["type"]
    if kind not in STATE and kind != "overflow":
        return {}
    key = "selected_option" if kind == "overflow" else STATE[kind].key
    options = [*element.get("options", []), {"text": {"type": "plain_text", "text": "F-1"}, "value": "F:1"}]
    choices: Json = {
        "value": "Invoices in euro",
        "selected_option": options[0],
        "selected_user": "U0OMAR",
        "selected_channel": WHERE,
        "selected_conversation": WHERE,
        "selected_date": "2027-03-05",
        "selected_time": "09:30",
    }
    several = {f"{name}s": [one] for name, one in choices.items()}
    return {"type": kind, key: (choices | several)[key]}


async def _coming_and_going(slack: Slack) -> None:
    """What happens to channels and their members."""
    await slack.click(await slack.home(WHO), "Decisions", WHO)
    await slack.click(await slack.modal(WHO), "Search…", WHO)
    await slack.submit(WHO, words="euro")
    for channel, who in {"#support": "ben", "#pricing-private": "omar"}.items():
        await slack.invite("throughline", channel, as_=who)
        await slack.invite("priya", channel, as_=who)
        await slack.archive(channel, as_=who)
        await slack.unarchive(channel, as_=who)
        await slack.kick("priya", channel, as_=who)
        await slack.kick("throughline", channel, as_=who)
    await slack.open_home(WHO)
    await slack.open_messages(WHO)
