"""Words that do not fit are shortened by whole words, and no visible character is cut in two."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.shortening import length, shorten, shorten_mrkdwn, split


@given(st.text(max_size=60), st.integers(2, 40))
@settings(deadline=None)
def test_never_longer(text: str, limit: int) -> None:
    """The result fits, is the text itself where that fits, and otherwise its beginning and …."""
    short = shorten(text, limit)
    assert length(short) <= limit
    if length(text) <= limit:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short[:-1])


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Export to Excel", 15, "Export to Excel"),
        ("Export to Excel", 14, "Export to…"),
        ("Export to Excel", 10, "Export to…"),
        ("Export  to Excel", 8, "Export…"),
        ("Donaudampfschifffahrt ist lang", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrt", 12, "a Donaudamp…"),
        ("輸出機能がほしいです", 5, "輸出機能…"),
        ("👍👍", 2, "…"),
    ],
)
def test_whole_words(text: str, limit: int, short: str) -> None:
    """A word is only cut where it would leave half the room empty."""
    assert shorten(text, limit) == short


ONE_CHARACTER = [
    *("👩‍👩‍👧‍👦", "🇸🇪", "👍🏽", "e\u0301", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    *("क्षि", "한", "\ud83d\udc4d", "❤️‍🔥", "ñ̃"),
]


@pytest.mark.parametrize("sign", ONE_CHARACTER)
@pytest.mark.parametrize("limit", range(2, 30))
def test_no_character_is_cut(sign: str, limit: int) -> None:
    """Families, flags, skin tones and accents stay whole or go."""
    assert shorten(sign * 12, limit).removesuffix("…").replace(sign, "") == ""


def test_flags_are_cut_between_pairs() -> None:
    """Two flags side by side are two characters, not one."""
    assert shorten("🇸🇪🇬🇧🇯🇵", 9) == "🇸🇪🇬🇧…"


@given(
    st.lists(st.sampled_from(["<@U0MAYA>", "&amp;", "&lt;", "<https://a.b|a label>", "word", " "])), st.data()
)
@settings(deadline=None)
def test_mrkdwn_tokens_stay_whole(parts: list[str], data: st.DataObject) -> None:
    """Mentions, links and escaped signs are kept whole or dropped."""
    text = "".join(parts)
    short = shorten_mrkdwn(text, data.draw(st.integers(2, 60)))
    rest = re.sub(r"<@U0MAYA>|<https://a\.b\|a label>|&amp;|&lt;", "", short)
    assert not {"<", ">", "&", ";"} & set(rest)


def test_no_room_is_a_mistake() -> None:
    """Nothing can be shortened to nothing."""
    with pytest.raises(ValueError, match="No text fits"):
        shorten("words", 1)
    with pytest.raises(ValueError, match="No text fits"):
        split("words", 1)


@given(st.text(max_size=200), st.integers(2, 30))
@settings(deadline=None)
def test_split_keeps_every_word(text: str, limit: int) -> None:
    """Split text is all there, in order, in pieces that fit and are not blank."""
    pieces = split(text, limit)
    assert all(piece.strip() and length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 5, []),
        (" \n ", 5, []),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo", 4, ["one", "two"]),
        ("輸出機能が", 2, ["輸出", "機能", "が"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 11, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
        ("e" + "\u0301" * 5, 4, ["e\u0301", "\u0301\u0301\u0301\u0301"]),
    ],
)
def test_split(text: str, limit: int, pieces: list[str]) -> None:
    """Pieces end between words, or at least between characters."""
    assert split(text, limit) == pieces
