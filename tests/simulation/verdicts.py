"""What makes a month quiet, judged over what was sent: how much, nothing twice, nothing on a quiet day. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from storage.asks.values import AskKind
from tests.simulation import when
from tests.simulation.ledger import Ledger, Sent, Told, people_days

MOST = 5
"""Messages a day that 95 of 100 working days of people may have at most."""
RECURRING = re.compile(r"(checkin|decision\.review):\d+:\d{4}-\d\d-\d\d\b")
"""What is asked anew on each date somebody set: that date in its key tells one from the other, its words need not."""
_RIPPLE, _MOVED, _ENDED = (
    re.compile(one)
    for one in (
        r"ripple:(?P<what>.+):(?P<who>[UW]\w+)",
        r"launch\.moved:(?P<number>\d+):(?P<version>\d+):\w+",
        r"launch\.(?P<how>shipped|cancelled):(?P<number>\d+):\w+",
    )
)


_BLOCKER, _LISTED = re.compile(r"checkin\.blocker:(\d+):"), re.compile(r"• B-(\d+) ")


@dataclass(frozen=True, slots=True)
class Loud:
    """Something that should not have been sent."""

    what: str
    who: str
    day: date
    headline: str


# -- how much ---------------------------------------------------------------------------------------------


def by_person_and_day(ledger: Ledger) -> dict[tuple[str, date], int]:
    """How many messages we began to each person on each working day of theirs, days without any, too."""
    counted = Counter((one.to or "", one.day) for one in ledger.begun)
    return {at: counted[at] for at in people_days(ledger.weeks)}


def percentile(counts: Iterable[int], hundredth: int) -> int:
    """The least number that so many of a hundred do not exceed."""
    ordered = sorted(counts)
    return ordered[max(0, -(-len(ordered) * hundredth // 100) - 1)]


def mentions(ledger: Ledger) -> dict[tuple[str, date], int]:
    """How often a message of ours in a channel mentioned somebody, by their day."""
    found = ((who, when.local_day(one.at, who)) for one in ledger.posted for who in sorted(one.mentioned))
    return dict(Counter(found))


def kinds(ledger: Ledger) -> Counter[str]:
    """How many things of each kind stood in the messages we began; several may stand in one."""
    return Counter(kind_of(one) for sent in ledger.begun for one in sent.told if one.kind is not AskKind.BACK)


def kind_of(told: Told) -> str:
    """What an ask or a telling is about, in the words of `KINDS`."""
    name = next(
        (words for beginning, words in KINDS if told.key.startswith(beginning)), told.key.split(":")[0]
    )
    return f"{name}, reminded" if told.kind is AskKind.NUDGE else name


KINDS = (
    ("checkin.blocker_cleared:", "a blocker of mine is cleared"),
    ("checkin.blocker", "a blocker"),
    ("checkin:", "a check-in"),
    ("launch.item:", "an item of a launch is due"),
    ("launch.moved:", "a launch moved"),
    ("launch.leading:", "my part of a launch"),
    ("launch.vote:", "go or no-go"),
    ("launch.", "a launch, else"),
    ("decision.approve:", "a decision to approve"),
    ("decision.view:", "a view on a decision"),
    ("decision.review:", "a decision to look at again"),
    ("decision.", "what came of a decision"),
    ("feedback.account:", "an account for feedback"),
    ("feedback.first:", "my words were captured"),
    ("feedback.shipped:", "who asked for what has shipped"),
    ("feedback.told:", "what I wanted has shipped"),
    ("feedback.question:", "a question I can answer"),
    ("feedback.praise:", "praise for what I look after"),
    ("feedback.churn_risk:", "an account of mine might leave"),
    ("feedback.wanted:", "what is known of what I want, too"),
    ("feedback.reopened:", "what was declined is open again"),
    ("ripple:", "something linked to mine changed"),
    ("worktime:", "I cover for somebody"),
    ("schedules:", "something recurring was missed"),
)
"""What the keys of asks begin with, and what people would call it; the first that fits."""


# -- nothing twice ----------------------------------------------------------------------------------------


def told_twice(ledger: Ledger) -> Iterator[Loud]:
    """Whatever somebody was told a second time, in whichever message and by whichever job."""
    seen: set[tuple[str | None, str]] = set()
    for sent in ledger.begun:
        for event in [*_listed(sent), *(event for one in sent.told for event in sorted(events_of(one)))]:
            if (sent.to, event) in seen:
                yield Loud(event, sent.to or "", sent.day, sent.headline)
            seen.add((sent.to, event))


def _listed(sent: Sent) -> list[str]:
    """What waits on somebody, as a check-in lists it beside its question: once a day, and not on the day of its ask."""
    asked = [found[1] for one in sent.told if (found := _BLOCKER.match(one.key))]
    listed = [found[1] for line in sent.text.splitlines() if (found := _LISTED.match(line))]
    return [f"B-{number} waits on them, {sent.day}" for number in [*asked, *listed]]


def events_of(told: Told) -> set[str]:
    """What an ask or a telling tells: what it is about and in which version, however it is put.

    Its key names it. Two keys may still tell the same: a launch that moved is told to those with a part in it and
    to those whose things are linked to it; so what a ripple is about counts, and the sentence itself.
    """
    found = {told.key}
    if ripple := _RIPPLE.fullmatch(told.key):
        found.add(f"event {ripple['what']}")
    elif moved := _MOVED.fullmatch(told.key):
        found.add(f"event moved:L-{moved['number']}:{moved['version']}")
    elif ended := _ENDED.fullmatch(told.key):
        found.add(f"event {ended['how']}:L-{ended['number']}")
    if not RECURRING.match(told.key):
        found.add(f"sentence {told.summary}")
    return found


def same_words(ledger: Ledger) -> Iterator[Loud]:
    """Two messages to somebody on one day that read the same, or two in one channel at any time."""
    seen: set[tuple[str, date | None, str]] = set()
    for one in ledger.sent:
        if "checkin.reply" in one.key:
            continue  # what people said themselves; they may say the same again
        at = (one.to or one.channel, one.day if one.to else None, one.text)
        if at in seen:
            yield Loud("the same words", at[0], one.day, one.headline)
        seen.add(at)


# -- nothing on quiet days --------------------------------------------------------------------------------


def on_days_off(ledger: Ledger) -> Iterator[Loud]:
    """What we began to somebody on a weekend, on a holiday of theirs or while they are away."""
    for one in ledger.begun:
        assert one.to is not None
        if not when.works_on(one.to, one.day):
            yield Loud("a day off", one.to, one.day, one.headline)


def while_nothing_happens(ledger: Ledger) -> Iterator[Loud]:
    """Any message at all, answers and channels included, while it is weekend in the whole company."""
    for one in ledger.sent:
        if one.at.weekday() >= 5:
            yield Loud("a quiet day", one.to or one.channel, one.day, one.headline)


def digests(ledger: Ledger) -> Sequence[Sent]:
    """Every digest that was posted."""
    return [one for one in ledger.posted if one.key.startswith("digest:")]


def empty_digests(ledger: Ledger) -> Iterator[Loud]:
    """Digests that say nothing beside that they came."""
    for one in digests(ledger):
        if "nothing new" in one.headline or one.text.count("\n") < len(("a part of it", "why it comes")):
            yield Loud("nothing to say", one.channel, one.day, one.headline)
