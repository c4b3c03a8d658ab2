"""A digest is started where we are not in yet: look what it is, join, see who reads there, and start it or say why not."""

from handlers.asks import service as asks
from handlers.digests import forms, service
from handlers.digests.rules import Refusal
from handlers.kit.blocks import section
from handlers.kit.dates import say_day
from handlers.kit.identity import identify
from handlers.kit.mrkdwn import escape
from handlers.kit.recurrences import describe
from handlers.people import parsing
from handlers.people import service as people_service
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.outbox.calls import enqueue
from storage.outbox.values import Answer, Call, Verdict
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import ChannelId, Json, PersonId

LOOKED, JOINED, LISTED = "digests.looked", "digests.joined", "digests.listed"


def may(tx: Tx, channel: ChannelId, kind: ChannelKind, why: Refusal | None) -> bool:
    """Whether all that is missing is that we come in; into a private channel somebody has to invite us."""
    known = people.channel(tx, channel)
    public = (kind if known is None else known.kind) is ChannelKind.PUBLIC
    return why is Refusal.NOT_IN_IT and public


def come_in(tx: Tx, channel: ChannelId, by: PersonId) -> None:
    """Look what it is, join, and start once we know who is there."""
    audit.note(tx, by, "digest.coming_in", f"channel {channel}")
    _call(tx, "conversations.info", channel, by, LOOKED)


def looked(tx: Tx, answer: Answer) -> None:
    """We know what channel it is: what people from outside would read is not said there."""
    people_service.channel_learned(tx, answer)
    if answer.verdict is Verdict.BLOCKED:
        return
    channel, by = _about(answer)
    why = service.refusal(tx, channel, ChannelKind.PUBLIC) if answer.ok else Refusal.NOT_IN_IT
    if answer.ok and may(tx, channel, ChannelKind.PUBLIC, why):
        _call(tx, "conversations.join", channel, by, JOINED)
    elif answer.ok and why in (None, Refusal.UNKNOWN):
        _call(tx, "conversations.members", channel, by, LISTED)
    else:
        _refuse(tx, channel, by, why or Refusal.NOT_IN_IT)


def joined(tx: Tx, answer: Answer) -> None:
    """We are in, or somebody has to invite us."""
    channel, by = _about(answer)
    if answer.ok:
        people.set_ours(tx, channel, ours=True)
        _call(tx, "conversations.members", channel, by, LISTED)
    elif answer.verdict is not Verdict.BLOCKED:
        _refuse(tx, channel, by, Refusal.NOT_IN_IT)


def listed(tx: Tx, answer: Answer) -> None:
    """We know who is there: start it, or say why it cannot be."""
    if not answer.ok or not isinstance(answer.data.get("members"), list):
        return
    channel, by = _about(answer)
    people.join(tx, channel, [PersonId(str(one)) for one in answer.data["members"]])
    if further := parsing.next_cursor(answer.data):
        _call(tx, "conversations.members", channel, by, LISTED, cursor=further)
    elif why := service.refusal(tx, channel, ChannelKind.PUBLIC):
        _refuse(tx, channel, by, why)
    else:
        _start(tx, channel, by)


# ---------------------------------------------------------------------------------------------------------


def _start(tx: Tx, channel: ChannelId, by: PersonId) -> None:
    who, place = identify(tx, by, None), service.place_of(tx, channel)
    if not service.reads_there(tx, channel, who):
        _tell(tx, channel, by, forms.NOT_STARTED.format(place=place), forms.NOT_A_READER)
        return
    recurrence = service.proposed(tx, channel, who)
    if service.find(tx, channel) is None:
        service.keep(tx, channel, recurrence, who)
    standing = service.standing(tx, channel, recurrence)
    following = f", next on {say_day(standing.next_on)}" if standing.next_on else ""
    words = f"It comes {describe(standing.recurrence)}{following}. `/digest` there changes it."
    _tell(tx, channel, by, f"The digest of {place} is started", words)


def _refuse(tx: Tx, channel: ChannelId, by: PersonId, why: Refusal) -> None:
    _tell(tx, channel, by, forms.NOT_STARTED.format(place=service.place_of(tx, channel)), forms.WHY_NOT[why])


def _tell(tx: Tx, channel: ChannelId, by: PersonId, summary: str, words: str) -> None:
    """What became of what they did themselves."""
    asks.tell_back(tx, by, f"digest.begun:{channel}:{new_id()}", summary, [section(escape(words))])


def _call(
    tx: Tx, method: str, channel: ChannelId, by: PersonId, then: str, cursor: str | None = None
) -> None:
    about: dict[str, Json] = {"channel": channel, "by": by}
    arguments: dict[str, Json] = {"channel": channel, **({"cursor": cursor} if cursor else {})}
    enqueue(tx, Call(f"digest.in:{channel}:{new_id()}", method, arguments, then=then, about=about))


def _about(answer: Answer) -> tuple[ChannelId, PersonId]:
    return ChannelId(str(answer.about["channel"])), PersonId(str(answer.about["by"]))
