"""The roles of decisions as the workspace has them: named, split, merged and retired by admins."""

from handlers.roles.feature import FEATURE
from handlers.roles.listeners import opened

__all__ = ["FEATURE", "opened"]
