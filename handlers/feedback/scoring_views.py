"""What people see of an idea's score: never a bare number, always its parts. Pure."""

from handlers.feedback import ids, rules
from handlers.feedback.modals import EditForm
from handlers.kit.blocks import Block, context, input_select, input_text, quote
from handlers.kit.objects import options
from handlers.kit.shortening import shorten
from handlers.kit.surfaces import View, modal
from storage.feedback.values import Feedback, Score, Voices

IMPACTS = {1: "1 · small", 2: "2 · some", 3: "3 · much", 5: "5 · huge"}
CONFIDENCES = {
    100: "100 % · we measured it",
    80: "80 % · fairly sure",
    50: "50 % · a guess",
    20: "20 % · hardly",
}
MOST_WEEKS = 500
WEEKS = f"A whole number of weeks from 1 to {MOST_WEEKS}."
HOW = "Score = reach × impact × confidence ÷ effort. Reach counts itself: accounts, and people in their own words."


def form(feedback: Feedback, score: Score | None, voices: Voices) -> View:
    """What people judge; whom it reaches is said."""
    carried = EditForm(number=feedback.number, seen=feedback.version)
    impact, confidence = (1, 100) if score is None else (score.impact, score.confidence)
    effort = None if score is None else str(score.effort)
    blocks: list[Block] = [
        *([quote(shorten(feedback.words, 300))] if feedback.words else []),
        context(f"{reach(voices).capitalize()}."),
        _judged("Impact on each of them", ids.BLOCK_IMPACT, IMPACTS, impact),
        _judged("How sure are we", ids.BLOCK_CONFIDENCE, CONFIDENCES, confidence),
        input_text(
            "Effort in weeks of one person", ids.BLOCK_EFFORT, ids.BLOCK_EFFORT, initial=effort,
            max_length=3, placeholder="3",
        ),
        context(HOW),
    ]  # fmt: skip
    return modal(
        f"Score {feedback.reference}",
        blocks,
        submit="Save",
        callback_id=ids.SCORED,
        private_metadata=carried.model_dump_json(),
    )


def line(score: Score, voices: Voices) -> str:
    """`Score 4.8 = reach 6 (4 accounts, 2 people in their own words) × impact 2 × …`, in plain words."""
    weeks = "1 week" if score.effort == 1 else f"{score.effort} weeks"
    return (
        f"Score {rules.score(score, voices):,.1f} = {reach(voices)}"
        f" × impact {score.impact} × confidence {score.confidence} % ÷ effort {weeks}"
    )


def reach(voices: Voices) -> str:
    """`reach 6 (4 accounts, 2 people in their own words; 5 more show interest)`."""
    accounts = f"{voices.accounts} account{'' if voices.accounts == 1 else 's'}"
    people = f"{voices.people} {'person in their' if voices.people == 1 else 'people in their'} own words"
    more = f"; {voices.interested} more show interest" if voices.interested else ""
    return f"reach {voices.reach} ({accounts}, {people}{more})"


def _judged(words: str, block: str, known: dict[int, str], chosen: int) -> Block:
    choices = options(*((words, str(value)) for value, words in known.items()))
    return input_select(words, block, block, choices, initial=str(chosen))
