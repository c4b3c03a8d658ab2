"""What happens when Slack tells us about people and channels, and how we ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.kit import identity
from handlers.people.parsing import channel_of, next_cursor, person_of
from storage.database import Tx, new_id
from storage.outbox import boards, calls, claims
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.people.values import Person
from storage.schedules import queries as schedules
from storage.settings import queries as settings
from storage.things import queries as things
from storage.values import ChannelId, Json, PersonId, PersonKind

PAGE = 200
LISTED = "people.listed"
"""The setting that says when we last asked for everybody."""
REPEATED_FOR = timedelta(hours=1)
"""So long Slack repeats an event that nobody took: whoever asked within that time has missed nothing since."""


def sync_at_start(tx: Tx) -> None:
    """We have just started: ask who is here, unless somebody did a moment ago."""
    last = _last_asked(tx)
    if last is None or not timedelta() <= tx.now - last < REPEATED_FOR:
        _sync(tx, f"start:{new_id()}")


def sync_daily(tx: Tx) -> None:
    """Ask once a day: events can be lost, and then nobody would ever know."""
    last = _last_asked(tx)
    if last is None or last.date() != tx.now.date():
        _sync(tx, f"{tx.now:%Y-%m-%d}")


def learn_channel(tx: Tx, channel: ChannelId) -> None:
    """Ask Slack what this channel is and who is in it: we have just come into it."""
    occasion = new_id()
    about: dict[str, Json] = {"channel": channel}
    key = f"channel:{channel}:{occasion}"
    ask: dict[str, Json] = {"channel": channel}
    enqueue(tx, Call(key, "conversations.info", ask, then="people.channel_learned", about=about))
    _ask_members(tx, channel, occasion, "")


def dm_opened(tx: Tx, answer: Answer) -> None:
    """Our conversation with somebody is open, or cannot be."""
    person = PersonId(str(answer.about["person"]))
    if not answer.ok:
        if answer.verdict is not Verdict.BLOCKED:
            calls.give_up(tx, person, answer.code)
        return
    channel = ChannelId(str(answer.data["channel"]["id"]))
    people.meet(tx, person, PersonKind.MEMBER)
    people.set_dm(tx, person, channel)
    calls.release(tx, person, channel)


def person_learned(tx: Tx, answer: Answer) -> None:
    """Slack told us who somebody is."""
    if answer.ok:
        _learn(tx, [person_of(answer.data["user"], tx.workspace)])


def people_listed(tx: Tx, answer: Answer) -> None:
    """One page of everybody."""
    if not answer.ok:
        _not_asked(tx)
        return
    _learn(tx, [person_of(one, tx.workspace) for one in answer.data.get("members", [])])
    if cursor := next_cursor(answer.data):
        _ask_people(tx, str(answer.about["when"]), cursor)


def channels_listed(tx: Tx, answer: Answer) -> None:
    """One page of the channels we are in; who is in them is asked next."""
    if not answer.ok:
        _not_asked(tx)
        return
    found = [channel_of(one) for one in answer.data.get("channels", [])]
    people.keep_channels(tx, found)
    when, listed = str(answer.about["when"]), [*answer.about.get("listed", []), *(one.id for one in found)]
    for channel in found:
        if not channel.archived:
            _ask_members(tx, channel.id, when, "")
    if cursor := next_cursor(answer.data):
        _ask_channels(tx, when, cursor, listed)
    else:
        people.only_ours(tx, listed)
        tx.wake("clock")  # who listens somewhere looks again where we are now


def channel_learned(tx: Tx, answer: Answer) -> None:
    """Slack told us what a channel is."""
    if answer.ok:
        people.keep_channels(tx, [channel_of(answer.data["channel"])])


def members_listed(tx: Tx, answer: Answer) -> None:
    """One page of a channel's members; people never seen are asked about."""
    if not answer.ok:
        return
    channel = ChannelId(str(answer.about["channel"]))
    members = [PersonId(str(one)) for one in answer.data.get("members", [])]
    if not answer.about.get("further"):
        people.empty(tx, channel)
    people.join(tx, channel, members)
    known = people.people(tx, members)
    for person in members:
        if person not in known:
            identity.meet(tx, person)
    if cursor := next_cursor(answer.data):
        _ask_members(tx, channel, str(answer.about["when"]), cursor)


def came_in(tx: Tx, channel: ChannelId, person: PersonId, us: PersonId | None) -> None:
    """Somebody joined; when it is us, what was blocked there goes on."""
    people.join(tx, channel, [person])
    if person == us:
        people.set_ours(tx, channel, ours=True)
        claims.resume_channel(tx, channel)
        learn_channel(tx, channel)


def went_out(tx: Tx, channel: ChannelId, person: PersonId, us: PersonId | None) -> None:
    """Somebody left; when it is us, we no longer know who is there."""
    if person == us:
        people.set_ours(tx, channel, ours=False)
        people.empty(tx, channel)
    else:
        people.leave(tx, channel, person)


def archived(tx: Tx, channel: ChannelId, *, now: bool) -> None:
    """The channel was archived or brought back."""
    people.set_archived(tx, channel, archived=now)
    if not now:
        claims.resume_channel(tx, channel)


def moved(tx: Tx, old: ChannelId, new: ChannelId) -> None:
    """The channel has another id for good: it is shared now, which only Slack's next word takes back."""
    people.renumber(tx, old, new)
    people.set_shared(tx, new, shared=True)
    things.renumber(tx, old, new)
    boards.renumber(tx, old, new)
    learn_channel(tx, new)


def learned_from_event(tx: Tx, user: Mapping[str, Any]) -> None:
    """Somebody joined the workspace or changed."""
    _learn(tx, [person_of(user, tx.workspace)])


# ---------------------------------------------------------------------------------------------------------


def _sync(tx: Tx, when: str) -> None:
    """Ask Slack for everybody and for every channel we are in; `when` makes it once per occasion."""
    settings.put(tx, LISTED, {"at": tx.now.isoformat()}, None)
    _ask_people(tx, when, "")
    _ask_channels(tx, when, "")


def _last_asked(tx: Tx) -> datetime | None:
    found = settings.find(tx, LISTED)
    return None if found is None or found["at"] is None else datetime.fromisoformat(str(found["at"]))


def _not_asked(tx: Tx) -> None:
    """Slack did not say: the next start asks again."""
    settings.put(tx, LISTED, {"at": None}, None)


def _learn(tx: Tx, found: Sequence[Person]) -> None:
    """Keep who they are; what recurs follows those who live in another zone now."""
    people.learn(tx, found)
    schedules.moved(tx, *(one.id for one in found))


def _ask_people(tx: Tx, when: str, cursor: str) -> None:
    arguments: dict[str, Json] = {"limit": PAGE, **({"cursor": cursor} if cursor else {})}
    key = f"people:{when}:{cursor}"
    enqueue(tx, Call(key, "users.list", arguments, then="people.listed", about={"when": when}))


def _ask_channels(tx: Tx, when: str, cursor: str, listed: list[Json] | None = None) -> None:
    arguments: dict[str, Json] = {
        "limit": PAGE,
        "types": "public_channel,private_channel",
        **({"cursor": cursor} if cursor else {}),
    }
    key = f"channels:{when}:{cursor}"
    about: dict[str, Json] = {"when": when, "listed": listed or []}
    enqueue(tx, Call(key, "users.conversations", arguments, then="people.channels_listed", about=about))


def _ask_members(tx: Tx, channel: ChannelId, when: str, cursor: str) -> None:
    arguments: dict[str, Json] = {"channel": channel, "limit": PAGE, **({"cursor": cursor} if cursor else {})}
    about: dict[str, Json] = {"channel": channel, "when": when, "further": bool(cursor)}
    key = f"members:{channel}:{when}:{cursor}"
    enqueue(tx, Call(key, "conversations.members", arguments, then="people.members_listed", about=about))
