"""The message several asks and tellings go out in together, and in words what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.asks import ids
from handlers.kit import limits
from handlers.kit.blocks import Block, context, divider, section
from handlers.kit.dates import say_day
from handlers.kit.elements import Element, button
from handlers.kit.lists import and_more
from handlers.kit.mrkdwn import escape
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, View, message, modal
from handlers.kit.words import words_of
from storage.asks.values import Ask, AskState
from storage.values import PersonId

NOBODY_AWAY: Mapping[PersonId, "Absence"] = {}


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who is away, as they are called, and their last day away if it is known."""

    name: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """One date of what recurs: of how many people who was not asked, by name, and why."""

    title: str
    on: date
    of: int
    not_asked: tuple[tuple[str, str], ...]


def merged(asked: Sequence[Ask], away: Mapping[PersonId, Absence] = NOBODY_AWAY) -> MessageContent:
    """One message: the headline, then each that is open with its own words and buttons, then what is settled."""
    shown = [(one.summary, [*_for_whom(one, away), *one.blocks]) for one in asked if one.state not in SETTLED]
    settled = [one for one in asked if one.state in SETTLED]
    if len(asked) == 1:
        return single(*shown[0]) if shown else receipt(asked[0])
    said = [f"{summary}\n{_spoken(blocks)}".strip() for summary, blocks in shown]
    text = "\n\n".join([*said, *map(_receipt_line, settled)])
    return message(f"{len(asked)} things for you", text, [*_listed(shown), *_receipts(settled)])


def receipt(one: Ask) -> MessageContent:
    """What is left of a message about one thing that is settled."""
    return message(one.summary, SETTLED[one.state], [context(SETTLED[one.state]), *one.blocks])


SETTLED = {
    AskState.ANSWERED: "✓ Answered",
    AskState.WITHDRAWN: "No longer needed",
    AskState.LAPSED: "No longer needed",
}


def single(summary: str, blocks: Sequence[Block]) -> MessageContent:
    """The message of one ask or telling; its text says all that its blocks say."""
    return message(summary, _spoken(blocks), blocks)


def waiting(asked: Sequence[Ask]) -> MessageContent:
    """What waits for somebody, for a command typed alone; empty when nothing does."""
    shown = [(one.summary, one.blocks) for one in asked]
    blocks = [section("*Needs you*"), *_listed(shown), divider()] if asked else []
    return MessageContent(" · ".join(one.summary for one in asked), blocks)


def needing(asked: Sequence[Ask]) -> list[Block]:
    """What waits for somebody, for Home: as many as have room there, and a button for the others."""
    blocks, shown = fitting(asked, MOST_IN_HOME)
    hidden = len(asked) - shown
    return [*blocks, *and_more(hidden, ids.OPEN, "Show everything that needs you")]


def everything(asked: Sequence[Ask]) -> View:
    """All that waits for somebody, in a window."""
    blocks, shown = fitting(asked, limits.VIEW_BLOCKS - 1)
    hidden = len(asked) - shown
    rest = [context(f"and {hidden} more, which come up once some of these are answered")] if hidden else []
    return modal("Needs you", [*blocks, *rest] or [section("Nothing needs you now.")], close="Done")


def fitting(asked: Sequence[Ask], most: int) -> tuple[list[Block], int]:
    """The first of these with all their blocks, and how many have room; the first one always has."""
    blocks, shown = _listed([(one.summary, one.blocks) for one in asked[:1]]), len(asked[:1])
    for one in asked[1:]:
        more = [divider(), *_listed([(one.summary, one.blocks)])]
        if len(blocks) + len(more) > most:
            break
        blocks, shown = [*blocks, *more], shown + 1
    return blocks, shown


MOST_IN_HOME = 36
"""Blocks of asks in Home, which has room for a hundred of everything."""


def told_later(told: Sequence[Ask]) -> list[Block]:
    """What somebody would have been told but for their budget; Home shows it at once."""
    shown = [(one.summary, one.blocks) for one in told]
    return [section("*Held back for today*"), *_listed(shown)] if told else []


def history(
    lines: Sequence[tuple[str, str]], reports: Sequence[Report] = (), more: int = 0
) -> MessageContent:
    """What somebody was sent and what not, each with what became of it; then who was not asked of what they run.

    `more` are reports for which there is no room.
    """
    mine = [block for one in reports for block in report(one)]
    mine += (
        [context(f"and {more} more of what you run; *Who was asked* on each card tells it.")] if more else []
    )
    if not lines:
        return message(NOTHING_YET, _spoken(mine), mine)
    blocks = [section(f"{escape(shorten(title, TITLE))}\n_{escape(said)}_") for title, said in lines]
    blocks += [divider(), *mine] if mine else []
    return message("What I sent you lately, and what waits", _spoken(blocks), blocks)


def report(one: Report) -> list[Block]:
    """Who was not asked on a date of what recurs, and why."""
    title, day, asked = escape(shorten(one.title, TITLE)), say_day(one.on), one.of - len(one.not_asked)
    if not one.of:
        return [section(f"*{title}, {day}*: it asks nobody yet.")]
    if not one.not_asked:
        return [section(f"*{title}, {day}*: everybody was asked, {one.of} of {one.of}.")]
    shown = [f"• {escape(name)}: {escape(said)}" for name, said in one.not_asked[:NAMES]]
    more = len(one.not_asked) - len(shown)
    lines = [f"*{title}, {day}*: {asked} of {one.of} were asked. Not asked:", *shown]
    return [section("\n".join([*lines, *([f"and {more} more"] if more else [])]))]


def not_asked(those: Sequence[tuple[str, str]]) -> list[Block]:
    """Who was to be asked about something and has not been, and why, for who runs it; nothing where everybody was."""
    shown = [f"• {escape(who)}: {escape(said)}" for who, said in those[:UNASKED]]
    more = [f"and {len(those) - UNASKED} more"] if len(those) > UNASKED else []
    return [section("\n".join(["*Not asked yet*", *shown, *more]))] if those else []


def report_button(series: str, on: date) -> Element:
    """Opens who was asked on that date; whoever does not run the series is told that it is not theirs."""
    return button("Who was asked", ids.REPORT, f"{series}|{on}")


NOTHING_YET = "I have sent you nothing yet, and nothing waits."
TITLE = 200
NAMES, UNASKED = 20, 8


AGAIN = "You may have had this already: I could not find out whether it reached you."


def said_again(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same message, when nobody can look whether it arrived."""
    blocks = [context(AGAIN), *arguments.get("blocks", ())][: limits.MESSAGE_BLOCKS]
    return {**arguments, "text": f"{arguments['text']}\n\n{AGAIN}", "blocks": blocks}


def reminder(summary: str) -> str:
    """How the one reminder begins."""
    return f"Still open: {summary}"


def _for_whom(one: Ask, away: Mapping[PersonId, Absence]) -> list[Block]:
    if one.person == one.recipient:
        return []
    absent = away.get(one.person, Absence("a colleague", None))
    until = "" if absent.last is None else f" until {say_day(absent.last)}"
    return [context(f"{escape(absent.name)} is away{until}, and you cover for them.")]


def _listed(shown: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    blocks: list[Block] = []
    for summary, own in shown:
        blocks += [*([divider()] if blocks else []), section(f"*{escape(summary)}*"), *own]
    return blocks


def _receipts(settled: Sequence[Ask]) -> list[Block]:
    """What is settled, in small print; what stays to be pressed below its own line."""
    bare = [_receipt_line(one) for one in settled if not one.blocks]
    blocks: list[Block] = [context(escape("\n".join(bare)))] if bare else []
    for one in settled:
        if one.blocks:
            blocks += [context(escape(_receipt_line(one))), *one.blocks]
    return blocks


def _receipt_line(one: Ask) -> str:
    return f"{SETTLED[one.state]}: {one.summary}"


def _spoken(blocks: Sequence[Block]) -> str:
    return words_of({"blocks": [*blocks]})
