"""What a person would read in blocks, views and attachments, as plain text."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
_SPOKEN = (
    "title",
    "rich_text_title",
    "subtitle",
    "text",
    "fields",
    "elements",
    "label",
    "hint",
    "body",
    "caption",
)
_INSIDE = ("element", "accessory", "actions", "child_blocks", "rows", "options", "chart", "segments", "tasks")


def words_of(value: Any) -> str:
    """Everything a person would read in blocks, a view or an attachment; one part per line."""
    return "\n".join(part for part in _parts(value) if part)


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict) and value.get("type") in _INLINE_HOLDERS:
        yield "".join(map(_inline, value["elements"]))
    elif isinstance(value, dict):
        for key in (*_ATTACHED, *_SPOKEN, *_INSIDE):
            if key in value and not (key == "text" and value.get("type") == "raw_number"):
                yield from _parts(value[key])


_ATTACHED = ("pretext", "author_name")
_INLINE_HOLDERS = frozenset({"rich_text_section", "rich_text_quote", "rich_text_preformatted"})


def _inline(element: Json) -> str:
    match element["type"]:
        case "text":
            return str(element["text"])
        case "link":
            return str(element.get("text", element["url"]))
        case "emoji":
            return f":{element['name']}:"
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "broadcast":
            return f"@{element['range']}"
        case "usergroup":
            return f"<!subteam^{element['usergroup_id']}>"
        case _:
            return str(element.get("fallback", ""))
