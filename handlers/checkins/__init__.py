"""Check-ins: each is asked in their own morning, the channel reads it once, and blockers find somebody."""

from handlers.checkins.feature import FEATURE

__all__ = ["FEATURE"]
