"""The one job that runs what recurs, and what owners are told of dates that were missed.

Features register what a series does (`Feature.series`), and begin, pause and end series through
`storage.schedules.queries`.
"""

from handlers.schedules.feature import feature

__all__ = ["feature"]
