"""Finds the words of a message wherever Slack puts them: text, blocks, attachments, forwarded messages.

Feedback calls this for what was captured, decisions and check-ins for what they link to. The words come
back as people read them: unescaped, names instead of ids. Nothing here raises, whatever the message holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.kit.mrkdwn import unescape

Message = Mapping[str, object]

SOMEBODY = "@someone"
_EMPTY_TEXTS = {"This content can't be displayed.", "[no preview available]"}  # Slack's own fillers
_SILENT = {"actions", "context_actions", "input", "divider", "button", "overflow"}  # to press, not to read
_PARTS = (
    "title", "subtitle", "text", "rich_text_title", "caption", "description", "body", "details", "output",
    "fields", "elements", "rows", "child_blocks", "tasks",
)  # fmt: skip


def words_of(message: Message, names: Mapping[str, str] | None = None) -> str:
    """Everything a message says, nothing twice; `names` knows what to call the people it mentions."""
    reader = _Reader(names or {})
    blocks = "\n".join(reader.blocks(message.get("blocks")))
    said = _text(message.get("text"))
    pieces = [blocks, "" if said in _EMPTY_TEXTS else reader.mrkdwn(said), *reader.attachments(message)]
    return "\n".join(_once(pieces))


def readable(mrkdwn: str, names: Mapping[str, str] | None = None) -> str:
    """Text as Slack sends it (escaped, with tokens for people and links) as people read it."""
    return _Reader(names or {}).mrkdwn(mrkdwn)


@dataclass(frozen=True, slots=True)
class _Reader:
    names: Mapping[str, str] = field(default_factory=dict)

    def attachments(self, message: Message) -> Iterator[str]:
        has_words = bool(message.get("text") or message.get("blocks"))
        for attachment in _mappings(message.get("attachments")):
            if not (has_words and _is_preview(attachment)):
                yield "\n".join(_once(self._attachment(attachment)))

    def _attachment(self, attachment: Message) -> list[str]:
        pieces = [self.mrkdwn(_text(attachment.get(name))) for name in ("pretext", "title")]
        forwarded = _mappings(attachment.get("message_blocks"))
        blocks = [attachment.get("blocks"), *(_get(inner.get("message"), "blocks") for inner in forwarded)]
        pieces += ["\n".join(self.blocks(some)) for some in blocks]
        pieces.append(self.mrkdwn(_text(attachment.get("text"))))
        pieces += [self._field(one) for one in _mappings(attachment.get("fields"))]
        fallback = _text(attachment.get("fallback"))
        return pieces if any(pieces) or fallback in _EMPTY_TEXTS else [self.mrkdwn(fallback)]

    def _field(self, one: Message) -> str:
        title, value = (self.mrkdwn(_text(one.get(name))) for name in ("title", "value"))
        return ": ".join(filter(None, (title, value)))

    def blocks(self, value: object) -> Iterator[str]:
        """One piece for each text, row or paragraph within a block or a list of them."""
        if isinstance(value, list):
            for inner in value:
                yield from [self._row(inner)] if isinstance(inner, list) else self.blocks(inner)
        elif isinstance(value, Mapping) and _text(value.get("type")) not in _SILENT:
            yield from filter(None, self._block(value))

    def _row(self, cells: list[object]) -> str:
        return " | ".join(filter(None, (" ".join(self.blocks(cell)) for cell in cells)))

    def _block(self, block: Message) -> Iterator[str]:
        kind, text = block.get("type"), _text(block.get("text"))
        if kind == "rich_text":
            yield "\n".join(filter(None, map(self._paragraph, _mappings(block.get("elements")))))
        elif kind == "mrkdwn":
            yield self.mrkdwn(text)
        elif kind == "raw_number":
            yield str(block.get("value", ""))
        elif text:
            yield unescape(text).strip()
        else:
            for part in map(block.get, _PARTS):
                yield from [unescape(part)] if isinstance(part, str) else self.blocks(part)

    def _paragraph(self, element: Message) -> str:
        kind = element.get("type")
        if kind == "rich_text_list":
            return "\n".join(self._items(element))
        words = self._inline(element)
        if kind == "rich_text_quote":
            return "\n".join(f"> {line}" for line in words.splitlines())
        return words

    def _items(self, bullets: Message) -> Iterator[str]:
        indent, offset = (value if isinstance(value, int) else 0 for value in map(bullets.get, _LIST_NUMBERS))
        for number, item in enumerate(_mappings(bullets.get("elements")), start=offset + 1):
            mark = f"{number}." if bullets.get("style") == "ordered" else "•"
            yield f"{'    ' * min(indent, 8)}{mark} {self._inline(item)}"

    def _inline(self, section: Message) -> str:
        return "".join(map(self._element, _mappings(section.get("elements")))).strip()

    def _element(self, element: Message) -> str:
        kind = element.get("type")
        if kind == "user":
            return self._person(_text(element.get("user_id")))
        if kind == "emoji":
            return _emoji(element)
        if kind == "broadcast":
            return f"@{_text(element.get('range'))}"
        return _first_text(element, ("text", "url", "fallback", "value")) or _NAMELESS.get(_text(kind), "")

    def _person(self, person: str) -> str:
        return f"@{self.names[person]}" if person in self.names else SOMEBODY

    def mrkdwn(self, text: str) -> str:
        """One mrkdwn text with its tokens, marks and escapes read."""
        plain = _TOKEN.sub(self._token, text)
        for _ in range(2):  # bold italics are marked twice
            plain = _MARKS.sub(lambda found: found[2], plain)
        return unescape(plain).strip()

    def _token(self, found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return f"@{label.removeprefix('@')}" if label else self._person(target[1:])
        if target.startswith("#"):
            return f"#{label}" if label else _NAMELESS["channel"]
        if target.startswith("!"):
            return label or _special(target[1:])
        return label or target.removeprefix("mailto:")


_LIST_NUMBERS = ("indent", "offset")
_NAMELESS = {"usergroup": "@some-group", "channel": "#a-channel"}
_TOKEN = re.compile(r"<([^<>]+)>")
# Bold, italic and struck text; a sign within a word (snake_case) or beside a space (2 * 3) is only a sign.
_MARKS = re.compile(r"(?<!\w)([*_~])(?=\S)((?:(?!\1).)+)(?<=\S)\1(?!\w)")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")


def _special(name: str) -> str:
    return _NAMELESS["usergroup"] if name.startswith("subteam^") else f"@{name.partition('^')[0]}"


def _emoji(element: Message) -> str:
    try:
        signs = "".join(chr(int(code, 16)) for code in _text(element.get("unicode")).split("-"))
        return signs.encode().decode()  # half a surrogate pair is no emoji
    except (ValueError, OverflowError):
        return f":{_text(element.get('name'))}:"


def _is_preview(attachment: Message) -> bool:
    # What a website says about itself under somebody's link; a forwarded message has the same mark.
    return bool(
        attachment.get("from_url") and not attachment.get("is_share") and not attachment.get("is_msg_unfurl")
    )


def _once(pieces: Iterable[str]) -> list[str]:
    """The pieces that say something the others do not; of several that say the same, the first."""
    essences: dict[str, str] = {}
    for piece in filter(None, pieces):
        essences.setdefault(_essence(piece), piece)
    return [
        piece
        for one, piece in essences.items()
        if not any(one in other and one != other for other in essences)
    ]


def _essence(text: str) -> str:
    words = re.findall(r"\w+", _EMOJI.sub(" ", text).casefold())
    return f" {' '.join(words)} " if words else text


def _first_text(element: Message, names: Sequence[str]) -> str:
    return next(filter(None, (_text(element.get(name)) for name in names)), "")


def _get(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mappings(value: object) -> list[Message]:
    return [inner for inner in value if isinstance(inner, Mapping)] if isinstance(value, list) else []
