"""A storm on each kind of database, and the figures it comes to."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import Roles
from tests.figures import Figure
from tests.proof.grounds import KINDS, grounds
from tests.proof.scale import Scale, Tell
from tests.proof.stores import Store
from tests.proof.storms import ALONE, SPLIT, Aftermath

Blow = Callable[[Store, Path, Sequence[Roles], Tell], Coroutine[Any, Any, Aftermath]]


@dataclass(frozen=True, slots=True)
class Storm:
    """What happens so many times, while so many processes are killed; `things` names it."""

    area: str
    things: str
    many: int
    promised: int
    kills: int
    blow: Blow


def both(storm: Storm, scale: Scale) -> Iterator[Figure]:
    """On SQLite one process lives and dies, on PostgreSQL a web process and two workers."""
    with grounds() as ground:
        for kind in KINDS:
            roles = ALONE if kind == "sqlite" else SPLIT

            def tell(what: str, done: int, of: int, kind: str = kind) -> None:
                scale.tell(f"{what} on {kind}", done, of)

            left = asyncio.run(storm.blow(ground.store(kind, storm.area), ground.folder, roles, tell))
            yield from _figures(storm, kind, left)


def _figures(storm: Storm, kind: str, left: Aftermath) -> Iterator[Figure]:
    for one in left.broken:
        print(f"{storm.area} on {kind}: {one}", file=sys.stderr)  # noqa: T201 - the log is for people
    area = storm.area
    yield Figure(f"{area}.lost_{kind}", left.lost, storm.things, demand=0, at_most=True)
    yield Figure(f"{area}.double_{kind}", left.double, storm.things, demand=0, at_most=True)
    yield Figure(f"{area}.broken_{kind}", len(left.broken), "broken promises", demand=0, at_most=True)
    yield Figure(f"{area}.tried_{kind}", storm.many, storm.things, demand=storm.promised)
    yield Figure(f"{area}.kills_{kind}", left.deaths, "SIGKILLs", demand=storm.kills)
    yield Figure(
        f"{area}.repeated_{kind}", left.repeated, "deliveries that were not the first of their event"
    )
    yield Figure(f"{area}.spoilt_{kind}", left.spoilt, "calls that met a fault")
