"""What a form carries is read as it was written, or the form is too old; nothing in it can break anything."""

from datetime import time
from typing import Literal

import pytest

from handlers.kit import forms
from handlers.kit.forms import numbers, read
from handlers.kit.requests import Filled, MaybeId


class Form(forms.Form):
    """A form as features have them."""

    v: Literal[1] = 1
    number: int
    channel: MaybeId = ""


def test_what_was_written_is_read() -> None:
    """Numbers and ids come back as they went."""
    form = Form(number=999_999_999, channel="C0SALES")
    assert read(Form, form.model_dump_json()) == form
    assert read(Form, Form(number=1).model_dump_json()) == Form(number=1)


@pytest.mark.parametrize(
    "metadata",
    [
        "", "null", "[]", "{}", "no json", "[" * 100_000, '{"v":2,"number":1}',
        '{"number":1}', '{"v":1,"number":"x"}', '{"v":1,"number":NaN}',
        '{"v":1,"number":9999999999}', '{"v":1,"number":1e99}', '{"v":1,"number":1,"channel":"<!here>"}',
        '{"v":1,"number":1,"channel":"c0sales"}',
    ],
)  # fmt: skip
def test_anything_else_is_too_old(metadata: str) -> None:
    """Another version or none, no form at all, a number no database keeps, or an id Slack does not have."""
    assert read(Form, metadata) is None


@pytest.mark.parametrize(("chosen", "meant"), [("09:30", time(9, 30)), ("09:30+02:00", None), ("soon", None)])
def test_a_time_is_one_on_the_wall(chosen: str, meant: time | None) -> None:
    """What is no time of day, or one with a zone of its own, was not chosen in our form."""
    assert Filled("c", "", {"at": {"at": {"selected_time": chosen}}}).time_of_day("at") == meant


def test_numbers_of_a_button() -> None:
    """None for what is none, and for what is larger than any of ours."""
    assert numbers("1|22|x||9999999999|٣|-4") == (1, 22, 0, 0, 0, 3, 0)
