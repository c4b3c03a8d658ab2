"""App Home: what needs me, what I wait for, what there is to know; made of every feature's sections."""

from handlers.home.feature import feature

__all__ = ["feature"]
