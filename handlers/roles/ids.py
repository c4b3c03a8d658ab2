"""Action and callback ids of roles. An id once sent never changes meaning."""

from handlers.worktime import ids as worktime_ids

ALL = worktime_ids.OPEN_ROLES
ONE = "roles.one"
NAME = "roles.name"
NAMED = "roles.named"
SPLIT = "roles.split"
DIVIDED = "roles.divided"
MERGE = "roles.merge"
INTO = "roles.into"
MERGED = "roles.merged"
APART = "roles.apart"
RETIRE = "roles.retire"
RETIRED = "roles.retired"
USE_AGAIN = "roles.use_again"

BLOCK_NAME = "name"
BLOCK_INTO = "into"
