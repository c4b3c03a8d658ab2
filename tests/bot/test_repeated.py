"""Slack repeats what it is not sure of: each kind of request, one to four times in any order, has one effect."""

import random

from bot.sandbox.driver import Slack
from bot.sandbox.records import Delivered
from tests.alone import Alone, Rows
from tests.front import SECRET, FrontDoor
from tests.handlers.feedback.acts import card_of, switch_on, wish
from tests.signed import Answer, interact, send, submit_form

MOST = 3
"""Repeats of one request: Slack's own number of retries."""
TWICE_AT_ONCE = {"duplicate": 1.0, "copies": 1}


async def test_what_is_repeated_has_one_effect(door: FrontDoor) -> None:
    """After every repeat no row is another one, nothing new was said, and each repeat got the first answer."""
    await door.slack.faults(events=TWICE_AT_ONCE)
    await everything(door.slack)
    await door.slack.faults()
    await door.app.settled()
    before, said = rows_of(door), len(lasting(door))
    sent = [one for one in door.sandbox.sandbox.history.deliveries if one.status == 200]
    dice = random.Random(7)
    repeats = [one for one in sent for _ in range(dice.randint(1, MOST))]
    dice.shuffle(repeats)

    answers = [(one, await deliver(door, one)) for one in repeats]
    await door.app.settled()

    assert {one.what.split()[0] for one in repeats} >= {
        "event",
        "/capture",
        "message_action",
        "block_actions",
        "view_submission",
    }
    assert [one.what for one, answer in answers if answer.status != 200] == []
    assert [one.what for one, answer in answers if is_kept(one) and answer.body != one.answer] == []
    assert rows_of(door) == before
    assert len(lasting(door)) == said


async def everything(slack: Slack) -> None:
    """Each kind of request of the thread: events, commands, shortcuts, buttons, forms refused and forms saved."""
    await switch_on(slack)
    message = await wish(slack)
    await slack.react(message, "bulb", as_="sam")
    await slack.react(message, "bulb", as_="ruth")
    await slack.unreact(message, "bulb", as_="ruth")
    await slack.command("/capture", "Dark mode", as_="ben", channel="#support")
    refused = await slack.submit("ben", account="A" * 81)
    assert list(refused.errors) == ["account"]
    await slack.submit("ben", account="Acme")
    await slack.click(await slack.modal("ben"), "Undo", as_="ben")
    await slack.close("ben")
    other = await wish(slack, "Bluebird wants a sandbox", as_="dana")
    await slack.message_shortcut("Capture feedback", other, as_="sam")
    await slack.submit("sam")
    await slack.close("sam")
    await slack.dm("ruth", "The export crashes for Acme")
    await slack.click(await card_of(slack, "ruth"), "Save as problem", as_="ruth")
    await slack.open_home("ruth")


async def deliver(door: FrontDoor, one: Delivered) -> Answer:
    """The same request once more, signed anew as Slack does it."""
    if one.what.startswith("event"):
        return await send(door.url, SECRET, one.payload)
    if one.what.startswith("/"):
        return await submit_form(door.url, SECRET, one.payload)
    return await interact(door.url, SECRET, one.payload)


def is_kept(one: Delivered) -> bool:
    """Whether the answer is kept with the effect: not where only something was read, or a form was refused."""
    return one.what.startswith(("event", "view_submission")) and "errors" not in one.answer


def rows_of(door: FrontDoor) -> Rows:
    """Every row of every table."""
    return Alone(door.app, door.url, door.app.settings.database).rows()


def lasting(door: FrontDoor) -> list[str]:
    """What was said for good; a note only one person sees for a moment is not."""
    return [one.ts for one in door.sandbox.sandbox.history.posts if not one.ephemeral]
