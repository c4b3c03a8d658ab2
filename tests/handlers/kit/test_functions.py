"""Which function a job title belongs to."""

import pytest

from handlers.kit.functions import function_of
from storage.values import AtFirst, FunctionId


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("Product", AtFirst.PRODUCT),
        ("Senior Product Manager", AtFirst.PRODUCT),
        ("Product Designer", AtFirst.DESIGN),
        ("Product Marketing Lead", AtFirst.MARKETING),
        ("DevOps", AtFirst.ENGINEERING),
        ("Staff Software Engineer", AtFirst.ENGINEERING),
        ("Sales", AtFirst.SALES),
        ("Support (Customer Success)", AtFirst.CUSTOMER_SUCCESS),
        ("Head of UX/Research", AtFirst.DESIGN),
        ("Reproduction Officer", None),
        ("", None),
    ],
)
def test_a_title_names_a_function(title: str, function: FunctionId | None) -> None:
    """By whole beginnings of words; the more particular one wins; no guess where there is nothing to go by."""
    assert function_of(title) == function
