"""Blockers: asked about once, cleared by those concerned, passed on, said to take longer, opened again."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from tests.front import FrontDoor
from tests.handlers.checkins.acts import (
    HERE,
    answer,
    headline,
    headlines,
    home_of,
    morning,
    one_o_clock,
    prompts,
    start,
    summaries,
    typed,
)

WAITS = "checkins.waits_on"


async def report(slack: Slack, waits: str = "Engineering") -> None:
    """On Tuesday at ten in Stockholm, Omar waits on somebody."""
    await start(slack)
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="No sandbox key", **{WAITS: waits})


async def letter(slack: Slack, as_: str, words: str) -> Message:
    """The newest message of ours to somebody with these words in it."""
    return [one for one in await slack.dms(as_) if words in one.words][-1]


async def test_who_it_waits_on_is_asked_once_and_the_blocked_one_told_what_was_said(door: FrontDoor) -> None:
    """Of a function its first person in the channel; cleared with a sentence that reaches the one who waited."""
    slack = door.slack
    await report(slack)
    asked = await letter(slack, "ines", "B-1")
    assert headline(asked) == "Omar Haddad waits on Engineering: can you clear B-1?"
    assert "No sandbox key" in asked.words
    assert asked.buttons == ["Cleared…", "Not mine, pass on…", "Cannot yet…", "Show"]

    await slack.click(asked, "Cleared…", as_="ines")
    await slack.submit("ines", words="The key is in the vault")
    assert "*B-1 is cleared.*" in (await slack.modal("ines")).text
    told = await letter(slack, "omar", "cleared B-1")
    assert headline(told) == "Inês Duarte cleared B-1 for you"
    assert "The key is in the vault" in told.words
    assert "✓ Answered" in (await slack.again(asked, "ines")).words

    await slack.advance("5 hours", as_="sam")
    await one_o_clock(slack)
    (summary,) = await summaries(slack)
    assert "✅ *B-1* Omar Haddad waited on Engineering; it is cleared" in summary.words
    assert (await headlines(slack, "omar")).count("Inês Duarte cleared B-1 for you") == 1
    assert "B-1" not in (await typed(slack, "blockers")).words


async def test_not_mine_is_passed_on_and_not_yet_is_said_why(door: FrontDoor) -> None:
    """The next one is asked instead; what it takes reaches the one who waits; it stays open, with its age."""
    slack = door.slack
    await report(slack)
    asked = await letter(slack, "ines", "B-1")
    await slack.click(asked, "Not mine, pass on…", as_="ines")
    assert list((await slack.submit("ines")).errors) == [WAITS]
    await slack.submit("ines", **{WAITS: "Tomás Vidal"})
    assert "*B-1 waits on Tomás Vidal now.*" in (await slack.modal("ines")).text

    passed = await letter(slack, "tomas", "is blocked: can you clear B-1?")
    await slack.click(passed, "Cannot yet…", as_="tomas")
    assert list((await slack.submit("tomas")).errors) == ["words"]
    await slack.submit("tomas", words="Security signs on Friday")
    told = await letter(slack, "omar", "cannot clear B-1 yet")
    assert "Security signs on Friday" in told.words

    await morning(slack, "aiko", "maya", "omar")
    assert (
        "🚧 *B-1* Omar Haddad waits on *Tomás Vidal* · for 1 day\nNo sandbox key"
        in (await typed(slack, "blockers")).words
    )
    home = await home_of(slack, "omar")
    assert "*In your way*" in home
    assert "*B-1* Omar Haddad waits on *Tomás Vidal*" in home
    assert (
        "*Waits on you*\n• *B-1* Omar Haddad: No sandbox key"
        in (await letter(slack, "tomas", "Waits on you")).words
    )


async def test_nothing_of_it_is_said_twice(door: FrontDoor) -> None:
    """What somebody is just asked to clear, or was told is cleared, does not stand in their check-in as well."""
    slack = door.slack
    await report(slack, "Sales")
    await morning(slack, "sam")
    asked = "dana" if any("B-1" in one for one in await texts(slack, "dana")) else "sam"
    both = await letter(slack, asked, "can you clear B-1?")
    assert headline(both) == "2 things for you"
    assert "Daily check-in in #general" in both.words
    assert "Waits on you" not in both.words

    await slack.click(both, "Cleared…", as_=asked)
    await slack.submit(asked, words="The key is in the vault")
    await morning(slack, "aiko", "maya", "omar")

    assert sum("cleared B-1 for you" in one for one in await texts(slack, "omar")) == 1
    assert "B-1" not in (await prompts(slack, "omar"))[-1].words


async def test_what_was_cleared_overnight_opens_the_check_in(door: FrontDoor) -> None:
    """Cleared after hours, it is the first that the one blocked reads in the morning, in their check-in's message."""
    slack = door.slack
    await report(slack)
    asked = await letter(slack, "ines", "B-1")
    await slack.advance("11 hours", as_="omar")
    await slack.click(asked, "Cleared…", as_="ines")
    await slack.submit("ines", words="The key is in the vault")
    assert not any("cleared B-1 for you" in one for one in await texts(slack, "omar"))

    await slack.advance("next morning", as_="omar")
    both = (await prompts(slack, "omar"))[-1]
    assert headline(both) == "2 things for you"
    cleared, question = (
        both.words.index(one) for one in ("cleared B-1 for you", "Daily check-in in #general")
    )
    assert cleared < both.words.index("The key is in the vault") < question


async def texts(slack: Slack, as_: str) -> list[str]:
    """Everything we ever wrote to somebody."""
    return [one.text for one in await slack.dms(as_) if one.user == "throughline"]


async def test_cleared_by_mistake_it_is_opened_again(door: FrontDoor) -> None:
    """By the one who was blocked; the one it waits on is asked once more."""
    slack = door.slack
    await report(slack, "Inês Duarte")
    await slack.click(await letter(slack, "ines", "B-1"), "Cleared…", as_="ines")
    await slack.submit("ines")
    await slack.click(await letter(slack, "omar", "cleared B-1"), "It is not cleared", as_="omar")

    assert "B-1" in (await typed(slack, "blockers")).words
    again = [
        one
        for one in await slack.dms("ines")
        if "can you clear B-1?" in one.words and "Cleared…" in one.buttons
    ]
    assert len(again) == 1
    await slack.command("/checkin", "show B-1", as_="omar")
    assert "waits on Inês Duarte" in (await slack.modal("omar")).text
    await slack.click(await slack.modal("omar"), "Cleared…", as_="omar")
    await slack.submit("omar", words="Found it myself")
    assert (
        "No longer needed" in (await slack.again(again[0], "ines")).words
        or "✓ Answered" in (await slack.again(again[0], "ines")).words
    )


async def test_who_may_not_clear_it_hears_who_may(door: FrontDoor) -> None:
    """Priya is in the channel and sees it; it is not hers."""
    slack = door.slack
    await report(slack)
    await slack.command("/checkin", "show B-1", as_="priya")
    card = await slack.modal("priya")
    assert "Cleared…" not in card.buttons
    assert "Omar Haddad · #general" in card.text


async def test_somebody_outside_is_not_asked(door: FrontDoor) -> None:
    """The name is kept; nobody is written to."""
    slack = door.slack
    await report(slack, "Outside: Acme legal")
    assert (
        "B-1 waits on Acme legal. Nobody is asked: Acme legal is outside." in (await slack.modal("omar")).text
    )
    assert "waits on *Acme legal*" in (await typed(slack, "blockers", channel=HERE)).words


async def test_an_answer_that_says_otherwise_changes_its_blocker(door: FrontDoor) -> None:
    """Another party is asked instead; nothing in the way any more, and it is none."""
    slack = door.slack
    await report(slack)
    await slack.click((await slack.dms("omar"))[-1], "Change my answer", as_="omar")
    assert (await slack.modal("omar")).inputs["It waits on"] == "Engineering"
    await slack.submit("omar", **{WAITS: "Lena Fischer"})
    assert "No longer needed" in (await letter(slack, "ines", "B-1")).words
    assert "can you clear B-1?" in (await letter(slack, "lena", "B-1")).words

    await slack.click((await slack.dms("omar"))[-1], "Change my answer", as_="omar")
    await slack.submit("omar", blocker=None, **{WAITS: None})
    assert "No longer needed" in (await letter(slack, "lena", "B-1")).words
    assert "B-1" not in (await typed(slack, "blockers")).words


async def test_what_an_answer_names_is_linked_and_hears_of_it(door: FrontDoor) -> None:
    """B-1 names D-1: linked, confirmed on the last page; when it is cleared, the decision's driver is told."""
    slack = door.slack
    await slack.command("/decision", "We invoice in euro first", as_="priya", channel=HERE)
    await slack.submit("priya")
    await slack.close("priya")
    await start(slack)
    await morning(slack, "aiko", "maya", "omar")
    await answer(slack, "omar", "Roadmap", blocker="D-1 needs a rate", **{WAITS: "Inês Duarte"})
    saved = await slack.modal("omar")
    assert "Linked to *D-1* We invoice in euro first" in saved.text
    await slack.click(saved, "Confirm", as_="omar")
    await slack.close("omar")

    await slack.click(await letter(slack, "ines", "B-1"), "Cleared…", as_="ines")
    await slack.submit("ines", words="The rate is set")
    told = await letter(slack, "priya", "Inês Duarte cleared B-1")
    assert "The rate is set" in told.words
    assert "because B-1 is linked to *D-1* We invoice in euro first, which is yours" in told.words
