"""Where blocks are shown: messages, modals and App Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit import limits
from handlers.kit.blocks import Block, headline
from handlers.kit.mrkdwn import one_line, sentence
from handlers.kit.objects import Json, bounded, counted, distinct, label
from handlers.kit.shortening import shorten, shorten_mrkdwn

View = Json


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message: its blocks, and the text that phones and screen readers get instead of them."""

    text: str
    blocks: list[Block]

    @property
    def payload(self) -> Json:
        """As Slack's methods take it."""
        return {"text": self.text, "blocks": self.blocks}


def message(title: str, text: str, blocks: Sequence[Block] = ()) -> MessageContent:
    """A message that begins alike everywhere.

    Args:
        title: The headline, plain words; it becomes the first block and the first line of the text.
        text: All that the blocks say in plain words, for those who do not see them.
        blocks: What follows the headline.
    """
    distinct("block_id", blocks)
    shown = counted("A message", [headline(title), *blocks], limits.MESSAGE_BLOCKS)
    said = f"{shorten(one_line(title), limits.HEADLINE)}\n{text}".strip()
    return MessageContent(shorten_mrkdwn(sentence(said), limits.MESSAGE_TEXT), shown)


def modal(
    title: str,
    blocks: Sequence[Block],
    submit: str | None = None,
    close: str = "Cancel",
    callback_id: str | None = None,
    private_metadata: str | None = None,
    *,
    notify_on_close: bool = False,
) -> View:
    """A dialog; one with inputs needs a button to submit them."""
    if submit is None and any(block["type"] == "input" for block in blocks):
        raise ValueError("A modal with inputs needs a submit button.")
    view = _view("modal", blocks, callback_id, private_metadata)
    view |= {"title": label(title, limits.VIEW_TITLE), "close": label(close, limits.VIEW_BUTTON)}
    if submit is not None:
        view["submit"] = label(submit, limits.VIEW_BUTTON)
    return view | ({"notify_on_close": True} if notify_on_close else {})


def home(
    blocks: Sequence[Block], callback_id: str | None = None, private_metadata: str | None = None
) -> View:
    """Somebody's App Home."""
    return _view("home", blocks, callback_id, private_metadata)


def _view(kind: str, blocks: Sequence[Block], callback_id: str | None, private_metadata: str | None) -> View:
    distinct("block_id", blocks)
    view: View = {"type": kind, "blocks": counted(f"A {kind}", blocks, limits.VIEW_BLOCKS)}
    if callback_id is not None:
        view["callback_id"] = bounded("callback_id", callback_id, limits.ID)
    if private_metadata is not None:
        view["private_metadata"] = bounded("private_metadata", private_metadata, limits.PRIVATE_METADATA)
    return view
