"""The workspace every measured Throughline serves: sixty people, one channel that captures."""

from storage.database import Clock, Database, Tx
from storage.feedback import listening
from storage.feedback.values import ListeningState
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind, Person
from storage.values import ChannelId, PersonId, PersonKind, WorkspaceId
from storage.workspaces import queries as workspaces

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TOKEN = "xoxb-bench"
TEAM = WorkspaceId("T0BENCH")
BOT = PersonId("U0THROUGHLINE")
CHANNEL = ChannelId("C0SALES")
PEOPLE = tuple(PersonId(f"U0BENCH{number:02}") for number in range(60))


async def furnish(url: str) -> None:
    """Fill a migrated database with what a workspace in use has learned."""
    database = Database(url, Clock())
    try:
        await database.transact(TEAM, _learned)
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
