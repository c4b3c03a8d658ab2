"""Action ids of the asks. An id once sent never changes meaning."""

OPEN = "asks.open"
WHY = "asks.why"
REPORT = "asks.report"
