"""What did not get through to Slack: told once to whoever set Throughline up, and mended from Home."""

from handlers.delivery.feature import FEATURE

__all__ = ["FEATURE"]
