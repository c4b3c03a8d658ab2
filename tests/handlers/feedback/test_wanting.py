"""Whoever sets the emoji second, or tenth, is answered, too: once, quietly, and with what is known."""

from bot.sandbox.driver import Slack
from bot.sandbox.driver.reading import Message
from tests.front import FrontDoor
from tests.handlers.feedback.acts import press, switch_on, wish
from tests.handlers.feedback.test_answers import looked_after, say

SENTENCE = "You can pay in euro from December on."


async def captured(door: FrontDoor) -> Message:
    """On a Monday at noon Sam captures what Dana said in #sales."""
    slack = door.slack
    await slack.advance("next monday", as_="dana")
    await slack.advance("3 hours", as_="dana")
    await looked_after(slack)
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    return message


async def answers_to(slack: Slack, as_: str) -> list[Message]:
    """What somebody was told of what they want, too; several may stand in one message."""
    said = [one for one in await slack.dms(as_) if one.user == "throughline"]
    return [one for one in said if "You want F-" in one.text]


async def test_the_second_is_told_what_is_known(door: FrontDoor) -> None:
    """Some minutes later: how many want it, how it stands, for when, and the sentence to send on; never again."""
    slack = door.slack
    message = await captured(door)
    await say(slack, "F-1", "omar", state="Planned", day="2027-03-11", sentence=SENTENCE)
    await slack.react(message, "bulb", as_="ruth")
    assert await answers_to(slack, "ruth") == []

    await slack.advance("5 minutes", as_="ruth")

    (answer,) = await answers_to(slack, "ruth")
    assert answer.text.startswith("You want F-1, too\n")
    assert "Two people want it · planned for 11 Mar 2027 · you may tell customers:" in answer.words
    assert SENTENCE in answer.words
    assert answer.buttons == ["Show F-1"]
    await slack.unreact(message, "bulb", as_="ruth")
    await slack.react(message, "bulb", as_="ruth")
    await slack.advance("5 minutes", as_="ruth")
    assert len(await answers_to(slack, "ruth")) == 1
    assert await answers_to(slack, "sam") == [], "who captured it has the card"


async def test_several_in_a_row_are_one_message(door: FrontDoor) -> None:
    """Who reads on and sets the next emoji is not interrupted by each of them."""
    slack = door.slack
    first = await captured(door)
    second = await wish(slack, "And a dark mode")
    await slack.react(second, "bulb", as_="sam")
    for message in (first, second):
        await slack.react(message, "bulb", as_="ruth")

    await slack.advance("5 minutes", as_="ruth")

    (answer,) = await answers_to(slack, "ruth")
    assert "You want F-1, too" in answer.text
    assert "You want F-2, too" in answer.text


async def test_what_was_taken_back_meanwhile_is_not_answered(door: FrontDoor) -> None:
    """An emoji set by mistake, or in the evening and gone in the morning, brings no message."""
    slack = door.slack
    message = await captured(door)
    await slack.react(message, "bulb", as_="ruth")
    await slack.unreact(message, "bulb", as_="ruth")
    await slack.advance("5 minutes", as_="ruth")
    await slack.advance("11 hours", as_="ruth")
    await slack.react(message, "bulb", as_="ruth")
    await slack.advance("1 hour", as_="ruth")
    assert await answers_to(slack, "ruth") == [], "it is late for her"
    await slack.unreact(message, "bulb", as_="ruth")

    await slack.advance("next morning", as_="ruth")

    assert await answers_to(slack, "ruth") == []


async def test_an_emoji_of_the_evening_is_answered_in_the_morning(door: FrontDoor) -> None:
    """Nobody is written to outside their hours."""
    slack = door.slack
    message = await captured(door)
    await slack.advance("11 hours", as_="ruth")
    await slack.react(message, "bulb", as_="ruth")
    await slack.advance("1 hour", as_="ruth")
    assert await answers_to(slack, "ruth") == []

    await slack.advance("next morning", as_="ruth")

    assert len(await answers_to(slack, "ruth")) == 1


async def test_what_is_not_kept_is_not_told(door: FrontDoor) -> None:
    """Its author objects before the answer, or after it: then the words stand nowhere."""
    slack = door.slack
    message = await captured(door)
    await slack.join("#sales", as_="ben")
    for as_ in ("ruth", "ben"):
        await slack.react(message, "bulb", as_=as_)
        if as_ == "ruth":
            await slack.advance("5 minutes", as_="ruth")
    assert len(await answers_to(slack, "ruth")) == 1

    await press(door, "feedback.object", "1", as_="dana")
    await slack.advance("5 minutes", as_="ben")

    assert await answers_to(slack, "ben") == []
    assert not any("invoices in euro" in one.words for one in await slack.dms("ruth"))


async def test_who_may_not_see_it_is_told_nothing(door: FrontDoor) -> None:
    """A guest in the channel where it was said does not see what all members here do: no answer names it."""
    slack = door.slack
    await slack.advance("next monday", as_="gil")
    await slack.advance("3 hours", as_="gil")
    await switch_on(slack, "#launches", "maya")
    message = await slack.message("#launches", "Acme wants invoices in euro", as_="maya")
    await slack.react(message, "bulb", as_="maya")
    for as_ in ("gil", "omar"):
        await slack.react(message, "bulb", as_=as_)

    await slack.advance("5 minutes", as_="gil")

    assert len(await answers_to(slack, "omar")) == 1
    assert await answers_to(slack, "gil") == []
