"""The functions a workspace has and what it calls them; known while a work of its own runs."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from handlers.kit.features import Feature
from handlers.kit.functions import called
from storage.database import Tx
from storage.functions import queries as functions

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


def knowing(feature: Feature) -> Feature:
    """The same feature, whose works know the workspace's functions; it costs each one read of a few rows."""
    runs: dict[str, Any] = {
        kind: tuple(replace(one, run=known(one.run)) for one in getattr(feature, kind)) for kind in _RUNS
    }
    looks = {name: known(run) for name, run in feature.renderers.items()}
    thens = {name: known(run) for name, run in feature.thens.items()}
    opens = {letter: known(run) for letter, run in feature.opens.items()}
    return replace(feature, renderers=looks, thens=thens, opens=opens, **runs)


def known(run: Callable[P, R]) -> Callable[P, R]:
    """The same work, which knows the workspace's functions; its first argument is the transaction."""

    @wraps(run)
    def knows(*args: P.args, **kwargs: P.kwargs) -> R:
        with called(functions.every(cast("Tx", args[0]))):
            return run(*args, **kwargs)

    return knows
