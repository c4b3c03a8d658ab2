"""Boards: kept true with as few calls as can be; whatever happens on the way, the last one equals the database."""

import asyncio
from collections.abc import Sequence
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from storage.database import Database, Tx
from storage.database.clock import VirtualClock
from storage.outbox import boards, claims
from storage.outbox.tables import BoardRow, OutboxRow
from storage.outbox.values import TOO_LATE, Answer, Board, Claimed, Ended, Place, State, Verdict
from storage.people import queries as people
from storage.people.values import Person
from storage.values import ChannelId, PersonId, PersonKind
from tests.storage.works import B
from tests.storage.world import MORNING, World

MAYA = PersonId("U0MAYA")
DM, SALES = ChannelId("D0MAYA"), ChannelId("C0SALES")


async def wanting(world: World) -> Sequence[Board]:
    return await world.database.read_everywhere(lambda tx: boards.wanting(tx, 50))


async def depart(world: World, board: Board, text: str) -> None:
    await world.do(lambda tx: boards.depart(tx, board, {"text": text}, text), board.workspace)


async def claim_one(world: World) -> Claimed:
    world.later(1)
    (row,) = await world.claim()
    return row


def arrive(tx: Tx, row: Claimed, verdict: Verdict = Verdict.DONE, ts: str | None = "17.1") -> None:
    """What the courier does once Slack has answered."""
    state = {Verdict.DONE: State.SENT, Verdict.BLOCKED: State.BLOCKED}.get(verdict, State.DEAD)
    then, about = claims.finish(tx, [Ended(row, state, verdict, ts)])[row.id]
    assert then == "outbox.board"
    ok = verdict is Verdict.DONE
    data = {"ok": True, "channel": row.arguments.get("channel"), "ts": ts} if ok else {}
    boards.arrived(tx, Answer(ok, verdict, "", data, about))


async def one_posted(world: World) -> None:
    """A card in a channel that shows v1."""
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {"number": 7}, SALES))
    (board,) = await wanting(world)
    await depart(world, board, "v1")
    await world.do(partial(arrive, row=await claim_one(world)))


async def test_a_board_is_posted_then_updated(world: World) -> None:
    """Once where it stands is known, the same message changes."""
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {"number": 7}, SALES))
    (board,) = await wanting(world)
    assert (board.renderer, board.subject, board.place, board.channel, board.ts, board.wanted) == (
        "r", {"number": 7}, Place.MESSAGE, SALES, None, 1,
    )  # fmt: skip
    assert await world.do(lambda tx: boards.at(tx, "card")) is None
    await depart(world, board, "v1")
    posted = await claim_one(world)
    assert (posted.method, posted.arguments) == ("chat.postMessage", {"channel": SALES, "text": "v1"})
    await world.do(partial(arrive, row=posted))
    assert await world.do(lambda tx: boards.at(tx, "card")) == (SALES, "17.1")
    assert await wanting(world) == []

    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    changed = await claim_one(world)
    assert (changed.method, changed.arguments) == (
        "chat.update",
        {"channel": SALES, "ts": "17.1", "text": "v2"},
    )
    assert changed.plainer == {**changed.arguments, "blocks": []}


async def test_many_touches_are_one_departure(world: World) -> None:
    """While something is on its way nothing else departs; what was touched meanwhile departs once, after."""
    await one_posted(world)
    for _ in range(200):
        await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    for _ in range(5):
        await world.do(lambda tx: boards.touch(tx, "card"))
        assert await wanting(world) == []

    await world.do(partial(arrive, row=await claim_one(world), ts=None))
    (board,) = await wanting(world)
    assert (board.wanted, board.ts) == (206, "17.1")
    await depart(world, board, "v3")
    await world.do(partial(arrive, row=await claim_one(world)))
    assert await wanting(world) == []


async def test_what_looks_the_same_is_not_sent(world: World) -> None:
    """A touch that changed nothing people see costs no call."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v1")
    assert await wanting(world) == []
    assert await world.claim() == []


async def test_what_was_touched_while_being_drawn_is_drawn_again(world: World) -> None:
    """Even when the first drawing looked the same as what is there."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    await depart(world, board, "v1")
    assert [one.wanted for one in await wanting(world)] == [3]


async def test_nothing_to_show_is_not_posted(world: World) -> None:
    """A board that could not be drawn the first time waits for its next touch; it is neither posted empty nor gone."""
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {}, SALES))
    (board,) = await wanting(world)
    await world.do(lambda tx: boards.depart(tx, board, {}, ""))
    assert (await wanting(world), await world.claim()) == ([], [])
    await world.do(lambda tx: boards.touch(tx, "card"))
    assert len(await wanting(world)) == 1


async def test_a_board_that_failed_is_gone_until_it_is_put_again(world: World) -> None:
    """Nobody goes on changing a message that was deleted; putting the board again posts it anew."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    await world.do(partial(arrive, row=await claim_one(world), verdict=Verdict.DEAD))
    await world.do(lambda tx: boards.touch(tx, "card"))
    assert await wanting(world) == []
    await depart(world, board, "v3")
    assert await world.claim() == []

    await world.do(lambda tx: boards.put_in(tx, "card", "r", {}, SALES))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    assert (await claim_one(world)).method == "chat.postMessage"


async def test_a_blocked_board_waits_with_what_it_had(world: World) -> None:
    """When the channel is back it arrives, and what changed meanwhile follows."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    await world.do(partial(arrive, row=await claim_one(world), verdict=Verdict.BLOCKED))
    await world.do(lambda tx: boards.touch(tx, "card"))
    assert await wanting(world) == []

    await world.do(lambda tx: claims.resume_channel(tx, SALES))
    await world.do(partial(arrive, row=await claim_one(world)))
    assert [one.wanted for one in await wanting(world)] == [3]


async def test_a_slow_second_courier_changes_nothing(world: World) -> None:
    """It drew the same version, but the first has sent it and heard back: the board is neither resent nor stuck."""
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {}, SALES))
    (board,) = await wanting(world)
    await depart(world, board, "v1")
    await depart(world, board, "v1 as well")
    await world.do(partial(arrive, row=await claim_one(world)))
    await depart(world, board, "v1 again")
    assert await world.claim() == []

    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    assert (await claim_one(world)).arguments["text"] == "v2"


async def test_home_is_published(world: World) -> None:
    """Only for those who opened it once, however many it is touched for."""
    await world.do(lambda tx: boards.put_home(tx, MAYA, "home"))
    await world.do(lambda tx: boards.touch_home(tx, MAYA, None, PersonId("U0SAM"), MAYA))
    (board,) = await wanting(world)
    assert (board.place, board.person, board.wanted) == (Place.HOME, MAYA, 2)
    await depart(world, board, "v1")
    row = await claim_one(world)
    assert (row.method, row.arguments) == ("views.publish", {"user_id": MAYA, "view": {"text": "v1"}})
    await world.do(partial(arrive, row=row, ts=None))
    assert await wanting(world) == []


async def test_a_card_for_a_person_is_a_letter_first(world: World) -> None:
    """It stands in the conversation with them from then on."""
    await world.do(lambda tx: people.learn(tx, [Person(MAYA, "Maya", PersonKind.MEMBER)]))
    await world.do(lambda tx: people.set_dm(tx, MAYA, DM))
    await world.do(lambda tx: boards.put(tx, "card", "r", {}, to=MAYA))
    (board,) = await wanting(world)
    await depart(world, board, "v1")
    row = await claim_one(world)
    assert (row.method, row.arguments) == ("chat.postMessage", {"channel": DM, "text": "v1"})
    await world.do(partial(arrive, row=row))
    assert await world.do(lambda tx: boards.at(tx, "card")) == (DM, "17.1")


async def test_boards_of_two_workspaces(world: World) -> None:
    """The same key in each is a board of its own."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"), B)
    assert await wanting(world) == []
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {}, SALES), B)
    assert [one.workspace for one in await wanting(world)] == [B]


STEPS = ["change", "draw", "draw one", "depart one", "depart two", "arrive", "arrive", "block", "resume"]


class Telling:
    """Two couriers, a board that changes, and a Slack that answers when it likes."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.drawn: dict[str, tuple[Board, str]] = {}
        self.claimed: list[Claimed] = []
        self.changes = 0
        self.shown = ""

    @property
    def text(self) -> str:
        """What the board should show; after two changes it looks as before."""
        return f"v{self.changes % 2}"

    async def step(self, what: str) -> None:
        verb, _, who = what.partition(" ")
        if verb == "change":
            self.changes += 1
            await self.world.do(lambda tx: boards.touch(tx, "card"))
        elif verb == "draw":
            for board in await wanting(self.world):
                self.drawn.update(dict.fromkeys([who] if who else ["one", "two"], (board, self.text)))
        elif verb == "depart" and who in self.drawn:
            await depart(self.world, *self.drawn.pop(who))
        elif verb == "resume":
            await self.world.do(lambda tx: claims.resume_after(tx, ["blocked"]))
        elif verb in ("arrive", "block"):
            await self.answer(Verdict.DONE if verb == "arrive" else Verdict.BLOCKED)

    async def answer(self, verdict: Verdict) -> None:
        self.world.later(1)
        for row in await self.world.claim():
            await self.world.do(partial(arrive, row=row, verdict=verdict))
            if verdict is Verdict.DONE:
                self.shown = str(row.arguments["text"])


async def told(world: World, steps: Sequence[str]) -> None:
    await world.across(lambda tx: (tx.run(delete(OutboxRow)), tx.run(delete(BoardRow))))
    await world.do(lambda tx: boards.put_in(tx, "card", "r", {}, SALES))
    telling = Telling(world)
    for what in steps:
        await telling.step(what)
    for what in 2 * ("resume", "arrive", "draw one", "depart one", "arrive"):
        await telling.step(what)
    assert telling.shown == telling.text
    assert await wanting(world) == []


def test_the_last_board_equals_the_database(database_url: str) -> None:
    """Whatever two couriers and Slack do in whatever order, once all is quiet the message shows what is there."""
    clock = VirtualClock(MORNING)
    world = World(Database(database_url, clock), clock)
    with asyncio.Runner() as runner:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(st.sampled_from(STEPS), max_size=20))
        def check(steps: list[str]) -> None:
            runner.run(told(world, steps))

        check()
        runner.run(world.database.close())


async def test_what_came_too_late_is_drawn_again(world: World) -> None:
    """Slack was away for longer than a change is worth making: the message stands, and shows what holds now."""
    await one_posted(world)
    await world.do(lambda tx: boards.touch(tx, "card"))
    (board,) = await wanting(world)
    await depart(world, board, "v2")
    (row,) = [await claim_one(world)]

    def late(tx: Tx) -> None:
        (then, about), *_ = claims.finish(tx, [Ended(row, State.LATE, TOO_LATE)]).values()
        assert then == "outbox.board"
        boards.arrived(tx, Answer(False, Verdict.DEAD, TOO_LATE, {}, about))

    await world.do(late)

    (again,) = await wanting(world)
    assert (again.ts, again.digest) == ("17.1", None)
    await depart(world, again, "v2")
    assert (await claim_one(world)).method == "chat.update"
