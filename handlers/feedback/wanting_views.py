"""What somebody reads who wants what was captured before by an emoji. Pure."""

from handlers.feedback import answers, ids, rules
from handlers.feedback.answers import Answer
from handlers.kit.blocks import Block, actions, preformatted, quote, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape
from handlers.kit.shortening import shorten
from storage.feedback.values import Feedback

WORDS = 160
"""Characters of what was said: they have just read it."""


def answer(feedback: Feedback, supporters: int, known: Answer) -> tuple[str, list[Block]]:
    """One line with what is known, and the sentence for customers in a box to copy."""
    want = f"{answers.counted(supporters)} people want it · " if supporters > 1 else ""
    line = f"{want}{answers.line(feedback, known)}"
    line = line[:1].upper() + line[1:]
    said = quote(shorten(rules.title_of(feedback.words, feedback.kind), WORDS))
    show = button(f"Show {feedback.reference}", f"{ids.SHOW}:{feedback.number}", str(feedback.number))
    summary = f"You want {feedback.reference}, too"
    if known.sentence is None:
        return summary, [said, section(escape(line)), actions(show)]
    told = section(escape(f"{line} · {answers.may_tell(known)}"))
    return summary, [said, told, preformatted(known.sentence), actions(show)]
