"""Digests: once a week a channel reads what needs attention, what was decided and what came in; and catching up."""

from handlers.digests.catching_up import FEATURE as CATCHING_UP
from handlers.digests.feature import FEATURE

__all__ = ["CATCHING_UP", "FEATURE"]
