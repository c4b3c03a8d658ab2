"""Whatever people write, the blocks made of it are ones Slack takes; a programmer's mistake is refused."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit import limits
from handlers.kit.blocks import (
    actions,
    bars,
    context,
    divider,
    fields,
    header,
    headline,
    input_select,
    input_text,
    plain,
    preformatted,
    quote,
    section,
)
from handlers.kit.elements import button, overflow, select
from handlers.kit.mrkdwn import escape
from handlers.kit.objects import Json, confirm, option, options
from handlers.kit.pickers import input_day, input_people, input_person, input_several
from handlers.kit.problems import problems
from handlers.kit.surfaces import home, message, modal
from handlers.kit.words import words_of

KINDS = options(("Idea 💡", "idea"), ("Problem 🐞", "problem"))
SURE = confirm("Undo?", "The feedback is forgotten.", "Undo", danger=True)

# Words as people write them, from nothing to more than fits anywhere; the letter keeps them from being blank.
WORDS = st.builds(
    lambda word, times: "a" + word * times,
    st.one_of(
        st.text(max_size=20), st.sampled_from(["&<>", "👩‍👩‍👧‍👦 ", "*_~` ", "<!channel> ", "\n", "long "])
    ),
    st.integers(1, 900),
)


def everything(words: str) -> list[Json]:
    return [
        header(words),
        section(escape(words), button(words, "undo", "1", "danger", SURE, accessibility_label=words)),
        section(escape(words), overflow("more", [option(words, "1", words)])),
        fields(escape(words), escape(words)),
        context(escape(words)),
        divider(),
        actions(button(words, "save"), select("kind", [option(words, "x")], "x", words), block_id="row"),
        headline(words),
    ]


def inputs(words: str) -> list[Json]:
    return [
        input_text(words, "a", "said", initial=words, multiline=True, placeholder=words, hint=words),
        input_text(words, "a", "account", initial=words, max_length=80, optional=True),
        input_select(
            words, "a", "kind", [option(words, "x")], initial="x", placeholder=words, hint=words, tells=True
        ),
        input_person(words, "driver", initial="U0MAYA", hint=words),
        input_people(words, "informed", initial=["U0MAYA", "U0SAM"], most=50, hint=words),
        input_several(words, "functions", [option(words, "x"), option("y", "y")], initial=["y"], hint=words),
        input_day(words, "review", initial=date(2026, 12, 10), hint=words),
    ]


@given(WORDS)
@settings(deadline=None)
def test_views_of_any_words(words: str) -> None:
    """Any words fit into every block, element and view."""
    blocks = [*everything(words), *plain(words), quote(words), preformatted(words)]
    assert problems(home(blocks, "home", "{}"), "home") == []
    view = modal(words, [*blocks, *inputs(words)], words, words, "capture", "{}", notify_on_close=True)
    assert problems(view, "modal") == []


@given(WORDS)
@settings(deadline=None)
def test_messages_of_any_words(words: str) -> None:
    """A message with people's words twice over fits, and begins alike in its text and its blocks."""
    made = message(words, words, [*plain(words), quote(words), context("<@U0MAYA> · #sales")])
    assert problems(made.payload, "message") == []


@given(st.text(max_size=300))
@settings(deadline=None)
def test_blank_or_odd_words(words: str) -> None:
    """Where people's own words are shown, even none at all are no error."""
    assert problems(home([*plain(words), quote(words)]), "home") == []


@given(st.text(alphabet="<>!@#&|*_~` \nUC0channelhttps:/.", max_size=300))
@settings(deadline=None)
def test_no_words_become_tokens(words: str) -> None:
    """Nothing people write becomes a ping, a link or a channel anywhere in a message."""
    blocks = [section(escape(f"x{words}")), context(escape(f"x{words}")), fields(escape(f"x{words}"))]
    made = message(f"x{words}", words, [*blocks, *plain(words), quote(words)])
    spoken = [made.text, *(json.dumps(block) for block in made.blocks if '"mrkdwn"' in json.dumps(block))]
    assert not [text for text in spoken if "<" in text]
    assert json.dumps(made.blocks).count('"mrkdwn"') == json.dumps(made.blocks).count('"verbatim": true') == 3


def test_plain_shows_all_words() -> None:
    """Long words are spread over several sections, and nothing is missing."""
    words = "word " * 1100
    made = plain(words)
    assert len(made) == 2
    assert words_of({"blocks": made}).split() == words.split()


def test_plain_and_quote_stop_somewhere() -> None:
    """A novel is shortened, so that a card with it still fits."""
    assert words_of({"blocks": plain("word " * 9000)}).endswith("word…")
    assert len(words_of({"blocks": [quote("word " * 9000)]})) <= limits.QUOTE_WORDS + 2
    assert (plain(" \n"), words_of({"blocks": [quote(" ")]})) == ([], "> …")


def test_message_reads_alike_everywhere() -> None:
    """The headline leads both the blocks and the text; the text says in plain words what the blocks say."""
    made = message("F-12 saved & linked", "Acme wants <SSO>", [section("Acme wants &lt;SSO&gt;")])
    assert made.text == "F-12 saved &amp; linked\nAcme wants &lt;SSO&gt;"
    assert words_of({"blocks": made.blocks}) == "F-12 saved & linked\nAcme wants <SSO>"
    assert message("Saved", "").text == "Saved"


def test_long_tokens_are_not_cut() -> None:
    """A section that is too long ends before a mention, not within it."""
    made = section("word " * 598 + "<@U0MAYA> <@U0SAM> <@U0DANA>")
    assert str(made["text"]).count("<") == str(made["text"]).count(">")
    assert problems(home([made]), "home") == []


ROW = [button("Vote", f"vote-{number}") for number in range(26)]

MISTAKES: list[Callable[[], object]] = [
    lambda: header(" "),
    lambda: section(""),
    fields,
    lambda: fields(*["x"] * 11),
    context,
    lambda: context(*["x"] * 11),
    lambda: bars("Weeks", [], []),
    lambda: bars("Weeks", ["2 Mar", "2 Mar"], [("Ideas", [1, 2])]),
    lambda: bars("Weeks", [str(n) for n in range(21)], [("Ideas", [1] * 21)]),
    lambda: bars("Weeks", ["2 Mar"], []),
    lambda: bars("Weeks", ["2 Mar"], [(str(n), [1]) for n in range(7)]),
    lambda: bars("Weeks", ["2 Mar"], [("Ideas", [1]), ("Ideas", [2])]),
    actions,
    lambda: actions(*ROW),
    lambda: actions(ROW[0], ROW[0]),
    lambda: actions(ROW[0], block_id="x" * 256),
    lambda: button("", "vote"),
    lambda: button("Vote", ""),
    lambda: button("Vote", "x" * 256),
    lambda: button("Vote", "vote", value="x" * 2001),
    lambda: button("Vote", "vote", url="https://" + "x" * 3000),
    lambda: select("kind", []),
    lambda: select("kind", [option("x", str(number)) for number in range(101)]),
    lambda: select("kind", KINDS, initial="churn"),
    lambda: overflow("more", KINDS * 3),
    lambda: option("Idea", "x" * 151),
    lambda: option("", "idea"),
    lambda: input_text("", "a", "b"),
    lambda: input_text("What was said", "a", ""),
    lambda: input_text("What was said", "a", "b", max_length=3001),
    lambda: input_text("What was said", "a", "b", max_length=0),
    lambda: input_person("Driver", ""),
    lambda: input_several("Functions", "functions", []),
    lambda: modal("Capture", [divider()] * 101),
    lambda: modal("Capture", []),
    lambda: modal("Capture", [input_text("What was said", "a", "b")]),
    lambda: modal("Capture", inputs("x") * 2, "Save"),
    lambda: modal("Capture", [divider()], private_metadata="x" * 3001),
    lambda: home([]),
    lambda: home([divider()] * 101),
    lambda: message("Saved", "", [divider()] * 50),
    lambda: message(" ", "Saved"),
    lambda: message("Saved", "", [section("x", block_id="a"), section("y", block_id="a")]),
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_refused(mistake: Callable[[], object]) -> None:
    """What only a programmer can get wrong is a ValueError, long before Slack sees it."""
    with pytest.raises(ValueError, match=r"needs|takes no empty|once|none of|holds"):
        mistake()
