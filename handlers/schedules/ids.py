"""Action ids of schedules. An id once sent never changes meaning."""

RUN_NOW = "schedules.run_now"
