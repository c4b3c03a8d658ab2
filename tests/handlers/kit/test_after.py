"""How replies leave, where the place decides what can be shown."""

from handlers.kit.after import notice
from handlers.kit.blocks import bars, section
from handlers.kit.problems import problems

FOUND = "Problems went from 2 to 9 in four weeks."


def test_a_page_leaves_out_what_only_a_message_can_hold() -> None:
    """A digest shown in a window has no chart, which Slack would refuse: its finding stands there as a sentence."""
    chart = bars("Feedback by week", ["2 Mar", "9 Mar"], [("Problems", [2, 9])])
    page = notice(FOUND, [section(FOUND), chart])
    assert problems(page, "modal") == []
    assert page["blocks"] == [section(FOUND)]
    assert problems(notice(FOUND, [chart]), "modal") == []
