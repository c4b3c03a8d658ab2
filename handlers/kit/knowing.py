"""Features whose works know what a workspace calls something: its functions, its roles."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from handlers.kit.features import Feature

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


def knowing(feature: Feature, known: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Feature:
    """The same feature, each work of which is run as `known` does; it costs each one read of a few rows."""
    runs: dict[str, Any] = {
        kind: tuple(replace(one, run=known(one.run)) for one in getattr(feature, kind)) for kind in _RUNS
    }
    looks = {name: known(run) for name, run in feature.renderers.items()}
    thens = {name: known(run) for name, run in feature.thens.items()}
    opens = {letter: known(run) for letter, run in feature.opens.items()}
    return replace(feature, renderers=looks, thens=thens, opens=opens, **runs)
