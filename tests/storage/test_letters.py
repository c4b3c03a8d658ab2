"""Letters: said once, to a channel or to a person, whose conversation with us is opened first where it has to be."""

import asyncio
import threading
from functools import partial

from storage.database import Tx
from storage.outbox import boards, calls, claims, letters
from storage.outbox.values import Claimed, Ended, State
from storage.people import queries as people
from storage.values import ChannelId, PersonId, PersonKind
from tests.storage.works import on_postgresql
from tests.storage.world import World

MAYA, SAM = PersonId("U0MAYA"), PersonId("U0SAM")
DM = ChannelId("D0MAYA")
BLOCKS = [{"type": "divider"}]


def write(tx: Tx, key: str, to: PersonId = MAYA) -> None:
    letters.send(tx, key, to, f"words of {key}", BLOCKS)


def opened(tx: Tx, row: Claimed, person: PersonId = MAYA, channel: ChannelId = DM) -> None:
    """What the courier and `people.dm_opened` do in one transaction."""
    assert claims.finish(tx, [Ended(row, State.SENT)]) == {row.id: ("people.dm_opened", {"person": person})}
    people.meet(tx, person, PersonKind.MEMBER)
    people.set_dm(tx, person, channel)
    calls.release(tx, person, channel)


async def claim_opening(world: World) -> Claimed:
    (row,) = await world.claim()
    assert (row.method, row.arguments) == ("conversations.open", {"users": MAYA})
    return row


async def test_a_letter_waits_for_its_conversation(world: World) -> None:
    """The conversation is opened once for all that waits; then it goes out in order, in the conversation's lane."""
    for key in ("a", "b", "a"):
        await world.do(partial(write, key=key))
    assert await world.states() == {f"dm:{MAYA}": State.PENDING, "a": State.PARKED, "b": State.PARKED}
    row = await claim_opening(world)
    await world.do(partial(opened, row=row))

    (first,) = await world.claim()
    assert first.arguments == {
        "channel": DM, "text": "words of a", "blocks": BLOCKS, "unfurl_links": False, "unfurl_media": False,
    }  # fmt: skip
    assert first.plainer == {name: value for name, value in first.arguments.items() if name != "blocks"}
    await world.finish(first)
    assert await world.claim() == []  # the lane's second
    world.later(1)
    assert [row.arguments["text"] for row in await world.claim()] == ["words of b"]


async def test_a_known_conversation_is_written_to_at_once(world: World) -> None:
    """Nothing is opened twice; what is for somebody else keeps waiting."""
    await world.do(partial(write, key="a"))
    await world.do(partial(write, key="s", to=SAM))
    row = next(row for row in await world.claim() if row.arguments == {"users": MAYA})
    await world.do(partial(opened, row=row))
    await world.do(partial(write, key="b"))

    states = await world.states()
    assert (states["a"], states["b"], states["s"]) == (State.PENDING, State.PENDING, State.PARKED)
    assert [row.arguments["text"] for row in await world.claim()] == ["words of a"]


async def test_a_conversation_that_cannot_be_opened_is_tried_again_for_the_next_letter(world: World) -> None:
    """What waited is dead and visible; the next cause asks anew, and only its own letter is sent."""
    await world.do(partial(write, key="a"))
    row = await claim_opening(world)
    await world.finish(row, State.DEAD, "user_disabled")
    assert await world.do(lambda tx: calls.give_up(tx, MAYA, "user_disabled")) == 1
    assert await world.do(lambda tx: calls.give_up(tx, MAYA, "user_disabled")) == 0
    assert (await world.states())["a"] is State.DEAD

    await world.do(partial(write, key="b"))
    again = await claim_opening(world)
    assert (again.tries, again.doubtful) == (0, False)
    await world.do(partial(opened, row=again))
    assert [row.arguments["text"] for row in await world.claim()] == ["words of b"]
    assert not await world.finish(row, State.DEAD)


async def test_an_opening_under_way_is_not_repeated(world: World) -> None:
    """Letters that come while Slack is being asked wait for the same answer."""
    await world.do(partial(write, key="a"))
    row = await claim_opening(world)
    await world.do(partial(write, key="b"))
    assert await world.claim() == []
    await world.do(partial(opened, row=row))
    assert (await world.states())["b"] is State.PENDING


async def test_a_board_that_could_not_be_sent_is_gone_and_can_come_back(world: World) -> None:
    """A card for somebody who cannot be written to does not stay on its way for ever."""
    await world.do(lambda tx: boards.put(tx, "card", "r", {}, to=MAYA))
    (board,) = await world.database.read_everywhere(lambda tx: boards.wanting(tx, 5))
    await world.do(lambda tx: boards.depart(tx, board, {"text": "v1"}, "d1"))
    await world.finish(await claim_opening(world), State.DEAD, "user_disabled")
    await world.do(lambda tx: calls.give_up(tx, MAYA, "user_disabled"))
    await world.do(lambda tx: boards.touch(tx, "card"))
    assert await world.database.read_everywhere(lambda tx: boards.wanting(tx, 5)) == []

    await world.do(lambda tx: boards.put(tx, "card", "r", {}, to=MAYA))
    (board,) = await world.database.read_everywhere(lambda tx: boards.wanting(tx, 5))
    await world.do(lambda tx: boards.depart(tx, board, {"text": "v3"}, "d3"))
    await world.do(partial(opened, row=await claim_opening(world)))
    assert [row.arguments["text"] for row in await world.claim()] == ["v3"]


async def test_a_post_says_where_and_how_plainly(world: World) -> None:
    """In a channel and in a thread: one lane, two orders, never an unfurled link."""
    channel = ChannelId("C1")
    for key, thread in (("a", None), ("b", "17.1"), ("c", "17.1")):
        work = partial(letters.post, key=key, channel=channel, text=key, blocks=BLOCKS, thread_ts=thread)
        assert await world.do(work)
        assert not await world.do(work)
    (first,) = await world.claim()
    world.later(1)
    (second,) = await world.claim()
    world.later(1)

    assert await world.claim() == []  # c waits for b, in its thread
    assert (first.arguments["text"], "thread_ts" in first.arguments) == ("a", False)
    assert (second.arguments["text"], second.arguments["thread_ts"]) == ("b", "17.1")
    assert second.plainer == {name: value for name, value in second.arguments.items() if name != "blocks"}


@on_postgresql
async def test_a_letter_written_while_the_conversation_opens_is_not_forgotten(world: World) -> None:
    """Two transactions that cannot see each other: whichever commits first, the letter goes out."""
    await world.do(partial(write, key="a"))
    row = await claim_opening(world)
    wrote, go_on = threading.Event(), threading.Event()

    def slowly(tx: Tx) -> None:
        write(tx, "b")
        wrote.set()
        go_on.wait(10)

    writing = asyncio.ensure_future(world.do(slowly))
    await asyncio.to_thread(wrote.wait, 10)
    opening = asyncio.ensure_future(world.do(partial(opened, row=row)))
    await asyncio.sleep(0.2)
    go_on.set()
    await asyncio.gather(writing, opening)
    assert (await world.states())["b"] is State.PENDING


@on_postgresql
async def test_a_letter_written_after_the_conversation_opened_but_before_it_is_seen(world: World) -> None:
    """The other way round: the opening is not committed yet when the letter is written."""
    await world.do(partial(write, key="a"))
    row = await claim_opening(world)
    did, go_on = threading.Event(), threading.Event()

    def slowly(tx: Tx) -> None:
        opened(tx, row)
        did.set()
        go_on.wait(10)

    opening = asyncio.ensure_future(world.do(slowly))
    await asyncio.to_thread(did.wait, 10)
    writing = asyncio.ensure_future(world.do(partial(write, key="b")))
    await asyncio.sleep(0.2)
    go_on.set()
    await asyncio.gather(opening, writing)
    assert (await world.states())["b"] is State.PENDING
    assert [row.method for row in await world.claim()] == ["chat.postMessage"]
