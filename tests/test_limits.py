"""Two tables of Slack's limits, the bot's and the sandbox's, written apart on purpose: they must agree."""

import pytest

from bot.sandbox.limits import LIMITS
from handlers.kit import limits

SAME = {
    "TEXT": "text",
    "MESSAGE_TEXT": "message.update_text",
    "MESSAGE_BLOCKS": "message.blocks",
    "VIEW_BLOCKS": "view.blocks",
    "VIEW_TITLE": "modal.title",
    "VIEW_BUTTON": "modal.submit",
    "PRIVATE_METADATA": "view.private_metadata",
    "ID": "action_id",
    "HEADER": "header.text",
    "FIELDS": "section.fields",
    "FIELD": "section.field",
    "CONTEXT_ELEMENTS": "context.elements",
    "ACTIONS_ELEMENTS": "actions.elements",
    "LABEL": "input.label",
    "HINT": "input.hint",
    "BUTTON": "button.text",
    "BUTTON_VALUE": "button.value",
    "BUTTON_URL": "url",
    "MESSAGE_CHARTS": "message.charts",
    "CHART_TITLE": "chart.title",
    "CHART_SERIES": "chart.series",
    "CHART_POINTS": "chart.points",
    "CHART_LABEL": "chart.label",
    "CHART_AXIS_LABEL": "chart.axis_label",
    "SELECT_OPTIONS": "select.options",
    "OVERFLOW_OPTIONS": "overflow.options",
    "PLACEHOLDER": "select.placeholder",
    "INPUT": "input.value",
    "OPTION": "option.text",
    "OPTION_VALUE": "option.value",
    "OPTION_DESCRIPTION": "option.description",
    "CONFIRM_TITLE": "confirm.title",
    "CONFIRM_TEXT": "confirm.text",
    "CONFIRM_BUTTON": "confirm.button",
}
OURS = {"MESSAGE_WORDS", "RICH_ELEMENTS", "PLAIN_WORDS", "QUOTE_WORDS", "HEADLINE"}
"""Budgets of our own, below anything Slack refuses."""


@pytest.mark.parametrize(("ours", "theirs"), SAME.items())
def test_both_tables_say_the_same(ours: str, theirs: str) -> None:
    """A number that is wrong in one of them is noticed."""
    assert getattr(limits, ours) == LIMITS[theirs]


def test_no_limit_is_left_out() -> None:
    """A new number is compared too, or named as our own."""
    numbers = {name for name in vars(limits) if name.isupper()}
    assert numbers == set(SAME) | OURS


def test_our_own_budgets_lie_below_slacks() -> None:
    """What we allow ourselves is never more than the sandbox takes."""
    assert LIMITS["message.characters"] >= limits.MESSAGE_WORDS
    assert LIMITS["text"] >= limits.QUOTE_WORDS
    assert LIMITS["header.text"] >= limits.HEADLINE
