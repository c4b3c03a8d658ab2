"""The part of a digest that needs somebody: each with its age, whose move it is, and a button for the next step. Pure."""

from handlers.checkins import ids as checkin_ids
from handlers.decisions import ids as decision_ids
from handlers.digests import ids, rules
from handlers.digests.lines import Edition, Part, said_subject, subject
from handlers.digests.rules import Waiting
from handlers.feedback import ids as feedback_ids
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.counting import counted
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape
from handlers.kit.surfaces import View, modal
from handlers.launches import ids as launch_ids
from storage.digests.values import Need

MOST = 5
MOST_LISTED = 30


def part(edition: Edition) -> Part | None:
    """The most pressing few; the others are one press away."""
    if not edition.waiting:
        return None
    shown = rules.foremost(edition.waiting, MOST)
    more = len(edition.waiting) - len(shown)
    blocks: list[Block] = [section("*Needs attention*"), *(_need_block(one, edition) for one in shown)]
    said = [f"{said_subject(one.what.about)}, {', '.join(_how_long(one, edition))}" for one in shown]
    if more > 0:
        blocks.append(actions(button(f"Show all {len(shown) + more}", ids.ALL_NEEDS, edition.channel)))
        said.append(f"and {more} more")
    return Part("Needs attention", blocks, said)


def all_needs(edition: Edition) -> View:
    """Everything that needs attention, each with its button."""
    shown = edition.waiting[:MOST_LISTED]
    if not shown:
        return modal("Needs attention", [section("Nothing needs attention any more.")], close="Close")
    blocks = [_need_block(one, edition) for one in shown]
    more = len(edition.waiting) - len(shown)
    rest = [context(f"and {more} more")] if more > 0 else []
    return modal("Needs attention", [*blocks, *rest], close="Close")


# ---------------------------------------------------------------------------------------------------------

_STEPS = {
    Need.LAUNCH: ("Look at it…", launch_ids.SHOW),
    Need.BLOCKER: ("Unblock…", checkin_ids.BLOCKER_SHOW),
    Need.ITEM_BLOCKED: ("Unblock…", launch_ids.ITEM),
    Need.ITEM_LATE: ("Look at it…", launch_ids.ITEM),
    Need.OVERDUE: ("Decide…", decision_ids.SHOW),
    Need.UNDECIDED: ("Decide…", decision_ids.SHOW),
    Need.REVIEW: ("Review…", decision_ids.SHOW),
    Need.UNTOUCHED: ("Look at it…", feedback_ids.SHOW),
}


def _next_step(one: Waiting) -> Element:
    words, action = _STEPS[one.what.need]
    about = one.what.about
    value = f"{about.reference.number}|{about.item}" if about.item else str(about.reference.number)
    return button(words, action, value, accessibility_label=f"{words[:-1]}: {about.name}")


def _need_block(one: Waiting, edition: Edition) -> Block:
    """What needs attention on one line, with the button for the next step."""
    said = " · ".join(_how_long(one, edition))
    return section(f"{subject(one.what.about)} · {escape(said)}", _next_step(one))


def _how_long(one: Waiting, edition: Edition) -> list[str]:
    """Its age, and whose move it is."""
    days, owner = counted(one.days, "day", "days"), edition.name(one.what.owner)
    others = edition.news.untouched - 1 if one.what.need is Need.UNTOUCHED else 0
    said = {
        Need.LAUNCH: [f"should have shipped {days} ago", owner],
        Need.BLOCKER: [f"blocked for {days}", owner],
        Need.ITEM_BLOCKED: [f"blocked for {days}", owner],
        Need.ITEM_LATE: [f"{days} late", owner],
        Need.OVERDUE: [f"{days} overdue", f"{owner} decides"],
        Need.UNDECIDED: [f"proposed {days} ago", f"{owner} decides"],
        Need.REVIEW: [f"review {days} overdue", owner],
        Need.UNTOUCHED: [f"untouched for {days}", f"captured by {owner}"],
    }[one.what.need]
    return [*said, f"and {counted(others, 'other', 'others')} like it"] if others > 0 else said
