"""Action and callback ids of functions. An id once sent never changes meaning."""

from handlers.worktime import ids as worktime_ids

ALL = worktime_ids.OPEN_NAMES
ONE = "functions.one"
NAME = "functions.name"
NAMED = "worktime.names"
"""Where all names stood in one form once; such a form is older than its version."""
ADD = "functions.add"
ADDED = "functions.added"
MERGE = "functions.merge"
INTO = "functions.into"
MERGED = "functions.merged"
APART = "functions.apart"
SPLIT = "functions.split"
CHOSEN = "functions.chosen"
DIVIDED = "functions.divided"
RETIRE = "functions.retire"
RETIRED = "functions.retired"
USE_AGAIN = "functions.use_again"

BLOCK_NAME = "name"
BLOCK_INTO = "into"
BLOCK_PEOPLE = "people"
BLOCK_READY = "ready"
