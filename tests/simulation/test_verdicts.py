"""The judge of the month: each kind of noise is heard where there is some."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.asks.values import AskKind
from tests.simulation import verdicts, when
from tests.simulation.ledger import Ledger, Sent, Told

TUESDAY = datetime(2026, 3, 24, 12, tzinfo=UTC)
SATURDAY, GOOD_FRIDAY = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 4, 3, 12, tzinfo=UTC)
LENA_IS_AWAY = datetime(2026, 3, 31, 12, tzinfo=UTC)
DUE = Told("launch.item:1:6:2:soon", AskKind.ASK, "L-1/6 One page, due Wednesday: how does it stand?")
MOVED = Told("launch.moved:1:2:U0BEN", AskKind.TELL, "L-1 moves to Friday")
CHECKIN = Told("checkin:1:2026-03-24:U0BEN", AskKind.ASK, "Daily check-in in #product: three questions")


def sent(
    *told: Told, at: datetime = TUESDAY, to: str | None = "ben", text: str = "", key: str = "asks:1"
) -> Sent:
    return Sent(at, to, "general", text or "\n".join(one.summary for one in told), key, told)


def ledger(*several: Sent) -> Ledger:
    return Ledger(several)


@pytest.mark.parametrize(
    "again",
    [
        DUE,
        Told("launch.item:1:6:2:due", AskKind.ASK, DUE.summary),
        Told("decision.decided:7:U0BEN", AskKind.TELL, DUE.summary),
    ],
    ids=["the same key", "the same sentence", "the same sentence of another job"],
)
def test_the_same_thing_in_two_messages_is_told_twice(again: Told) -> None:
    """By its key or by its sentence, on whichever day, and only to the same person."""
    later = sent(again, at=TUESDAY + timedelta(days=2))
    assert [one.who for one in verdicts.told_twice(ledger(sent(DUE), later))][:1] == ["ben"]
    assert [*verdicts.told_twice(ledger(sent(DUE), sent(again, to="sam")))] == []


def test_a_ripple_and_the_launch_itself_tell_the_same() -> None:
    """Of one version of one launch a person hears once, whatever they have to do with it."""
    ripple = Told("ripple:moved:L-1:2:U0BEN", AskKind.TELL, "What you wanted comes later")
    assert [one.what for one in verdicts.told_twice(ledger(sent(MOVED), sent(ripple)))] == [
        "event moved:L-1:2"
    ]
    other = Told("ripple:moved:L-1:3:U0BEN", AskKind.TELL, "It comes later still")
    assert [*verdicts.told_twice(ledger(sent(MOVED), sent(other)))] == []


def test_what_recurs_may_read_the_same_and_is_still_asked_once_a_date() -> None:
    """Yesterday's check-in is another one than today's."""
    tomorrow = Told("checkin:1:2026-03-25:U0BEN", AskKind.ASK, CHECKIN.summary)
    assert [*verdicts.told_twice(ledger(sent(CHECKIN), sent(tomorrow)))] == []
    assert [*verdicts.told_twice(ledger(sent(CHECKIN), sent(CHECKIN)))] != []


def test_a_blocker_is_not_listed_beside_its_own_ask() -> None:
    """Nor in two check-ins of one day."""
    blocker = Told("checkin.blocker:3:1", AskKind.ASK, "Sam is blocked: can you clear B-3?")
    listing = sent(CHECKIN, text="Daily check-in\nWaits on you\n• B-3 Sam: No key")
    assert [*verdicts.told_twice(ledger(sent(blocker), listing))] != []
    tomorrow = sent(Told("checkin:1:2026-03-25:U0BEN", AskKind.ASK, ""), at=TUESDAY + timedelta(days=1),
                    text="Daily check-in\nWaits on you\n• B-3 Sam: No key")  # fmt: skip
    assert [*verdicts.told_twice(ledger(sent(blocker), tomorrow))] == []


def test_the_same_words_on_one_day_are_heard() -> None:
    """In one person's messages on a day, in a channel on any; people's own words below a check-in apart."""
    assert [*verdicts.same_words(ledger(sent(text="Hello"), sent(text="Hello")))] != []
    tomorrow = sent(text="Hello", at=TUESDAY + timedelta(days=1))
    assert [*verdicts.same_words(ledger(sent(text="Hello"), tomorrow))] == []
    weeks = [sent(to=None, text="Nothing new", at=TUESDAY + timedelta(weeks=week)) for week in (0, 1)]
    assert [*verdicts.same_words(ledger(*weeks))] != []
    said = [sent(to=None, text="Ben\nDone", key=f"checkin.reply:1:{day}") for day in (1, 2)]
    assert [*verdicts.same_words(ledger(*said))] == []


@pytest.mark.parametrize(("who", "at"), [("ben", SATURDAY), ("ben", GOOD_FRIDAY), ("lena", LENA_IS_AWAY)])
def test_days_off_are_heard(who: str, at: datetime) -> None:
    """A weekend, a holiday where they live, an absence; what answers their own doing is no noise."""
    back = Told("checkin.begun:C0:1", AskKind.BACK, "It is on")
    assert [one.who for one in verdicts.on_days_off(ledger(sent(DUE, to=who, at=at)))] == [who]
    assert [*verdicts.on_days_off(ledger(sent(back, to=who, at=at)))] == []
    assert [*verdicts.on_days_off(ledger(sent(DUE, to="kenji", at=GOOD_FRIDAY)))] == []


def test_nothing_at_all_comes_while_it_is_weekend_everywhere() -> None:
    """Not even a card in a channel."""
    card = sent(to=None, text="L-1 · Invoices", at=SATURDAY)
    assert [one.who for one in verdicts.while_nothing_happens(ledger(card, sent(DUE)))] == ["general"]


def test_a_digest_that_says_nothing_is_heard() -> None:
    """One with a part in it, and why it comes, is none."""
    empty = sent(to=None, text="This week: nothing new\nYou get this every Monday", key="digest:C0:1")
    full = sent(to=None, text="This week: 1 decided\nDecided: D-1\nYou get this", key="digest:C0:2")
    assert [one.headline for one in verdicts.empty_digests(ledger(empty, full))] == ["This week: nothing new"]


def test_each_working_day_of_each_person_counts() -> None:
    """Days without a message count as such; two messages of one day are two, however much stands in each."""
    counts = verdicts.by_person_and_day(ledger(sent(DUE, MOVED), sent(CHECKIN), sent(DUE, at=SATURDAY)))
    assert counts["ben", TUESDAY.date()] == 2
    assert sum(counts.values()) == 2
    assert len(counts) > 4 * 4 * len(when.LIVES_IN)
    assert ("lena", LENA_IS_AWAY.date()) not in counts


@pytest.mark.parametrize(
    ("hundredth", "found"), [(50, 2), (75, 3), (95, 4), (100, 4)], ids=["p50", "p75", "p95", "all"]
)
def test_a_percentile_is_what_so_many_do_not_exceed(hundredth: int, found: int) -> None:
    """Of four numbers half do not exceed the second."""
    assert verdicts.percentile([4, 1, 3, 2], hundredth) == found
