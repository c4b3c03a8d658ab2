"""What stands in the form that says what becomes of feedback, while somebody chooses between outcomes. Pure.

What was said for one outcome never stands in the field of another as if it held there, and nothing that somebody
typed goes away: a field that was not touched begins anew, under another block's name (Slack would keep the old words
under the old one), and one that was touched is left alone. What a field holds that is not shown travels along.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import Field

from handlers.feedback import ids, rules
from handlers.feedback.modals import EditForm
from handlers.kit.requests import Filled
from storage.feedback.values import Feedback, FeedbackState, Kind, Reopening, Standing

LARGEST = 2_000_000_000
ACCOUNTS = 999_999
_DIGITS = 10


class SayForm(EditForm):
    """Also the outcome its fields are drawn for, how often they were, and what those hold that are not shown."""

    state: FeedbackState | None = None
    turn: int = 0
    day: date | None = None
    on: date | None = None
    accounts: str = Field(default="", max_length=_DIGITS)
    value: str = Field(default="", max_length=_DIGITS)


@dataclass(frozen=True, slots=True)
class Draft:
    """The outcome, what stands in each field, and under which block where it is not the usual one.

    `sentence_before` and `reason_before` were said for another outcome: they stand beside the field, not in it.
    """

    state: FeedbackState
    sentence: str | None = None
    reason: str | None = None
    day: date | None = None
    accounts: str | None = None
    on: date | None = None
    value: str | None = None
    sentence_before: str | None = None
    reason_before: str | None = None
    blocks: Mapping[str, str] = field(default_factory=dict)
    turn: int = 0

    def block(self, name: str) -> str:
        """Under which block a field stands."""
        return self.blocks.get(name, name)

    def carried(self, feedback: Feedback) -> SayForm:
        """What the form takes along; what is shown is read from its field."""
        return SayForm(
            number=feedback.number,
            seen=feedback.version,
            state=self.state,
            turn=self.turn,
            day=self.day,
            on=self.on,
            accounts=_digits(self.accounts, ACCOUNTS) or "",
            value=_digits(self.value, LARGEST) or "",
        )


def dated(kind: Kind, state: FeedbackState) -> bool:
    """Whether a day can be said for this outcome."""
    return state in rules.AWAITED and FeedbackState.PLANNED in rules.ENDS[kind]


def opened(feedback: Feedback, standing: Standing | None, again: Reopening | None = None) -> Draft:
    """As it stands now, or the likeliest outcome of what is new."""
    choices = rules.ENDS[feedback.kind]
    likely = FeedbackState.PLANNED if FeedbackState.PLANNED in choices else choices[0]
    state = feedback.state if feedback.state in choices else likely
    held, last, kept = _held(feedback, standing, state), _all(standing), again or Reopening()
    return Draft(
        state,
        held.sentence,
        held.reason,
        None if standing is None else standing.planned_for,
        None if kept.accounts is None else str(kept.accounts),
        kept.on,
        None if kept.value is None else str(kept.value),
        None if held.sentence else last.sentence,
        None if held.reason else last.reason,
    )


def chosen(
    feedback: Feedback, standing: Standing | None, form: SayForm, filled: Filled, state: FeedbackState
) -> Draft:
    """The same form for the outcome that was chosen in it."""
    turn, there, now = form.turn + 1, blocks_of(filled), plainly(filled)
    last, held = _all(standing), _held(feedback, standing, state)
    stood = last if form.state is None else _held(feedback, standing, form.state)
    sentence, begun = _words(now.text(ids.BLOCK_SENTENCE), stood.sentence, held.sentence)
    reason, anew = _words(now.text(ids.BLOCK_REASON), stood.reason, held.reason)
    fresh = {name for name in _FIELDS if name not in there}
    fresh |= ({ids.BLOCK_SENTENCE} if begun else set()) | ({ids.BLOCK_REASON} if anew else set())
    again = ids.BLOCK_AGAIN_ON in there
    return Draft(
        state,
        sentence,
        reason,
        now.day(ids.BLOCK_DAY) if ids.BLOCK_DAY in there else form.day,
        now.text(ids.BLOCK_AGAIN_ACCOUNTS) if again else form.accounts or None,
        now.day(ids.BLOCK_AGAIN_ON) if again else form.on,
        now.text(ids.BLOCK_AGAIN_VALUE) if again else form.value or None,
        None if held.sentence else last.sentence,
        None if held.reason else last.reason,
        there | {name: f"{name}.{turn}" for name in fresh},
        turn,
    )


def blocks_of(filled: Filled) -> dict[str, str]:
    """Under which block each field stands in a form."""
    return {block.partition(".")[0]: block for block in filled.state}


def plainly(filled: Filled) -> Filled:
    """The same form with each field under its usual block."""
    state = {name: filled.state[block] for name, block in blocks_of(filled).items()}
    return Filled(filled.callback_id, filled.metadata, state)


# ---------------------------------------------------------------------------------------------------------


_FIELDS = (
    ids.BLOCK_SENTENCE,
    ids.BLOCK_REASON,
    ids.BLOCK_DAY,
    ids.BLOCK_AGAIN_ACCOUNTS,
    ids.BLOCK_AGAIN_ON,
    ids.BLOCK_AGAIN_VALUE,
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The two texts."""

    sentence: str | None = None
    reason: str | None = None


def _all(standing: Standing | None) -> _Words:
    """What was said last, of whatever outcome."""
    return _Words() if standing is None else _Words(standing.sentence, standing.reason)


def _held(feedback: Feedback, standing: Standing | None, state: FeedbackState) -> _Words:
    """The words that hold for an outcome: those of how it stands, and none for any other."""
    return _all(standing) if state is feedback.state else _Words()


def _words(now: str | None, stood: str | None, held: str | None) -> tuple[str | None, bool]:
    """What a field holds for another outcome, and whether it begins anew: if it was not touched."""
    return (held, True) if now == stood and held != stood else (now, False)


def _digits(written: str | None, most: int) -> str | None:
    number = rules.whole(written, most)
    return None if number is None else str(number)
