"""Every view at its smallest, usual and largest: Slack would take it, and it reads well without eyes."""

import importlib
import re
from pathlib import Path

import pytest

import handlers
from bot.sandbox.words import words_of
from handlers.gallery import EXAMPLES
from handlers.kit.examples import Example
from handlers.kit.mrkdwn import typed
from handlers.kit.problems import problems

SNAPSHOTS = Path(__file__).parent / "snapshots"


def name_of(example: Example) -> str:
    """Its file's name."""
    return f"{example.feature} {example.name} {example.size}".replace("'", "").replace(" ", "_")


def test_no_examples_are_left_out_of_the_gallery() -> None:
    """Whatever a feature keeps as examples is in the gallery, so that it is checked and shown."""
    files = [
        path for path in Path(handlers.__file__).parent.glob("*/*examples.py") if path.parent.name != "kit"
    ]
    assert files
    for path in files:
        module = importlib.import_module(f"handlers.{path.parent.name}.{path.stem}")
        assert set(map(name_of, module.EXAMPLES)) <= set(map(name_of, EXAMPLES)), path.name


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_slack_would_take_it(example: Example) -> None:
    """No limit of Slack's is exceeded, whatever people write."""
    assert problems(example.payload, example.surface) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_it_reads_as_it_did(example: Example) -> None:
    """The words of every view are kept as text, so that a change of wording is seen in review.

    After a change on purpose: delete the file and run the test once; it writes the new one and fails.
    """
    path = SNAPSHOTS / f"{name_of(example)}.txt"
    read = _read(example)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(read)
        pytest.fail(f"{path.name} was missing and is written now; read it and run the tests again")
    assert read == path.read_text()


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.surface == "message"], ids=name_of)
def test_phones_and_ears_get_the_same_headline(example: Example) -> None:
    """The top-level text begins with the headline the blocks begin with."""
    from_blocks = words_of(example.payload["blocks"]).split("\n")[0]
    assert typed(example.payload["text"].split("\n")[0]) == typed(from_blocks)


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_nobodys_words_ping_link_or_format(example: Example) -> None:
    """In mrkdwn, people's `<!channel>`, masked links and stars stay words."""
    for text in [*_mrkdwn(example.payload), str(example.payload.get("text", ""))]:
        assert "<!channel" not in text
        assert "<https://example.com|" not in text
        assert not re.search(r"\*(not bold|Loud|Weekly|What)\*", text)


def _read(example: Example) -> str:
    heading = f"text:\n{example.payload['text']}\n\nblocks:\n" if example.surface == "message" else ""
    title = f"# {words_of(example.payload['title'])}\n" if "title" in example.payload else ""
    return f"{heading}{title}{words_of(example.payload['blocks'])}\n"


def _mrkdwn(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["text"])] if value.get("type") == "mrkdwn" else []
        return own + [text for part in value.values() for text in _mrkdwn(part)]
    return [text for part in value for text in _mrkdwn(part)] if isinstance(value, list) else []
