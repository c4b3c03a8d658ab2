"""The rich_text block and what may stand inside it."""

from bot.sandbox.blocks.compositions import block_id, typed, url
from bot.sandbox.blocks.rules import Rule, by_type, choice, flag, many, natural, shape, string, whole

_STYLE = {
    "style": shape(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag
        ),
    )
}
_text = string("text")
_INLINE: dict[str, Rule] = {
    "text": shape({**typed("text"), "text": _text}, _STYLE),
    "link": shape({**typed("link"), "url": url}, {"text": _text, "unsafe": flag, **_STYLE}),
    "emoji": shape(
        {**typed("emoji"), "name": string()},
        {"unicode": string(), "skin_tone": whole("emoji.skin_tone"), **_STYLE},
    ),
    "user": shape({**typed("user"), "user_id": string()}, _STYLE),
    "usergroup": shape({**typed("usergroup"), "usergroup_id": string()}, _STYLE),
    "channel": shape({**typed("channel"), "channel_id": string()}, _STYLE),
    "broadcast": shape({**typed("broadcast"), "range": choice("here", "channel", "everyone")}, _STYLE),
    "color": shape({**typed("color"), "value": string()}, {}),
    "date": shape(
        {**typed("date"), "timestamp": natural, "format": string()},
        {"url": url, "fallback": string(), **_STYLE},
    ),
}
_inlines = many(by_type(_INLINE, "rich text element"), what="elements", or_none=True)
_border = {"border": whole("list.border")}
_section = shape({**typed("rich_text_section"), "elements": _inlines}, {})
_list = shape(
    {
        **typed("rich_text_list"),
        "style": choice("bullet", "ordered"),
        "elements": many(_section),
    },
    {"indent": whole("list.indent"), "offset": natural, **_border},
)
_BLOCKS: dict[str, Rule] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": shape({**typed("rich_text_quote"), "elements": _inlines}, _border),
    "rich_text_preformatted": shape(
        {**typed("rich_text_preformatted"), "elements": _inlines}, {**_border, "language": string()}
    ),
}

rich_text = shape(
    {**typed("rich_text"), "elements": many(by_type(_BLOCKS, "rich text block"), what="elements")},
    {"block_id": block_id},
)

PARTS = frozenset({*_INLINE, *_BLOCKS})
"""Every type of part that can stand inside."""
