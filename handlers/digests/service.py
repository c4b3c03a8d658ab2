"""Start, change, pause and end a channel's digest, and post it when it is due. Plain functions of a transaction."""

from datetime import datetime

from handlers.asks import service as asks
from handlers.digests import forms, ids, reading, rules, views
from handlers.digests.forms import Standing
from handlers.digests.rules import Refusal
from handlers.kit.requests import Who
from storage.audit import queries as audit
from storage.calendar import local_date
from storage.database import Tx
from storage.digests import queries as digests
from storage.digests.values import Digest
from storage.outbox import letters
from storage.outbox.values import Answer, Verdict
from storage.people import queries as people
from storage.people.values import Channel, ChannelKind
from storage.recurrence import Recurrence
from storage.schedules import queries as schedules
from storage.schedules.values import WORTH_ASKING, Occurrence, Series, SeriesState, Why
from storage.values import ChannelId, PersonKind


class StillLearning(Exception):
    """Slack has not told us yet who somebody in the channel is; it is tried again soon."""


def find(tx: Tx, channel: ChannelId) -> tuple[Digest, Series] | None:
    """The channel's digest and when it is due."""
    digest, series = digests.find(tx, channel), schedules.find(tx, key_of(channel))
    return None if digest is None or series is None else (digest, series)


def refusal(tx: Tx, channel: ChannelId, kind: ChannelKind) -> Refusal | None:
    """Why the channel cannot have a digest."""
    return rules.refusal(people.channel(tx, channel), kind, digests.readers(tx, channel))


def proposed(tx: Tx, channel: ChannelId, who: Who) -> Recurrence:
    """When a digest would come there: Monday morning where most of its readers are."""
    zone = rules.zone_of_most(digests.readers(tx, channel).zones, who.zone)
    return rules.proposed(local_date(tx.now, zone), zone)


def standing(tx: Tx, channel: ChannelId, recurrence: Recurrence) -> Standing:
    """How the channel's digest stands, or would stand."""
    series = schedules.find(tx, key_of(channel))
    if series is None or series.state is SeriesState.ENDED:
        return Standing(channel, place_of(tx, channel), recurrence)
    owner = "" if series.owner is None else reading.names_of(tx, [series.owner]).get(series.owner, "")
    paused = series.state is SeriesState.PAUSED
    next_on = schedules.next_date(tx, series.key)
    return Standing(channel, place_of(tx, channel), series.recurrence, owner, next_on, paused)


def may_change(tx: Tx, series: Series, who: Who) -> bool:
    """Whether this person may change or end it."""
    return rules.may_change(who.person, series.owner, admin=who.admin, owner_left=_owner_left(tx, series))


def keep(tx: Tx, channel: ChannelId, recurrence: Recurrence, who: Who) -> None:
    """Start a digest, or have the channel's come at other times; a paused one stays paused."""
    found = find(tx, channel)
    owner, state = who.person, SeriesState.ACTIVE
    if found is None:
        digests.put(tx, channel, tx.now - rules.A_WEEK)
    else:
        state = found[1].state
        owner = owner if _owner_left(tx, found[1]) else found[1].owner or owner
    title = f"the digest of {place_of(tx, channel)}"
    series = Series(key_of(channel), ids.POST, title, recurrence, {"channel": channel}, owner, state=state)
    schedules.put(tx, series)
    audit.note(tx, who.person, "digest.started" if found is None else "digest.changed", f"channel {channel}")


def pause(tx: Tx, channel: ChannelId, who: Who) -> None:
    """Nothing is posted until it is resumed."""
    schedules.pause(tx, key_of(channel))
    audit.note(tx, who.person, "digest.paused", f"channel {channel}")


def resume(tx: Tx, channel: ChannelId, who: Who) -> None:
    """On again: the next one tells what happened meanwhile, too."""
    schedules.resume(tx, key_of(channel))
    audit.note(tx, who.person, "digest.resumed", f"channel {channel}")


def skip(tx: Tx, channel: ChannelId, who: Who) -> None:
    """The next one is left out; the one after it tells of both weeks."""
    schedules.skip_next(tx, key_of(channel))
    audit.note(tx, who.person, "digest.skipped", f"channel {channel}")


def end(tx: Tx, channel: ChannelId, who: Who) -> None:
    """The channel has no digest any more."""
    schedules.end(tx, key_of(channel))
    digests.forget(tx, channel)
    audit.note(tx, who.person, "digest.ended", f"channel {channel}")


def run(tx: Tx, occurrence: Occurrence) -> Why | None:
    """It is due: post it, or say why not."""
    channel = ChannelId(str(occurrence.series.subject["channel"]))
    found = find(tx, channel)
    if found is None:
        return Why.NOWHERE
    why = refusal(tx, channel, ChannelKind.PUBLIC)
    if why is Refusal.UNKNOWN:
        raise StillLearning(channel)
    if why is not None:
        _give_up(tx, found[1], why)
        return Why.NOWHERE
    return post(tx, found[0], found[1], occurrence.due_at + WORTH_ASKING)


def post(tx: Tx, digest: Digest, series: Series, last_moment: datetime) -> Why | None:
    """Post what there is to say, once a day; why not, where there is nothing."""
    edition = reading.edition(tx, digest.channel, series.recurrence, digest.told_until)
    if edition.quiet:
        digests.told(tx, digest.channel, digest.told_until, tx.now)
        return Why.QUIET
    letter = views.digest(edition)
    about = {
        "channel": str(digest.channel),
        "since": digest.told_until.isoformat(),
        "until": tx.now.isoformat(),
    }
    key = f"digest:{digest.channel}:{edition.period.today}"
    posted = letters.post(
        tx, key, digest.channel, letter.text, letter.blocks, last_moment=last_moment, then=ids.POSTED,
        about={**about},
    )  # fmt: skip
    if posted:
        digests.told(tx, digest.channel, digest.told_until, tx.now)
    return None if posted else Why.SENT_TODAY


def posted(tx: Tx, answer: Answer) -> None:
    """Slack has it; or it never will, and the next one tells it."""
    if answer.ok or answer.verdict is Verdict.BLOCKED:
        return
    channel = ChannelId(str(answer.about["channel"]))
    since, until = (datetime.fromisoformat(str(answer.about[name])) for name in ("since", "until"))
    digests.told(tx, channel, until, since)
    series = schedules.find(tx, key_of(channel))
    if series is not None and series.owner is not None:
        summary, blocks = forms.not_posted_letter(place_of(tx, channel))
        asks.tell(tx, series.owner, f"digest.not_posted:{channel}:{until:%Y-%m-%d}", summary, blocks)


def place_of(tx: Tx, channel: ChannelId) -> str:
    """What to call a channel in plain words."""
    known: Channel | None = people.channel(tx, channel)
    return f"#{known.name}" if known is not None and known.name else "this channel"


def known_to(tx: Tx, who: Who) -> list[Standing]:
    """The digests of the channels this person knows of."""
    found = [
        (one.channel, schedules.find(tx, key_of(one.channel)))
        for one in digests.known_to(tx, who.person, who.kind)
    ]
    return [standing(tx, channel, series.recurrence) for channel, series in found if series is not None]


def reads_there(tx: Tx, channel: ChannelId, who: Who) -> bool:
    """Whether this person may read what is posted in the channel."""
    known = people.channel(tx, channel)
    public = known is not None and known.kind is ChannelKind.PUBLIC and who.kind is PersonKind.MEMBER
    return public or people.is_member(tx, channel, who.person)


def key_of(channel: ChannelId) -> str:
    """The key of the channel's series."""
    return f"digest:{channel}"


def channel_of(value: str) -> ChannelId:
    """The channel a button is about; its value is the channel's id or the series' key."""
    return ChannelId(value.removeprefix("digest:"))


# ---------------------------------------------------------------------------------------------------------


def _owner_left(tx: Tx, series: Series) -> bool:
    owner = None if series.owner is None else people.person(tx, series.owner)
    channel = channel_of(series.key)
    return owner is None or owner.kind is PersonKind.GONE or not people.is_member(tx, channel, owner.id)


def _give_up(tx: Tx, series: Series, why: Refusal) -> None:
    """It cannot be posted there any more: pause it, and tell its owner why."""
    channel = channel_of(series.key)
    schedules.pause(tx, series.key)
    audit.note(tx, None, "digest.paused", f"channel {channel}", why=why)
    if series.owner is not None:
        summary, blocks = forms.paused_letter(place_of(tx, channel), why)
        asks.tell(tx, series.owner, f"digest.paused:{channel}:{tx.now:%Y-%m-%d}", summary, blocks)
