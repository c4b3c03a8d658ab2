"""How patient a courier is."""

from datetime import timedelta

import pytest

from bot.courier.courier import Timing


def test_a_lease_outlives_a_call() -> None:
    """A lease that ends before a call may end would let two couriers send the same message."""
    Timing(lease=timedelta(seconds=2), timeout=1)
    with pytest.raises(ValueError, match="longer"):
        Timing(lease=timedelta(seconds=2), timeout=2)
