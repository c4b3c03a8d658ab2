"""No minute holds more calls than Slack allows, and a rest is rewarded with a burst."""

from datetime import timedelta

import pytest

from bot.courier.documented import METHODS
from bot.courier.pace import TIERS, pace_of


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_we_call_has_its_tier(method: str) -> None:
    """A method without one would be held to the strictest."""
    assert method in TIERS


def test_a_method_of_no_tier_is_held_to_the_strictest() -> None:
    """What nobody looked up is called no more often than what Slack allows least."""
    strictest = min(TIERS, key=lambda method: TIERS[method])
    assert pace_of("never.looked_up") == pace_of(strictest)


@pytest.mark.parametrize(("method", "allowed"), TIERS.items())
def test_no_minute_holds_more_than_slack_allows(method: str, allowed: int) -> None:
    """The burst and the even flow behind it together stay within a minute's allowance."""
    pace = pace_of(method)
    assert pace.burst + timedelta(minutes=1) // pace.every <= allowed


def test_a_workspace_s_messages_are_as_many_as_we_are_told() -> None:
    """Slack says "several hundred" a minute; who knows better says so."""
    assert pace_of("chat.postMessage", 600).burst == 2 * pace_of("chat.postMessage").burst
    assert pace_of("chat.update", 600) == pace_of("chat.update")


def test_messages_to_one_channel_are_a_second_apart() -> None:
    """Slack's own advice for posting."""
    assert pace_of("post:C0SALES").every == timedelta(seconds=1)
    assert pace_of("post:C0SALES").burst == 1
