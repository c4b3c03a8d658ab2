"""Slack in: finding decisions again, by list, search and name, and taking them elsewhere as Markdown."""

from collections.abc import Sequence

from handlers.decisions import cards, ids, markdown, modals, pressed, views
from handlers.kit.blocks import Block, actions, context, preformatted, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.references import parse_reference
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    Note,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from handlers.kit.shortening import length, shorten
from handlers.kit.surfaces import modal
from storage.database import Tx
from storage.decisions import lists
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, Line

SHOWN = 8
EXPORTED = 3000
"""Characters of Markdown on one page."""
NOTHING = "Nothing yet that you can see. `/decision` records one in ten seconds."
NO_MORE = "There are no older ones."
NOT_FOUND = "No decision you can see has all of these words in it. Try fewer, or `/decision list`."
NO_WORDS = "Type words that stand in it."
SEARCH_FOR_WHAT = "Which words? Type `/decision search invoices euro`."
WHICH = "Which one? Type `/decision show D-7`; `/decision list` shows them all."


def listed(tx: Tx, who: Who, words: str, before: int = decisions.NEWEST) -> Text:
    """A page of the newest decisions, or of those with all of these words in them."""
    return _page(lists.search(tx, cards.viewer(who), words, SHOWN + 1, before), words, before)


def older(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page, in place of this one."""
    before, _, words = request.value.partition("|")
    page = listed(tx, request.who, words, int(before) if before.isdecimal() else 0)
    if pressed.in_modal(request):
        return UpdateModal(_window(page))
    return Note(page.text, page.blocks, replace=True)


def every(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The newest of all they may see, in a window."""
    return OpenModal(_window(listed(tx, request.who, "")))


def ask_words(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Search…*: which words?"""
    del tx
    return pressed.open_view(request, modals.search(request.value))


def searched(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What has all of these words in it."""
    words = request.text(ids.BLOCK_WORDS)
    if words is None:
        return FieldErrors({ids.BLOCK_WORDS: NO_WORDS})
    return UpdateModal(_window(listed(tx, request.who, words)))


def show(tx: Tx, who: Who, rest: str) -> CommandReply:
    """`/decision show D-7`."""
    if not rest:
        return Text(WHICH)
    reference = parse_reference(rest)
    if reference is not None and reference.letter == "F":
        return Text(f"{reference.name} is feedback: `/capture show {reference.name}` shows it.")
    found = reference is not None and reference.letter == "D" and cards.see(tx, reference.number, who)
    return OpenModal(modals.shown(cards.card(tx, found, who))) if found else Text(pressed.GONE)


def export(tx: Tx, who: Who, before: int, part: int = 0) -> View:
    """A page of Markdown, newest first: as many whole decisions as fit, else a part of the first one."""
    viewer = cards.viewer(who)
    found = decisions.older(tx, viewer, SHOWN + 1, before)
    entries = [markdown.entry(cards.card(tx, one)) for one in found]
    total = lists.count(tx, viewer)
    if not entries:
        return modal("Export", [section(NOTHING if not total else NO_MORE)], close="Close")
    parts = markdown.parts(entries[0], EXPORTED)
    if len(parts) > 1:
        blocks = _part(found[0], parts, min(part, len(parts) - 1), total, last=len(found) == 1)
        return modal("Export", blocks, close="Close")
    fitting = _fitting(entries)
    last = fitting == len(found) and len(found) <= SHOWN
    text = "\n\n".join(entries[:fitting])
    return modal("Export", _exported(found[:fitting], text, total, last=last), close="Close")


def press_export(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The first page of Markdown."""
    return pressed.open_view(request, export(tx, request.who, decisions.NEWEST))


def export_older(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page of Markdown."""
    before, part, *_ = (*pressed.numbers(request), 0)
    return pressed.open_view(request, export(tx, request.who, before, part))


# ---------------------------------------------------------------------------------------------------------


def _window(page: Text) -> View:
    return modal("Decisions", [dict(one) for one in page.blocks], close="Done")


def _page(found: Sequence[Line], words: str, before: int) -> Text:
    shown = found[:SHOWN]
    title = f"Decisions with “{shorten(words, 60)}”" if words else "Decisions"
    empty = NOT_FOUND if words else NOTHING if before == decisions.NEWEST else NO_MORE
    blocks: list[Block] = views.lines(escape(title), [(one, "") for one in shown], empty)
    kept = shorten(words, modals.SEARCHED_LIMIT)
    deeds = [button("Older", ids.OLDER, f"{shown[-1].number}|{kept}")] if len(found) > SHOWN else []
    if shown or words:
        deeds += [button("Search…", ids.SEARCH, kept or None), button("Export", ids.EXPORT)]
    blocks += [actions(*deeds)] if deeds else []
    said = "\n".join([title, *[views.said_line(one) for one in shown]]) if shown else empty
    return Text(escape(said) if shown else said, blocks)


def _fitting(entries: Sequence[str]) -> int:
    room, fitting = EXPORTED, 0
    for one in entries[:SHOWN]:
        room -= length(one) + 2
        if room < 0:
            break
        fitting += 1
    return max(fitting, 1)


def _exported(found: Sequence[Decision], text: str, total: int, *, last: bool) -> list[Block]:
    which = f"D-{found[0].number}" + (f" to D-{found[-1].number}" if len(found) > 1 else "")
    older = [] if last else [actions(button("Older", ids.EXPORT_OLDER, str(found[-1].number)))]
    return [*_copied(which, text, total), *older]


def _part(one: Decision, parts: Sequence[str], part: int, total: int, *, last: bool) -> list[Block]:
    """One that is too long for a page: a part of it, and the button for what comes next."""
    shown = _copied(f"{one.reference}, part {part + 1} of {len(parts)}", parts[part], total)
    if part + 1 < len(parts):
        value = f"{one.number + 1}|{part + 1}"
        return [*shown, actions(button("Go on", ids.EXPORT_OLDER, value, style="primary"))]
    return [*shown, *([] if last else [actions(button("Older", ids.EXPORT_OLDER, str(one.number)))])]


def _copied(which: str, text: str, total: int) -> list[Block]:
    counted = f"*{total}* {'decision' if total == 1 else 'decisions'} you can see"
    head = context(f"{counted}. Here: {which}, {length(text)} characters. Select and copy.")
    return [head, preformatted(text, EXPORTED)]
