"""Exactly one occurrence per local date, whatever the clocks do: a sample of what `make proof` asks of every zone."""

import random

import pytest

from storage.calendar import zones
from tests.storage import oracle
from tests.storage.around import wrong

ODD = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Nuuk", "America/Santiago", "America/Sao_Paulo",
    "Antarctica/Troll", "Asia/Gaza", "Asia/Tehran", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Chatham",
)  # fmt: skip
"""Where clocks change at midnight, by half an hour, by two, more than twice a year, or the other way round."""
EACH = 4
"""Changes of each zone."""
SAMPLE = sorted({*ODD, *random.Random(23).sample(oracle.every_zone(), 48)})


def test_no_zone_is_left_out() -> None:
    """The oracle knows the zones people can choose, all of them, and a few hundred change their clocks."""
    assert oracle.every_zone() == zones()
    assert len(zones()) > 500


@pytest.mark.parametrize("zone", SAMPLE)
def test_the_clocks_of_a_zone(zone: str) -> None:
    """Around changes of its offset every date, time and occurrence is the oracle's, at every quarter of an hour."""
    found = oracle.changes(zone)
    for change in random.Random(zone).sample(found, min(EACH, len(found))):
        assert list(wrong(zone, change)) == []
