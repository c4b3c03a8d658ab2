"""Which function a job title belongs to."""

import pytest

from handlers.kit.functions import function_of
from storage.values import Function


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("Product", Function.PRODUCT),
        ("Senior Product Manager", Function.PRODUCT),
        ("Product Designer", Function.DESIGN),
        ("Product Marketing Lead", Function.MARKETING),
        ("DevOps", Function.ENGINEERING),
        ("Staff Software Engineer", Function.ENGINEERING),
        ("Sales", Function.SALES),
        ("Support (Customer Success)", Function.CUSTOMER_SUCCESS),
        ("Head of UX/Research", Function.DESIGN),
        ("Reproduction Officer", None),
        ("", None),
    ],
)
def test_a_title_names_a_function(title: str, function: Function | None) -> None:
    """By whole beginnings of words; the more particular one wins; no guess where there is nothing to go by."""
    assert function_of(title) == function
