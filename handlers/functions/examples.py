"""Every view of functions at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from handlers.functions import previews, rules, views
from handlers.functions.previews import SplitForm
from handlers.functions.views import Looked
from handlers.kit.examples import Example
from handlers.kit.own_words import NAME_LIMIT
from handlers.kit.surfaces import View
from handlers.launches.templates import TEMPLATES, titles
from storage.functions.values import AT_FIRST, Function
from storage.launches.values import OpenParts
from storage.values import AtFirst, FunctionId, Past, PersonId

_LONG = "Größe mit allem Drum und Dran."[:NAME_LIMIT]
_EVERY_TITLE = tuple(dict.fromkeys(task.title for template in TEMPLATES.values() for task in template.tasks))
_NOTHING = OpenParts(0, 0, 0)
_by_id = {one.id: one for one in AT_FIRST}
_marketing = _by_id[AtFirst.MARKETING]
_sales = replace(_by_id[AtFirst.SALES], version=3)
_care = replace(_by_id[AtFirst.CUSTOMER_SUCCESS], part_of=AtFirst.SALES)
_retired = replace(_by_id[AtFirst.DESIGN], retired=True)
_many = tuple(
    Function(FunctionId(f"f{at:031}"), _LONG, at, past=(Past(_LONG, datetime(2026, 3, 2, tzinfo=UTC)),))
    for at in range(1, rules.MOST + 1)
)
_smallest = Looked(Function(FunctionId("legal"), "Legal", 7), 0, _NOTHING, 0)
_usual = Looked(_sales, 12, OpenParts(2, 5, 1), 1, (_care,), titles(AtFirst.SALES))
_into = Looked(_marketing, 4, OpenParts(2, 3, 1), 0, (), titles(AtFirst.MARKETING))
_unused = replace(_usual, function=replace(_sales, retired=True), open=_NOTHING, parts=(), ready=())
_largest = Looked(_many[0], 12_000, OpenParts(1_200, 24_000, 1_200), 3_000, _many[1:], _EVERY_TITLE)
_leaving = SplitForm(
    id=_sales.id,
    seen=3,
    name="Partnerships",
    people=(PersonId("U0SAM"),),
    ready=("Sales deck and answers to objections",),
)
_all_leaving = SplitForm(
    id=_largest.function.id,
    seen=1,
    name=_LONG,
    people=tuple(PersonId(f"U{at:010}") for at in range(previews.AT_ONCE)),
    ready=_EVERY_TITLE,
)


def _modal(name: str, size: str, view: View) -> Example:
    return Example("functions", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _every() -> Iterator[Example]:
    changed = [
        _care if one.id == _care.id else _retired if one.id == _retired.id else one for one in AT_FIRST
    ]
    yield _modal("all", "smallest", views.every(AT_FIRST, {}))
    yield _modal(
        "all", "usual", views.every(changed, {AtFirst.SALES: 12, AtFirst.DESIGN: 1, AtFirst.PRODUCT: 4})
    )
    everybody = dict.fromkeys([one.id for one in _many], 12_000)
    parts = [replace(one, id=FunctionId(f"{one.id}p"), part_of=_many[0].id) for one in _many]
    yield _modal("all", "largest", views.every([*_many, *parts], everybody))
    for size, looked in (("smallest", _smallest), ("usual", _usual), ("largest", _largest)):
        yield _modal("one", size, views.one(looked))
        yield _modal("rename", size, previews.rename(looked))
        yield _modal("merge preview", size, previews.merge_preview(looked, _into))
        yield _modal("split", size, previews.split(looked))
        yield _modal("retire", size, previews.retire(looked))
    yield _modal("one retired", "usual", views.one(_unused, "✓ It is retired. It can be used again."))
    yield _modal("add", "usual", previews.add())
    yield _modal("merge", "smallest", previews.merge(_smallest, []))
    yield _modal("merge", "usual", previews.merge(_usual, [_marketing]))
    yield _modal("merge", "largest", previews.merge(_largest, _many[1:]))
    yield _modal(
        "split preview", "smallest", previews.split_preview(_usual, _leaving, ["Sam Okafor"], new=False)
    )
    names = ["Österreichische & Söhne <b> "] * previews.AT_ONCE
    yield _modal("split preview", "largest", previews.split_preview(_largest, _all_leaving, names, new=True))


EXAMPLES = (*_every(),)
