"""How patient a courier is."""

from datetime import timedelta

import pytest

from bot.courier.courier import Timing

SECOND = timedelta(seconds=1)


def test_a_lease_outlives_a_call_and_its_settling() -> None:
    """Were it over before, another courier could look for the message before Slack has put it there."""
    assert Timing(settle=SECOND, lease=3 * SECOND, timeout=1).calls_within == SECOND
    with pytest.raises(ValueError, match="outlast"):
        Timing(settle=SECOND, lease=2 * SECOND, timeout=1)


def test_others_take_over_within_a_minute() -> None:
    """As we are shipped: a lease, and the next look after it."""
    timing = Timing()
    assert timing.lease + timedelta(seconds=timing.tick) < 60 * SECOND
