"""An idea's score shows its parts: whom it reaches is counted, the rest is judged by whoever looks after it."""

import pytest

from handlers.feedback import rules, scoring_views
from storage.feedback.values import Score, Voices
from tests.front import FrontDoor
from tests.handlers.feedback.test_answers import capture, looked_after
from tests.handlers.feedback.test_outcomes import ask_too


@pytest.mark.parametrize(
    ("score", "voices", "is_"),
    [
        (Score(2, 80, 2), Voices(4, 2, 5), 4.8),
        (Score(5, 100, 1), Voices(0, 0, 100), 0.0),
        (Score(1, 50, 500), Voices(1), 0.001),
    ],
)
def test_what_a_score_is(score: Score, voices: Voices, is_: float) -> None:
    """Reach × impact × confidence ÷ effort; a hundred emoji are no reach."""
    assert rules.score(score, voices) == pytest.approx(is_)


def test_a_score_reads_aloud() -> None:
    """Never a bare number."""
    assert scoring_views.line(Score(2, 80, 1), Voices(1, 2, 5)) == (
        "Score 4.8 = reach 3 (1 account, 2 people in their own words; 5 more show interest)"
        " × impact 2 × confidence 80 % ÷ effort 1 week"
    )


async def test_the_card_shows_a_score_with_its_parts(door: FrontDoor) -> None:
    """Accounts count once each, who asked in their own words for none counts, whoever else supports is interest."""
    slack = door.slack
    await looked_after(slack)
    await capture(slack, "Invoices in euro", "sam", "Acme")
    await ask_too(slack, "ben", "Acme")
    await slack.command("/capture", "invoices in euro", as_="ruth", channel="#general")
    await slack.submit("ruth", near="It is F-1: Invoices in euro")
    await slack.close("ruth")
    await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    await slack.click(await slack.modal("omar"), "Score…", as_="omar")
    assert "Reach 2 (1 account, 1 person in their own words)." in (await slack.modal("omar")).text
    refused = await slack.submit("omar", effort="few")
    assert refused.errors == {"effort": "A whole number of weeks from 1 to 500."}
    await slack.submit("omar", impact="3 · much", confidence="80 % · fairly sure", effort="2")

    card = (await slack.modal("omar")).text
    assert (
        "Score 2.4 = reach 2 (1 account, 1 person in their own words) × impact 3 × confidence 80 % ÷ effort 2"
        in card
    )
    await slack.close("omar")
    await slack.command("/capture", "show F-1", as_="ben", channel="#general")
    page = await slack.modal("ben")
    assert "Score 2.4" in page.text
    assert "Score…" not in page.buttons
