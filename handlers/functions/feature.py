"""What the administration of functions registers."""

from handlers.functions import ids, listeners
from handlers.kit.features import Button, Feature, Mode, Submit
from handlers.kit.permissions import ADMINS

_READS, _WRITES = Mode.READS, Mode.WRITES

FEATURE = Feature(
    name="functions",
    buttons=(
        Button(ids.ALL, "see all functions", ADMINS, _READS, listeners.show),
        Button(ids.ONE, "see one function", ADMINS, _READS, listeners.open_one),
        Button(ids.ADD, "open the form for another function", ADMINS, _READS, listeners.add),
        Button(ids.NAME, "see what another name of a function would change", ADMINS, _READS, listeners.name),
        Button(ids.MERGE, "open the form that merges a function", ADMINS, _READS, listeners.merge),
        Button(ids.APART, "take merged functions apart", ADMINS, _WRITES, listeners.take_apart),
        Button(ids.SPLIT, "open the form that splits a function", ADMINS, _READS, listeners.split),
        Button(ids.RETIRE, "see what retiring a function would change", ADMINS, _READS, listeners.retire),
        Button(ids.USE_AGAIN, "use a retired function again", ADMINS, _WRITES, listeners.use_again),
    ),
    submits=(
        Submit(ids.ADDED, "add a function", ADMINS, listeners.added),
        Submit(ids.NAMED, "say what a function is called", ADMINS, listeners.named),
        Submit(ids.INTO, "see what merging a function would change", ADMINS, listeners.into),
        Submit(ids.MERGED, "merge a function into another one", ADMINS, listeners.merged),
        Submit(ids.CHOSEN, "see what splitting a function would change", ADMINS, listeners.chosen),
        Submit(ids.DIVIDED, "split a function", ADMINS, listeners.divided),
        Submit(ids.RETIRED, "retire a function", ADMINS, listeners.retired),
    ),
)
