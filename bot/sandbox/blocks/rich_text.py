"""The rich_text block and what may stand inside it."""

from bot.sandbox.blocks.compositions import block_id, typed, url
from bot.sandbox.blocks.rules import Rule, by_type, choice, flag, many, shape, string, whole
from bot.sandbox.limits import LIMITS

_STYLE = {
    "style": shape(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag
        ),
    )
}
_text = string(LIMITS["text"])
_INLINE: dict[str, Rule] = {
    "text": shape({**typed("text"), "text": _text}, _STYLE),
    "link": shape({**typed("link"), "url": url}, {"text": _text, "unsafe": flag, **_STYLE}),
    "emoji": shape(
        {**typed("emoji"), "name": string(100)}, {"unicode": string(100), "skin_tone": whole(1, 6), **_STYLE}
    ),
    "user": shape({**typed("user"), "user_id": string(20)}, _STYLE),
    "usergroup": shape({**typed("usergroup"), "usergroup_id": string(20)}, _STYLE),
    "channel": shape({**typed("channel"), "channel_id": string(20)}, _STYLE),
    "broadcast": shape({**typed("broadcast"), "range": choice("here", "channel", "everyone")}, _STYLE),
    "color": shape({**typed("color"), "value": string(20)}, {}),
    "date": shape(
        {**typed("date"), "timestamp": whole(0, 99_999_999_999), "format": string(200)},
        {"url": url, "fallback": string(200), **_STYLE},
    ),
}
_inlines = many(by_type(_INLINE, "rich text element"), 0, 1000, "elements")
_border = {"border": whole(0, 1)}
_section = shape({**typed("rich_text_section"), "elements": _inlines}, {})
_list = shape(
    {
        **typed("rich_text_list"),
        "style": choice("bullet", "ordered"),
        "elements": many(_section, 1, 1000, "items"),
    },
    {"indent": whole(0, LIMITS["list.indent"]), "offset": whole(0, 10_000), **_border},
)
_BLOCKS: dict[str, Rule] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": shape({**typed("rich_text_quote"), "elements": _inlines}, _border),
    "rich_text_preformatted": shape(
        {**typed("rich_text_preformatted"), "elements": _inlines}, {**_border, "language": string(50)}
    ),
}

rich_text = shape(
    {**typed("rich_text"), "elements": many(by_type(_BLOCKS, "rich text block"), 1, 1000, "elements")},
    {"block_id": block_id},
)
