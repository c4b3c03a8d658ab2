"""Every view of roles at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from handlers.kit.examples import Example
from handlers.kit.own_words import NAME_LIMIT
from handlers.kit.surfaces import View
from handlers.roles import previews, rules, views
from handlers.roles.views import Looked
from storage.roles.values import AT_FIRST, Role, Rule
from storage.values import Past, RoleId

_LONG = "Größe mit allem Drum und Dran."[:NAME_LIMIT]
_driver, _approver, _contributors, _informed = AT_FIRST
_dri = replace(_driver, name="DRI", past=(Past("Driver", datetime(2026, 3, 2, tzinfo=UTC)),), version=2)
_reviewers = Role(RoleId("reviewers"), "Reviewers", Rule.CONTRIBUTOR, 5)
_experts = Role(RoleId("experts"), "Experts", Rule.CONTRIBUTOR, 6)
_merged = replace(_reviewers, part_of=_contributors.id)
_many = tuple(
    Role(
        RoleId(f"r{at:031}"), _LONG, Rule.INFORMED, at, past=(Past(_LONG, datetime(2026, 3, 2, tzinfo=UTC)),)
    )
    for at in range(1, rules.MOST + 1)
)
_parts = tuple(replace(one, id=RoleId(f"{one.id}p"), part_of=_many[0].id) for one in _many)
_smallest = Looked(_reviewers, 0, 0)
_usual = Looked(_contributors, 4, 9, (_merged,))
_largest = Looked(_many[0], 24_000, 12_000, _parts)


def _modal(name: str, size: str, view: View) -> Example:
    return Example("roles", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _every() -> Iterator[Example]:
    yield _modal("all", "smallest", views.every(AT_FIRST))
    changed = (_dri, replace(_approver, retired=True), _contributors, _informed, _merged)
    yield _modal("all", "usual", views.every(changed))
    yield _modal("all", "largest", views.every([*_many, *_parts]))
    for size, looked in (("smallest", _smallest), ("usual", _usual), ("largest", _largest)):
        yield _modal("one", size, views.one(looked))
        yield _modal("rename", size, previews.rename(looked))
        yield _modal("split", size, previews.split(looked))
        yield _modal("merge preview", size, previews.merge_preview(looked, Looked(_experts, 2, 7)))
        yield _modal("retire", size, previews.retire(looked))
    yield _modal("one every decision has", "usual", views.one(Looked(_dri, 12, 5), "✓ It is called DRI now."))
    approver = Looked(_approver, 3, 2)
    yield _modal("one of one person", "usual", views.one(approver))
    yield _modal("retire of one person", "usual", previews.retire(approver))
    yield _modal(
        "one retired", "usual", views.one(replace(_usual, role=replace(_contributors, retired=True)))
    )
    yield _modal("merge", "smallest", previews.merge(_smallest, []))
    yield _modal("merge", "usual", previews.merge(_usual, [_experts]))
    yield _modal("merge", "largest", previews.merge(_largest, _many[1:]))


EXAMPLES = (*_every(),)
