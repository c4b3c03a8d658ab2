"""Action ids of the asks. An id once sent never changes meaning."""

WHY = "asks.why"
REPORT = "asks.report"
