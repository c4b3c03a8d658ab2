"""The modals of launches, and the ids they carry."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from handlers.checkins import ids as checkin_ids
from handlers.kit.blocks import Block, actions, context, input_select, input_text, section
from handlers.kit.dates import say_day
from handlers.kit.elements import button
from handlers.kit.forms import Form
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import confirm, option, options
from handlers.kit.pickers import input_channel, input_day, input_found, input_person, input_several
from handlers.kit.requests import MaybeId
from handlers.kit.surfaces import View, modal
from handlers.launches import ids, letters, rules, unasked, views
from handlers.launches.rules import CONDITION_LIMIT, NAME_LIMIT, REASON_LIMIT, Plan, Shift
from handlers.launches.shown import Shown, together
from handlers.launches.templates import TEMPLATES
from handlers.links import views as links
from storage.launches.values import Gate, Item, ItemState, Tier, Vote
from storage.people.values import ChannelKind
from storage.things.values import Linked
from storage.values import FunctionId

OWNER_BLOCK = "lead-"
"""What the block of a function's lead begins with."""


class NewForm(Form):
    """Where a launch is made, and from which thing: ids and enumerated values only."""

    v: Literal[1] = 1
    channel: MaybeId
    where: ChannelKind = ChannelKind.PUBLIC


class LaunchForm(Form):
    """Which launch a form is about, and the version the person saw."""

    v: Literal[1] = 1
    number: int
    seen: int = 0
    new: bool = False


class MoveForm(Form):
    """Which launch is to move, the version the person saw, and the day whose moves they saw."""

    v: Literal[1] = 1
    number: int
    seen: int
    on: date | None = None


class VoteForm(Form):
    """Whose vote on which launch, and in which round of voting."""

    v: Literal[1] = 1
    number: int
    round: int
    function: FunctionId
    vote: Vote


class ItemForm(Form):
    """Which item a form is about, what it will become, and where to come back to."""

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
            [option(f"{one.name} · {one.meant_for}", tier) for tier, one in TEMPLATES.items()],
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
    undo = [actions(_undo(shown)), *links.lines(launch.reference, shown.links)] if new else []
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
        *links.lines(launch.reference, shown.links),
    ]
    return modal(str(launch.reference), blocks, close="Done")


def _share(shown: Shown, function: FunctionId) -> str:
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


# -- another date -----------------------------------------------------------------------------------------


def move(shown: Shown, on: date | None = None, why: str | None = None) -> View:
    """Another date, and why."""
    launch = shown.launch
    blocks: list[Block] = [
        section(f"*{escape(views.heading(shown))}*"),
        *_date_and_reason(on or launch.on, why),
        context("The next page shows everything that moves. Nothing moves before you say so there."),
    ]
    return modal(
        f"Move {launch.reference}",
        blocks,
        submit="See what moves",
        callback_id=ids.LOOK,
        private_metadata=MoveForm(number=launch.number, seen=launch.version).model_dump_json(),
    )


def what_moves(shown: Shown, plan: Plan, told: int, why: str | None, notice: str = "") -> View:
    """Exactly what moves, who falls below their notice, and how many people are told."""
    launch = shown.launch
    people = f"{told} people" if told != 1 else "1 person"
    head = f"*From {say_day(launch.on)} to {say_day(plan.on)}.* {people} would be told in ten minutes."
    blocks: list[Block] = [section(f"*{escape(notice)}*")] if notice else []
    blocks.append(section(head))
    if plan.below:
        short = "\n".join(f"⚠️ {letters.below(one, 'would have')}" for one in plan.below)
        blocks.append(section(f"*Too short a notice*\n{short}"))
    moving = [one for one in plan.shifts if one.due_on != one.item.due_on]
    blocks += _shifts("Moves with it", [one for one in moving if not one.past])
    blocks += _shifts("Its day is over already, so it is due at once", [one for one in moving if one.past])
    if not moving:
        blocks.append(section("None of its items moves."))
    only = button("Move only", ids.MOVE_ONLY, str(launch.number))
    blocks += [*_date_and_reason(plan.on, why), actions(only), context("*Move only* tells nobody.")]
    return modal(
        f"Move {launch.reference}",
        blocks,
        submit="Move and tell",
        callback_id=ids.MOVE_AND_TELL,
        private_metadata=MoveForm(number=launch.number, seen=launch.version, on=plan.on).model_dump_json(),
    )


def moved(shown: Shown, told: int, at: str, named: Sequence[Linked] = ()) -> View:
    """It is on another day, which can be undone until people are told; `named` is what the reason linked it to."""
    launch = shown.launch
    people = f"{told} people are" if told != 1 else "1 person is"
    then = f"{people} told at {at}." if told and at else "Nobody is told. Its board says it."
    value = f"{launch.number}|{launch.version}"
    deeds = actions(button("Undo", ids.UNDO_MOVE, value), button("Show all", ids.SHOW, str(launch.number)))
    words = f"*{launch.reference} is on {say_day(launch.on)} now.*\n{then}"
    blocks = [section(words), deeds, *links.lines(launch.reference, named)]
    return modal(str(launch.reference), blocks, close="Done")


def _date_and_reason(on: date, why: str | None) -> list[Block]:
    return [
        input_day("New date", ids.BLOCK_DAY, initial=on, optional=False),
        input_text(
            "Why",
            ids.BLOCK_REASON,
            ids.BLOCK_REASON,
            multiline=True,
            initial=why,
            max_length=REASON_LIMIT,
            hint="Everybody who is told reads it, and so does everybody who looks at the board.",
        ),
    ]


def _shifts(title: str, shifts: Sequence[Shift]) -> list[Block]:
    lines = [f"• {views.titled(one.item)}: {_from_to(one)}" for one in shifts]
    return [section(f"*{title}*\n" + "\n".join(lines))] if lines else []


def _from_to(one: Shift) -> str:
    return f"{say_day(one.item.due_on)} → {say_day(one.due_on)}"


# -- go or no-go ------------------------------------------------------------------------------------------


def gate(shown: Shown, named: Sequence[Linked] = ()) -> View:
    """The vote as it stands, with what its viewer may do: open it, vote, close it.

    `named` is what the reason they have just given linked the launch to.
    """
    launch, viewer, linked = shown.launch, shown.viewer, links.lines(shown.launch.reference, named)
    may = viewer is not None and rules.may_change(launch, viewer, admin=shown.admin)
    if launch.gate is Gate.OPEN:
        return modal(
            f"Go / no-go {launch.reference}",
            [*_votes(shown), *unasked.of_vote(shown), *_vote_deeds(shown, may=may), *linked],
            close="Close",
        )
    blocks = [*_votes(shown), *([] if launch.outcome else [section(NO_VOTE)]), *linked]
    if not may or not shown.leads:
        nobody = [] if shown.leads else [section(NO_FUNCTIONS)]
        return modal(f"Go / no-go {launch.reference}", [*blocks, *nobody], close="Close")
    choices = options(*[(FUNCTIONS[one.function], one.function) for one in shown.leads])
    blocks.append(
        input_several(
            "Who votes", ids.BLOCK_FUNCTIONS, choices, initial=[one.function for one in shown.leads],
            hint="Each function's lead is asked at once; what comes of it is recorded as a decision.",
        )
    )  # fmt: skip
    return modal(
        f"Go / no-go {launch.reference}",
        blocks,
        submit="Open the vote",
        close="Close",
        callback_id=ids.GATE_OPENED,
        private_metadata=LaunchForm(number=launch.number, seen=launch.version).model_dump_json(),
    )


NO_VOTE = "No vote has been held. Its owner opens one when the functions are to say whether it may go."
NO_FUNCTIONS = "No function has a part in it that could vote."
ON_THE_VOTE = "It stands on the vote, for everybody who sees it."
ITEM_OF_YOURS = "It becomes an item of yours, due before the launch."
WHYS = {
    Vote.CONDITIONS: ("Go with conditions", "What has to happen before", ITEM_OF_YOURS),
    Vote.HOLD: ("Hold", "What you wait for", ON_THE_VOTE),
    Vote.NO_GO: ("No-go", "Why it must not go", ON_THE_VOTE),
}  # fmt: skip


def vote_why(shown: Shown, function: FunctionId, vote: Vote) -> View:
    """The reason a vote needs."""
    title, label, hint = WHYS[vote]
    launch, limit = shown.launch, CONDITION_LIMIT if vote is Vote.CONDITIONS else REASON_LIMIT
    said = section(f"You vote for {FUNCTIONS[function]} on {launch.reference} {escape(launch.name)}.")
    field = input_text(label, ids.BLOCK_REASON, ids.BLOCK_REASON, multiline=True, max_length=limit, hint=hint)
    form = VoteForm(number=launch.number, round=launch.round, function=function, vote=vote)
    return modal(
        title, [said, field], submit="Vote", callback_id=ids.VOTED, private_metadata=form.model_dump_json()
    )


def _votes(shown: Shown) -> list[Block]:
    launch = shown.launch
    blocks: list[Block] = [section(f"*{escape(views.heading(shown))}*")]
    if launch.outcome is not None:
        said = f"{rules.VOTE_SIGNS[launch.outcome]} *{rules.VOTES[launch.outcome]}*, recorded as D-{launch.decision}"
        blocks.append(section(said))
    return [*blocks, *[section(views.vote_line(shown, one)) for one in launch.required]]


def _vote_deeds(shown: Shown, *, may: bool) -> list[Block]:
    launch, viewer = shown.launch, shown.viewer
    mine = [one for one in launch.required if viewer is not None and shown.lead(one) == viewer]
    blocks: list[Block] = []
    for function in mine:
        blocks += [context(f"Your vote for {FUNCTIONS[function]}"), views.vote_deeds(shown, function)]
    if may:
        missing = [FUNCTIONS[one] for one in rules.unheard(launch.required, shown.votes)]
        names = (
            f"{together(missing)} did not vote, which is never a yes." if missing else "Everybody has voted."
        )
        asked = confirm("Close the vote?", names, "Close it")
        blocks.append(actions(button("Close the vote", ids.GATE_CLOSE, str(launch.number), confirm=asked)))
    return blocks


# -- one launch, one item ---------------------------------------------------------------------------------


def card(shown: Shown) -> View:
    """All of a launch."""
    return modal(str(shown.launch.reference), views.card(shown), close="Close")


def mine(shown: Shown, linked: Sequence[Block] = ()) -> View:
    """The viewer's items of a launch, each with what can be pressed; `linked` is what a reason has just named."""
    found = [] if shown.viewer is None else shown.owned_by(shown.viewer)
    blocks: list[Block] = [section(f"*{escape(views.heading(shown))}*")]
    for one in found:
        blocks += [section(views.line(shown, one)), views.item_deeds(one, "mine")]
    if not found:
        blocks.append(section("Nothing of it is on your list."))
    blocks += [*linked, actions(button("Show all", ids.SHOW, str(shown.launch.number)))]
    return modal(f"My items of {shown.launch.reference}", blocks, close="Close")


def item(shown: Shown, one: Item, linked: Sequence[Block] = ()) -> View:
    """One item, with what its viewer may do; `linked` is what a reason has just named."""
    function = f"{shown.called(one.function)} · " if one.function else ""
    condition = "a condition · " if one.condition else ""
    days = f"T-{one.t_minus}" if one.t_minus else "on the day"
    said = f"{function}{condition}{days} · {shown.name(one.owner)} sees to it"
    blocks: list[Block] = [section(views.line(shown, one)), context(escape(said))]
    viewer, asked = shown.viewer, shown.asked(one)
    if viewer and rules.may_change_item(
        shown.launch, one, shown.leads, viewer, admin=shown.admin, asked=asked
    ):
        hand = button("Hand over…", ids.HAND_OVER, f"{one.launch}|{one.number}")
        blocks += [views.item_deeds(one, "item"), actions(hand)]
    blocks += [*linked, actions(button("Show all", ids.SHOW, str(one.launch)))]
    return modal(one.name, blocks, close="Close")


REASONS = {
    ItemState.BLOCKED: ("Blocked", "What it waits for"),
    ItemState.NOT_NEEDED: ("Not needed", "Why it is not needed"),
}


def reason(shown: Shown, one: Item, state: ItemState, back: str, *, asks: bool = True) -> View:
    """Why an item is blocked or not needed; whether what it waits on can be asked."""
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
    waits = asks and state is ItemState.BLOCKED and shown.launch.channel is not None
    return modal(
        f"{one.name} · {title}",
        [section(views.line(shown, one)), field, *([_waits_on()] if waits else [])],
        submit="Save",
        callback_id=ids.REASON,
        private_metadata=form.model_dump_json(),
    )


def _waits_on() -> Block:
    return input_found(
        "It waits on",
        checkin_ids.WAITS_ON,
        optional=True,
        placeholder="A function, a person, somebody outside",
        hint="Whoever it is, is asked once, and you are told when it is cleared.",
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
