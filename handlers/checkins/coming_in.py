"""A check-in is started where we are not in yet: join, look who is there, and begin, or say why not."""

from handlers.asks import service as asks
from handlers.checkins import places, service
from handlers.kit.blocks import section
from handlers.kit.identity import identify
from handlers.people import parsing
from handlers.people import service as people_service
from storage.audit import queries as audit
from storage.checkins.values import MOST_PEOPLE
from storage.database import Tx, new_id
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.values import ChannelId, Json, PersonId

JOINED, LOOKED, LISTED = "checkins.joined", "checkins.looked", "checkins.listed"


def come_in(tx: Tx, channel: ChannelId, by: PersonId) -> None:
    """Look what it is, join, and begin once we know who is there."""
    audit.note(tx, by, "checkin.coming_in", f"channel {channel}")
    _call(tx, "conversations.info", channel, by, LOOKED)


def joined(tx: Tx, answer: Answer) -> None:
    """We are in, or somebody has to invite us."""
    if answer.ok:
        people.set_ours(tx, _about(answer)[0], ours=True)
        _call(tx, "conversations.members", *_about(answer), LISTED)
    elif answer.verdict is not Verdict.BLOCKED:
        _refuse(tx, answer, places.Trouble.NOT_IN)


def looked(tx: Tx, answer: Answer) -> None:
    """We know what channel it is: people from outside would read what is said."""
    people_service.channel_learned(tx, answer)
    if answer.verdict is Verdict.BLOCKED:
        return
    channel, by = _about(answer)
    found = places.trouble(people.channel(tx, channel)) if answer.ok else places.Trouble.NOT_IN
    if found is not None and (found is not places.Trouble.NOT_IN or not answer.ok):
        _refuse(tx, answer, found)
    else:
        _call(tx, "conversations.join", channel, by, JOINED)


def listed(tx: Tx, answer: Answer) -> None:
    """We know who is there: begin."""
    channel, by = _about(answer)
    if not answer.ok or not isinstance(answer.data.get("members"), list):
        return
    members = [PersonId(str(one)) for one in answer.data["members"]]
    people.join(tx, channel, members)
    further = parsing.next_cursor(answer.data)
    who = identify(tx, by, None)
    if further or len(members) > _MOST_LISTED:
        _tell(tx, by, channel, *TOO_MANY)
    elif not service.of_channel(tx, channel, who):
        proposal = service.propose(tx, channel, who)
        if len(proposal.people) > MOST_PEOPLE:
            _tell(tx, by, channel, *TOO_MANY)
        else:
            checkin = service.start(tx, proposal.settings, proposal.people, by)
            _tell(tx, by, channel, STARTED.format(name=checkin.reference), STARTED_HOW)


_MOST_LISTED = 200
TOO_MANY = (
    "Many people are in {where}: choose who takes part",
    "I am in the channel now. Type `/checkin` there once more, and choose up to fifty people.",
)
STARTED = "{name} in {{where}} is on"
STARTED_HOW = "Its card is in the channel; “Change…” on it chooses who, when and what is asked."
NOT_STARTED = "No check-in in {where} yet"

# ---------------------------------------------------------------------------------------------------------


def _call(tx: Tx, method: str, channel: ChannelId, by: PersonId, then: str) -> None:
    about: dict[str, Json] = {"channel": channel, "by": by}
    arguments: dict[str, Json] = {"channel": channel}
    enqueue(tx, Call(f"checkin.in:{channel}:{new_id()}", method, arguments, then=then, about=about))


def _about(answer: Answer) -> tuple[ChannelId, PersonId]:
    return ChannelId(str(answer.about["channel"])), PersonId(str(answer.about["by"]))


def _refuse(tx: Tx, answer: Answer, found: places.Trouble) -> None:
    channel, by = _about(answer)
    _tell(tx, by, channel, NOT_STARTED, places.words(tx, found, channel))


def _tell(tx: Tx, by: PersonId, channel: ChannelId, summary: str, words: str) -> None:
    """What became of what they did themselves."""
    said = summary.format(where=places.where(tx, channel))
    asks.tell_back(tx, by, f"checkin.begun:{channel}:{new_id()}", said, [section(words)])
