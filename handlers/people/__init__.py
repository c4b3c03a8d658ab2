"""Learning who is here: people, channels and memberships, from events, from Slack's lists and one by one."""

from handlers.people.feature import FEATURE

__all__ = ["FEATURE"]
