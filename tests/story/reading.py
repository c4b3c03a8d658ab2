"""Whether a message can be read alone: on a phone's lock screen, or by ear."""

import re

from bot.sandbox.driver.reading import Message
from bot.sandbox.words import words_of

_LINK = re.compile(r"<(?:[^|>]*)\|([^>]*)>")
_DATE = re.compile(r"<!date\^[^|]*\|([^>]*)>")
_MARKUP = re.compile(r"[*_`~]")
_WORD = re.compile(r"[\w’']{4,}")


def plainly(words: str) -> str:
    """Words without Slack's markup."""
    shown = _LINK.sub(r"\1", _DATE.sub(r"\1", words))
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(entity, sign)
    return _MARKUP.sub("", shown)


def headline(message: Message) -> str:
    """Its first line."""
    return message.text.split("\n")[0]


def unsaid(message: Message) -> set[str]:
    """Words its blocks say, buttons apart, and its text does not."""
    said = {word.casefold() for word in _WORD.findall(plainly(message.text))}
    blocks = [block for block in message.blocks if block["type"] != "actions"]
    blocks = [{key: value for key, value in block.items() if key != "accessory"} for block in blocks]
    shown = {word.casefold() for word in _WORD.findall(plainly(words_of(blocks)))}
    return shown - said


def same_headline(message: Message) -> bool:
    """Whether text and blocks begin alike."""
    first = words_of(message.blocks).split("\n")[0]
    return plainly(headline(message)) == plainly(first)
