"""Every view of working time at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from handlers.asks.views import single
from handlers.kit.blocks import header
from handlers.kit.examples import Example
from handlers.kit.surfaces import View, home
from handlers.worktime import function_views, views
from handlers.worktime.views import Mine
from storage.values import AtFirst, PersonId
from storage.worktime.values import Availability, Away, Quiet, WorkTime

SAM, MAYA = PersonId("U0SAM"), PersonId("U0MAYA")
_AWAY = Away(date(2026, 3, 4), date(2026, 3, 6), MAYA, SAM)
_EVERYTHING = WorkTime(
    "America/Argentina/Buenos_Aires", frozenset({1, 3, 5, 7}), time(7, 30), time(23, 45),
    Quiet(time(12), time(13)), "GS", 10, 10,
)  # fmt: skip
_smallest = Mine(SAM, Availability(WorkTime(), "UTC"), None, False, None, "UTC", None)
_usual = Mine(
    SAM, Availability(WorkTime(country="SE"), "Europe/Stockholm"), _AWAY, False, "Maya Lindqvist",
    "Europe/Stockholm", ("SE", "Sweden"), function=AtFirst.SALES,
)  # fmt: skip
_largest = replace(
    _usual,
    there=Availability(_EVERYTHING, "America/Argentina/Buenos_Aires", (_AWAY,)),
    is_away=True,
    cover_name="Österreichische & Söhne <b> " * 3,
    country=("GS", "South Georgia & the South Sandwich Islands"),
    admin=True,
    function=AtFirst.CUSTOMER_SUCCESS,
    own_function=AtFirst.CUSTOMER_SUCCESS,
)


def _home(name: str, size: str, mine: Mine) -> Example:
    return Example("worktime", name, size, "home", home([header("Throughline"), *views.home(mine)]))  # type: ignore[arg-type]  # one of the three sizes


def _modal(name: str, size: str, view: View) -> Example:
    return Example("worktime", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _every() -> Iterator[Example]:
    for size, mine in (("smallest", _smallest), ("usual", _usual), ("largest", _largest)):
        yield _home("my settings", size, mine)
        yield _modal("settings", size, views.settings(mine))
        yield _modal("saved", size, views.saved(mine))
        yield _modal("away", size, views.away(mine))
    yield _home("my settings never set", "usual", replace(_usual, by_zone=True))
    yield _modal("settings never set", "usual", views.settings(replace(_usual, by_zone=True)))
    yield _modal("told", "usual", views.told(views.is_away(_AWAY, date(2026, 3, 9), "Maya Lindqvist")))
    yield _modal("too old", "usual", views.TOO_OLD)
    yield _modal("function", "smallest", function_views.form(None, None))
    yield _modal("function", "usual", function_views.form(SAM, AtFirst.SALES))
    yield _modal("function told", "usual", views.told(function_views.saved("Sam Okafor", AtFirst.SALES)))
    for name, letter in (
        ("function set for you", function_views.set_for_you("Maya Lindqvist", AtFirst.SALES)),
        ("you cover", views.you_cover("Sam Okafor", _AWAY)),
        ("set for you", views.set_for_you("Maya Lindqvist", replace(_AWAY, last=_AWAY.first))),
    ):
        content = single(*letter)
        yield Example("worktime", name, "usual", "message", content.payload)


EXAMPLES = (*_every(),)
