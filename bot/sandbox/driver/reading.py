"""What the driver gives back: messages, modals and Home tabs with the words a person would read."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.elements import STATE, elements_of
from bot.sandbox.words import words_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an act that reached the app went."""

    ok: bool
    delivered: bool
    status: int | None
    text: str | None
    error: str | None
    response_action: str | None
    errors: dict[str, str]
    raw: Json

    @classmethod
    def of(cls, raw: Json) -> "Outcome":
        """Read what an act endpoint reports."""
        return cls(
            ok=raw["ok"],
            delivered=raw.get("delivered", False),
            status=raw.get("status"),
            text=raw.get("text"),
            error=raw.get("error"),
            response_action=raw.get("response_action"),
            errors=raw.get("errors") or {},
            raw=raw,
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A message as somebody saw it at one moment."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]
    attachments: list[Json]
    reactions: dict[str, list[str]]
    thread_ts: str | None
    reply_count: int
    ephemeral: bool
    edited: bool
    notifies: list[str]
    raw: Json

    @property
    def words(self) -> str:
        """All readable text: the blocks where there are any, else the text; then attachments."""
        own = words_of(self.blocks) if self.blocks else self.text
        attached = (words_of(attachment) for attachment in self.attachments)
        return "\n".join(part for part in (own, *attached) if part)

    @property
    def buttons(self) -> list[str]:
        """What can be pressed or chosen."""
        return names_of(self.blocks)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A view as somebody saw it at one moment."""

    raw: Json

    @property
    def id(self) -> str:
        """Slack's id of the view."""
        return str(self.raw["id"])

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.raw["blocks"])

    @property
    def text(self) -> str:
        """All its words, below the title."""
        return words_of(self.blocks)

    @property
    def buttons(self) -> list[str]:
        """What can be pressed or chosen in it, submit and close not among them."""
        return names_of(self.blocks)


class Home(_Seen):
    """Somebody's Home tab."""

    __slots__ = ()


class Modal(_Seen):
    """The modal on top."""

    __slots__ = ()

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.raw["title"]["text"])

    @property
    def submit_label(self) -> str | None:
        """What the submit button says, if there is one."""
        return self.raw["submit"]["text"] if self.raw.get("submit") else None

    @property
    def inputs(self) -> dict[str, Any]:
        """The inputs by label, with what they hold now."""
        return {
            block["label"]["text"]: self._held(block) for block in self.blocks if block["type"] == "input"
        }

    def _held(self, block: Json) -> Any:
        element = block["element"]
        state = self.raw["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
        return _plainly(state.get(STATE[element["type"]].key))


def _plainly(held: Any) -> Any:
    if isinstance(held, list):
        return [_plainly(item) for item in held]
    return held["text"]["text"] if isinstance(held, dict) and "text" in held else held


def message_of(channel: str, raw: Json, names: dict[str, str]) -> Message:
    """Read what the messages endpoint gives; people by their handles."""
    return Message(
        channel=channel, ts=raw["ts"], user=names.get(raw["user"], str(raw["user"])), text=raw["text"],
        blocks=raw["blocks"] or [], attachments=raw["attachments"] or [],
        reactions={r["name"]: [names.get(user, user) for user in r["users"]] for r in raw["reactions"]},
        thread_ts=raw["thread_ts"], reply_count=raw["reply_count"], ephemeral=raw["ephemeral"],
        edited=raw["edited"], notifies=raw["notifies"], raw=raw,
    )  # fmt: skip


def names_of(blocks: list[Json]) -> list[str]:
    """The visible names of all elements: a button's text, a menu's placeholder or its action id."""
    return [name_of(block, element) for block, element in elements_of(blocks) if element["type"] != "image"]


def name_of(block: Json, element: Json) -> str:
    """What a person would call this element."""
    for source in (element.get("text"), block.get("label"), element.get("placeholder")):
        if isinstance(source, dict):
            return str(source["text"])
    return str(element.get("action_id", element["type"]))
