"""Links between things, and what a change of one means for the people of the others."""

from handlers.links.feature import feature

__all__ = ["feature"]
