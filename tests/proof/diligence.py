"""Which jobs had something to do: the harness watches each of them, and what its transaction changed."""

from collections import Counter
from dataclasses import replace

from handlers.kit.features import Job, Registry
from storage.database import Tx
from storage.schedules.values import OccurrenceState
from tests.proof.stores import Store
from tests.proof.wrote import marks


class Diligence:
    """The names of the jobs of a process that changed something so far."""

    def __init__(self) -> None:
        self.worked: set[str] = set()

    def watch(self, registry: Registry) -> Registry:
        """The same registry; each of its jobs is noted when it changes something."""
        registry.jobs = tuple(map(self._watched, registry.jobs))
        return registry

    def _watched(self, job: Job) -> Job:
        def run(tx: Tx) -> bool:
            before = marks(tx._connection)
            more = job.run(tx)
            tx.settle()
            if marks(tx._connection) != before:
                self.worked.add(job.name)
            return more

        return replace(job, run=run)


def kinds_that_ran(store: Store) -> Counter[str]:
    """How many dates of each kind of series have been run so far."""
    tables = store.tables("series", "occurrences")
    kinds = {row["key"]: row["kind"] for row in tables["series"]}
    done = [row["series"] for row in tables["occurrences"] if row["state"] == OccurrenceState.DONE]
    return Counter(kinds[series] for series in done)
