"""Digests: once a week a channel reads what needs attention, what was decided and what came in; and catching up."""

from handlers.digests.feature import FEATURE

__all__ = ["FEATURE"]
