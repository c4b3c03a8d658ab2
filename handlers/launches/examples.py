"""Every view of launches at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from handlers.asks.views import single
from handlers.kit.examples import Example
from handlers.kit.functions import FUNCTIONS, called
from handlers.kit.surfaces import MessageContent, View, home
from handlers.launches import letters, modals, rules, views
from handlers.launches.letters import Told
from handlers.launches.modals import NewForm
from handlers.launches.rules import Workdays
from handlers.launches.shown import Shown
from handlers.launches.templates import TEMPLATES
from storage.functions.values import AT_FIRST
from storage.launches.values import (
    Asked,
    Gate,
    Item,
    ItemState,
    Launch,
    LaunchState,
    Lead,
    Line,
    Move,
    Said,
    Tier,
    Vote,
)
from storage.values import AtFirst, ChannelId, PersonId

MAYA, INES, LENA, PRIYA, SAM, BEN = (
    PersonId(f"U0{one}") for one in ("MAYA", "INES", "LENA", "PRIYA", "SAM", "BEN")
)
NAMES = {
    MAYA: "Maya Lindqvist", INES: "Inês Duarte", LENA: "Lena Fischer", PRIYA: "Priya Nair",
    SAM: "Sam Okafor", BEN: "Ben Adeyemi",
}  # fmt: skip
LARGEST = "<!channel> *not bold* & <https://example.com|not a link> שלום עולם 👩‍👩‍👧‍👦 " * 60

_AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_TODAY = date(2026, 3, 2)
_WEEK = Workdays()
_EVERY = tuple(one for one, _ in FUNCTIONS.items())
_SALES_MERGED = [
    replace(one, part_of=AtFirst.MARKETING) if one.id == AtFirst.SALES else one for one in AT_FIRST
]
_OWNERS = dict(zip(_EVERY, (MAYA, INES, LENA, PRIYA, SAM, BEN), strict=True))
_LINK = "https://northwind.example/archives/C0LAUNCH/p1790000000000100"


def _launch(number: int = 4, tier: Tier = Tier.NORMAL, on: date = date(2026, 3, 19), **other: Any) -> Launch:
    made = Launch(
        number, "Invoices in euro", on, tier, LaunchState.PLANNED, MAYA, ChannelId("C0LAUNCH"), on, None,
        Gate.NONE, 0, (), None, None, _TODAY, MAYA, _AT, MAYA, _AT, 1,
    )  # fmt: skip
    return replace(made, **other)


_REASONS: dict[ItemState | None, str] = {
    ItemState.BLOCKED: "Waits for the price",
    ItemState.NOT_NEEDED: "The message of last month still holds",
}


def _shown(launch: Launch, states: dict[int, ItemState] | None = None, **other: Any) -> Shown:
    template = TEMPLATES[launch.tier]
    leads = tuple(Lead(one, _OWNERS[one], template.notice[one]) for one in template.functions)
    new = rules.items_of(launch.tier, launch.on, leads, _TODAY, _WEEK)
    items = tuple(
        Item(
            launch.number, at, one.title, one.function, one.owner, one.t_minus, one.due_on,
            (states or {}).get(at, ItemState.TODO), _REASONS.get((states or {}).get(at)),
            one.condition, one.ask_on, Asked.NOTHING, 1, None, 1,
        )
        for at, one in enumerate(new, 1)
    )  # fmt: skip
    return replace(Shown(launch, items, leads, _TODAY, _WEEK, NAMES), **other)


_STATES = {1: ItemState.DONE, 2: ItemState.DOING, 3: ItemState.BLOCKED, 4: ItemState.NOT_NEEDED}
_moved = Move(
    1, date(2026, 3, 12), date(2026, 3, 19), "The bank's test account comes a week later", MAYA, _AT
)
_usual = _shown(_launch(), _STATES, moved=_moved)
_smallest = _shown(_launch(1, Tier.SMALL))
_unowned = replace(
    _usual,
    leads=tuple(replace(one, person=None) if one.function == AtFirst.DESIGN else one for one in _usual.leads),
    items=tuple(replace(one, owner=None) if one.function == AtFirst.DESIGN else one for one in _usual.items),
)


def _most() -> Shown:
    """Twenty-five items, everything as long as it can be, everything late or blocked."""
    launch = _launch(
        2_000_000_000, Tier.BIG, name=LARGEST[: rules.NAME_LIMIT], gate=Gate.CLOSED, round=2,
        outcome=Vote.CONDITIONS, decision=2_000_000_000, required=_EVERY,
    )  # fmt: skip
    made = _shown(launch)
    long = [
        replace(
            one, title=LARGEST[:200], reason=LARGEST[: rules.REASON_LIMIT], due_on=date(2026, 2, 20),
            state=ItemState.BLOCKED if one.number % 2 else ItemState.TODO,
        )
        for one in made.items
    ]  # fmt: skip
    more = [replace(long[0], number=at, function=None) for at in range(len(long) + 1, 26)]
    moved = replace(_moved, reason=LARGEST[: rules.REASON_LIMIT])
    names = dict.fromkeys(NAMES, LARGEST[:80])
    return replace(made, items=(*long, *more), moved=moved, names=names)


_votes = {
    AtFirst.PRODUCT: Said(AtFirst.PRODUCT, MAYA, Vote.GO, None, None, _AT),
    AtFirst.SALES: Said(AtFirst.SALES, SAM, Vote.CONDITIONS, "Prices in euro on the website", 13, _AT),
}
_voting = replace(
    _usual,
    launch=_launch(gate=Gate.OPEN, round=1, required=(AtFirst.PRODUCT, AtFirst.MARKETING, AtFirst.SALES)),
    votes=_votes,
)
_voted = replace(
    _usual,
    launch=_launch(
        gate=Gate.CLOSED,
        round=1,
        required=(AtFirst.PRODUCT, AtFirst.SALES),
        outcome=Vote.CONDITIONS,
        decision=9,
    ),
    votes=_votes,
)
_away = "waits until Monday 9 March 9:00: away until Friday 6 March"
_keys = (
    rules.item_key(_usual.items[1], Asked.SOON),
    rules.vote_key(_voting.launch, AtFirst.MARKETING, PRIYA),
)
_unasked = replace(_voting, viewer=MAYA, held=dict.fromkeys(_keys, _away))
_largest = _most()
_shipped = _shown(
    _launch(state=LaunchState.SHIPPED, gate=Gate.CLOSED, outcome=Vote.GO, decision=9),
    dict.fromkeys(range(1, 12), ItemState.DONE),
)
_cancelled = _shown(_launch(state=LaunchState.CANCELLED))


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("launches", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


def _modal(name: str, size: str, view: View) -> Example:
    return Example("launches", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _told(name: str, told: Told, size: str = "usual") -> Example:
    return _message(name, size, single(told.summary, told.blocks))


def _boards() -> Iterator[Example]:
    yield _message("board", "smallest", views.board(_smallest))
    yield _message("board", "usual", views.board(_usual))
    yield _message("board", "largest", views.board(_largest))
    yield _message("board while voting", "usual", views.board(_voting))
    yield _message("board after the vote", "usual", views.board(_voted))
    yield _message("board without owners", "usual", views.board(_unowned))
    yield _message("board shipped", "usual", views.board(_shipped))
    yield _message("board cancelled", "usual", views.board(_cancelled))


def _letters() -> Iterator[Example]:
    yield _told("item", letters.item(_usual, _usual.items[1]))
    yield _told("item", letters.item(_largest, _largest.items[1]), "largest")
    yield _told("unowned", letters.unowned(_unowned))
    yield _told("leading", letters.leading(_usual, PRIYA, [AtFirst.MARKETING]))
    yield _told("leading", letters.leading(_largest, PRIYA, _EVERY), "largest")
    yield _told("handed over", letters.handed_over(_usual, _usual.items[5], MAYA))
    yield _told("blocked", letters.blocked(_usual, _usual.items[2], LENA))
    yield _told("moved", letters.moved(_usual, PRIYA, date(2026, 3, 12)))
    yield _told("moved", letters.moved(_largest, PRIYA, date(2026, 3, 12)), "largest")
    yield _told("moved to a follower", letters.moved(_usual, PersonId("U0OMAR"), date(2026, 3, 12)))
    yield _told("vote", letters.vote(_voting, AtFirst.MARKETING))
    yield _told("outcome", letters.outcome(_voted))
    merged = letters.regrouped(_voting, "Sales", AtFirst.MARKETING, 2, SAM, votes=True)
    yield _told("function merged", merged)
    yield _told("function retired", letters.regrouped(_usual, "Sales", None, 0, SAM, votes=False), "smallest")
    largest = letters.regrouped(_largest, "Customer Success", None, 1_200, SAM, votes=True)
    yield _told("function retired", largest, "largest")
    yield _told("shipped", letters.shipped(_shipped, MAYA, PRIYA))
    yield _told(
        "cancelled", letters.cancelled(_cancelled, MAYA, "The bank does not offer it after all.", PRIYA)
    )


def _modals() -> Iterator[Example]:
    here = NewForm(channel="C0LAUNCH")
    follows = ["Its board stands in #launches, pinned.", "Its owners are told in ten minutes."]
    yield _modal("new", "smallest", modals.new(here, "", None, ""))
    yield _modal(
        "new", "usual", modals.new(NewForm(channel=""), "Invoices in euro", date(2026, 3, 19), "D-7 F-12")
    )
    yield _modal("saved", "usual", modals.owners(_unowned, follows, new=True))
    yield _modal("owners", "smallest", modals.owners(_smallest))
    yield _modal("owners", "largest", modals.owners(_largest))
    yield _modal("owners saved", "usual", modals.made(_unowned, ["Nobody sees to Design yet."]))
    for size, shown in (("smallest", _smallest), ("usual", _usual), ("largest", _largest)):
        yield _modal("card", size, modals.card(replace(shown, viewer=MAYA)))
    yield _modal("card of who was not asked", "usual", modals.card(_unasked))
    every = [rules.item_key(one, Asked.SOON) for one in _largest.items]
    unasked = replace(_largest, viewer=MAYA, held=dict.fromkeys(every, _away))
    yield _modal("card of who was not asked", "largest", modals.card(unasked))
    yield _modal("card to follow", "usual", modals.card(replace(_usual, viewer=PersonId("U0OMAR"))))
    yield _modal("card shipped", "usual", modals.card(replace(_shipped, viewer=MAYA)))
    with called(_SALES_MERGED):
        yield _modal("card shipped before a merge", "usual", modals.card(replace(_shipped, viewer=MAYA)))
    yield _modal("my items", "smallest", modals.mine(replace(_smallest, viewer=SAM)))
    yield _modal("my items", "usual", modals.mine(replace(_usual, viewer=PRIYA)))
    everything = tuple(replace(one, owner=PRIYA) for one in _largest.items)
    yield _modal("my items", "largest", modals.mine(replace(_largest, items=everything, viewer=PRIYA)))
    yield _modal("one item", "usual", modals.item(replace(_usual, viewer=PRIYA), _usual.items[3]))
    yield _modal("one item", "largest", modals.item(replace(_largest, viewer=MAYA), _largest.items[0]))
    yield _modal("why blocked", "usual", modals.reason(_usual, _usual.items[1], ItemState.BLOCKED, "mine"))
    yield _modal("why not needed", "usual", modals.reason(_usual, _usual.items[1], ItemState.NOT_NEEDED, ""))
    yield _modal("hand over", "usual", modals.hand_over(_usual, _usual.items[1]))
    yield _modal("move", "usual", modals.move(_usual))
    sooner = rules.plan_move(_usual.items, _usual.leads, date(2026, 3, 10), _TODAY, _WEEK)
    yield _modal("what moves", "usual", modals.what_moves(_usual, sooner, 7, "The bank is faster"))
    later = rules.plan_move(_smallest.items, (), date(2026, 3, 20), _TODAY, _WEEK)
    yield _modal("what moves", "smallest", modals.what_moves(_smallest, later, 0, None))
    all_of_it = rules.plan_move(_largest.items, _largest.leads, date(2026, 3, 4), _TODAY, _WEEK)
    changed = "Changed meanwhile by Maya Lindqvist. This is what moves now."
    long = modals.what_moves(_largest, all_of_it, 120, LARGEST[: rules.REASON_LIMIT], changed)
    yield _modal("what moves", "largest", long)
    yield _modal("moved page", "usual", modals.moved(_usual, 7, "14:10"))
    yield _modal("moved only", "usual", modals.moved(_usual, 0, ""))
    yield _modal("vote to open", "usual", modals.gate(replace(_usual, viewer=MAYA)))
    yield _modal("no vote", "smallest", modals.gate(replace(_usual, viewer=SAM)))
    yield _modal("vote open", "usual", modals.gate(replace(_voting, viewer=MAYA)))
    yield _modal("vote of who was not asked", "usual", modals.gate(_unasked))
    yield _modal("vote of mine", "usual", modals.gate(replace(_voting, viewer=PRIYA)))
    yield _modal("vote closed", "usual", modals.gate(replace(_voted, viewer=SAM)))
    yield _modal("vote of no function", "smallest", modals.gate(replace(_smallest, leads=(), viewer=MAYA)))
    many = {one: replace(_votes[AtFirst.SALES], function=one, reason=LARGEST[:500]) for one in _EVERY}
    yield _modal("vote closed", "largest", modals.gate(replace(_largest, votes=many, viewer=MAYA)))
    for vote in (Vote.CONDITIONS, Vote.HOLD, Vote.NO_GO):
        yield _modal(f"why {vote}", "usual", modals.vote_why(_voting, AtFirst.SALES, vote))
    yield _modal("cancel", "usual", modals.cancel(_usual))


def _lists() -> Iterator[Example]:
    lines = [
        Line(4, "Invoices in euro", date(2026, 3, 19), LaunchState.PLANNED, MAYA, _LINK, 3, 12, 1, 2),
        Line(5, LARGEST[:80], _TODAY, LaunchState.PLANNED, MAYA, None, 0, 4, 0, 0),
        Line(2, "Single sign-on", date(2026, 2, 3), LaunchState.SHIPPED, MAYA, None, 9, 9, 0, 0),
    ]
    yield Example("launches", "list", "usual", "home", home(views.lines("Launches", lines, _TODAY, "")))
    nothing = views.lines("Launches", [], _TODAY, "Nothing is planned.")
    yield Example("launches", "list", "smallest", "home", home(nothing))


EXAMPLES = (*_boards(), *_letters(), *_modals(), *_lists())
