"""What specimens are made of."""

from typing import Any

Json = dict[str, Any]
FJORD = {"image_url": "/static/pictures/fjord.svg", "alt_text": "A fjord in the morning"}
SAIL = {"image_url": "/static/pictures/sail.svg", "alt_text": "A sailing boat"}


def message(feature: str, name: str, *blocks: Json) -> Json:
    """A specimen in a message."""
    return _specimen(feature, name, "message", {"text": f"{feature}: {name}", "blocks": list(blocks)})


def modal(feature: str, name: str, *blocks: Json, **view: Any) -> Json:
    """A specimen in a modal."""
    whole = {
        "type": "modal",
        "title": plain(name.capitalize()),
        "submit": plain("Save"),
        "close": plain("Cancel"),
    }
    return _specimen(feature, name, "modal", whole | view | {"blocks": list(blocks)})


def home(feature: str, name: str, *blocks: Json) -> Json:
    """A specimen in a Home tab."""
    return _specimen(feature, name, "home", {"type": "home", "blocks": list(blocks)})


def _specimen(feature: str, name: str, surface: str, payload: Json) -> Json:
    return {"feature": feature, "name": name, "size": "usual", "surface": surface, "payload": payload}


def plain(words: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": words}


def section(words: str, **more: Any) -> Json:
    """A section."""
    return {"type": "section", "text": mrkdwn(words), **more}


def actions(*elements: Json) -> Json:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def button(words: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "action_id": words.lower(), "text": plain(words), **more}


def option(words: str, **more: Any) -> Json:
    """One option."""
    return {"text": plain(words), "value": words.lower(), **more}


def field(label: str, element: Json, **more: Any) -> Json:
    """An input block."""
    return {"type": "input", "label": plain(label), "element": {"action_id": "it", **element}, **more}


def rich(*elements: Json, **more: Any) -> Json:
    """A rich_text block."""
    return {"type": "rich_text", "elements": list(elements), **more}


def line(*inline: Json) -> Json:
    """A section of rich text."""
    return {"type": "rich_text_section", "elements": list(inline)}


def said(words: str, **style: bool) -> Json:
    """Words inside rich text."""
    return {"type": "text", "text": words, **({"style": style} if style else {})}


CONFIRM = {
    "title": plain("Close L-4?"),
    "text": mrkdwn("The launch is over then. Its items stay readable."),
    "confirm": plain("Close it"),
    "deny": plain("Keep it open"),
    "style": "danger",
}
