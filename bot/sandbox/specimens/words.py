"""Words: headers, sections, context, rich text, markdown."""

from bot.sandbox.specimens.parts import FJORD, SAIL, button, line, message, mrkdwn, plain, rich, said, section

_LIST = {
    "type": "rich_text_list",
    "style": "bullet",
    "elements": [
        line(said("Export keeps its column order")),
        line(said("Sign-in with Azure groups, "), said("wanted by five accounts", bold=True)),
    ],
}
_DEEPER = {
    "type": "rich_text_list",
    "style": "bullet",
    "indent": 1,
    "elements": [line(said("Fjord Energy")), line(said("Acme"))],
}
_STEPS = {
    "type": "rich_text_list",
    "style": "ordered",
    "offset": 2,
    "border": 1,
    "elements": [line(said("Freeze the branch")), line(said("Tell Support"))],
}
_QUOTE = {
    "type": "rich_text_quote",
    "elements": [said("We lose half an hour every Monday. "), said("— Fjord Energy", italic=True)],
}
_CODE = {
    "type": "rich_text_preformatted",
    "language": "sql",
    "border": 1,
    "elements": [said("select account, count(*)\n  from feedback\n  group by account")],
}
_STYLES = line(
    said("bold", bold=True), said(", "), said("italic", italic=True), said(", "), said("struck", strike=True),
    said(", "), said("underlined", underline=True), said(", "), said("code", code=True), said(", "),
    said("highlighted", highlight=True), said("."),
)  # fmt: skip
_INLINE = line(
    {"type": "user", "user_id": "U0MAYA"}, said(" asks "), {"type": "usergroup", "usergroup_id": "S0LEADS"},
    said(" and "), {"type": "broadcast", "range": "here"}, said(" in "),
    {"type": "channel", "channel_id": "C0PRODUCT"}, said(" for a look at "),
    {"type": "link", "url": "https://northwind.example/plan", "text": "the plan"}, said(" "),
    {"type": "emoji", "name": "wave", "skin_tone": 3}, said(", until "),
    {
        "type": "date", "timestamp": 1_796_893_200, "format": "{date_long} at {time}",
        "fallback": "10 December 2026",
    },
    said(" in "), {"type": "color", "value": "#0d6b62"}, said("."),
)  # fmt: skip
_MARKDOWN = """## What changed this week

1. **Export** keeps its column order (`v4.2`)
2. ~~Weekly mail~~ became a *digest*

> We lose half an hour every Monday.

- [x] Told the five who asked
- [ ] Wrote the note for Support

| Area | Asked | Closed |
|:-----|------:|-------:|
| Export | 9 | 6 |
| Sign-in | 5 | 1 |

```sql
select area, count(*) from feedback group by area
```

More on [the board](https://northwind.example/board)."""

WORDS = (
    message(
        "Words", "headers",
        *({"type": "header", "text": plain(f"A header of level {level}"), "level": level} for level in range(1, 5)),
        {"type": "divider"},
        section("Below a divider."),
    ),
    message(
        "Words", "sections",
        section("*F-12* Export keeps its column order :bulb:\n_Asked by five accounts_ ~in 2025~ since `v3`."),
        section("With a picture beside it.", accessory={"type": "image", **SAIL}),
        section("With a button beside it.", accessory=button("Open")),
        {
            "type": "section",
            "fields": [
                mrkdwn("*Owner*\nMaya Lindqvist"), mrkdwn("*State*\nPlanned"), mrkdwn("*Due*\n10 December"),
                plain("Plain words: *no* style"),
            ],
        },
    ),
    message(
        "Words", "context",
        {
            "type": "context",
            "elements": [{"type": "image", **SAIL}, mrkdwn("*Maya* closed it"), plain("two hours ago")],
        },
    ),
    message("Words", "images", {"type": "image", **FJORD, "title": plain("The view from the office")}),
    message(
        "Words", "an uploaded image",
        {"type": "image", "slack_file": {"id": "F0FJORD"}, "alt_text": "A picture that was uploaded to Slack"},
    ),
    message("Words", "rich text", rich(_STYLES, _INLINE, _LIST, _DEEPER, _STEPS, _QUOTE, _CODE)),
    message("Words", "markdown", {"type": "markdown", "text": _MARKDOWN}),
)  # fmt: skip
