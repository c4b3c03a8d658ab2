"""What a text names, what is a reason for what, and who may undo, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.links import rules
from storage.things.values import How, Letter, Link, LinkState, Reference, Thing
from storage.values import PersonId

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
SAM, OMAR, LENA = PersonId("U0SAM"), PersonId("U0OMAR"), PersonId("U0LENA")
D7 = Reference(Letter.DECISION, 7)


def thing(name: str, days: int = 0) -> Thing:
    reference = rules.reference_of(name)
    assert reference is not None
    return Thing(reference, name, "new", None, None, AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        ("as F-12 asks", ["F-12"]),
        ("F-12, F-12 and (L-4)", ["F-12", "L-4"]),
        ("L-4/12 is late", ["L-4"]),
        ("D-7 is what this is", []),
        ("vitamin b-12, X-3, F-0, AF-1", []),
        (" ".join(f"F-{one}" for one in range(1, 20)), [f"F-{one}" for one in range(1, 11)]),
    ],
)
def test_what_a_text_names(text: str, named: list[str]) -> None:
    """Each thing once, an item as its launch, never itself, and no more than ten."""
    assert [str(one) for one in rules.named_in(text, D7)] == named


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (thing("F-12", 5), thing("D-7"), True),
        (thing("D-7"), thing("F-12", 5), False),
        (thing("D-7"), thing("L-4"), True),
        (thing("D-7"), thing("L-4", 3), True),
        (thing("D-9", 3), thing("L-4"), False),
        (thing("B-2", 1), thing("D-7", 2), True),
        (thing("F-1"), thing("F-2"), True),
        (thing("D-7"), thing("D-7"), False),
    ],
    ids=lambda one: str(one.reference) if isinstance(one, Thing) else str(one),
)
def test_what_is_a_reason(one: Thing, other: Thing, *, reason: bool) -> None:
    """What people said is a reason whenever they said it; of everything else what is older."""
    assert rules.is_reason(one, other) is reason


@pytest.mark.parametrize(
    ("state", "person", "admin", "may"),
    [
        (LinkState.OPEN, LENA, False, True),
        (LinkState.CONFIRMED, LENA, False, False),
        (LinkState.CONFIRMED, LENA, True, True),
        (LinkState.CONFIRMED, SAM, False, True),
        (LinkState.CONFIRMED, OMAR, False, True),
    ],
)
def test_who_may_undo(state: LinkState, person: PersonId, *, admin: bool, may: bool) -> None:
    """What nobody confirmed: anybody who sees it; else whoever linked, owns an end, or is an admin."""
    link = Link(state, How.TYPED, OMAR, AT)
    assert rules.may_undo(link, person, owners=[SAM, None], admin=admin) is may


@pytest.mark.parametrize(
    ("value", "pair"),
    [("F-12|D-7", "F-12 D-7"), ("F-12", ""), ("F-12|F-12", ""), ("F-12|nothing", ""), ("", "")],
)
def test_what_a_button_is_about(value: str, pair: str) -> None:
    """Two things, or nothing we understand."""
    found = rules.pair_of(value)
    assert " ".join(map(str, found or ())) == pair
