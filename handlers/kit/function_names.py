"""The functions a workspace has and what it calls them; known while a work of its own runs."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from handlers.kit.functions import called
from storage.database import Tx
from storage.functions import queries as functions

P = ParamSpec("P")
R = TypeVar("R")


def known(run: Callable[P, R]) -> Callable[P, R]:
    """The same work, which knows the workspace's functions; its first argument is the transaction."""

    @wraps(run)
    def knows(*args: P.args, **kwargs: P.kwargs) -> R:
        with called(functions.every(cast("Tx", args[0]))):
            return run(*args, **kwargs)

    return knows
