"""Setting Throughline up: admins switch one job on at a time, and off again."""

from handlers.setup.feature import feature

__all__ = ["feature"]
