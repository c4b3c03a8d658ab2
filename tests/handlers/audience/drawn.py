"""What is drawn at random: who is where before and after, what is made, linked and followed, and who may see it.

All of it is plain Python, apart from the code's own, and prints as it is when a case fails.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

MEMBERS = ("maya", "omar", "sam", "lena", "dana", "ruth")
"""Full members; an admin sees no more than others."""
GUEST, OUTSIDER, LEAVER, KEEPER = "gil", "nora", "dana", "ruth"
"""A guest; somebody of another company; who leaves the company in between; who is in every closed channel."""
CAST = (*MEMBERS, GUEST, OUTSIDER)
GENERAL, LAUNCHES, PRICING, PRODUCT, SHARED = (
    "general",
    "launches",
    "pricing-private",
    "product",
    "acme-shared",
)
TALK = "talk"
"""Between two colleagues: only those who are named see what is made in it."""
CLOSED = (PRICING, PRODUCT)
MOVING = (*CLOSED, SHARED)
"""Channels people come into and leave."""
OURS = (GENERAL, LAUNCHES, *CLOSED)
"""Channels of our own people."""
Where = frozenset[tuple[str, str]]
"""Who is in which of the channels people come and go in."""
COMMON = "quokka"
"""A word in the title of every thing."""


@dataclass(frozen=True)
class Made:
    """A thing: its letter, who makes it and where, and whom it is open to by name.

    Feedback may be made of a message `said_by` somebody else; a decision may have people who are `informed` of it
    and an `approver`, until whom it is proposed only; a blocker waits on somebody.
    """

    letter: str
    place: str
    by: str
    named: tuple[str, ...] = ()
    said_by: str | None = None
    informed: tuple[str, ...] = ()
    approver: str | None = None


@dataclass(frozen=True)
class Case:
    """One random history. Things are meant by their place in `made`, people by their handles."""

    made: tuple[Made, ...]
    before: Where
    after: Where
    links: tuple[tuple[int, int], ...]
    follows: tuple[tuple[str, int], ...]
    ends: frozenset[int]
    """What ships, is replaced or is cleared in the end; every launch slips before, and one that all may see stays."""
    alone: str
    """Who looks before and after something is made that is none of their business."""


@dataclass
class Company:
    """Who is where just now, and who is still with the company."""

    inside: Where
    gone: frozenset[str] = frozenset()

    def members(self, place: str) -> set[str]:
        """Who of the cast is in a channel; only members of ours are in a public one without coming and going."""
        if place in MOVING:
            return {one for one in CAST if (place, one) in self.inside}
        return {*MEMBERS, *([GUEST] if place == LAUNCHES else [])}

    def can_see(self, one: Made, person: str) -> bool:
        """Whether a person may see a thing."""
        if person in self.gone or person == OUTSIDER:
            return False
        if person == one.by or person in one.named:
            return True
        if one.place == TALK:
            return False
        if one.place in CLOSED or one.letter in "CB":
            return person in self.members(one.place)
        return person in MEMBERS

    def can_read(self, one: Made, place: str) -> bool:
        """Whether a thing may be said aloud in a channel: where it was made, or where everybody may see it."""
        return place == one.place or all(
            self.can_see(one, person) for person in self.members(place) - self.gone
        )


@dataclass(frozen=True)
class Known:
    """A thing that was made: its reference and the word nobody else's has, which stands in all that is said of it."""

    name: str
    canary: str
    made: Made

    @property
    def words(self) -> str:
        """Its title, and how all that is said of it begins."""
        return f"{COMMON} {self.canary}"


def inside(channels: Collection[str] = MOVING) -> st.SearchStrategy[Where]:
    """Who is in which channel: its keeper always, people from outside only where it is shared."""
    pairs = [
        (place, one)
        for place in channels
        for one in CAST
        if one != KEEPER and (place == SHARED or one != OUTSIDER) and (place != SHARED or one != GUEST)
    ]
    kept = frozenset((place, KEEPER) for place in channels)
    return st.frozensets(st.sampled_from(pairs), min_size=3, max_size=12).map(lambda some: kept | some)


PLACES: Mapping[str, Sequence[str]] = {
    "F": (GENERAL, LAUNCHES, *CLOSED, SHARED, TALK),
    "D": (GENERAL, LAUNCHES, *CLOSED, SHARED, TALK),
    "L": OURS,
    "C": OURS,
    "B": OURS,
}
"""Where the product lets a thing of each letter be made."""


@st.composite
def makings(draw: st.DrawFn, letter: str, places: Sequence[str], company: Company) -> Made:
    """A thing of that letter in one of these places, by somebody who is there and may make it."""
    place = draw(st.sampled_from(places))
    there = sorted(company.members(GENERAL if place == TALK else place) & {*MEMBERS, GUEST})
    by = draw(st.sampled_from([one for one in there if one in MEMBERS or letter in "FB"]))
    others = [one for one in there if one != by]
    if letter == "B":
        return Made(
            letter, place, by, (draw(st.sampled_from([one for one in (*MEMBERS, GUEST) if one != by])),)
        )
    if letter == "D":
        able = [one for one in others if one in MEMBERS or place in (TALK, *CLOSED)]
        some = draw(st.lists(st.sampled_from(able), max_size=2, unique=True)) if able else []
        approver = draw(st.sampled_from([None, *some]))
        informed = tuple(one for one in some if one != approver)
        return Made(letter, place, by, tuple(some) if place == TALK else (), None, informed, approver)
    if letter == "F" and place != TALK and others and draw(st.booleans()):
        said_by = draw(st.sampled_from(others))
        return Made(letter, place, by, (said_by,), said_by)
    return Made(letter, place, by)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """At least one thing of every letter, and of every kind of audience; changes come to all that can change."""
    before, after = draw(inside()), draw(inside())
    company = Company(before)
    made = [draw(makings(letter, places, company)) for letter, places in PLACES.items()]
    made.append(draw(makings(draw(st.sampled_from("FD")), (TALK,), company)))
    made.append(draw(makings(draw(st.sampled_from("FDLCB")), CLOSED, company)))
    stays = draw(makings("L", (GENERAL, LAUNCHES), company))
    order = draw(st.permutations([*made, stays]))
    which = st.sampled_from(range(len(order)))
    pairs = st.tuples(which, which).filter(lambda pair: pair[0] < pair[1])
    links = draw(st.lists(pairs, min_size=6, max_size=10, unique=True))
    follows = draw(
        st.lists(st.tuples(st.sampled_from((*MEMBERS, GUEST)), which), min_size=4, max_size=8, unique=True)
    )
    ending = [
        at
        for at, one in enumerate(order)
        if one.letter in "DLB" and one.approver is None and one is not stays
    ]
    ends = draw(st.frozensets(st.sampled_from(ending), min_size=2))
    alone = draw(st.sampled_from([one for one in (*MEMBERS, GUEST) if one not in (KEEPER, LEAVER)]))
    return Case(tuple(order), before, after, tuple(links), tuple(follows), ends, alone)
