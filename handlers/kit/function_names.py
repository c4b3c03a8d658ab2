"""What a workspace calls the functions of a company, kept as one setting; known while a work of its own runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from handlers.kit.features import Feature
from handlers.kit.functions import called
from storage.database import Tx
from storage.settings import queries as settings
from storage.values import Function, Json, PersonId

SETTING = "function_names"
P = ParamSpec("P")
R = TypeVar("R")
_RUNS = (
    "commands",
    "message_shortcuts",
    "global_shortcuts",
    "buttons",
    "submits",
    "type_aheads",
    "events",
    "jobs",
)
"""What of a feature holds a function to be run in a transaction."""


@dataclass(frozen=True, slots=True)
class Named:
    """The names somebody gave, and how often anybody did; `by` was the last."""

    names: Mapping[Function, str]
    version: int = 0
    by: PersonId | None = None


def find(tx: Tx) -> Named:
    """What the functions are called here, those that have another name than at first."""
    kept = settings.find(tx, SETTING)
    if kept is None:
        return Named({})
    names, version, by = kept.get("names"), kept.get("version"), kept.get("by")
    given = names if isinstance(names, dict) else {}
    return Named(
        {Function(one): str(name) for one, name in given.items() if one in set(Function)},
        version if isinstance(version, int) else 0,
        PersonId(by) if isinstance(by, str) else None,
    )


def put(tx: Tx, names: Mapping[Function, str], version: int, by: PersonId) -> None:
    """They are called so from now on."""
    kept: dict[str, Json] = {one.value: name for one, name in names.items()}
    settings.put(tx, SETTING, {"names": kept, "version": version, "by": by}, by)


def knowing(feature: Feature) -> Feature:
    """The same feature, whose works know what the workspace calls its functions; it costs each one read by key."""
    runs: dict[str, Any] = {
        kind: tuple(replace(one, run=known(one.run)) for one in getattr(feature, kind)) for kind in _RUNS
    }
    looks = {name: known(run) for name, run in feature.renderers.items()}
    thens = {name: known(run) for name, run in feature.thens.items()}
    opens = {letter: known(run) for letter, run in feature.opens.items()}
    return replace(feature, renderers=looks, thens=thens, opens=opens, **runs)


def known(run: Callable[P, R]) -> Callable[P, R]:
    """The same work, which knows what the workspace calls its functions; its first argument is the transaction."""

    @wraps(run)
    def knows(*args: P.args, **kwargs: P.kwargs) -> R:
        with called(find(cast("Tx", args[0])).names):
            return run(*args, **kwargs)

    return knows
