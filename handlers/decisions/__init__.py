"""Decisions: who decided what and why, who was not heard, and what replaced it."""

from handlers.decisions.feature import FEATURE

__all__ = ["FEATURE"]
