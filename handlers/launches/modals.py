"""The modals of launches, and the ids they carry."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from handlers.kit.blocks import Block, actions, context, input_select, input_text, section
from handlers.kit.dates import say_day
from handlers.kit.elements import button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import confirm, option
from handlers.kit.pickers import input_channel, input_day, input_person
from handlers.kit.surfaces import View, modal
from handlers.launches import ids, rules, views
from handlers.launches.rules import NAME_LIMIT, REASON_LIMIT
from handlers.launches.shown import Shown, together
from handlers.launches.templates import TEMPLATES
from storage.launches.values import Item, ItemState, Tier
from storage.people.values import ChannelKind
from storage.values import Function

OWNER_BLOCK = "lead-"
"""What the block of a function's lead begins with."""


class NewForm(BaseModel):
    """Where a launch is made, and from which thing: ids and enumerated values only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    channel: str = ""
    where: ChannelKind = ChannelKind.PUBLIC


class LaunchForm(BaseModel):
    """Which launch a form is about, and the version the person saw."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    number: int
    seen: int = 0
    new: bool = False


class ItemForm(BaseModel):
    """Which item a form is about, what it will become, and where to come back to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    launch: int
    item: int
    state: ItemState = ItemState.TODO
    back: str = ""


# -- making one -------------------------------------------------------------------------------------------


def new(form: NewForm, name: str, on: date | None, made_from: str) -> View:
    """Name, day and tier; its owners come on the next page."""
    blocks: list[Block] = [
        input_text(
            "What is launched", ids.BLOCK_NAME, ids.BLOCK_NAME, initial=name or None, max_length=NAME_LIMIT,
            placeholder="As people here call it",
        ),
        input_day("On", ids.BLOCK_DAY, initial=on, optional=False),
        input_select(
            "How big", ids.BLOCK_TIER, ids.BLOCK_TIER,
            [option(one.name, tier, one.meant_for) for tier, one in TEMPLATES.items()],
            initial=Tier.NORMAL,
        ),
        input_text(
            "For", ids.BLOCK_FOR, ids.BLOCK_FOR, initial=made_from or None, max_length=300, optional=True,
            placeholder="D-7 F-12",
            hint="What it is made for: decisions and feedback, by their names. They are linked.",
        ),
    ]  # fmt: skip
    if not form.channel:
        blocks.insert(
            3, input_channel("Board in", ids.BLOCK_CHANNEL, hint="A channel you and I are both in.")
        )
    return modal(
        "New launch",
        blocks,
        submit="Create",
        callback_id=ids.NEWED,
        private_metadata=form.model_dump_json(),
    )


def owners(shown: Shown, follows: Sequence[str] = (), *, new: bool = False) -> View:
    """Who sees to each function's part; after making a launch it says first that it is saved."""
    launch = shown.launch
    saved = [section("\n".join([f"*{launch.reference} is saved.*", *map(escape, follows)]))] if new else []
    pickers = [
        input_person(
            FUNCTIONS[one.function],
            f"{OWNER_BLOCK}{one.function}",
            initial=one.person,
            optional=True,
            hint=_share(shown, one.function),
        )
        for one in shown.leads
    ]
    undo = [actions(_undo(shown))] if new else []
    small = context(
        "Open items go to whoever sees to their function. One item is handed over on its own page."
    )
    form = LaunchForm(number=launch.number, seen=launch.version, new=new)
    return modal(
        "Saved" if new else f"Owners of {launch.reference}",
        [*saved, *pickers, small, *undo],
        submit="Save owners",
        close="Done" if new else "Cancel",
        callback_id=ids.OWNERS_NAMED,
        private_metadata=form.model_dump_json(),
    )


def made(shown: Shown, follows: Sequence[str]) -> View:
    """The last page: who sees to what, and what happens now."""
    launch = shown.launch
    named = [f"{FUNCTIONS[one.function]}: {shown.name(one.person)}" for one in shown.leads]
    blocks = [
        section(f"*The owners of {launch.reference} are saved.*"),
        section(escape("\n".join(named))),
        *([context(escape("\n".join(follows)))] if follows else []),
        actions(button("Show all", ids.SHOW, str(launch.number), style="primary")),
    ]
    return modal(str(launch.reference), blocks, close="Done")


def _share(shown: Shown, function: Function) -> str:
    items = [one for one in shown.of(function) if one.is_open]
    if not items:
        return "Nothing is left to do."
    due = sum(one.due_on <= shown.today for one in items)
    now = f"; {due} due by today" if due else ""
    return f"{len(items)} to do, the first by {say_day(items[0].due_on)}{now}"


def _undo(shown: Shown) -> dict[str, object]:
    launch = shown.launch
    asked = confirm(f"Take {launch.reference} back?", "Nobody has been told of it yet.", "Take it back")
    return button("Undo", ids.UNDO, str(launch.number), confirm=asked)


def cancel(shown: Shown) -> View:
    """Why a launch is called off."""
    launch = shown.launch
    field = input_text(
        "Why it is called off",
        ids.BLOCK_REASON,
        ids.BLOCK_REASON,
        multiline=True,
        max_length=REASON_LIMIT,
        hint="Everybody with a part in it, and who follows it, is told once.",
    )
    return modal(
        f"Cancel {launch.reference}",
        [section(f"*{escape(views.heading(shown))}*"), field],
        submit="Cancel the launch",
        close="Keep it",
        callback_id=ids.CANCELLED,
        private_metadata=LaunchForm(number=launch.number, seen=launch.version).model_dump_json(),
    )


# -- one launch, one item ---------------------------------------------------------------------------------


def card(shown: Shown) -> View:
    """All of a launch."""
    return modal(str(shown.launch.reference), views.card(shown), close="Close")


def mine(shown: Shown) -> View:
    """The viewer's items of a launch, each with what can be pressed."""
    found = [] if shown.viewer is None else shown.owned_by(shown.viewer)
    blocks: list[Block] = [section(f"*{escape(views.heading(shown))}*")]
    for one in found:
        blocks += [section(views.line(shown, one)), views.item_deeds(one, "mine")]
    if not found:
        blocks.append(section("Nothing of it is on your list."))
    blocks.append(actions(button("Show all", ids.SHOW, str(shown.launch.number))))
    return modal(f"My items of {shown.launch.reference}", blocks, close="Close")


def item(shown: Shown, one: Item) -> View:
    """One item, with what its viewer may do."""
    function = f"{FUNCTIONS[one.function]} · " if one.function else ""
    condition = "a condition · " if one.condition else ""
    days = f"T-{one.t_minus}" if one.t_minus else "on the day"
    said = f"{function}{condition}{days} · {shown.name(one.owner)} sees to it"
    blocks: list[Block] = [section(views.line(shown, one)), context(escape(said))]
    viewer = shown.viewer
    if viewer and rules.may_change_item(shown.launch, one, shown.leads, viewer, admin=shown.admin):
        hand = button("Hand over…", ids.HAND_OVER, f"{one.launch}|{one.number}")
        blocks += [views.item_deeds(one, "item"), actions(hand)]
    blocks.append(actions(button("Show all", ids.SHOW, str(one.launch))))
    return modal(one.name, blocks, close="Close")


REASONS = {
    ItemState.BLOCKED: ("Blocked", "What it waits for, and on whom"),
    ItemState.NOT_NEEDED: ("Not needed", "Why it is not needed"),
}


def reason(shown: Shown, one: Item, state: ItemState, back: str) -> View:
    """Why an item is blocked or not needed."""
    title, label = REASONS[state]
    field = input_text(
        label,
        ids.BLOCK_REASON,
        ids.BLOCK_REASON,
        multiline=True,
        max_length=REASON_LIMIT,
        hint="It stands on the launch's board, for everybody who sees it.",
    )
    form = ItemForm(launch=one.launch, item=one.number, state=state, back=back)
    return modal(
        f"{one.name} · {title}",
        [section(views.line(shown, one)), field],
        submit="Save",
        callback_id=ids.REASON,
        private_metadata=form.model_dump_json(),
    )


def hand_over(shown: Shown, one: Item) -> View:
    """Who sees to an item from now on."""
    picker = input_person("Who sees to it", ids.BLOCK_OWNER, initial=one.owner, hint="They are told once.")
    form = ItemForm(launch=one.launch, item=one.number)
    return modal(
        f"Hand over {one.name}",
        [section(views.line(shown, one)), picker],
        submit="Hand over",
        callback_id=ids.HANDED_OVER,
        private_metadata=form.model_dump_json(),
    )


def unowned(shown: Shown) -> str:
    """Which functions nobody sees to, in a sentence; nothing where somebody does everywhere."""
    missing = [FUNCTIONS[one.function] for one in shown.leads if one.person is None]
    return f"Nobody sees to {together(missing)} yet." if missing else ""
