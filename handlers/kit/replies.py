"""What a listener may answer, by kind of request: the types are the rule.

What fits the acknowledgement travels in it; what does not (`views.*` on a trigger, a note) is sent once by
the adapter right after the commit. It is never the only record of anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

View = Mapping[str, Any]
Blocks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Text:
    """An answer only the person sees; `text` says all that the blocks say."""

    text: str
    blocks: Blocks = ()


@dataclass(frozen=True, slots=True)
class OpenModal:
    """Open a modal on the request's trigger."""

    view: View


@dataclass(frozen=True, slots=True)
class PushModal:
    """Put a modal on top of the one the person is in."""

    view: View


@dataclass(frozen=True, slots=True)
class UpdateModal:
    """Replace the modal the person is in.

    `kept` is what a repeated delivery is answered, where the view itself may be kept nowhere: it holds a secret.
    """

    view: View
    kept: View | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Close the modal that was submitted."""


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Keep the modal open and say at which block what is wrong; nothing of the submit is kept."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """Tell the person who pressed a button, and nobody else; `replace` takes the pressed message's place.

    In Home and in a modal it is a page, which takes the modal's place or stands on it.
    """

    text: str
    blocks: Blocks = ()
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of a type-ahead menu, each `(label, value)`; at most 100 are shown."""

    choices: Sequence[tuple[str, str]]


CommandReply = Text | OpenModal | None
ShortcutReply = OpenModal | Note | None
ButtonReply = OpenModal | PushModal | UpdateModal | Note | None
SubmitReply = Close | FieldErrors | UpdateModal | PushModal
Reply = Text | OpenModal | PushModal | UpdateModal | Close | FieldErrors | Note | Options | None
