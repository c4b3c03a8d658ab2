"""Two workspaces at once, with the same people, channels and keys: no row crosses, none disturbs the other's."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from storage.areas import queries as areas
from storage.asks import queries as asks
from storage.asks.values import AskKind, AskState, NewAsk
from storage.audit import queries as audit
from storage.database import Base, Tx
from storage.database.schema import scoped_names
from storage.deliveries import queries as deliveries
from storage.feedback import (
    accounts,
    asking,
    carrying,
    exporting,
    family,
    finding,
    likes,
    listening,
    merging,
    reactions,
    reopenings,
    standings,
    themes,
    triage,
    wanting,
)
from storage.feedback import queries as feedbacks
from storage.feedback.carried import Carried
from storage.feedback.values import (
    FeedbackState,
    Filters,
    Kind,
    ListeningState,
    Merge,
    NewFeedback,
    Reopening,
    Score,
    Source,
    Spurned,
    Standing,
)
from storage.outbox import boards, calls, claims, letters
from storage.outbox.values import Call
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.search.words import AnyOf, words_in
from storage.settings import queries as settings
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.tokens import queries as tokens
from storage.values import ChannelId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces
from tests.storage.dice import CHANNELS, PEOPLE
from tests.storage.teamwork import Teamwork
from tests.storage.works import A, B
from tests.storage.world import World

ALONE = WorkspaceId("TALONE")
OPERATIONS, TOGETHER = 1_200, 10


class Somebody(Teamwork):
    """Does something, as the dice fall."""

    # -- what people, the clock and the courier do in one workspace

    def do_people(self, tx: Tx) -> object:
        people.learn(tx, [Person(self.who, self.mark, self.dice.choice(list(PersonKind)))])
        people.meet(tx, self.who, PersonKind.MEMBER)
        people.set_dm(tx, self.who, ChannelId(f"D{self.number}"))
        return people.people(tx, PEOPLE)

    def do_channels(self, tx: Tx) -> object:
        people.keep_channels(tx, [Channel(self.where, self.mark, ChannelKind.PUBLIC, ours=self.yes)])
        people.join(tx, self.where, [self.who, self.who])
        people.leave(tx, self.where, self.who)
        if self.dice.random() < 0.1:
            people.empty(tx, self.where)
        return [people.channel(tx, one) for one in CHANNELS]

    def do_renumber(self, tx: Tx) -> None:
        old, new = self.dice.sample(CHANNELS, 2)
        people.renumber(tx, old, new)
        things.renumber(tx, old, new)
        listening.renumber(tx, old, new)

    def do_capture(self, tx: Tx) -> object:
        message = self.message
        if (known := feedbacks.of_message(tx, message)) is not None:
            joined = feedbacks.support(tx, known.number, self.who, tx.now if self.yes else None)
            due = wanting.waiting(tx, 5), wanting.of(tx, self.who, 5)
            if self.yes:
                wanting.answered(tx, known.number, self.who)
            wanting.put_off(tx, self.who, tx.now + timedelta(hours=1))
            return joined, due
        new = NewFeedback(Kind.IDEA, Source.EMOJI, self.who, message=message, author=self.who)
        return feedbacks.add(tx, new, self.mark, self.audience)

    def do_change(self, tx: Tx) -> object:
        found = feedbacks.get(tx, self.number)
        if found is None:
            return None
        match self.dice.randrange(5):
            case 0:
                feedbacks.set_state(tx, found, self.dice.choice(list(FeedbackState)), self.mark)
            case 1:
                feedbacks.edit(tx, found, Kind.PRAISE, self.mark, self.mark, self.mark, found.version)
            case 2:
                feedbacks.fill_words(tx, found, self.mark, self.mark)
            case 3:
                feedbacks.set_account(tx, found.number, self.mark)
            case _:
                feedbacks.erase_words(tx, found)
        return feedbacks.get(tx, found.number)

    def do_answer(self, tx: Tx) -> object:
        found, viewer = feedbacks.get(tx, self.number), self.viewer
        if found is None:
            return None
        asked = asking.ask(tx, found, self.who, self.mark, self.mark)
        standings.put(
            tx, found.number, FeedbackState.PLANNED, Standing(None, self.mark, self.mark, self.who, tx.now)
        )
        if self.yes:
            asking.forget(tx, asked.id)
        known = accounts.offered(tx, viewer, self.mark, 5)
        return (
            asking.reach(tx, found.number, self.who),
            asking.equal(tx, viewer, self.mark),
            standings.find(tx, found.number),
            likes.said(tx, things.viewing(viewer), AnyOf(tuple(words_in(self.mark))), self.mark),
            [one.name for one in known],
        )

    def do_triage(self, tx: Tx) -> object:
        number, whose = self.number, triage.Whose([], unsaid=True)
        if feedbacks.get(tx, number) is None:
            return None
        triage.take(tx, number, self.who)
        theme = themes.named(tx, self.mark, "" if self.yes else self.who, self.who)
        triage.name_theme(tx, number, theme.id, self.mark)
        triage.postpone(tx, number, self.day(tx))
        triage.first(tx, number, tx.now, in_time=self.yes)
        triage.score(tx, number, Score(3, 80, number))
        triage.spurn(tx, number, Spurned.NEW if self.yes else Spurned.LATER)
        reopenings.put(tx, number, Reopening(accounts=number), self.who, tx.now)
        if self.yes:
            reopenings.look_again(tx, number, tx.now + timedelta(days=1))
        viewer, today = self.viewer, self.day(tx)
        return (
            triage.find(tx, number),
            triage.waiting(tx, viewer, whose, today, 5),
            triage.count(tx, viewer, whose, today, 5),
            triage.kept(tx, whose, tx.now - timedelta(days=9), tx.now),
            reopenings.find(tx, number),
            reopenings.due(tx, 5),
        )

    def do_themes(self, tx: Tx) -> object:
        one, other = (
            themes.named(tx, f"{self.mark} {name}", "", self.who) for name in self.dice.sample("abcde", 2)
        )
        themes.change(tx, replace(one, part_of=other.id, retired=self.yes, by=self.who))
        themes.adopt(tx, one.id, other.id)
        themes.redraw(tx, other.id, 9 if self.yes else None)
        themes.forget_unused(tx, other.id)
        triage.move(tx, [self.number], one.id)
        themes.renumber(tx, *self.dice.sample(CHANNELS, 2))
        viewer = self.viewer
        return (
            themes.every(tx, viewer, 9),
            themes.offered(tx, viewer, self.mark, 9),
            themes.see(tx, one.id, viewer),
            themes.hold(tx, one.id, other.id),
            themes.parts(tx, other.id, viewer),
            themes.of(tx, self.number),
            themes.to_redraw(tx, 9),
            finding.under_theme(tx, viewer, other.id, 9),
            finding.find(tx, viewer, Filters(theme=other.id), 9),
        )

    def do_merge(self, tx: Tx) -> object:
        one, other = self.dice.sample(range(1, 12), 2)
        if feedbacks.get(tx, one) is None or feedbacks.get(tx, other) is None:
            return None
        known = family.merge_of(tx, one)
        if known is not None:
            merging.part(tx, known)
        elif family.whole(tx, other) != one:
            merging.join(tx, Merge(one, other, FeedbackState.NEW, self.who, tx.now))
        return family.whole(tx, one), family.parts(tx, other), family.merges(tx, other)

    def do_carry(self, tx: Tx) -> object:
        title = f"{self.mark} {self.number}"
        one = Carried(
            title, title, title, Kind.IDEA, FeedbackState.NEW, self.mark, None, "PAY-1", None, self.number
        )
        taken = carrying.take(tx, [one, one], self.who)
        page = exporting.page(tx, 0, everything=True)
        return taken, len(page), feedbacks.with_key(tx, "PAY-1", 0, 5)

    def do_tokens(self, tx: Tx) -> object:
        token, written = tokens.make(tx, self.mark, self.who)
        if self.yes:
            tokens.revoke(tx, token.id)
        return tokens.valid(tx, written) is not None, len(tokens.every(tx))

    def do_areas(self, tx: Tx) -> object:
        area = areas.by_name(tx, self.mark) or areas.add(tx, self.mark)
        other = areas.by_name(tx, f"{self.mark} too") or areas.add(tx, f"{self.mark} too")
        areas.change(tx, replace(area, owner=self.who, triage=self.where, retired=self.yes))
        areas.assign(tx, area.id, [self.where])
        (held,) = areas.hold(tx, other.id)
        areas.change(tx, replace(held, part_of=area.id if self.yes and area.part_of is None else None))
        areas.adopt(tx, other.id, area.id)
        areas.redraw(tx, area.id, 9 if self.yes else None)
        areas.renumber(tx, *self.dice.sample(CHANNELS, 2))
        there, viewer = areas.of_channel(tx, self.where), self.viewer
        return (
            len(areas.every(tx)),
            there is not None,
            areas.channels(tx, area.id),
            areas.parts(tx, area.id),
            areas.called(tx, self.mark),
            len(areas.names(tx)),
            areas.to_redraw(tx),
            feedbacks.about(tx, areas.family(tx, area.id), 9, 9),
            finding.under_area(tx, viewer, area.id, 9),
        )

    def do_look(self, tx: Tx) -> object:
        viewer = self.viewer
        listed = [*feedbacks.mine(tx, viewer, 5), *feedbacks.said_by(tx, viewer, 5)]
        seen = [feedbacks.see(tx, number, viewer) for number in range(1, 12)]
        return listed, seen, feedbacks.supporters(tx, self.number), listening.every(tx)

    def do_things(self, tx: Tx) -> object:
        reference = Reference(Letter.FEEDBACK, self.number)
        things.link(tx, reference, self.mark)
        things.follow(tx, reference, self.who)
        return things.visible(tx, reference, self.viewer)

    def do_react(self, tx: Tx) -> object:
        message = self.message
        reactions.hear(tx, message, self.who, "bulb", f"18.{self.dice.randrange(10**6):06}", active=self.yes)
        reactions.unsupport(tx, self.number, self.who)
        return reactions.on(tx, message)()

    def do_listening(self, tx: Tx) -> object:
        where = self.where
        listening.switch(tx, where, self.dice.choice(list(ListeningState)), self.who)
        listening.change(tx, self.where, ListeningState.ON)
        return listening.find(tx, where), listening.where_on(tx, where)

    def do_ask(self, tx: Tx) -> object:
        kind, blocks = self.dice.choice(list(AskKind)), [{"text": self.mark}]
        asks.add(tx, NewAsk(self.key, self.who, kind, self.mark, blocks, tx.now, self.who))
        asks.reword(tx, self.key, self.mark, [])
        asks.sent(tx, {self.key: "letter"})
        asks.settle(tx, self.key, AskState.ANSWERED)
        return (
            asks.due_here(tx, 10),
            asks.due_of(tx, [self.who]),
            asks.open_of(tx, self.who),
            asks.find(tx, self.key),
        )

    def do_say(self, tx: Tx) -> object:
        calls.enqueue(tx, Call(self.key, "chat.update", {"text": self.mark, "channel": self.where}))
        letters.send(tx, f"letter:{self.key}", self.who, self.mark, [])
        letters.post(tx, f"post:{self.key}", self.where, self.mark, [])
        calls.withdraw(tx, self.key)
        return None

    def do_conversation(self, tx: Tx) -> object:
        calls.release(tx, self.who, ChannelId("D1"))
        letters.send(tx, f"later:{self.key}", self.who, self.mark, [])
        return calls.give_up(tx, self.who, "user_disabled")

    def do_resume(self, tx: Tx) -> None:
        claims.resume_channel(tx, self.where)
        claims.resume_after(tx, ["token_revoked"])

    def do_board(self, tx: Tx) -> object:
        boards.put(tx, f"card:{self.key}", "r", {"of": self.mark}, to=self.who)
        boards.put_in(tx, f"board:{self.key}", "r", {"of": self.mark}, self.where)
        boards.put_home(tx, self.who, "home")
        boards.touch_home(tx, self.who)
        return boards.at(tx, f"card:{self.key}")

    def do_settings(self, tx: Tx) -> object:
        settings.put(tx, self.key, {"of": self.mark}, self.who)
        return settings.find(tx, self.key)

    def do_delivery(self, tx: Tx) -> object:
        if deliveries.claim(tx, key := self.key)():
            deliveries.answer(tx, key, {"of": self.mark})
        return deliveries.reply(tx, key)

    def do_audit(self, tx: Tx) -> object:
        audit.note(tx, self.who, "did", f"F-{self.number}", of=self.mark)
        return audit.of(tx, f"F-{self.number}")

    def do_installation(self, tx: Tx) -> object:
        workspaces.name(tx)
        workspaces.remember(tx, self.who, self.mark)
        if self.yes:
            workspaces.revoke(tx)
        return workspaces.find(tx)


def mark_of(workspace: WorkspaceId) -> str:
    return f"words of {workspace}."


async def drive(world: World, workspace: WorkspaceId, seed: int) -> None:
    """Many operations, some in each transaction; nothing they answer is another workspace's."""
    somebody = Somebody(seed, mark_of(workspace))
    others = [mark_of(other) for other in (A, B, ALONE) if other != workspace]

    def work(tx: Tx) -> list[object]:
        return [somebody.act(tx) for _ in range(TOGETHER)]

    for _ in range(OPERATIONS // TOGETHER):
        answers = repr(await world.do(work, workspace))
        assert not any(other in answers for other in others)


DRAWN = {
    "outbox": ("id",),
    "audit": ("id",),
    "accounts": ("id",),
    "feedback": ("account", "same"),
    "feedback_asked": ("id", "account"),
    "decision_roles": ("id",),
    "functions": ("id",),
    "areas": ("id", "part_of"),
    "feedback_triage": ("about",),
    "themes": ("id", "part_of"),
    "tokens": ("id", "digest"),
    "area_channels": ("area",),
    "feedback_search": ("at", "words"),
}
"""Columns that hold such ids, and what the index makes of a workspace's name."""


async def dump(world: World, workspace: WorkspaceId) -> dict[str, list[str]]:
    """All rows of a workspace, but for the ids each process draws anew, as if it were called W."""

    def work(tx: Tx, name: str) -> list[str]:
        table = Base.metadata.tables[name]
        kept = [column for column in table.c if column.name not in DRAWN.get(name, ())]
        rows = tx.all(select(*kept).where(table.c.workspace == workspace))
        mark = mark_of(workspace)
        texts = (line(row._asdict()).replace(mark.casefold(), mark) for row in rows)
        return sorted(one.replace(workspace, "W") for one in texts)

    return {name: await world.across(partial(work, name=name)) for name in sorted(scoped_names())}


def line(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=str)


async def test_two_workspaces_at_once(world: World) -> None:
    """What one did beside another is row for row what it does alone, and holds no word of the other."""
    await asyncio.gather(drive(world, A, 1), drive(world, B, 2))
    await drive(world, ALONE, 1)

    beside, other, alone = [await dump(world, workspace) for workspace in (A, B, ALONE)]
    assert beside == alone
    assert beside != other
    untouched = {name for name, rows in beside.items() if not rows}
    assert untouched - {"paces"} == set()
    for rows, foreign in ((beside, B), (other, A)):
        assert str(foreign) not in json.dumps(rows)
