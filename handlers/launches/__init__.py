"""Launches: what has to be ready, who sees to it, whether it may go, and what moves when the day does."""

from handlers.launches.feature import FEATURE

__all__ = ["FEATURE"]
