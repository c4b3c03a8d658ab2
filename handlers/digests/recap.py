"""What somebody reads who catches up: what needs them first. Values in, Block Kit out; nothing is queued. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.decisions.views import line as decision_line
from handlers.decisions.views import show as decision_show
from handlers.digests import ids
from handlers.digests.happening import turn
from handlers.digests.lines import decided_line, subject
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.counting import counted
from handlers.kit.dates import say_day
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.pickers import day_menu
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from storage.decisions.values import Line
from storage.digests.values import Cleared, Decided, LaunchNews, Period
from storage.values import PersonId
from storage.worktime.values import Away

SHOWN = 8
SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Recap:
    """What happened in a time, for one person: what needs them, what was decided, what else there was."""

    period: Period
    needing: Sequence[tuple[Line, str]] = ()
    """Decisions that need them, and why."""
    asked: Sequence[str] = ()
    """What else they were asked, each in a sentence."""
    decided: Sequence[Decided] = ()
    launches: Sequence[LaunchNews] = ()
    cleared: Sequence[Cleared] = ()
    """Blockers of theirs that are none any more."""
    others: int = 0
    """Decisions that do not concern them."""
    names: Mapping[PersonId, str] | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing they need to know."""
        return not (self.needing or self.asked or self.decided or self.launches or self.cleared)


def recap(found: Recap) -> View:
    """The whole of it, as a window."""
    parts = [*_needs_you(found), *_decided(found), *_launches(found), *_cleared(found)]
    parts = parts or [section("*Nothing you need to know.*")]
    rest = [context(f"{counted(found.others, 'other decision', 'other decisions')}: `/decision list`")]
    since = day_menu(ids.CATCH_UP, "Since when", found.period.first)
    blocks = [section(f"Since {say_day(found.period.first)}. Only you see this.", since), *parts]
    return modal("What happened", [*blocks, *(rest if found.others else [])], close="Close")


def welcome(away: Away) -> list[Block]:
    """Home's first lines for somebody who has just come back."""
    span = (
        f"on {say_day(away.first)}"
        if away.first == away.last
        else f"from {say_day(away.first)} to {say_day(away.last)}"
    )
    words = f"*Welcome back.* You were away {span}."
    return [section(words), actions(button("What happened meanwhile", ids.CATCH_UP, away.first.isoformat()))]


# ---------------------------------------------------------------------------------------------------------


def _needs_you(found: Recap) -> list[Block]:
    if not (found.needing or found.asked):
        return []
    lines = [
        section(decision_line(one, need), decision_show(one.number)) for one, need in found.needing[:SHOWN]
    ]
    said = [f"• {escape(shorten(one, SUMMARY))}" for one in found.asked[:SHOWN]]
    more = len(found.needing) + len(found.asked) - len(lines) - len(said)
    where = f"{f'And {more} more. ' if more else ''}Answer them in Home, or where I asked you."
    asked = [section("\n".join(said)), context(where)] if said else []
    return [section("*Needs you*"), *lines, *asked]


def _launches(found: Recap) -> list[Block]:
    lines = [f"{subject(one.about, '🚀')} · {turn(one)}" for one in found.launches[:SHOWN]]
    return [section("\n".join(["*Launches*", *lines]))] if lines else []


def _cleared(found: Recap) -> list[Block]:
    lines = [subject(one.about) for one in found.cleared[:SHOWN]]
    return [section("\n".join(["*Cleared for you*", *lines]))] if lines else []


def _decided(found: Recap) -> list[Block]:
    if not found.decided:
        return []
    names = found.names or {}
    shown = found.decided[:SHOWN]
    lines = [
        decided_line(one, names.get(one.by, "a colleague") if one.by else "a colleague") for one in shown
    ]
    if len(found.decided) > len(shown):
        lines.append(f"and {len(found.decided) - len(shown)} more")
    return [section("\n".join(["*Decided, and yours to know*", *lines]))]
