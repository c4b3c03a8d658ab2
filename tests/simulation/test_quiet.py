"""Everything on, and it stays quiet: half of the simulated month; `python -m tests.simulation` lives through all."""

from pathlib import Path

import pytest

from tests.simulation import page, verdicts, when
from tests.simulation.ledger import Ledger
from tests.simulation.month import lived

WEEKS = 2
"""As much as a test has time for: a launch that slips, a week away, a holiday, the change to summer time."""
PAGE = Path(__file__).parents[2] / "docs" / "quiet.md"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """What everybody was sent."""
    found = lived(WEEKS)
    print(page.page(found))  # noqa: T201 - the distribution, where a test prints its measurements
    return found


def test_something_happens(ledger: Ledger) -> None:
    """It is no quiet company: every job asks and tells, and most working days bring somebody something."""
    said = {one.key.split(":")[0].split(".")[0] for sent in ledger.begun for one in sent.told}
    assert said >= {"checkin", "launch", "decision", "feedback", "ripple", "worktime"}
    counts = verdicts.by_person_and_day(ledger).values()
    assert verdicts.percentile(counts, 50) >= 1
    assert len(verdicts.digests(ledger)) >= len(("#product", "#support", "#sales", "#general"))


def test_nobody_is_sent_more_than_five_messages_a_day(ledger: Ledger) -> None:
    """At p95 over people and their working days; answers to what they did themselves stand apart."""
    assert verdicts.percentile(verdicts.by_person_and_day(ledger).values(), 95) <= verdicts.MOST


def test_nobody_is_told_the_same_thing_twice(ledger: Ledger) -> None:
    """Neither by two jobs, nor in two messages, nor in the same words on one day."""
    assert [*verdicts.told_twice(ledger)] == []
    assert [*verdicts.same_words(ledger)] == []


def test_quiet_days_are_quiet(ledger: Ledger) -> None:
    """Nothing on weekends, on somebody's holiday or while they are away."""
    assert [*verdicts.on_days_off(ledger)] == []
    assert [*verdicts.while_nothing_happens(ledger)] == []


def test_a_digest_with_nothing_to_say_is_not_posted(ledger: Ledger) -> None:
    """On the first Monday nothing had happened yet where it was nine o'clock first."""
    first = {one.channel for one in verdicts.digests(ledger) if one.day == when.FIRST}
    assert first <= {"sales"}, "by nine in New York something had come in; before that nothing"
    assert [*verdicts.empty_digests(ledger)] == []


def test_the_page_is_of_the_whole_month() -> None:
    """docs/quiet.md says what makes it, and that the month was quiet."""
    kept = PAGE.read_text()
    assert page.COMMAND in kept
    last = when.days()[-1]
    assert f"{last:%-d %B %Y}" in kept
    assert kept.count(": nothing.") == len(("told twice", "days off", "weekends"))
