"""What there is, in one line each: under `/throughline`, and when somebody writes "help" to us. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit import turned_off
from handlers.kit.blocks import Block, actions, section
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape, typed
from handlers.kit.surfaces import MessageContent, message
from handlers.kit.words import readable


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: what is typed after the slash, what it does, and whether its job is off."""

    typed: str
    summary: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """All commands, who can switch on what is off, and the buttons something new begins with."""

    entries: Sequence[Entry]
    admins: Sequence[str]
    admin: bool
    begin: Sequence[Element] = ()

    @property
    def some_off(self) -> bool:
        """Whether there is anything to switch on."""
        return any(one.off for one in self.entries)


def said(overview: Overview, unknown: str = "") -> MessageContent:
    """The whole overview; `unknown` stands before it where somebody typed something else, in mrkdwn."""
    parts = [unknown, *_paragraphs(overview)] if unknown else _paragraphs(overview)
    blocks: list[Block] = [section(part) for part in parts]
    return MessageContent("\n\n".join(parts), [*blocks, *_deeds(overview)])


def letter(overview: Overview, *, keeps: bool) -> MessageContent:
    """The same when somebody writes "help" to us; `keeps` tells whether what they type can be kept."""
    first = [_KEEPS] if keeps else []
    parts = [*first, *_paragraphs(overview)]
    return message(
        "How I can help", typed(readable("\n".join(parts))), [*map(section, parts), *_deeds(overview)]
    )


def from_outside() -> MessageContent:
    """When somebody of another workspace writes to us, perhaps where others read it."""
    return message("I can only help people of the workspace I belong to.", _ASK_THEM, [section(_ASK_THEM)])


# ---------------------------------------------------------------------------------------------------------

_KEEPS = "Type what somebody said, and I offer to keep it as feedback."
_ASK_THEM = (
    "You write from another workspace, so I kept nothing of it. Ask somebody from mine to pass it on to me."
)
_MORE = (
    "Each tells more when asked: `/capture help`. Where another app has the name,"
    " `/throughline capture` is the same. My Home has a button for everything."
)


def _paragraphs(overview: Overview) -> list[str]:
    alone = [one for one in overview.entries if " " not in one.typed]
    behind = [one for one in overview.entries if " " in one.typed]
    lists = [_list("What there is", alone), _list("For yourself", behind)]
    who = turned_off.who_switches_on(overview.admins, admin=overview.admin, deed="switch on what is off")
    return [*lists, _MORE, *([escape(who)] if overview.some_off else [])]


def _list(title: str, entries: Sequence[Entry]) -> str:
    return "\n".join([f"*{title}*", *[_line(one) for one in entries]])


def _line(one: Entry) -> str:
    return f"• `/{one.typed}` – {one.summary}{' _(switched off)_' if one.off else ''}"


def _deeds(overview: Overview) -> list[Block]:
    jobs = [button("Switch jobs on or off", turned_off.ALL_JOBS)] if overview.admin else []
    elements = [*overview.begin, *jobs]
    return [actions(*elements)] if elements else []
