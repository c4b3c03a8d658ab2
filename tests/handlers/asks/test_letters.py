"""The message asks go out in: one however many they are, true once it stands there, never about what is over."""

from bot.sandbox.driver.reading import Message
from handlers.asks import service
from storage.database import Tx
from tests.front import FrontDoor
from tests.handlers.asks.acts import BEN, WORDS, do, monday_ten
from tests.handlers.feedback.acts import all_sent, card_of, ours_to, press, switch_on, wish

ASK = "Which account was F-{} from #sales for?"


async def captured(door: FrontDoor, *wishes: str) -> list[Message]:
    """Sam captures these by emoji on a working day's noon."""
    await door.slack.advance("next monday", as_="sam")
    await door.slack.advance("3 hours", as_="sam")
    await switch_on(door.slack)
    messages = [await wish(door.slack, words) for words in wishes]
    for message in messages:
        await door.slack.react(message, "bulb", as_="sam")
    return messages


async def test_an_answered_question_becomes_a_receipt(door: FrontDoor) -> None:
    """No button is left in it that leads nowhere."""
    slack = door.slack
    await captured(door, "Dark mode")
    await slack.advance("next morning", as_="sam")
    await slack.click(await card_of(slack, "sam"), "None", as_="sam")

    ask = await card_of(slack, "sam")
    assert (ask.text, ask.buttons) == (f"{ASK.format(1)}\n✓ Answered", [])


async def test_of_several_the_open_ones_stay(door: FrontDoor) -> None:
    """What is answered moves to the small print."""
    slack = door.slack
    await captured(door, "Dark mode", "Light mode")
    await slack.advance("next morning", as_="sam")
    await press(door, "feedback.no_account", "1", as_="sam")

    ask = await card_of(slack, "sam")
    assert ask.text.startswith(f"2 things for you\n{ASK.format(2)}")
    assert f"✓ Answered: {ASK.format(1)}" in ask.words
    assert ask.buttons == ["Type the account", "None"]


async def test_what_is_open_stays_in_its_place(door: FrontDoor) -> None:
    """A question is answered, and the others do not change places under somebody's finger."""
    await monday_ten(door)
    await door.slack.advance("8 hours")
    await do(door, lambda tx: service.tell(tx, BEN, "t:1:ben", "Note 1", WORDS))

    def ask(tx: Tx) -> None:
        for number in (1, 2, 3):
            service.ask(tx, BEN, f"q:{number}:ben", f"Question {number}?", WORDS)

    await do(door, ask)
    await door.slack.advance("next morning", as_="ben")
    await do(door, lambda tx: service.answered(tx, "q:2:ben"))

    text = (await card_of(door.slack, "ben")).text
    places = [text.index(one) for one in ("Question 1?", "Question 3?", "Note 1", "✓ Answered: Question 2?")]
    assert places == sorted(places)


async def test_what_is_undone_while_slack_is_away_is_not_asked_about(door: FrontDoor) -> None:
    """The letter that waited is taken back; what else stood in it is asked all the same."""
    slack = door.slack
    first, _ = await captured(door, "Dark mode", "Light mode")
    await slack.faults([{"method": "chat.postMessage", "fault": "429", "retry_after": 1}])
    await slack.advance("next morning", as_="sam")
    await slack.unreact(first, "bulb", as_="sam")
    await slack.faults()
    await all_sent(door)

    assert [one for one in await ours_to(slack, "sam") if "account" in one or "things" in one] == [
        ASK.format(2)
    ]


async def test_undone_and_brought_back_is_asked_once(door: FrontDoor) -> None:
    """Taking it back takes the question back too, and bringing it back brings it back; asked is asked."""
    slack = door.slack
    (message,) = await captured(door, "Dark mode")
    for _ in range(2):
        await slack.unreact(message, "bulb", as_="sam")
        await slack.react(message, "bulb", as_="sam")
    await slack.advance("next morning", as_="sam")
    await slack.unreact(message, "bulb", as_="sam")
    await slack.react(message, "bulb", as_="sam")
    await slack.advance("next morning", as_="sam")

    assert (await ours_to(slack, "sam")).count(ASK.format(1)) == 1


async def test_an_author_is_not_told_of_what_was_undone_before_their_morning(door: FrontDoor) -> None:
    """The first telling is about something that exists; the next capture is told instead, once."""
    slack = door.slack
    await slack.advance("next monday", as_="sam")
    await slack.advance("12 hours", as_="sam")  # nobody is told anything in the evening
    await switch_on(slack)
    first, second = await wish(slack), await wish(slack, "And in dollars")
    await slack.react(first, "bulb", as_="sam")
    await slack.unreact(first, "bulb", as_="sam")
    await slack.react(second, "bulb", as_="sam")

    await slack.advance("next morning", as_="dana")

    told = [one for one in await ours_to(slack, "dana") if "captured something you said" in one]
    assert told == ["Sam Okafor captured something you said in #sales as F-2"]
