"""Words behind a command, drawn by Hypothesis, typed by people in the local Slack."""

from hypothesis import strategies as st

from handlers.registry import registry
from tests.fuzz.mutations import DAYS, NUMBERS, WORDS

REFERENCES = ("F-1", "D-1", "L-1", "L-1/2", "C-1", "B-1", "f-1", "F-999999999", "X-1", "F1", "F-٣")
WHEN = (
    "fri",
    "next monday",
    "in 3 weeks",
    "in 9999 months",
    "29 feb",
    "31 april",
    "3 march to 7 march",
    "until friday",
    "cover @sam",
)
PEOPLE = ("<@U0SAM|sam>", "@sam", "<@U0NOBODY>", "<#C0SALES|sales>", "<!subteam^S1>", "<!date^1^{x}|y>")
QUOTES = ('"', "“", "”", "'", "’", "«", "„", "`", "*", "_", "~", "&lt;", "&amp;", "|")
MOST = 4_000


def known_words() -> list[str]:
    """Every word of every command's help, and the commands' own names."""
    ours = registry().commands.values()
    return sorted({word for one in ours for usage in one.usage for word in [one.name, *usage.words.split()]})


def texts() -> st.SearchStrategy[str]:
    """What somebody may type: words that mean something, words that do not, signs, and very many of them."""
    sensible = st.sampled_from(
        [*known_words(), *REFERENCES, *WHEN, *PEOPLE, *DAYS, *NUMBERS, *WORDS, *QUOTES]
    )
    typed = st.one_of(sensible, sensible, st.text(_characters(), max_size=40))
    pieces = st.lists(typed, max_size=6)
    return st.builds(
        lambda some, between: between.join(some)[:MOST],
        pieces,
        st.sampled_from([" ", " ", " ", "  ", "\n", ""]),
    )


def _characters() -> st.SearchStrategy[str]:
    """Anything a keyboard makes, and what pastes bring: no half a surrogate pair, no NUL, which the door refuses."""
    return st.characters(exclude_categories=["Cs"], exclude_characters="\0")
