"""What was said to have shipped and has not is taken back: it stands as before, and who was told reads one line."""

from bot.sandbox.driver import Slack
from storage.feedback import queries as feedbacks
from storage.feedback.values import FeedbackState
from tests.front import FrontDoor
from tests.handlers.asks.acts import do
from tests.handlers.feedback.acts import press
from tests.handlers.feedback.test_answers import say
from tests.handlers.feedback.test_outcomes import asked, told

SENTENCE, LATER = "You can pay in euro.", "Now you really can pay in euro."
WRONG = "it has not shipped after all"


async def take_back(slack: Slack, as_: str = "omar") -> str:
    """Somebody takes it back on its card; what the last page says."""
    await slack.command("/capture", "show F-1", as_=as_, channel="#general")
    await slack.click(await slack.modal(as_), "Take back", as_=as_)
    said = (await slack.modal(as_)).text
    await slack.close(as_)
    return said


async def test_who_was_told_reads_one_line(door: FrontDoor) -> None:
    """The same day; it stands as planned as before, and when it ships they are told as if for the first time."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11")
    await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    for as_ in ("sam", "ben", "tomas", "lena"):
        await slack.advance("next morning", as_=as_)
        assert len(await told(slack, as_, SENTENCE)) == 1

    assert "The four people who were told read one line that it has not." in await take_back(slack)
    await slack.advance("next morning", as_="sam")
    await slack.advance("next morning", as_="sam")

    for as_ in ("sam", "ben", "tomas", "lena"):
        (letter,) = await told(slack, as_, f"{WRONG} and is planned for 11 March 2027")
        assert SENTENCE not in letter.words
    await say(slack, "F-1", "omar", state="Shipped", sentence=LATER)
    for as_ in ("sam", "ben"):
        await slack.advance("next morning", as_=as_)
        assert len(await told(slack, as_, LATER)) == 1


async def test_the_line_does_not_wait_for_another_day(door: FrontDoor) -> None:
    """Somebody may be about to send it on: it comes at once, though they were told of something today."""
    slack = door.slack
    await asked(door)
    await slack.advance("next morning", as_="sam")
    await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    await slack.advance("1 hour", as_="sam")
    assert len(await told(slack, "sam", SENTENCE)) == 1

    await take_back(slack)

    (letter,) = await told(slack, "sam", WRONG)
    assert letter.text.startswith("You asked for this for Acme on ")
    assert letter.buttons == ["Show F-1"]
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.NEW


async def test_what_nobody_was_told_yet_nobody_hears_of(door: FrontDoor) -> None:
    """A wrong choice seen on the last page, or in the evening, reaches nobody at all."""
    slack = door.slack
    await asked(door)
    page = await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    assert "gets one message" in page
    assert "Nobody had been told yet, and nobody is." in await take_back(slack)
    await slack.advance("12 hours", as_="omar")
    await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    await slack.advance("1 hour", as_="omar")

    await take_back(slack)

    for _ in range(2):
        await slack.advance("next morning", as_="sam")
    for as_ in ("sam", "ben", "tomas", "lena"):
        assert await told(slack, as_, "shipped") == []


async def test_not_by_others_and_not_for_ever(door: FrontDoor) -> None:
    """Whoever may say what becomes of it takes it back within a week; later it is history."""
    slack = door.slack
    await asked(door)
    await say(slack, "F-1", "omar", state="Shipped", sentence=SENTENCE)
    await press(door, "feedback.take_back", "1", "ben")
    found = await do(door, lambda tx: feedbacks.get(tx, 1))
    assert found is not None
    assert found.state is FeedbackState.SHIPPED

    await slack.advance("8 days", as_="omar")
    await slack.command("/capture", "show F-1", as_="omar", channel="#general")
    assert "Take back" not in (await slack.modal("omar")).buttons
