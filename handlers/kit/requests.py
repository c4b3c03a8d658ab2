"""What a listener gets: one frozen value per kind of request, parsed and typed at the door.

Raw payloads are read by the pydantic models here, so a request with a missing or mistyped field is refused
(`Malformed`) before any work.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Generic, Literal, TypeGuard, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId

M = TypeVar("M", bound=BaseModel)

ID = 32
"""Characters an id of Slack's, or a message's `ts`, has room for here; Slack's have eleven, a `ts` seventeen."""
SlackId = Annotated[str, Field(max_length=ID, pattern=r"^[A-Z][A-Z0-9]*$")]
MaybeId = SlackId | Literal[""]
Stamp = Annotated[str, Field(max_length=ID, pattern=r"^[0-9]+(\.[0-9]+)?$")]
"""A message's `ts`."""
Handle = Annotated[str, Field(max_length=120)]
"""What Slack names one request or one view by; two of them fit the key of a delivery."""


_ID = re.compile(r"[A-Z][A-Z0-9]*")


class Malformed(Exception):
    """The request was signed but is not what Slack sends; answered 200 and logged, never worked on."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person a request comes from, as far as we know them."""

    workspace: WorkspaceId
    person: PersonId
    kind: PersonKind
    zone: str
    admin: bool


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A slash command and the `text` after it; in a DM Slack's `channel_name` is `directmessage`."""

    who: Who
    command: str
    text: str
    channel: ChannelId
    channel_name: str


@dataclass(frozen=True, slots=True)
class MessageShortcutRequest:
    """A shortcut chosen on a message; `message` is Slack's own JSON of it."""

    who: Who
    channel: ChannelId
    channel_name: str
    message: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GlobalShortcutRequest:
    """A shortcut chosen anywhere: no channel, no message."""

    who: Who


@dataclass(frozen=True, slots=True)
class ButtonRequest:
    """A button, menu or picker was used. `value` is what it carried or the chosen option's value.

    `channel` and `message` are None in modals and Home; `message` also on ephemeral messages (Slack sends
    none). `view` is the modal or Home it stands in.
    """

    who: Who
    action_id: str
    value: str
    channel: ChannelId | None
    message: Mapping[str, Any] | None
    view: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A modal as it was filled in; `metadata` is its private metadata, `state` its inputs' values."""

    callback_id: str
    metadata: str
    state: Mapping[str, Any]

    def text(self, block: str) -> str | None:
        """What was typed into the block's only input, trimmed; None for nothing."""
        value = self._element(block).get("value")
        trimmed = value.strip() if isinstance(value, str) else ""
        return trimmed or None

    def choice(self, block: str) -> str | None:
        """The value of the option chosen in the block's only input."""
        option = self._element(block).get("selected_option")
        return str(option["value"]) if isinstance(option, Mapping) and "value" in option else None

    def choices(self, block: str) -> tuple[str, ...]:
        """The values of the options chosen in the block's only input."""
        options = self._element(block).get("selected_options") or ()
        return tuple(str(one["value"]) for one in options if isinstance(one, Mapping) and "value" in one)

    def person(self, block: str) -> PersonId | None:
        """The person chosen in the block's only input."""
        chosen = self._element(block).get("selected_user")
        return PersonId(chosen) if is_id(chosen) else None

    def people(self, block: str) -> tuple[PersonId, ...]:
        """The people chosen in the block's only input, each once."""
        chosen = self._element(block).get("selected_users") or ()
        return tuple(dict.fromkeys(PersonId(one) for one in chosen if is_id(one)))

    def channel(self, block: str) -> ChannelId | None:
        """The channel chosen in the block's only input."""
        chosen = self._element(block).get("selected_conversation")
        return ChannelId(chosen) if is_id(chosen) else None

    def channels(self, block: str) -> tuple[ChannelId, ...]:
        """The channels chosen in the block's only input, each once."""
        chosen = self._element(block).get("selected_conversations") or ()
        return tuple(dict.fromkeys(ChannelId(one) for one in chosen if is_id(one)))

    def day(self, block: str) -> date | None:
        """The day chosen in the block's only input."""
        chosen = self._element(block).get("selected_date")
        try:
            return date.fromisoformat(chosen) if isinstance(chosen, str) else None
        except ValueError:
            return None

    def time_of_day(self, block: str) -> time | None:
        """The time chosen in the block's only input."""
        chosen = self._element(block).get("selected_time")
        try:
            found = time.fromisoformat(chosen) if isinstance(chosen, str) else None
        except ValueError:
            return None
        return None if found is None or found.tzinfo is not None else found

    def _element(self, block: str) -> Mapping[str, Any]:
        elements = self.state.get(block)
        if not isinstance(elements, Mapping):
            return {}
        first: object = next(iter(elements.values()), {})
        return first if isinstance(first, Mapping) else {}


@dataclass(frozen=True, slots=True)
class SubmitRequest(Filled):
    """Somebody submitted a modal."""

    who: Who


@dataclass(frozen=True, slots=True)
class OptionsRequest:
    """Type-ahead in an external select: `value` is what was typed so far."""

    who: Who
    action_id: str
    value: str


@dataclass(frozen=True, slots=True)
class EventRequest(Generic[M]):
    """An event; `event` is parsed by the model its listener asked for. `who` is None when nobody acted."""

    workspace: WorkspaceId
    who: Who | None
    event: M


class Payload(BaseModel):
    """A part of a payload; what we do not read is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Id(Payload):
    """An object we only need the id of."""

    id: SlackId = Field(min_length=1)


class UserPart(Id):
    """Who acted, and the workspace they belong to."""

    team_id: SlackId | None = None


class ChannelPart(Id):
    """Where it happened."""

    name: str = ""


class ActionPart(Payload):
    """One used element."""

    action_id: str
    value: str | None = None
    selected_option: dict[str, Any] | None = None
    selected_conversation: SlackId | None = None
    selected_date: str | None = None


class ViewPart(Payload):
    """The view of an interaction."""

    id: Handle
    hash: Handle = ""
    callback_id: str = ""
    private_metadata: str = ""
    state: dict[str, Any] = {}
    type: str = "modal"
    blocks: list[dict[str, Any]] = []


class MessageIds(Payload):
    """What is read by its name of the message of an interaction."""

    ts: Stamp = ""
    thread_ts: Stamp | None = None
    user: SlackId | None = None


class ViewIds(Payload):
    """What names the view of an interaction."""

    id: Handle = ""
    hash: Handle = ""


def _sound(model: type[Payload]) -> AfterValidator:
    """Slack's own JSON travels on as it is, but its ids are looked at here."""

    def look(value: dict[str, Any]) -> dict[str, Any]:
        model.model_validate(value)
        return value

    return AfterValidator(look)


class CommandPayload(Payload):
    """`application/x-www-form-urlencoded` of a slash command."""

    team_id: SlackId
    user_id: SlackId
    command: str
    text: str = ""
    channel_id: SlackId
    channel_name: str = ""
    trigger_id: Handle
    response_url: str = ""


class InteractionPayload(Payload):
    """The `payload` of every interaction; which parts are there depends on its kind."""

    type: str
    team: Id | None = None
    user: UserPart
    trigger_id: Handle = ""
    callback_id: str = ""
    response_url: str = ""
    channel: ChannelPart | None = None
    message: Annotated[dict[str, Any], _sound(MessageIds)] | None = None
    view: Annotated[dict[str, Any], _sound(ViewIds)] | None = None
    actions: list[ActionPart] = []
    action_id: str = ""
    value: str = ""
    is_enterprise_install: bool | None = None


class Authorization(Payload):
    """For which installation Slack sends an event."""

    team_id: SlackId | None = None


class EventPayload(Payload):
    """The envelope of an event."""

    team_id: MaybeId = ""
    event_id: Handle
    event: dict[str, Any]
    authorizations: list[Authorization] = []


def is_id(value: object) -> TypeGuard[str]:
    """Whether it can be an id of Slack's."""
    return isinstance(value, str) and len(value) <= ID and _ID.fullmatch(value) is not None


def parse(model: type[M], body: Mapping[str, Any]) -> M:
    """The payload as its model, or Malformed naming the field that is wrong."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Malformed(f"{model.__name__}.{where}") from None
