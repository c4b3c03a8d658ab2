"""The words of a message are found wherever Slack puts them, and each is said once."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kit.words import readable, words_of


def rich(*elements: Mapping[str, object]) -> dict[str, object]:
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Mapping[str, object]) -> dict[str, object]:
    return {"type": "rich_text_section", "elements": list(elements)}


def said(text: str) -> dict[str, object]:
    return {"type": "text", "text": text}


def mrkdwn(text: str) -> dict[str, object]:
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text}


TYPED: dict[str, object] = {
    "text": "*Acme* wants SSO :tada: &amp; audit logs, <@U0SAM> <https://acme.example|their page>",
    "blocks": [
        rich(
            section(
                said("Acme") | {"style": {"bold": True}},
                said(" wants SSO "),
                {"type": "emoji", "name": "tada", "unicode": "1f389"},
                said(" & audit logs, "),
                {"type": "user", "user_id": "U0SAM"},
                said(" "),
                {"type": "link", "url": "https://acme.example", "text": "their page"},
            )
        )
    ],
}

MESSAGES: list[tuple[str, dict[str, object], str]] = [
    ("plain text", {"text": "Export &lt;all&gt; rows"}, "Export <all> rows"),
    ("typed by a person", TYPED, "Acme wants SSO 🎉 & audit logs, @someone their page"),
    (
        "app post with a summary as text",
        {
            "text": "New ticket from Acme",
            "blocks": [
                {"type": "header", "text": plain("New ticket from Acme")},
                {"type": "section", "text": mrkdwn("*Export* fails"), "fields": [mrkdwn("Plan: Pro")]},
                {"type": "context", "elements": [mrkdwn("Ticket 12"), {"type": "image", "alt_text": "logo"}]},
                {"type": "actions", "elements": [{"type": "button", "text": plain("Open")}]},
            ],
        },
        "New ticket from Acme\nExport fails\nPlan: Pro\nTicket 12",
    ),
    (
        "app post with blocks only",
        {"text": "This content can't be displayed.", "blocks": [{"type": "section", "text": plain("Ping")}]},
        "Ping",
    ),
    (
        "text that says more than the blocks",
        {"text": "Deploy failed: api", "blocks": [{"type": "header", "text": plain("Deploy failed")}]},
        "Deploy failed: api",
    ),
    (
        "lists, quotes and code",
        {
            "blocks": [
                rich(
                    section(said("Wishes:")),
                    {"type": "rich_text_list", "style": "bullet", "elements": [section(said("SSO"))]},
                    {
                        "type": "rich_text_list",
                        "style": "ordered",
                        "indent": 1,
                        "offset": 2,
                        "elements": [section(said("logs")), section(said("roles"))],
                    },
                    {"type": "rich_text_quote", "elements": [said("please\nsoon")]},
                    {"type": "rich_text_preformatted", "elements": [said("GET /x")]},
                )
            ]
        },
        "Wishes:\n• SSO\n    3. logs\n    4. roles\n> please\n> soon\nGET /x",
    ),
    (
        "table",
        {
            "blocks": [
                {
                    "type": "table",
                    "rows": [
                        [{"type": "raw_text", "text": "Plan"}, rich(section(said("Seats")))],
                        [{"type": "raw_text", "text": "Pro"}, {"type": "raw_number", "value": 40}],
                    ],
                }
            ]
        },
        "Plan | Seats\nPro | 40",
    ),
    (
        "newer blocks",
        {
            "blocks": [
                {"type": "markdown", "text": "**Hello** there"},
                {
                    "type": "container",
                    "title": plain("Ask"),
                    "child_blocks": [{"type": "section", "text": mrkdwn("More")}],
                },
                {
                    "type": "carousel",
                    "elements": [{"type": "card", "title": mrkdwn("Card"), "body": mrkdwn("Body")}],
                },
                {"type": "task_card", "title": "Step", "details": rich(section(said("done")))},
            ]
        },
        "**Hello** there\nAsk\nMore\nCard\nBody\nStep\ndone",
    ),
    (
        "attachment",
        {
            "attachments": [
                {
                    "fallback": "a summary nobody needs",
                    "pretext": "From Zendesk",
                    "title": "Export &amp; import",
                    "text": "It *fails*",
                    "fields": [{"title": "Plan", "value": "Pro"}, {"value": "40 seats"}],
                }
            ]
        },
        "From Zendesk\nExport & import\nIt fails\nPlan: Pro\n40 seats",
    ),
    (
        "attachment with a fallback only",
        {"attachments": [{"fallback": "Build 12 failed"}]},
        "Build 12 failed",
    ),
    (
        "forwarded",
        {
            "text": "see this",
            "attachments": [
                {
                    "is_share": True,
                    "from_url": "https://northwind.example/p1",
                    "fallback": "[November 2nd] sam: We need SSO",
                    "text": "We need SSO",
                    "message_blocks": [{"message": {"blocks": [rich(section(said("We need SSO")))]}}],
                }
            ],
        },
        "see this\nWe need SSO",
    ),
    (
        "link with a preview",
        {
            "text": "<https://acme.example/blog>",
            "attachments": [
                {"from_url": "https://acme.example/blog", "title": "Acme's blog", "text": "Welcome"}
            ],
        },
        "https://acme.example/blog",
    ),
    ("emoji only", {"text": ":tada:"}, ":tada:"),
    ("nothing", {}, ""),
]


@pytest.mark.parametrize(("kind", "message", "words"), MESSAGES)
def test_words_of(kind: str, message: dict[str, object], words: str) -> None:
    """Each kind of message gives its words, once and readable."""
    assert words_of(message) == words, kind


def test_short_words_are_not_swallowed() -> None:
    """A word counts as said only if it was said as a word, not inside another."""
    assert words_of({"text": "Medium edition", "attachments": [{"text": "Ed"}]}) == "Medium edition\nEd"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("<@U0SAM> <@U0DANA|dana> <@U0BEN>", "@Sam Okafor @dana @someone"),
        ("<#C0SALES|sales> <#G0PRICING|> <#G0PRICING>", "#sales #a-channel #a-channel"),
        ("<!here> <!channel|@channel> <!subteam^S1|@cs> <!subteam^S1>", "@here @channel @cs @some-group"),
        ("<!date^1795165200^{date}|20 Nov>", "20 Nov"),
        ("<https://a.example|here> <https://a.example> <tel:12>", "here https://a.example tel:12"),
        ("<mailto:a@b.c|a@b.c> <mailto:a@b.c>", "a@b.c a@b.c"),
        ("*bold* _*both*_ **double** ~old~", "bold both double old"),
        ("snake_case_name 2 * 3 * 4 a*b*c", "snake_case_name 2 * 3 * 4 a*b*c"),
        ("&amp;lt; &lt;!channel&gt;", "&lt; <!channel>"),
    ],
)
def test_readable(sent: str, read: str) -> None:
    """Slack's tokens, marks and escapes are read as people see them; names are used where they are known."""
    assert readable(sent, {"U0SAM": "Sam Okafor"}) == read


NAMES = [
    "type",
    "text",
    "elements",
    "fields",
    "rows",
    "attachments",
    "blocks",
    "title",
    "message_blocks",
    "message",
    "fallback",
    "unicode",
    "name",
    "indent",
    "offset",
    "style",
    "user_id",
    "value",
    "rich_text",
    "rich_text_list",
    "emoji",
    "user",
    "mrkdwn",
    "raw_number",
]
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.sampled_from(NAMES)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
)


@given(st.dictionaries(st.sampled_from(["text", "blocks", "attachments"]), JSON_VALUES))
@settings(deadline=None)
def test_odd_messages(message: dict[str, object]) -> None:
    """Whatever a message holds, reading it never fails."""
    assert isinstance(words_of(message), str)
