"""What people see of an export: the form, that it is on its way, and the words above the file. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.feedback import finding_views, ids
from handlers.feedback.finding_views import FindForm
from handlers.kit.blocks import Block, context, input_select, section
from handlers.kit.objects import options
from handlers.kit.surfaces import View, modal
from storage.areas.values import Area
from storage.feedback.values import Theme


class Format(StrEnum):
    """What a file is."""

    SHEET = "csv"
    LINES = "jsonl"


FORMATS = (
    ("A sheet (CSV): a row for each", Format.SHEET.value),
    ("All there is (JSON, a line for each): can be imported again", Format.LINES.value),
)
ON_ITS_WAY = "*I am making your file.* I send it in our messages as soon as it is made. It holds what you can see by then."
LARGEST = "The newest 20,000 fit into one file, if it has at most 8 MB; filters choose others."
UNSENT = "I could not send your export"
NO_SCOPE = (
    "Slack does not let me send files yet: I lack the scope files:write. Whoever set me up installs the app again"
    " with what `throughline manifest` prints. If that is within a day I send it then, else type `/capture export`"
    " again."
)
REFUSED = (
    "Slack did not take the file: files may be switched off, or not be allowed to everybody. `/capture export` tries"
    " again; whoever runs me can write one with `throughline export feedback`."
)
EMPTY = "Nothing fits any more of what you can see. Type `/capture export` to choose other filters."


def form(
    carried: FindForm,
    words: str | None,
    about: Sequence[Area],
    account: str | None,
    theme: Theme | None = None,
) -> View:
    """Which feedback, and as what."""
    fmt = input_select(
        "As", ids.BLOCK_FORMAT, ids.BLOCK_FORMAT, options(*FORMATS), initial=Format.SHEET.value
    )
    blocks = [*finding_views.filters(carried, words, about, account, theme), fmt, context(LARGEST)]
    return modal("Export feedback", blocks, submit="Export", close="Cancel", callback_id=ids.EXPORTED)


def on_its_way() -> View:
    """The last page."""
    return modal("On its way", [section(ON_ITS_WAY)], close="Done")


def above(count: int, *, more: bool) -> str:
    """The words above the file."""
    pieces = "1 piece of feedback" if count == 1 else f"{count:,} pieces of feedback"
    said = f"Your export: {pieces}, of what you can see."
    rest = " There are more: these are the newest. Filters choose others." if more else ""
    return f"{said}{rest}"


def unsent(words: str) -> tuple[str, list[Block]]:
    """It could not be sent, and what can be done."""
    return UNSENT, [section(words)]
