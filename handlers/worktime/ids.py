"""Action and callback ids of working time. An id once sent never changes meaning."""

OPEN_SETTINGS = "worktime.open_settings"
SETTINGS = "worktime.settings"
OPEN_AWAY = "worktime.open_away"
AWAY = "worktime.away"
BACK = "worktime.back"

OPEN_FUNCTION = "worktime.open_function"
FUNCTION = "worktime.function"
OPEN_NAMES = "worktime.open_names"
OPEN_ROLES = "worktime.open_roles"

ZONE = "worktime.zone"
COUNTRY = "worktime.country"

BLOCK_DAYS = "workdays"
BLOCK_START = "start"
BLOCK_END = "end"
BLOCK_QUIET_START = "quiet_start"
BLOCK_QUIET_END = "quiet_end"
BLOCK_ASKS = "asks"
BLOCK_TELLS = "tells"
BLOCK_WHO = "who"
BLOCK_FIRST = "away_first"
BLOCK_LAST = "away_last"
BLOCK_COVER = "cover"

BLOCK_FUNCTION = "function"

AS_TITLED = "titled"
AS_IN_SLACK = "slack"
NOWHERE = "none"
