"""Every view of blockers at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from handlers.asks.views import single
from handlers.checkins import blocker_views
from handlers.checkins.blocker_views import BlockerCard
from handlers.checkins.examples import BLOCKER, CLEARED, HUGE, KENJI, LONG, MAYA, NAMES, NAUGHTY, SAM, WHERE
from handlers.checkins.letters import Said
from handlers.kit.examples import Example
from handlers.kit.surfaces import View, home
from storage.checkins.values import Party, Waits

MONDAY, THURSDAY = date(2026, 3, 2), date(2026, 3, 5)
_OPEN = BlockerCard(BLOCKER, NAMES, WHERE, MONDAY, THURSDAY)
_NAUGHTY = {MAYA: NAUGHTY, KENJI: NAUGHTY, SAM: NAUGHTY}
_HUGE = BlockerCard(
    replace(HUGE, note=LONG[:600]), _NAUGHTY, WHERE, MONDAY, THURSDAY, may_clear=True, is_asked=True
)


def _all() -> Iterator[Example]:
    yield _letter("ask", "usual", blocker_views.ask(BLOCKER, NAMES))
    named = replace(BLOCKER, waits=Party(Waits.PERSON, person=KENJI))
    yield _letter("ask", "smallest", blocker_views.ask(named, NAMES))
    yield _letter("ask", "largest", blocker_views.ask(replace(HUGE, asked=KENJI), _NAUGHTY))
    yield _letter("cleared", "usual", blocker_views.cleared(CLEARED, NAMES))
    yield _letter("cleared", "smallest", blocker_views.cleared(replace(CLEARED, note=None), {}))
    yield _letter("cleared", "largest", blocker_views.cleared(replace(HUGE, note=LONG[:600]), _NAUGHTY))
    yield _letter(
        "not yet",
        "usual",
        blocker_views.cannot_yet(replace(BLOCKER, note="Security signs on Friday", changed_by=KENJI), NAMES),
    )
    yield _view("blocker card", "usual", blocker_views.card(replace(_OPEN, may_clear=True, is_asked=True)))
    yield _view("blocker card", "smallest", blocker_views.card(_OPEN))
    yield _view("blocker card", "largest", blocker_views.card(_HUGE, "B-5 waits on Engineering now."))
    yield _view(
        "blocker card cleared", "usual", blocker_views.card(replace(_OPEN, blocker=CLEARED, may_undo=True))
    )
    yield _view("blocker clear", "usual", blocker_views.clear_form(BLOCKER))
    yield _view("blocker clear", "largest", blocker_views.clear_form(HUGE))
    yield _view("blocker cannot", "usual", blocker_views.cannot_form(BLOCKER))
    yield _view("blocker pass on", "usual", blocker_views.hand_on_form(BLOCKER))
    yield _list("blockers", "usual", [_OPEN, replace(_OPEN, since=THURSDAY)])
    yield _list("blockers", "smallest", [])
    yield _list("blockers", "largest", [_HUGE] * 12)


def _letter(name: str, size: str, said: Said) -> Example:
    return Example("checkins", f"blocker {name}", size, "message", single(said.summary, said.blocks).payload)  # type: ignore[arg-type]  # one of the three sizes


def _view(name: str, size: str, view: View) -> Example:
    return Example("checkins", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _list(name: str, size: str, found: list[BlockerCard]) -> Example:
    blocks = blocker_views.lines(
        "Open blockers", found, "Nothing is in anybody's way, as far as you can see."
    )
    return Example("checkins", name, size, "home", home(blocks))  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = tuple(_all())
