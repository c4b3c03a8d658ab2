"""Whoever said it may object: then their words are nowhere any more, whatever was under way with them."""

import pytest

from tests.front import FrontDoor
from tests.handlers.feedback.acts import all_sent, card_of, everything_kept, ours_to, press, switch_on, wish
from tests.handlers.feedback.test_answers import looked_after

CANARY = "canary-in-euro"
WRITING = ("chat.postMessage", "chat.update", "views.publish")


async def captured(door: FrontDoor) -> None:
    """Sam captures by emoji what Dana said, at noon of a working day."""
    slack = door.slack
    await slack.advance("next monday", as_="dana")
    await slack.advance("3 hours", as_="dana")
    await switch_on(slack)
    await slack.react(await wish(slack, f"Acme wants {CANARY}"), "bulb", as_="sam")


async def test_the_words_are_gone_from_every_row_and_message(door: FrontDoor) -> None:
    """Cards, Homes, the question about the account, kept answers, sent calls: nothing holds them any more."""
    slack = door.slack
    await captured(door)
    for person in ("sam", "dana"):
        await slack.open_home(person)
    await slack.click(await card_of(slack, "sam"), "Edit", as_="sam")
    await slack.submit("sam", words=f"Acme really wants {CANARY}", account=f"{CANARY} Ltd")
    await slack.close("sam")
    await slack.advance("next morning", as_="sam")
    assert CANARY in await everything_kept(door)

    await press(door, "feedback.object", "1", as_="dana")

    assert CANARY not in await everything_kept(door)
    assert not any(CANARY in one.words for one in await slack.dms("sam"))
    for person in ("sam", "dana"):
        assert CANARY not in (await slack.home(person)).text


async def test_an_asked_question_forgets_the_words_too(door: FrontDoor) -> None:
    """The message that asked for the account says that it is no longer needed, and quotes nothing."""
    slack = door.slack
    await captured(door)
    await slack.advance("next morning", as_="sam")
    assert CANARY in (await card_of(slack, "sam")).words

    await press(door, "feedback.object", "1", as_="dana")

    ask = await card_of(slack, "sam")
    assert ask.text == "Which account was F-1 from #sales for?\nNo longer needed"
    assert (ask.buttons, CANARY in ask.words) == ([], False)


async def test_words_that_are_still_being_fetched_are_never_kept(door: FrontDoor) -> None:
    """The author objects while Slack does not say the words; what it says later is not kept."""
    slack = door.slack
    fetching = ("conversations.history", "conversations.replies")
    await slack.faults([{"method": one, "fault": "429", "retry_after": 1} for one in fetching])
    await captured(door)
    assert "Fetching the words…" in (await card_of(slack, "sam")).words
    await press(door, "feedback.object", "1", as_="dana")

    await slack.faults()
    await all_sent(door)

    assert CANARY not in await everything_kept(door)
    assert await ours_to(slack, "sam") == ["F-1 is not kept"]


@pytest.mark.parametrize("fault", ["429", "500"])
async def test_what_waits_for_slack_to_come_back_forgets_the_words(door: FrontDoor, fault: str) -> None:
    """A card's change, a Home and a question were on their way when Slack went down and the author objected."""
    slack = door.slack
    await captured(door)
    await slack.open_home("sam")
    await slack.faults([{"method": one, "fault": fault} for one in WRITING])
    await slack.react(await slack.channel("#sales", as_="ruth").saying(CANARY), "bulb", as_="ruth")
    await slack.advance("next morning", as_="sam")
    await press(door, "feedback.object", "1", as_="dana")

    await slack.faults()
    await all_sent(door)

    assert CANARY not in await everything_kept(door)
    assert not any(CANARY in one.words for one in await slack.dms("sam"))
    assert CANARY not in (await slack.home("sam")).text


async def test_nobody_captures_it_again(door: FrontDoor) -> None:
    """By emoji, by the shortcut, or by a form opened before: nothing is kept, and words get a reason."""
    slack = door.slack
    message = await wish(slack, f"Acme wants {CANARY}")
    for person in ("sam", "ruth"):
        await slack.message_shortcut("Capture feedback", message, as_=person)
    await slack.submit("sam")
    await press(door, "feedback.object", "1", as_="dana")

    await slack.submit("ruth", account=CANARY)
    assert (await slack.modal("ruth")).text.startswith("*F-1 is not kept:* whoever said it asked so")
    await slack.message_shortcut("Capture feedback", message, as_="omar")
    assert (await slack.modal("omar")).text.startswith("*F-1 is not kept:*")
    await switch_on(slack)
    await slack.react(message, "bulb", as_="ruth")

    assert set((await slack.again(message, as_="ruth")).reactions) == {"bulb"}
    assert CANARY not in await everything_kept(door)


async def test_whoever_was_sent_it_reads_it_no_more(door: FrontDoor) -> None:
    """The card where it is sorted, the question it asked, a theme, and the letter of a churn risk."""
    slack = door.slack
    await slack.advance("next monday", as_="dana")
    await slack.advance("3 hours", as_="dana")
    await slack.invite("throughline", "#product", "omar")
    await looked_after(slack, triage="#product")
    for kind, words in (("❔ Question", f"Where is {CANARY}?"), ("⚠️ Churn risk", f"They hate {CANARY}")):
        await slack.message_shortcut("Capture feedback", await wish(slack, words), as_="sam")
        await slack.submit("sam", kind=kind)
        await slack.close("sam")
    await slack.command("/capture", "triage", as_="omar", channel="#general")
    await slack.fill("omar", theme=CANARY)
    await slack.click(await slack.modal("omar"), "Later", as_="omar")
    await slack.advance("next morning", as_="omar")
    assert [CANARY in one.words for one in await slack.dms("omar")].count(True)

    for number in ("1", "2"):
        await press(door, "feedback.object", number, as_="dana")
    await slack.advance("next morning", as_="omar")

    assert CANARY not in await everything_kept(door)
    assert not any(CANARY in one.words for one in await slack.dms("omar"))
    assert not any(CANARY in one.words for one in await slack.channel("#product", as_="omar").messages())
