"""From a raw payload to the one registered listener: which workspace, which key, what to run.

Pure of Slack and of the database: `route_*` read a payload and answer with a `Route`, or None for what
nobody registered. `handlers.kit.listening` runs it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.kit.features import Mode, Registry
from handlers.kit.jobs import Switch
from handlers.kit.permissions import ANYBODY, May
from handlers.kit.replies import Reply
from handlers.kit.requests import (
    ButtonRequest,
    CommandPayload,
    CommandRequest,
    EventPayload,
    EventRequest,
    Filled,
    GlobalShortcutRequest,
    InteractionPayload,
    Malformed,
    MessageShortcutRequest,
    OptionsRequest,
    SubmitRequest,
    ViewPart,
    Who,
    is_id,
    parse,
)
from storage.database import Tx
from storage.values import ChannelId, PersonId, WorkspaceId

Runner = Callable[[Tx, Who], Reply]
UNKNOWN = "unknown"
"""The name of what nobody registered."""


@dataclass(frozen=True, slots=True)
class Route:
    """One listener about to run. `key` names the delivery; `first_block` can show a submit's error."""

    workspace: WorkspaceId
    kind: str
    name: str
    key: str
    person: PersonId
    team: str | None
    may: May
    mode: Mode
    run: Runner
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    view_hash: str = ""
    in_modal: bool = False
    first_block: str = ""
    switch: Switch | None = None
    """The job it belongs to, if that can be off."""
    look: Runner | None = None
    """What is read before anything is written; where it answers, that is the answer."""


@dataclass(frozen=True, slots=True)
class EventRoute:
    """An event and its listeners; they run in registry order in one transaction.

    It is `idle` when it can matter to none of them.
    """

    workspace: WorkspaceId
    name: str
    key: str
    person: PersonId | None
    team: str | None
    switches: tuple[Switch, ...]
    """The jobs its listeners belong to, of which some may be off."""
    run: Callable[[Tx, Who | None, frozenset[Switch]], None]
    idle: bool


def route_command(registry: Registry, body: Mapping[str, Any]) -> Route | None:
    """`/capture …`, `/tl-capture …` and `/throughline capture …` are one command."""
    sent = parse(CommandPayload, body)
    name, text = command_of(registry, sent.command, sent.text)
    command = registry.commands.get(name)
    if command is None:
        return None

    def run(tx: Tx, who: Who) -> Reply:
        request = CommandRequest(who, name, text, ChannelId(sent.channel_id), sent.channel_name)
        return command.run(tx, request)

    return Route(
        WorkspaceId(sent.team_id),
        "command",
        name,
        f"command:{sent.trigger_id}",
        PersonId(sent.user_id),
        None,
        command.may,
        command.mode,
        run,
        sent.trigger_id,
        sent.response_url,
    )


def command_of(registry: Registry, command: str, text: str) -> tuple[str, str]:
    """The command's own name without slash and prefix, and its text."""
    name = command.removeprefix("/")
    if name not in registry.commands and "-" in name:
        name = name.split("-", 1)[1]
    first, _, rest = text.strip().partition(" ")
    if name == "throughline" and first.lower() in registry.commands and first.lower() != "throughline":
        return first.lower(), rest.strip()
    return name, text.strip()


def route_shortcut(registry: Registry, body: Mapping[str, Any]) -> Route | None:
    """A shortcut from the menu of a message, or from anywhere."""
    sent = parse(InteractionPayload, body)
    on_message = registry.message_shortcuts.get(sent.callback_id) if sent.type == "message_action" else None
    anywhere = registry.global_shortcuts.get(sent.callback_id) if sent.type == "shortcut" else None
    if on_message is not None:
        if sent.channel is None or sent.message is None or "ts" not in sent.message:
            raise Malformed("message_action without its message")
        channel, message = sent.channel, sent.message

        def run(tx: Tx, who: Who) -> Reply:
            request = MessageShortcutRequest(who, ChannelId(channel.id), channel.name, message)
            return on_message.run(tx, request)

        return _interaction(sent, "shortcut", on_message.id, on_message.may, on_message.mode, run)
    if anywhere is not None:
        chosen = anywhere
        return _interaction(
            sent,
            "shortcut",
            chosen.id,
            chosen.may,
            chosen.mode,
            lambda tx, who: chosen.run(tx, GlobalShortcutRequest(who)),
        )
    return None


def route_action(registry: Registry, body: Mapping[str, Any]) -> Route | None:
    """A button or menu; an id may carry a suffix after `:` to be unique in its block."""
    sent = parse(InteractionPayload, body)
    if not sent.actions:
        raise Malformed("block_actions without actions")
    used = sent.actions[0]
    button = registry.buttons.get(used.action_id.partition(":")[0])
    if button is None:
        return None
    option = used.selected_option or {}
    chosen = used.selected_conversation or used.selected_date or str(option.get("value", ""))
    channel = None if sent.channel is None else ChannelId(sent.channel.id)

    def run(tx: Tx, who: Who) -> Reply:
        return button.run(
            tx, ButtonRequest(who, used.action_id, used.value or chosen, channel, sent.message, sent.view)
        )

    return _interaction(sent, "action", button.id, button.may, button.mode, run)


def route_submit(registry: Registry, body: Mapping[str, Any]) -> Route | None:
    """A submitted modal; its delivery is the view in the state it was shown in."""
    sent = parse(InteractionPayload, body)
    view = parse(ViewPart, sent.view or {})
    submit = registry.submits.get(view.callback_id)
    if submit is None:
        return None
    values = view.state.get("values", {})
    if not isinstance(values, Mapping):
        raise Malformed("view.state.values")

    filled = view.callback_id, view.private_metadata, values

    def run(tx: Tx, who: Who) -> Reply:
        return submit.run(tx, SubmitRequest(*filled, who))

    def look(tx: Tx, who: Who) -> Reply:
        return None if submit.look is None else submit.look(tx, SubmitRequest(*filled, who))

    route = _interaction(sent, "submit", submit.id, submit.may, Mode.WRITES, run)
    return replace(
        route,
        key=f"submit:{view.id}:{view.hash}",
        first_block=_first_input(view, values),
        look=look if submit.look is not None and submit.unsure(Filled(*filled)) else None,
    )


def route_options(registry: Registry, body: Mapping[str, Any]) -> Route | None:
    """What an external select offers."""
    sent = parse(InteractionPayload, body)
    found = registry.type_aheads.get(sent.action_id.partition(":")[0])
    if found is None:
        return None
    chosen = found

    def run(tx: Tx, who: Who) -> Reply:
        return chosen.run(tx, OptionsRequest(who, sent.action_id, sent.value))

    return _interaction(sent, "options", chosen.id, chosen.may, Mode.READS, run)


def route_unknown(kind: str, body: Mapping[str, Any]) -> Route:
    """What nobody registered: an old message's button, a form that was open while we were renewed. It may run nothing."""
    if kind == "command":
        sent = parse(CommandPayload, body)
        key, who, workspace = f"command:{sent.trigger_id}", PersonId(sent.user_id), WorkspaceId(sent.team_id)
        url = sent.response_url
        return Route(
            workspace, kind, UNKNOWN, key, who, None, ANYBODY, Mode.READS, _nothing, sent.trigger_id, url
        )
    used = parse(InteractionPayload, body)
    return _interaction(used, "submit" if kind == "view" else kind, UNKNOWN, ANYBODY, Mode.READS, _nothing)


def route_event(registry: Registry, body: Mapping[str, Any]) -> EventRoute | None:
    """An event; its listeners' models are checked before any of them runs."""
    sent = parse(EventPayload, body)
    name = sent.event.get("type")
    listeners = registry.events.get(name, []) if isinstance(name, str) else []
    if not listeners:
        return None
    workspace = event_workspace(sent)
    parsed = [(one, parse(one.model, sent.event)) for one in listeners]
    parsed = [(one, event) for one, event in parsed if one.concerns(event)]
    person, team = _actor(sent.event)

    switches = tuple(one.switch for one, _ in parsed if one.switch is not None)

    def run(tx: Tx, who: Who | None, silent: frozenset[Switch]) -> None:
        for listener, event in parsed:
            if listener.switch not in silent and (who is None or who.kind in listener.may):
                listener.run(tx, EventRequest(workspace, who, event))

    return EventRoute(workspace, str(name), f"event:{sent.event_id}", person, team, switches, run, not parsed)


def event_workspace(sent: EventPayload) -> WorkspaceId:
    """The workspace the event is for; in a shared channel that is not always the one it happened in."""
    for authorization in sent.authorizations:
        if authorization.team_id:
            return WorkspaceId(authorization.team_id)
    if not sent.team_id:
        raise Malformed("event without a team")
    return WorkspaceId(sent.team_id)


# ---------------------------------------------------------------------------------------------------------


def _nothing(_tx: Tx, _who: Who) -> Reply:
    return None


def _interaction(sent: InteractionPayload, kind: str, name: str, may: May, mode: Mode, run: Runner) -> Route:
    view = sent.view or {}
    workspace = sent.team.id if sent.team is not None else sent.user.team_id
    if not workspace:
        raise Malformed("interaction without a team")
    return Route(
        WorkspaceId(str(workspace)),
        kind,
        name,
        f"{kind}:{sent.trigger_id or view.get('id', '')}",
        PersonId(sent.user.id),
        sent.user.team_id,
        may,
        mode,
        run,
        sent.trigger_id,
        sent.response_url,
        str(view.get("id", "")),
        str(view.get("hash", "")),
        view.get("type") == "modal",
    )


def _first_input(view: ViewPart, values: Mapping[str, Any]) -> str:
    """The first field an error can stand at; menus among the text take none."""
    inputs = [block.get("block_id") for block in view.blocks if block.get("type") == "input"]
    return next((name for name in values if name in inputs or not view.blocks), "")


def _actor(event: Mapping[str, Any]) -> tuple[PersonId | None, str | None]:
    user = event.get("user")
    if isinstance(user, Mapping):
        user = user.get("id")
    team = event.get("user_team") or event.get("team")
    for part, found in (("user", user), ("team", team)):
        if isinstance(found, str) and not is_id(found):
            raise Malformed(f"event.{part}")
    return (PersonId(user) if isinstance(user, str) else None), (team if isinstance(team, str) else None)
