"""Slack repeats what it is not sure of: each kind of request, one to four times in any order, has one effect."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, select

from bot.sandbox.driver import Slack
from bot.sandbox.records import Delivered
from handlers.kit.dispatch import command_of
from handlers.kit.features import Mode
from handlers.registry import registry
from storage.feedback.tables import SupporterRow
from tests.alone import Alone, Rows
from tests.bot.test_two_workspaces import command, interaction, submission
from tests.front import HERE, SECRET, FrontDoor
from tests.handlers.feedback.acts import card_of, ours_to, switch_on, wish
from tests.signed import Answer, interact, send, submit_form

MOST = 3
"""Repeats of one request: Slack's own number of retries."""
TWICE_AT_ONCE = {"duplicate": 1.0, "copies": 1}
OVERTAKEN = {"reorder": 1.0, "types": ["reaction_added"], **TWICE_AT_ONCE}
"""What was taken back is heard of before it was set."""
AT_ONCE = 4


@pytest.mark.parametrize("events", [TWICE_AT_ONCE, OVERTAKEN], ids=["twice", "overtaken"])
async def test_what_is_repeated_has_one_effect(door: FrontDoor, events: dict[str, Any]) -> None:
    """After every repeat no row is another one, nothing new was said, and each repeat got the first answer."""
    await door.slack.faults(events=events)
    await everything(door.slack)
    await door.slack.faults()
    await door.app.settled()
    wanting = [supporters(door, number) for number in range(1, 6)]
    assert sorted(wanting) == [["U0BEN"], ["U0MAYA"], ["U0RUTH"], ["U0SAM"], ["U0SAM"]], "Ruth took hers back"
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
        "shortcut",
        "block_actions",
        "view_submission",
    }
    assert [one.what for one, answer in answers if answer.status != 200] == []
    assert [one.what for one, answer in answers if is_kept(one) and answer.body != one.answer] == []
    assert rows_of(door) == before
    assert len(lasting(door)) == said


async def test_what_comes_at_the_same_time_has_one_effect(door: FrontDoor) -> None:
    """A command, shortcut, button or form that comes several times at once does once what it does, and says it to each."""
    await door.slack.dm("sam", "They want it blue")
    held = await card_of(door.slack, "sam")
    button = next(
        one for block in held.blocks for one in block.get("elements", []) if one["type"] == "button"
    )
    pressed = {
        "actions": [button],
        "channel": {"id": held.channel, "name": "directmessage"},
        "message": {"ts": held.ts, "type": "message", "blocks": held.blocks},
    }
    requests = [
        ("/throughline", command(HERE, "throughline", "away fri", "once")),
        ("/capture", command(HERE, "capture", "They want it green", "once")),
        ("shortcut", interaction(HERE, "shortcut", "once.1", callback_id="feedback.capture_anywhere")),
        ("block_actions", interaction(HERE, "block_actions", "once.2", **pressed)),
        ("view_submission", submission(HERE, "feedback.capture", "once")),
    ]
    answers: dict[str, Answer] = {}
    for what, payload in requests:
        one = Delivered(what, "", 0, None, None, 0.0, payload)
        found = await asyncio.gather(*(deliver(door, one) for _ in range(AT_ONCE)))
        assert set(found) == {found[0]}, what
        answers[what] = found[0]
    await door.app.settled()

    assert {answer.status for answer in answers.values()} == {200}
    assert "You are away" in answers["/throughline"].body
    assert "F-2 is saved" in answers["view_submission"].body
    after = rows_of(door)
    claimed = [row for row in after["deliveries"] if "once" in row]
    assert len(claimed) == 3, "a form that is only opened needs none: Slack opens one per press"
    assert (len(after["feedback"]), len(after["aways"])) == (2, 1)
    assert await ours_to(door.slack, "sam") == ["💡 F-1 · Idea is saved"], "the offer became the card"


async def test_each_step_of_one_modal_has_one_effect(door: FrontDoor) -> None:
    """A modal goes from step to step; each is delivered twice, has one effect, and both get the same answer."""
    slack = door.slack
    await slack.command("/capture", "Dark mode", as_="sam", channel="#general")

    async def undo() -> None:
        await slack.click(await slack.modal("sam"), "Undo", as_="sam")

    async def redo() -> None:
        await slack.click(await slack.modal("sam"), "Bring it back", as_="sam")

    async def change() -> None:
        await slack.click(await slack.modal("sam"), "Edit", as_="sam")

    async def refuse() -> None:
        assert list((await slack.submit("sam", account="A" * 81)).errors) == ["account"]

    async def save() -> None:
        await slack.submit("sam", account="Acme")

    for step in (save, undo, redo, change, refuse, save, change, save):
        await step()
        first = door.sandbox.sandbox.history.deliveries[-1]
        before = rows_of(door)
        again = await deliver(door, first)
        await door.app.settled()
        assert (first.status, first.answer) == (again.status, again.body), step.__name__
        assert rows_of(door) == before, step.__name__
    assert "for Acme" in (await slack.modal("sam")).text
    assert len(rows_of(door)["feedback"]) == 1


async def test_a_retry_after_a_lost_200_has_no_second_effect(door: FrontDoor) -> None:
    """An event whose 200 was lost comes again; a saved form that is sent again is told the same."""
    slack = door.slack
    await switch_on(slack)
    message = await wish(slack)
    await slack.faults(events={"lost_200": 1.0})
    await slack.react(message, "bulb", as_="sam")
    await slack.faults()
    await slack.command("/capture", "Dark mode", as_="sam", channel="#general")
    await slack.submit("sam", account="Acme")
    saved = door.sandbox.sandbox.history.deliveries[-1]

    again = await deliver(door, saved)
    await door.app.settled()

    heard = [one for one in door.sandbox.sandbox.history.deliveries if one.what == "event reaction_added"]
    assert [(one.attempt, one.status) for one in heard if one.payload["event"]["user"] == "U0SAM"] == [
        (0, 200),
        (1, 200),
    ]
    assert "F-2 is saved" in saved.answer
    assert again == Answer(200, saved.answer)
    assert len(rows_of(door)["feedback"]) == 2
    assert len((await slack.again(message, "sam")).reactions) == 2, "the emoji, and one tick"


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
    await slack.shortcut("feedback.capture_anywhere", as_="maya")
    await slack.submit("maya", words="A map of all launches")
    await slack.close("maya")
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
    if one.what.startswith("/"):
        name, _ = command_of(registry(), one.what.split()[0], one.payload["text"])
        return registry().commands[name].mode is Mode.WRITES
    return not one.what.startswith("block_suggestion") and "errors" not in one.answer


def supporters(door: FrontDoor, number: int) -> list[str]:
    """Who wants the feedback of this number."""
    engine = create_engine(door.app.settings.database, poolclass=NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(select(SupporterRow.person).where(SupporterRow.number == number)))


def rows_of(door: FrontDoor) -> Rows:
    """Every row of every table."""
    return Alone(door.app, door.url, door.app.settings.database).rows()


def lasting(door: FrontDoor) -> list[str]:
    """What was said for good; a note only one person sees for a moment is not."""
    return [one.ts for one in door.sandbox.sandbox.history.posts if not one.ephemeral]
