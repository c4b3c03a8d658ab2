"""Typed words become what Slack's clients make of them, and pings are counted where they would ring."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import RunningSandbox
from bot.sandbox.company import found_company
from bot.sandbox.config import read_manifest
from bot.sandbox.driver import Slack
from bot.sandbox.mentions import pings
from bot.sandbox.rich_text import escape_command, write
from bot.sandbox.words import words_of
from tests.bot.sandbox.samples import manifest, section, text

Json = dict[str, Any]
WORLD = found_company(read_manifest(manifest()), datetime.now(UTC))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> hi", "&lt;!channel&gt; hi"),
        ("@maya and @nobody", "<@U0MAYA> and @nobody"),
        ("@channel look", "<!channel> look"),
        ("see #sales", "see <#C0SALES|sales>"),
        ("in #pricing-private", "in <#G0PRICING|>"),
        ("https://a.example/x?y=1, then", "<https://a.example/x?y=1>, then"),
        ("mail sam@northwind.example", "mail <mailto:sam@northwind.example|sam@northwind.example>"),
        ("great 💡", "great :bulb:"),
        ("*bold* and `a<b`", "*bold* and `a&lt;b`"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
    ],
)
def test_words_are_stored_as_slack_stores_them(typed: str, stored: str) -> None:
    """Mentions, channels, links and emoji become tokens; the three special characters are escaped."""
    assert write(typed, WORLD)[0] == stored


def test_typed_words_have_a_rich_text_block() -> None:
    """As real clients send: one section of typed elements."""
    _, (block,) = write("*Hi* @maya :bulb:", WORLD)
    elements = block["elements"][0]["elements"]
    assert elements == [
        {"type": "text", "text": "Hi", "style": {"bold": True}},
        {"type": "text", "text": " "},
        {"type": "user", "user_id": "U0MAYA"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "bulb"},
    ]


def test_a_commands_words_keep_their_marks() -> None:
    """Escaping turns names into ids and leaves quotes, stars and emoji alone."""
    typed = 'by @maya in #pricing-private "it\'s *fine*" :bulb: <3'
    assert escape_command(typed, WORLD) == 'by <@U0MAYA> in <#G0PRICING|> "it\'s *fine*" :bulb: &lt;3'


PINGING: list[tuple[str, Json | None, tuple[tuple[str, ...], tuple[str, ...]]]] = [
    ("hello <@U0MAYA>", None, (("U0MAYA",), ())),
    ("hello <@U0MAYA|maya>", None, (("U0MAYA",), ())),
    ("&lt;@U0MAYA&gt; &lt;!here&gt;", None, ((), ())),
    ("<!here> and <!channel|channel>", None, ((), ("here", "channel"))),
    ("", section("ask <@U0OMAR>"), (("U0OMAR",), ())),
    ("", {"type": "header", "text": text("<@U0OMAR>")}, ((), ())),
    ("", {"type": "markdown", "text": "<!everyone>"}, ((), ("everyone",))),
    ("<#C0SALES|sales> <https://a.example|<@x>>", None, ((), ())),
]


@pytest.mark.parametrize(("words", "block", "expected"), PINGING)
def test_only_what_would_ring_counts(
    words: str, block: Json | None, expected: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    """Mrkdwn and rich text ping; plain text and escaped characters do not."""
    found = pings(words, [block] if block else None, None)
    assert (found.people, found.broadcasts) == expected


def test_groups_and_rich_text_ping_too() -> None:
    """User groups, and the typed elements of rich text, count."""
    rich: Json = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
        {"type": "user", "user_id": "U0LENA"}, {"type": "broadcast", "range": "here"},
        {"type": "usergroup", "usergroup_id": "S0DESIGN"}]}]}  # fmt: skip
    found = pings("<!subteam^S0SALES|@sales>", [rich], None)
    assert found.groups == ("S0SALES", "S0DESIGN")
    assert (found.people, found.broadcasts) == (("U0LENA",), ("here",))


async def test_every_stored_message_says_whom_it_pings(
    slack: Slack, web: AsyncWebClient, place: RunningSandbox
) -> None:
    """An update rings nobody, whatever it says; its wording is still known."""
    posted = await web.chat_postMessage(channel="C0GENERAL", text="<!here> look <@U0MAYA>")
    assert (await slack.channel("#general").last()).notifies == ["U0MAYA", "!here"]
    await web.chat_update(channel="C0GENERAL", ts=posted["ts"], text="now <@U0OMAR>")
    stored = place.sandbox.world.channels["C0GENERAL"].messages[posted["ts"]]
    assert stored.notifies.people == ("U0MAYA",)
    assert stored.mentions.people == ("U0OMAR",)


def test_readable_words_are_those_a_person_would_read() -> None:
    """Headers, fields, labels, tables and buttons; not ids, values or URLs."""
    blocks = [
        {"type": "header", "text": text("Board")},
        section(
            "State",
            fields=[text("Open"), text("Late")],
            accessory={"type": "button", "text": text("Press"), "value": "v"},
        ),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}]]},
        {
            "type": "input",
            "label": text("Account"),
            "element": {"type": "plain_text_input", "action_id": "a"},
        },
    ]
    assert words_of(blocks) == "Board\nState\nOpen\nLate\nPress\ncell\nAccount"
