"""The workspace itself: installed, uninstalled, and the help over everything."""

from handlers.workspace.feature import feature

__all__ = ["feature"]
