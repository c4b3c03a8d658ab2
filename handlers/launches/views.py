"""What people see of launches: the board, the card, lists and lines. Values in, Block Kit out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from handlers.kit.blocks import Block, actions, context, divider, section
from handlers.kit.dates import say_day
from handlers.kit.elements import Element, button
from handlers.kit.functions import FUNCTIONS
from handlers.kit.mrkdwn import escape, link, one_line
from handlers.kit.objects import confirm
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import MessageContent, message
from handlers.kit.words import words_of
from handlers.launches import ids, rules, unasked
from handlers.launches.rules import MARKS, NAMES, SIGNS, VOTE_SIGNS, VOTES
from handlers.launches.shown import Shown, together
from handlers.launches.templates import TEMPLATES
from handlers.links import views as links
from storage.launches.values import Gate, Item, ItemState, LaunchState, Line, Vote
from storage.values import FunctionId, PersonId

TITLE = 120
REASON = 160
STOPS = (Vote.HOLD, Vote.NO_GO)
PRESSING = 8
"""Blocked and late items the board names; the rest is counted."""


# -- the board --------------------------------------------------------------------------------------------


def board(shown: Shown) -> MessageContent:
    """The launch in its channel: everybody sees the same."""
    blocks = [*facts(shown), *_pressing(shown), *_functions(shown), _board_deeds(shown)]
    return message(heading(shown), _spoken(blocks), blocks)


def heading(shown: Shown) -> str:
    """`🚀 L-4 · Invoices in euro · Thursday 10 December · T-12`."""
    launch = shown.launch
    return f"{SIGNS[launch.state]} {launch.reference} · {launch.name} · {_when(shown)}"


def facts(shown: Shown) -> list[Block]:
    """How ready it is, what came of the vote, and whether it moved."""
    launch, blocks = shown.launch, [section("\n".join([_ready(shown), *_gate(shown)]))]
    small = [f"{escape(shown.name(launch.owner))} owns it · {TEMPLATES[launch.tier].name}"]
    if shown.viewer is None and (named := links.named(shown.links)):
        small[0] = f"{small[0]} · {named}"
    if shown.moved is not None and launch.state is LaunchState.PLANNED:
        why = escape(shorten(one_line(shown.moved.reason), REASON))
        small.append(f"Moved from {say_day(shown.moved.before)}: “{why}”")
    return [*blocks, context("\n".join(small))]


def _when(shown: Shown) -> str:
    launch = shown.launch
    match launch.state:
        case LaunchState.SHIPPED:
            return f"shipped {say_day(launch.changed_at.date())}"
        case LaunchState.CANCELLED:
            return "cancelled"
        case LaunchState.WITHDRAWN:
            return "taken back"
        case LaunchState.PLANNED:
            return f"{say_day(launch.on)} · {t_minus(shown)}"


def t_minus(shown: Shown) -> str:
    """How far away it is, in working days."""
    launch = shown.launch
    if launch.on == shown.today:
        return "today"
    return f"T-{shown.left}" if launch.on > shown.today else "its day has passed"


def _ready(shown: Shown) -> str:
    done, needed = rules.readiness(shown.items)
    counts = [f"*{done} of {needed} ready*"]
    if shown.launch.state is LaunchState.PLANNED:
        blocked = sum(one.state is ItemState.BLOCKED for one in shown.items)
        late = sum(rules.is_late(one, shown.today) for one in shown.items)
        counts += [f"{blocked} blocked"] if blocked else []
        counts += [f"{late} late"] if late else []
        counts += [f"{len(shown.unowned)} without an owner"] if shown.unowned else []
    return " · ".join(counts)


def _gate(shown: Shown) -> Iterator[str]:
    launch = shown.launch
    if launch.gate is Gate.OPEN:
        missing = rules.unheard(launch.required, shown.votes)
        names = together(FUNCTIONS[one] for one in missing) if missing else "nobody"
        yield f"🗳️ Go / no-go: {len(launch.required) - len(missing)} of {len(launch.required)} voted; waiting for {names}"
    elif launch.outcome is not None:
        yield f"{VOTE_SIGNS[launch.outcome]} *{VOTES[launch.outcome]}* · D-{launch.decision}"


def _pressing(shown: Shown) -> list[Block]:
    found = rules.pressing(shown.items, shown.today)
    if not found or shown.launch.state is not LaunchState.PLANNED:
        return []
    lines = [line(shown, one) for one in found[:PRESSING]]
    if len(found) > PRESSING:
        lines.append(f"and {len(found) - PRESSING} more under *Show all*")
    return [section("\n".join(["*Holding it up*", *lines]))]


def _functions(shown: Shown) -> list[Block]:
    return [section(_function(shown, one)) for one in functions_of(shown) if shown.of(one)]


def _function(shown: Shown, function: FunctionId | None) -> str:
    items = shown.of(function)
    done, needed = rules.readiness(items)
    name = "Others" if function is None else shown.called(function)
    lead = "" if function is None else f" · {escape(shown.name(shown.lead(function)))}"
    said = f"*{name}*{lead} · {done} of {needed}"
    next_one = next((one for one in items if one.is_open), None)
    if next_one is None or shown.launch.state is not LaunchState.PLANNED:
        return said
    return f"{said}\nNext: {titled(next_one)}, {say_day(next_one.due_on)}"


def functions_of(shown: Shown) -> list[FunctionId | None]:
    """Those that have a part in it, in their order; what belongs to none comes last."""
    of_items = (one.function for one in shown.items if one.function is not None)
    return [*FUNCTIONS.ordered([*(one.function for one in shown.leads), *of_items]), None]


def _board_deeds(shown: Shown) -> Block:
    number = str(shown.launch.number)
    show = button("Show all", ids.SHOW, number, accessibility_label=f"Show all of L-{number}")
    why = links.why_button(shown.launch.reference)
    if shown.launch.state is not LaunchState.PLANNED:
        return actions(show, why)
    return actions(
        button("My items", ids.MINE, number, accessibility_label=f"My items of L-{number}"),
        button("Move date…", ids.MOVE, number, accessibility_label=f"Move the date of L-{number}"),
        button("Go / no-go…", ids.GATE, number, accessibility_label=f"Go or no-go of L-{number}"),
        show,
        why,
    )


# -- items ------------------------------------------------------------------------------------------------


def line(shown: Shown, one: Item) -> str:
    """An item in a list: its mark, its name, whose it is, and how it stands."""
    return f"{MARKS[one.state]} {titled(one)} · {escape(shown.name(one.owner))} · {stands(one, shown.today)}"


def stuck_line(one: Item, names: Mapping[PersonId, str], today: date) -> str:
    """An item that holds somebody's launch up, and with whom it is."""
    owner = "nobody yet" if one.owner is None else names.get(one.owner, "a colleague")
    return f"{MARKS[one.state]} {titled(one)} · {escape(owner)} · {stands(one, today)}"


def stands(one: Item, today: date) -> str:
    """How an item stands, in a few words."""
    reason = f": “{escape(shorten(one_line(one.reason), REASON))}”" if one.reason else ""
    if not one.is_open:
        return f"{NAMES[one.state]}{reason}"
    due = f"was due {say_day(one.due_on)}" if rules.is_late(one, today) else f"due {say_day(one.due_on)}"
    return f"{due}, {NAMES[one.state]}{reason}" if one.state is not ItemState.TODO else due


def item_deeds(one: Item, back: str) -> Block:
    """What its owner presses; `back` says where the button stands, to come back there."""
    value = f"{one.launch}|{one.number}|{back}"
    return actions(*_deeds(one, value))


def _deeds(one: Item, value: str) -> Iterator[Element]:
    def press(words: str, action: str, does: str) -> Element:
        return button(words, action, value, accessibility_label=f"{does} {one.name}")

    if one.state is not ItemState.DOING and one.state is not ItemState.DONE:
        yield press("Doing", ids.DOING, "I am on")
    if one.state is ItemState.DONE:
        yield press("Not done yet", ids.TODO, "Not done yet:")
    else:
        yield button("Done", ids.DONE, value, style="primary", accessibility_label=f"Done: {one.name}")
    if one.state is not ItemState.BLOCKED:
        yield press("Blocked…", ids.BLOCKED, "Blocked:")
    if one.state is not ItemState.NOT_NEEDED:
        yield press("Not needed…", ids.NOT_NEEDED, "Not needed:")
    if one.state in (ItemState.DOING, ItemState.BLOCKED, ItemState.NOT_NEEDED):
        yield press("Not started", ids.TODO, "Not started:")


def titled(one: Item) -> str:
    """`L-4/7 Landing page`."""
    return f"{one.name} {escape(shorten(one_line(one.title), TITLE))}"


# -- go or no-go ------------------------------------------------------------------------------------------


def vote_line(shown: Shown, function: FunctionId) -> str:
    """What a function has voted, and why; or on whom its vote waits."""
    said, over = shown.votes.get(function), shown.launch.gate is not Gate.OPEN
    if said is None:
        name = FUNCTIONS.then(function, shown.launch.changed_at if over else None)
        lead = shown.name(shown.lead(FUNCTIONS.whole(function)))
        return f"⬜ *{name}* · {escape(lead)} has not voted"
    name = FUNCTIONS.then(function, said.at if over else None)
    reason = f": “{escape(shorten(one_line(said.reason), REASON))}”" if said.reason else ""
    by = escape(shown.name(said.person))
    return f"{VOTE_SIGNS[said.vote]} *{name}* · {by}: {VOTES[said.vote]}{reason}"


def vote_deeds(shown: Shown, function: FunctionId) -> Block:
    """What a function's lead presses."""
    launch = shown.launch
    value = f"{launch.number}|{launch.round}|{function}"
    whose = f"{FUNCTIONS[function]} for L-{launch.number}"
    why = [
        button(f"{VOTES[one]}…", f"{ids.VOTE_WHY}:{one}", value, accessibility_label=f"{VOTES[one]}: {whose}")
        for one in (Vote.CONDITIONS, Vote.HOLD, Vote.NO_GO)
    ]
    go = button("Go", ids.VOTE_GO, value, style="primary", accessibility_label=f"Go: {whose}")
    return actions(go, *why)


# -- the card ---------------------------------------------------------------------------------------------


def card(shown: Shown) -> list[Block]:
    """All of it, as its viewer sees it, with what they may do."""
    blocks: list[Block] = [section(f"*{escape(heading(shown))}*"), *facts(shown), *unasked.all_of(shown)]
    for function in functions_of(shown):
        items = shown.of(function)
        if items:
            blocks += [divider(), section(_function(shown, function).split("\n")[0])]
            blocks += [section(line(shown, one), open_item(one)) for one in items]
    blocks += links.lines(shown.launch.reference, shown.links)
    return [*blocks, *_card_deeds(shown)]


def open_item(one: Item) -> Element:
    """The button that opens an item."""
    value = f"{one.launch}|{one.number}"
    return button("Open", ids.ITEM, value, accessibility_label=f"Open {one.name}")


def _card_deeds(shown: Shown) -> list[Block]:
    launch, viewer = shown.launch, shown.viewer
    if viewer is None or launch.state is not LaunchState.PLANNED:
        return [] if viewer is None else _linking(shown)
    number, deeds = str(launch.number), []
    if shown.owned_by(viewer):
        deeds.append(button("My items", ids.MINE, number))
    if rules.may_change(launch, viewer, admin=shown.admin):
        deeds += [button("Owners…", ids.OWNERS, number), button("Move date…", ids.MOVE, number)]
    deeds.append(button("Go / no-go…", ids.GATE, number))
    if rules.may_change(launch, viewer, admin=shown.admin):
        deeds += [_ship(shown), button("Cancel launch…", ids.CANCEL, number)]
    return [actions(*deeds), *_linking(shown)]


def _linking(shown: Shown) -> list[Block]:
    reference = shown.launch.reference
    return [actions(links.link_button(reference), links.why_button(reference))]


def _ship(shown: Shown) -> Element:
    number, left = shown.launch.number, sum(one.is_open for one in shown.items)
    vote = f"The vote said {VOTES[shown.launch.outcome]}. " if shown.launch.outcome in STOPS else ""
    warning = f"{left} items are not done. " if left > 1 else "1 item is not done. " if left else ""
    asked = confirm(
        f"Has L-{number} shipped?", f"{vote}{warning}Everybody with a part in it is told once.", "It has"
    )
    return button("Ship it", ids.SHIP, str(number), style="primary", confirm=asked)


# -- lists ------------------------------------------------------------------------------------------------


def lines(title: str, rows: Sequence[Line], today: date, empty: str) -> list[Block]:
    """A titled list of launches, or what to do when there is none."""
    if not rows:
        return [section(f"*{title}*\n{empty}")]
    return [section(f"*{title}*"), *[section(launch_line(one, today), show(one)) for one in rows]]


def launch_line(one: Line, today: date) -> str:
    """A launch in a list: its name as a link where there is one, its day, how ready it is."""
    name = link(one.permalink, one.name) if one.permalink else escape(one.name)
    return f"{SIGNS[one.state]} *{one.reference}* {name} · {_stands(one, today)}"


def said_line(one: Line, today: date) -> str:
    """The same for those who only get the text."""
    return f"{one.reference} {one.name} · {_stands(one, today)}"


def show(one: Line) -> Element:
    """The button that opens a launch."""
    return button("Show", ids.SHOW, str(one.number), accessibility_label=f"Show {one.reference}")


def _stands(one: Line, today: date) -> str:
    if one.state is not LaunchState.PLANNED:
        return "shipped" if one.state is LaunchState.SHIPPED else "cancelled"
    day = "today" if one.on == today else say_day(one.on)
    held = [f"{one.blocked} blocked"] if one.blocked else []
    held += [f"{one.late} late"] if one.late else []
    return " · ".join([day, f"{one.ready} of {one.items} ready", *held])


def _spoken(blocks: Sequence[Block]) -> str:
    return words_of({"blocks": [*blocks]})
