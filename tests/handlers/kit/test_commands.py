"""Slash commands: what a subcommand is, what is text, and what only nearly was a subcommand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.commands import (
    Empty,
    Parsed,
    Subcommand,
    Takes,
    Unknown,
    Words,
    inner_command,
    parse,
    split_quoted,
)

CAPTURE = {"undo": Takes.REFERENCE, "mine": Takes.NOTHING}
LAUNCH = {"list": Takes.NOTHING, "show": Takes.REFERENCE, "new": Takes.TEXT}


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("", Empty()),
        ("  \n", Empty()),
        ("“”", Empty()),
        ("help", Subcommand("help")),
        (" HELP ", Subcommand("help")),
        ("help customers find invoices", Words("help customers find invoices")),
        ("“help”", Words("help")),
        ("mine", Subcommand("mine")),
        ("mine is slow", Words("mine is slow")),
        ("undo", Subcommand("undo")),
        ("Undo f-12", Subcommand("undo", "f-12")),
        ("undo F-12 please", Words("undo F-12 please")),
        ("undo in the editor", Words("undo in the editor")),
        ("Tom &amp; Jerry want <https://acme.example>", Words("Tom & Jerry want https://acme.example")),
        ("ask <@U0SAM|sam>", Words("ask @sam")),
        ("'Acme's export'", Words("Acme's export")),
        ("“SSO” and “SAML”", Words("“SSO” and “SAML”")),
        ("'SSO' and 'SAML'", Words("'SSO' and 'SAML'")),
        ("two\nlines", Words("two\nlines")),
    ],
)
def test_commands_with_free_text(typed: str, parsed: Parsed) -> None:
    """Where text is welcome, a subcommand counts only in its exact form; everything else is the text."""
    assert parse(typed, CAPTURE, free_text=True) == parsed


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("", Empty()),
        ("help", Subcommand("help")),
        ("new", Subcommand("new")),
        ("new Billing v2", Subcommand("new", "Billing v2")),
        ("show L-4/12", Subcommand("show", "L-4/12")),
        ("show billing", Unknown("show", "show")),
        ("list everything", Unknown("list", "list")),
        ("lsit", Unknown("lsit", "list")),
        ("hlep", Unknown("hlep", "help")),
        ("frobnicate", Unknown("frobnicate", None)),
        ("“new”", Unknown("“new”", "new")),
    ],
)
def test_commands_without_free_text(typed: str, parsed: Parsed) -> None:
    """Where only subcommands are welcome, what is none comes back with the nearest that is."""
    assert parse(typed, LAUNCH, free_text=False) == parsed


@given(st.text(max_size=40), st.booleans())
@settings(deadline=None)
def test_anything_typed(typed: str, free_text: bool) -> None:
    """Whatever is typed means something, and never an unknown subcommand where text is welcome."""
    parsed = parse(typed, LAUNCH, free_text=free_text)
    assert not (free_text and isinstance(parsed, Unknown))


@pytest.mark.parametrize(
    ("typed", "inner"),
    [
        ("capture some words", ("capture", "some words")),
        ("/Capture", ("capture", "")),
        ("  launch   show L-4 ", ("launch", "show L-4")),
        ("captured", None),
        ("help", None),
        ("", None),
    ],
)
def test_inner_command(typed: str, inner: tuple[str, str] | None) -> None:
    """Every command can be typed behind /throughline, with or without its slash."""
    assert inner_command(typed, {"capture", "launch"}) == inner


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("a b", ["a", "b"]),
        ('"Billing v2" fri', ["Billing v2", "fri"]),
        ("“Billing v2” «Acme Corp» „Größe“", ["Billing v2", "Acme Corp", "Größe"]),
        ("'Acme's export' now", ["Acme's export", "now"]),
        ("don't stop", ["don't", "stop"]),
        ('6" nails', ['6"', "nails"]),
        ('"open end', ['"open', "end"]),
        ('""', [""]),
    ],
)
def test_split_quoted(typed: str, words: list[str]) -> None:
    """Quotes of any make hold words together; apostrophes and lone quotes do not."""
    assert split_quoted(typed) == words
