"""API tokens, as admins make and revoke them from Home."""

from handlers.tokens.feature import FEATURE

__all__ = ["FEATURE"]
