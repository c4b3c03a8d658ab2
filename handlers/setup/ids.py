"""Action ids of setting up. An id once sent never changes meaning."""

from handlers.kit import turned_off

SWITCH_ON = turned_off.SWITCH_ON
SWITCH_OFF = "switches.off"
ALL_JOBS = turned_off.ALL_JOBS
NOT_NOW = "switches.not_now"
