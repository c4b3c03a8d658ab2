"""The workspace every measured Throughline serves: sixty people, one channel that captures, and what it captured."""

from functools import partial

from sqlalchemy import update

from handlers.feedback import cards, service
from storage.database import OURS, Clock, Database, Tx
from storage.feedback import listening
from storage.feedback.values import Kind, ListeningState, MessageRef, NewFeedback, Source
from storage.outbox.tables import BoardRow, OutboxRow
from storage.outbox.values import State
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import Audience, AudienceKind, ChannelId, PersonId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-bench"
TEAM = WorkspaceId("T0BENCH")
BOT = PersonId("U0THROUGHLINE")
CHANNEL = ChannelId("C0SALES")
PEOPLE = tuple(PersonId(f"U0BENCH{number:02}") for number in range(60))


HISTORY, AT_ONCE = 2_000, 40
"""So much was captured before, and its messages are sent: what is stored is part of what is measured."""


async def furnish(url: str) -> None:
    """Fill a migrated database with what a workspace in use has learned."""
    database = Database(url, Clock())
    try:
        await database.transact(TEAM, _learned)
        for first in range(0, HISTORY, AT_ONCE):
            await database.transact(TEAM, partial(_captured, first=first))
    finally:
        await database.close()


def _learned(tx: Tx) -> None:
    workspaces.remember(tx, BOT, "B0THROUGHLINE")
    members = [Person(one, f"Person {one[-2:]}", PersonKind.MEMBER, zone="Europe/Lisbon") for one in PEOPLE]
    people.learn(tx, members)
    for one in PEOPLE:
        people.set_dm(tx, one, ChannelId(f"D{one[1:]}"))
    people.keep_channels(tx, [Channel(CHANNEL, "sales", ChannelKind.PUBLIC, ours=True)])
    people.join(tx, CHANNEL, PEOPLE)
    listening.switch(tx, CHANNEL, ListeningState.ON, PEOPLE[0])


def _captured(tx: Tx, first: int) -> None:
    audience = Audience(AudienceKind.WORKSPACE)
    for number in range(first, first + AT_ONCE):
        message = MessageRef(CHANNEL, f"{1_700_000_000 + number}.000100")
        captor, author = PEOPLE[number % len(PEOPLE)], PEOPLE[(number + 7) % len(PEOPLE)]
        new = NewFeedback(Kind.IDEA, Source.EMOJI, captor, message=message, author=author)
        cards.put(tx, service.keep(tx, new, audience, people.channel(tx, CHANNEL)))
    tx.put(update(OutboxRow).where(OutboxRow.workspace == OURS).values(state=State.SENT))
    tx.put(update(BoardRow).where(BoardRow.workspace == OURS).values(stale=False, sent=BoardRow.wanted))
