"""What the administration of roles registers."""

from handlers.kit.features import Button, Feature, Mode, Submit
from handlers.kit.permissions import ADMINS
from handlers.roles import ids, listeners

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="roles",
    buttons=(
        Button(ids.ALL, "see all roles of decisions", ADMINS, _READS, listeners.show),
        Button(ids.ONE, "see one role", ADMINS, _READS, listeners.open_one),
        Button(ids.NAME, "see what another name of a role would change", ADMINS, _READS, listeners.name),
        Button(ids.SPLIT, "open the form that splits a role", ADMINS, _READS, listeners.split),
        Button(ids.MERGE, "open the form that merges a role", ADMINS, _READS, listeners.merge),
        Button(ids.APART, "take merged roles apart", ADMINS, _WRITES, listeners.take_apart),
        Button(ids.RETIRE, "see what retiring a role would change", ADMINS, _READS, listeners.retire),
        Button(ids.USE_AGAIN, "use a retired role again", ADMINS, _WRITES, listeners.use_again),
    ),
    submits=(
        Submit(ids.NAMED, "say what a role is called", ADMINS, listeners.named),
        Submit(ids.DIVIDED, "split a role", ADMINS, listeners.divided),
        Submit(ids.INTO, "see what merging a role would change", ADMINS, listeners.into),
        Submit(ids.MERGED, "merge a role into another one", ADMINS, listeners.merged),
        Submit(ids.RETIRED, "retire a role", ADMINS, listeners.retired),
    ),
)
