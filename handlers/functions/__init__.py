"""The functions of the company as the workspace has them: named, added, merged, split and retired by admins."""

from handlers.functions.feature import FEATURE
from handlers.functions.listeners import opened

__all__ = ["FEATURE", "opened"]
