"""The functions of a company: what they are called, and which one a job title belongs to. Pure.

Which a workspace has, and what it calls them, is no argument of every view but known while a work of its own runs
(`called`, see `function_names`), like a language.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from handlers.kit import own_words
from storage.functions.values import AT_FIRST, Function
from storage.values import AtFirst, FunctionId

_theirs: ContextVar[Sequence[Function]] = ContextVar("functions")


class Functions:
    """Those of the workspace whose work runs; the first six where nobody said otherwise."""

    def __getitem__(self, function: FunctionId) -> str:
        """What it is called now; what counts under another one is called like that."""
        return _find(self.whole(function)).name

    def items(self) -> list[tuple[FunctionId, str]]:
        """Those in use and what they are called, in their order."""
        return [(one.id, one.name) for one in _all() if one.part_of is None and not one.retired]

    def whole(self, function: FunctionId) -> FunctionId:
        """The one it counts under, or itself."""
        return _find(function).part_of or function

    def in_use(self, function: FunctionId | None) -> FunctionId | None:
        """The one it counts under, or itself; None where that is retired."""
        if function is None or _find(self.whole(function)).retired:
            return None
        return self.whole(function)

    def family(self, function: FunctionId) -> list[FunctionId]:
        """The one it counts under, and everything that does."""
        whole = self.whole(function)
        return [one.id for one in _all() if whole in (one.id, one.part_of)]

    def ordered(self, those: Iterable[FunctionId]) -> tuple[FunctionId, ...]:
        """The same, each once, in their order."""
        found = set(those)
        return tuple(one.id for one in _all() if one.id in found)

    def chosen(self, value: str | None) -> FunctionId | None:
        """The function in use that a menu's value stands for, also one that was merged since."""
        return self.in_use(next((one.id for one in _all() if one.id == value), None))

    def choices(self, chosen: Iterable[FunctionId]) -> tuple[list[tuple[str, str]], list[str]]:
        """What a menu offers, and of that what is chosen: those in use, and of the retired ones what was chosen."""
        those = {self.whole(one) for one in chosen}
        retired = [
            (f"{one.name} (retired)", str(one.id)) for one in _all() if one.retired and one.id in those
        ]
        offered = [*((name, str(one)) for one, name in self.items()), *retired]
        return offered, [value for _, value in offered if value in those]

    def read(self, values: Iterable[str], before: Iterable[FunctionId]) -> tuple[FunctionId, ...]:
        """What was chosen of such a menu, also where some of it was merged since."""
        known = {self.whole(one.id) for one in _all() if one.id in set(values)}
        offered = {value for _, value in self.choices(before)[0]}
        return self.ordered(one for one in known if one in offered)

    def then(self, function: FunctionId, at: datetime | None) -> str:
        """What it is called now, and beside that what it was called on a day that is over, where that differs."""
        return own_words.then(_find(function), self[function], at)

    def has_ready(self, title: str, at_first: FunctionId) -> FunctionId | None:
        """Which function has something ready for launches that one of the first had; None where that is retired."""
        taken = next((one.id for one in _all() if title in one.takes), at_first)
        return self.in_use(taken)


FUNCTIONS = Functions()


@contextmanager
def called(functions: Sequence[Function]) -> Iterator[None]:
    """These are the functions until this ends."""
    token = _theirs.set(functions)
    try:
        yield
    finally:
        _theirs.reset(token)


_WORDS = {
    AtFirst.CUSTOMER_SUCCESS: ("customer success", "support", "customer care", "customer service"),
    AtFirst.DESIGN: ("design", "ux", "user research"),
    AtFirst.MARKETING: ("marketing", "communications", "content", "brand"),
    AtFirst.SALES: ("sales", "account executive", "account manager", "business development"),
    AtFirst.ENGINEERING: ("engineer", "developer", "devops", "sre", "qa", "architect"),
    AtFirst.PRODUCT: ("product",),
}


def function_of(title: str) -> FunctionId | None:
    """The function a job title names; "Product Designer" is a designer, so Product comes last."""
    words = f" {' '.join(title.lower().replace('/', ' ').replace(',', ' ').split())}"
    return next((one for one, known in _WORDS.items() if any(f" {word}" in words for word in known)), None)


# ---------------------------------------------------------------------------------------------------------


def _all() -> Sequence[Function]:
    return _theirs.get(AT_FIRST)


def _find(function: FunctionId) -> Function:
    found = next((one for one in _all() if one.id == function), None)
    if found is None:
        raise KeyError(function)
    return found
