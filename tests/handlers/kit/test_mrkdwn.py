"""People's words in mrkdwn: nothing they type pings, links or hides where a link leads."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.mrkdwn import (
    HAIR,
    channel_link,
    date_token,
    escape,
    link,
    mention,
    one_line,
    sentence,
    typed,
)
from handlers.kit.words import readable


@given(st.text())
@settings(deadline=None)
def test_escape_leaves_no_token(text: str) -> None:
    """Whatever people type, no token of Slack's can begin or end in it, and the way back gives it as it was."""
    assert not {"<", ">"} & set(escape(text))
    assert typed(escape(text)) == text.replace(HAIR, "").replace("\u02cb", "`")


@given(
    st.text("ab *_~`>\n.", min_size=1, max_size=30),
    st.sampled_from(["{}", "*{}*", "_{}_", "Said: {} and *more*", "a{}b"]),
)
@settings(deadline=None, max_examples=500)
def test_escape_leaves_no_style(text: str, ours: str) -> None:
    """No star, low line, tilde, backtick or sign of quotation of theirs is read as a mark, alone or beside ours."""
    said = readable(ours.replace("{}", escape(text))).replace(HAIR, "").split()
    shown = text.replace("`", "\u02cb")
    read, unread = (one.replace("{}", shown).split() for one in (re.sub("[*_]", "", ours), ours))
    assert said in (read, unread)


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("<!channel> look", "&lt;!channel&gt; look"),
        ("<@U0MAYA>", "&lt;@U0MAYA&gt;"),
        ("<https://evil.example|good.example>", "&lt;https://evil.example|good.example&gt;"),
        ("R&D &lt;", "R&amp;D &amp;lt;"),
        ("*all* of ~it~, _now_", "*\u200aall\u200a* of ~\u200ait\u200a~\u200a, _\u200anow\u200a_"),
        ("2*3 in snake_case, 2 * 3", "2*3 in snake_case, 2 * 3"),
        ("`rm` > \n> more", "\u02cbrm\u02cb &gt; \n\u200a&gt; more"),
        ("try `/capture help`", "try `/capture help`"),
    ],
)
def test_escape(typed: str, safe: str) -> None:
    """Pings, mentions and masked links are shown, not obeyed."""
    assert escape(typed) == safe


def test_a_whole_message_keeps_its_quotation() -> None:
    """What stands behind > in a message of ours is a quotation; marks in it are people's."""
    assert sentence("Maya said:\n> *now*") == "Maya said:\n&gt; *\u200anow\u200a*"


def test_one_line() -> None:
    """Line breaks, tabs and invisible signs that turn text around cannot imitate a line of ours."""
    assert one_line("Export\n\t*Approved* \u202eby\u2066 Maya\u0000 \ufeff") == "Export *Approved* by Maya"


def test_mentions_and_channels() -> None:
    """Only ids become mentions, never names or tokens."""
    assert (mention("U0MAYA"), mention("W12"), channel_link("C0SALES")) == (
        "<@U0MAYA>",
        "<@W12>",
        "<#C0SALES>",
    )
    for bad in ("", "maya", "u0maya", "U", "!channel", "U1>", "U1|maya", "U0MAYA\n"):
        with pytest.raises(ValueError, match="id of a person"):
            mention(bad)
    with pytest.raises(ValueError, match="id of a channel"):
        channel_link("#sales")


def test_link() -> None:
    """A link's label is escaped and its address cannot end the link early."""
    assert link("https://a.example/?x=1&y=<|>", "R&D > *all*\n") == (
        "<https://a.example/?x=1&amp;y=%3C%7C%3E|R&amp;D &gt; *\u200aall\u200a*>"
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "a.example", "https://", "http://a b", "mailto:a@b", ""]
)
def test_link_needs_a_web_address(url: str) -> None:
    """Only web addresses become links."""
    with pytest.raises(ValueError, match="http or https"):
        link(url, "label")


def test_link_needs_a_label() -> None:
    """A link without words is a mistake in the view."""
    with pytest.raises(ValueError, match="label"):
        link("https://a.example", " \n")


MOMENT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_date_token() -> None:
    """A moment is shown to everybody in their own time, with a fallback that cannot break out."""
    token = date_token(MOMENT, "{date_short_pretty} at {time}", "20 Nov, 09:00 <UTC>")
    assert token == "<!date^1795165200^{date_short_pretty} at {time}|20 Nov, 09:00 &lt;UTC&gt;>"


@pytest.mark.parametrize(
    "form", ["", "tomorrow", "{day}", "{date}^https://evil.example", "{date}|x", "{date} {"]
)
def test_date_forms(form: str) -> None:
    """A form Slack does not know is a mistake in the view."""
    with pytest.raises(ValueError, match="no such date format"):
        date_token(MOMENT, form, "20 Nov")


def test_date_needs_a_zone() -> None:
    """A naive moment is refused."""
    with pytest.raises(ValueError, match="time zone"):
        date_token(MOMENT.replace(tzinfo=None), "{date}", "20 Nov")
