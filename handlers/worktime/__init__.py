"""When people work, are away, and how much we may ask of them: theirs to see and to change."""

from handlers.worktime.feature import feature

__all__ = ["feature"]
