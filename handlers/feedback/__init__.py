"""Feedback: captured where it is said, kept before Slack gets its 200, and undone as easily."""

from handlers.feedback.feature import FEATURE

__all__ = ["FEATURE"]
