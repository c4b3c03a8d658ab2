"""What launches ask and tell people. Values in, Block Kit out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.blocks import Block, actions, context, quote, section
from handlers.kit.dates import say_day
from handlers.kit.elements import button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.shortening import shorten
from handlers.launches import ids, rules, views
from handlers.launches.rules import VOTES, Below
from handlers.launches.shown import Shown, together
from storage.launches.values import Asked, Item
from storage.values import FunctionId, PersonId

LISTED = 8
TITLE = 80
"""Characters of an item's title in a sentence, so that the rest of it is read, too."""


@dataclass(frozen=True, slots=True)
class Told:
    """One plain sentence, and what stands below it."""

    summary: str
    blocks: list[Block]


def item(shown: Shown, one: Item, asked: Asked = Asked.SOON) -> Told:
    """To its owner, a little before it is due, and when it is; both may be read a day later."""
    how = "is it done?" if asked is Asked.DUE else "how does it stand?"
    summary = f"{one.name} {shorten(one_line(one.title), TITLE)}, due {say_day(one.due_on)}: {how}"
    launch = shown.launch
    said = f"For {launch.reference} {launch.name} on {say_day(launch.on)}."
    return Told(summary, [context(escape(said)), views.item_deeds(one, "ask")])


def unowned(shown: Shown) -> Told:
    """To the launch's owner: nobody sees to some of it."""
    launch, found = shown.launch, shown.unowned
    functions = [one for one in dict.fromkeys(each.function for each in found) if one is not None]
    whose = f" ({together(FUNCTIONS[one] for one in functions)})" if functions else ""
    count = f"{len(found)} items" if len(found) > 1 else "1 item"
    summary = f"Who sees to {count} of {launch.reference}{whose}?"
    deeds = actions(button("Owners…", ids.OWNERS, str(launch.number), style="primary"), show(launch.number))
    return Told(summary, [section(escape(f"{launch.name}, {say_day(launch.on)}")), deeds])


def leading(shown: Shown, person: PersonId, functions: Sequence[FunctionId]) -> Told:
    """To somebody who sees to a function's part: what it is and when it begins."""
    launch = shown.launch
    names = together(FUNCTIONS[one] for one in functions)
    summary = f"You see to {names} for {launch.reference} {launch.name} on {say_day(launch.on)}"
    by = f"{shown.name(launch.owner)} named you. You are asked about each item a little before it is due."
    return Told(summary, [_listed(shown.owned_by(person)), context(escape(by)), _mine(shown)])


def handed_over(shown: Shown, one: Item, by: PersonId) -> Told:
    """To whoever sees to an item from now on."""
    launch = shown.launch
    summary = f"{shown.name(by)} gave you {one.name} {one.title}"
    said = f"For {launch.reference} {launch.name}; due {say_day(one.due_on)}."
    return Told(summary, [section(escape(said)), views.item_deeds(one, "told")])


def blocked(shown: Shown, one: Item, by: PersonId) -> Told:
    """To the launch's owner: an item cannot go on."""
    launch = shown.launch
    summary = f"{shown.name(by)} is blocked on {one.name} {one.title}"
    said = context(escape(f"For {launch.reference} {launch.name}, which you own; due {say_day(one.due_on)}."))
    return Told(summary, [quote(one.reason or ""), said, actions(show(launch.number))])


def moved(shown: Shown, person: PersonId, before: date) -> Told:
    """To somebody with a part in it, or who follows it: its date is another one now, and what that means to them."""
    launch, last = shown.launch, shown.moved
    summary = moves(shown, before)
    blocks: list[Block] = [quote(last.reason)] if last is not None else []
    mine = [one for one in shown.owned_by(person) if one.is_open]
    notice = rules.below_notice(
        [one for one in shown.items if one.is_open], shown.leads, launch.on, shown.today, shown.week
    )
    short = [below(one) for one in notice if one.function in shown.leading(person)]
    if mine or short:
        blocks.append(section("\n".join([*map(escape, short), *([_lines(mine)] if mine else [])])))
    deeds = _mine(shown) if mine else actions(show(launch.number))
    by = f"{shown.name(last.by)} moved it. " if last is not None else ""
    return Told(summary, [*blocks, context(escape(f"{by}{_part(shown, person)}")), deeds])


def moves(shown: Shown, before: date) -> str:
    """`L-4 Invoices in euro moves from Thursday 12 March to Thursday 19 March`."""
    launch = shown.launch
    return f"{launch.reference} {launch.name} moves from {say_day(before)} to {say_day(launch.on)}"


def below(one: Below, would: str = "has") -> str:
    """`Marketing needs 10 working days' notice and has 6.`."""
    return f"{FUNCTIONS[one.function]} needs {one.needs} working days' notice and {would} {one.has}."


def vote(shown: Shown, function: FunctionId) -> Told:
    """To a function's lead: may it go?"""
    launch = shown.launch
    done, needed = rules.readiness(shown.items)
    mine, theirs = rules.readiness(shown.of(function))
    summary = f"Go or no-go for {launch.reference} {launch.name} on {say_day(launch.on)}?"
    said = (
        f"You vote for {FUNCTIONS[function]}: {mine} of {theirs} ready, {done} of {needed} in all. "
        "You can change it until everybody has voted."
    )
    return Told(summary, [context(escape(said)), views.vote_deeds(shown, function)])


def regrouped(
    shown: Shown, was: str, into: FunctionId | None, items: int, by: PersonId, *, votes: bool
) -> Told:
    """To the launch's owner: a function that has a part in it counts under another one now, or is retired."""
    launch = shown.launch
    became = "is retired" if into is None else f"counts under {FUNCTIONS[into]} now"
    where = "under Others" if into is None else f"under {FUNCTIONS[into]}"
    left = {0: "Nothing of it was open.", 1: f"Its open item stands {where}, with whoever sees to it."}
    said = left.get(items, f"Its {items:,} open items stand {where}, with whoever sees to them.")
    voters = "Nobody waits for its vote." if into is None else f"{FUNCTIONS[into]} votes for both."
    small = context(escape(f"{shown.name(by)} changed it for every launch."))
    summary = f"{was} {became}, also for {launch.reference} {launch.name}"
    return Told(
        summary, [section(f"{said} {voters}" if votes else said), small, actions(show(launch.number))]
    )


def outcome(shown: Shown) -> Told:
    """To the launch's owner: everybody has voted."""
    launch = shown.launch
    assert launch.outcome is not None
    summary = f"{launch.reference} {launch.name}: {VOTES[launch.outcome]}"
    said = [views.vote_line(shown, one) for one in launch.required]
    small = context(f"Recorded as D-{launch.decision}.")
    return Told(summary, [section("\n".join(said)), small, actions(show(launch.number))])


def shipped(shown: Shown, by: PersonId, person: PersonId) -> Told:
    """To everybody with a part in it, and who follows it, once."""
    launch = shown.launch
    done, needed = rules.readiness(shown.items)
    said = section(escape(f"{shown.name(by)} says that it is out. {done} of {needed} items were ready."))
    over = context(escape(f"{_part(shown, person)} {OVER}"))
    summary = f"{launch.reference} {launch.name} has shipped"
    return Told(summary, [said, over, actions(show(launch.number))])


def cancelled(shown: Shown, by: PersonId, why: str, person: PersonId) -> Told:
    """The same when it is called off."""
    launch = shown.launch
    summary = f"{shown.name(by)} called {launch.reference} {launch.name} off"
    over = context(escape(f"{_part(shown, person)} {OVER}"))
    return Told(summary, [quote(why), over, actions(show(launch.number))])


OVER = "Nobody is asked about it any more."


def show(number: int) -> dict[str, object]:
    """The button that opens a launch."""
    return button("Show", ids.SHOW, str(number), accessibility_label=f"Show L-{number}")


# ---------------------------------------------------------------------------------------------------------


def _part(shown: Shown, person: PersonId) -> str:
    """Why somebody hears of a launch: their part in it, or that they follow it."""
    functions = shown.leading(person)
    if person == shown.launch.owner:
        return "You own it."
    if functions:
        return f"You see to {together(FUNCTIONS[one] for one in functions)} for it."
    return "Some of its items are yours." if shown.owned_by(person) else "You follow it."


def _listed(items: Sequence[Item]) -> Block:
    return section(_lines(items) or "Nothing is on your list yet.")


def _lines(items: Sequence[Item]) -> str:
    lines = [f"• {one.title}, by {say_day(one.due_on)}" for one in items[:LISTED]]
    if len(items) > LISTED:
        lines.append(f"and {len(items) - LISTED} more under My items")
    return escape("\n".join(lines))


def _mine(shown: Shown) -> Block:
    number = str(shown.launch.number)
    return actions(button("My items", ids.MINE, number), show(shown.launch.number))
