"""The functions of a company: what they are called, and which one a job title belongs to. Pure.

A workspace may call them otherwise. What it calls them is no argument of every view but known while a work of its own
runs (`called`, see `function_names`), like a language.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from typing_extensions import override

from storage.values import Function

AT_FIRST = {
    Function.PRODUCT: "Product",
    Function.ENGINEERING: "Engineering",
    Function.DESIGN: "Design",
    Function.MARKETING: "Marketing",
    Function.SALES: "Sales",
    Function.CUSTOMER_SUCCESS: "Customer Success",
}
_theirs: ContextVar[Mapping[Function, str]] = ContextVar("function_names")
NAME_LIMIT = 30
_SIGNS = " /-+.,'"


class _Names(Mapping[Function, str]):
    """What the workspace calls each, where it said so; the names of the start else."""

    @override
    def __getitem__(self, function: Function) -> str:
        return _theirs.get(AT_FIRST).get(function) or AT_FIRST[function]

    @override
    def __iter__(self) -> Iterator[Function]:
        return iter(AT_FIRST)

    @override
    def __len__(self) -> int:
        return len(AT_FIRST)


FUNCTIONS: Mapping[Function, str] = _Names()


@contextmanager
def called(names: Mapping[Function, str]) -> Iterator[None]:
    """They are called so until this ends."""
    token = _theirs.set(names)
    try:
        yield
    finally:
        _theirs.reset(token)


def wrong_with(name: str) -> str | None:
    """Why a function cannot be called so: its name stands within sentences, bold and plain, so it has no signs."""
    if len(name) > NAME_LIMIT:
        return f"A function's name has at most {NAME_LIMIT} characters; this has {len(name)}."
    if not any(one.isalpha() for one in name):
        return "A function's name has at least one letter."
    if strange := next((one for one in name if not (one.isalnum() or one in _SIGNS)), None):
        return f"A function's name has letters, digits, spaces and / - + . , only, no {strange}."
    return None


_WORDS = {
    Function.CUSTOMER_SUCCESS: ("customer success", "support", "customer care", "customer service"),
    Function.DESIGN: ("design", "ux", "user research"),
    Function.MARKETING: ("marketing", "communications", "content", "brand"),
    Function.SALES: ("sales", "account executive", "account manager", "business development"),
    Function.ENGINEERING: ("engineer", "developer", "devops", "sre", "qa", "architect"),
    Function.PRODUCT: ("product",),
}


def function_of(title: str) -> Function | None:
    """The function a job title names; "Product Designer" is a designer, so Product comes last."""
    words = f" {' '.join(title.lower().replace('/', ' ').replace(',', ' ').split())}"
    return next((one for one, known in _WORDS.items() if any(f" {word}" in words for word in known)), None)
