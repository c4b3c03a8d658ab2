"""Every view of links at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from handlers.asks.views import single
from handlers.kit.blocks import section
from handlers.kit.examples import Example
from handlers.kit.surfaces import View, modal
from handlers.links import modals, views
from handlers.links.views import Joint, Reason
from storage.things.values import How, Letter, Link, Linked, LinkState, Reference, Ripple, Thing
from storage.values import PersonId

OMAR, SAM, LENA = PersonId("U0OMAR"), PersonId("U0SAM"), PersonId("U0LENA")
NAMES = {OMAR: "Omar Haddad", SAM: "Sam Okafor", LENA: "Lena Fischer"}
LARGEST = "<!channel> *not bold* & <https://example.com|not a link> שלום עולם 👩‍👩‍👧‍👦 " * 60

_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
_LINK = "https://northwind.example/archives/C0SALES/p1790000000000100"
_decision = Thing(Reference(Letter.DECISION, 7), "We invoice in euro first", "decided", OMAR, None, _AT)
_wish = Thing(
    Reference(Letter.FEEDBACK, 12),
    "Acme would like to pay by invoice in two currencies",
    "new",
    SAM,
    _LINK,
    _AT,
)
_launch = Thing(Reference(Letter.LAUNCH, 4), "Invoices in euro", "in_preparation", OMAR, None, _AT)
_long = Thing(Reference(Letter.FEEDBACK, 2_000_000_000), LARGEST[:80], "new", None, _LINK, _AT)
_sure = Link(LinkState.CONFIRMED, How.CHOSEN, LENA, _AT)
_open = Link(LinkState.OPEN, How.TYPED, OMAR, _AT)
_many = [replace(_long, reference=Reference(Letter.FEEDBACK, number)) for number in range(1, 31)]

_slipped = Ripple("slip", _launch.reference, "L-4 moved by a week, to 10 March", "The bank needs longer.")
_superseded = Ripple(
    "superseded", _decision.reference, "D-7 holds no longer: D-9 replaces it", "Dollars first."
)


def _modal(name: str, size: str, view: View) -> Example:
    return Example("links", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _told(name: str, size: str, ripple: Ripple, theirs: list[Thing], person: PersonId) -> Example:
    content = single(*views.told(ripple, theirs, person))
    return Example("links", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


def _ripples() -> Iterator[Example]:
    yield _told("what changed for a follower", "smallest", replace(_slipped, words=""), [], SAM)
    yield _told("what changed for you", "usual", _superseded, [_wish, _launch], SAM)
    yield _told("what changed for you", "largest", replace(_slipped, words=LARGEST), _many, SAM)


def _lines() -> Iterator[Example]:
    for size, linked in (
        ("smallest", [Linked(_wish, _sure)]),
        ("usual", [Linked(_wish, _open), Linked(_launch, _sure)]),
        (
            "largest",
            [*[Linked(one, _sure) for one in _many[:15]], *[Linked(one, _open) for one in _many[15:]]],
        ),
    ):
        blocks = [section("_the card_"), *views.lines(_decision.reference, linked)]
        yield _modal("lines of a card", size, modal("D-7", blocks, close="Close"))


def _cards() -> Iterator[Example]:
    bare = Joint(replace(_wish, permalink=None), [], [], [], NAMES, SAM)
    yield _modal("why and who", "smallest", modals.joint(bare))
    ends = [Linked(_wish, _sure), Linked(_launch, _sure)]
    usual = Joint(
        _decision,
        ends,
        [Reason(ends[0])],
        [LENA],
        NAMES,
        LENA,
        {_wish.reference, _launch.reference},
        opens=True,
    )
    yield _modal("why and who", "usual", modals.joint(usual, "D-7 and F-12 are linked."))
    decided = Linked(_decision, _sure)
    through = Joint(
        _launch, [decided, Linked(_wish, _open)], [Reason(decided), Reason(ends[0], _decision.reference)],
        [], NAMES, OMAR, {_decision.reference},
    )  # fmt: skip
    yield _modal("why and who of a launch", "usual", modals.joint(through))
    wide = [Linked(one, _sure) for one in _many]
    people = [PersonId(f"U{number}") for number in range(40)]
    named = [Linked(replace(one, reference=Reference(Letter.DECISION, 1)), _open) for one in _many[:20]]
    crowded = Joint(
        replace(_long, reference=Reference(Letter.LAUNCH, 4)), [*wide, *named],
        [Reason(one, _decision.reference) for one in wide], people, dict.fromkeys(people, LARGEST[:80]), SAM,
        {one.thing.reference for one in wide},
    )  # fmt: skip
    yield _modal("why and who", "largest", modals.joint(crowded))


EXAMPLES = (
    *_ripples(),
    *_lines(),
    *_cards(),
    _modal("picker", "usual", modals.picker(_wish)),
    _modal("picker", "largest", modals.picker(_long)),
    _modal("finder", "usual", modals.finder()),
    _modal("told", "usual", modals.TOO_OLD),
)
