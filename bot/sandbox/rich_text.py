"""What Slack's own clients make of typed words: escaped mrkdwn and a rich_text block.

Called by the acts of people (messages, commands) and by the seeded company.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.world import World

Json = dict[str, Any]

_TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w.])@(?P<at>[\w-]+(?:\.[\w-]+)*)"
    r"|(?<!\w)#(?P<channel>[a-z0-9_-]+)"
    r"|:(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<!\w)\*(?P<bold>[^*\s](?:[^*\n]*[^*\s])?)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^_\s](?:[^_\n]*[^_\s])?)_(?!\w)"
    r"|(?<!\w)~(?P<strike>[^~\s](?:[^~\n]*[^~\s])?)~(?!\w)"
)
_BROADCASTS = frozenset({"here", "channel", "everyone"})
_NAMED = {
    "💡": "bulb", "🐞": "ladybug", "🪲": "beetle", "🐛": "bug", "👍": "+1", "👎": "-1", "🎉": "tada",
    "👀": "eyes", "🙏": "pray", "❤️": "heart", "❓": "question", "✅": "white_check_mark", "🚀": "rocket",
    "🔥": "fire", "😂": "joy", "🙌": "raised_hands", "😅": "sweat_smile", "🤔": "thinking_face",
    "👏": "clap", "😄": "smile", "🙂": "slightly_smiling_face", "😢": "cry", "💯": "100", "👋": "wave",
}  # fmt: skip
_PICTURES = re.compile("|".join(map(re.escape, sorted(_NAMED, key=len, reverse=True))))


def write(typed: str, world: World) -> tuple[str, list[Json]]:
    """The `text` and `blocks` of a message somebody typed."""
    texts, elements = [], []
    for text, element in _pieces(_PICTURES.sub(lambda found: f":{_NAMED[found[0]]}:", typed), world):
        texts.append(text)
        elements.append(element)
    section = {"type": "rich_text_section", "elements": elements}
    return "".join(texts), [{"type": "rich_text", "elements": [section]}]


def escape_command(typed: str, world: World) -> str:
    """A command's words when the manifest says `should_escape`."""
    kept = {"code", "bold", "italic", "strike", "emoji"}
    parts, at = [], 0
    for found in _TOKEN.finditer(typed):
        if found.lastgroup in kept:
            continue
        parts += [escape(typed[at : found.start()]), _token(found, world)[0]]
        at = found.end()
    return "".join(parts) + escape(typed[at:])


def escape(text: str) -> str:
    """The three characters Slack escapes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pieces(typed: str, world: World) -> Iterator[tuple[str, Json]]:
    at = 0
    for found in _TOKEN.finditer(typed):
        if found.start() > at:
            yield _words(typed[at : found.start()])
        yield _token(found, world)
        at = found.end()
    if at < len(typed):
        yield _words(typed[at:])


def _words(text: str) -> tuple[str, Json]:
    return escape(text), {"type": "text", "text": text}


def _token(found: re.Match[str], world: World) -> tuple[str, Json]:
    kind = found.lastgroup or ""
    special: dict[str, Callable[[str, World], tuple[str, Json] | None]] = {
        "at": _mention,
        "channel": _channel,
        "url": lambda url, _: (f"<{url}>", {"type": "link", "url": url}),
        "email": _email,
        "emoji": lambda name, _: (f":{name}:", {"type": "emoji", "name": name}),
    }
    if kind in special:
        return special[kind](found[kind], world) or _words(found[0])
    mark = {"code": "`", "bold": "*", "italic": "_", "strike": "~"}[kind]
    return f"{mark}{escape(found[kind])}{mark}", {"type": "text", "text": found[kind], "style": {kind: True}}


def _mention(name: str, world: World) -> tuple[str, Json] | None:
    if name in _BROADCASTS:
        return f"<!{name}>", {"type": "broadcast", "range": name}
    if (group := world.group_named(name)) is not None:
        return f"<!subteam^{group.id}>", {"type": "usergroup", "usergroup_id": group.id}
    person = world.person_named(name)
    return (f"<@{person.id}>", {"type": "user", "user_id": person.id}) if person else None


def _channel(name: str, world: World) -> tuple[str, Json] | None:
    channel = world.channel_named(name)
    if channel is None:
        return None
    shown = "" if channel.kind == "private" else channel.name
    return f"<#{channel.id}|{shown}>", {"type": "channel", "channel_id": channel.id}


def _email(address: str, _: World) -> tuple[str, Json]:
    link = f"mailto:{address}"
    return f"<{link}|{address}>", {"type": "link", "url": link, "text": address}
