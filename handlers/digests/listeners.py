"""Slack in: `/digest`, and the buttons and the form around a digest. One call into the service each."""

from collections.abc import Callable

from handlers.digests import coming_in, forms, ids, needing, reading, rules, service, views
from handlers.digests.forms import DigestForm
from handlers.digests.rules import Refusal
from handlers.kit import commands, places
from handlers.kit.commands import Empty, Subcommand, Takes, Unknown, Words
from handlers.kit.features import Usage
from handlers.kit.forms import OLD_BUTTON, read
from handlers.kit.help import help_text, unknown_text
from handlers.kit.permissions import MEMBERS
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    Note,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
)
from handlers.kit.requests import ButtonRequest, CommandRequest, SubmitRequest, Who, is_id
from handlers.kit.surfaces import MessageContent
from storage.calendar import known_zone, local_date
from storage.database import Tx
from storage.digests import queries as digests
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.schedules.values import Series, Why
from storage.values import ChannelId

SUBCOMMANDS = dict.fromkeys(
    ("list", "show", "preview", "pause", "resume", "skip", "send", "end"), Takes.NOTHING
)
USAGE = (
    Usage("", "start a weekly digest in this channel, or see and change the one it has"),
    Usage("preview", "what one would say now; only you see it"),
    Usage("pause", "post none until it is resumed"),
    Usage("resume", "post it again; the next one tells what happened meanwhile, too"),
    Usage("skip", "leave out the next one"),
    Usage("send", "post one now, if there is something to say"),
    Usage("end", "post none any more"),
    Usage("show", "how this channel's digest stands"),
    Usage("list", "the channels that have one"),
    Usage("help", "this list"),
)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/digest`: alone it proposes one or shows what there is, else what the first word says."""
    who, channel = request.who, request.channel
    match commands.parse(request.text, SUBCOMMANDS, free_text=False):
        case Empty() | Subcommand("show", _):
            return _text(_here(tx, channel, places.kind_of_channel(channel, request.channel_name), who))
        case Subcommand("list", _):
            return _text(forms.listed(service.known_to(tx, who)))
        case Subcommand("preview", _):
            return _text(_preview(tx, channel, places.kind_of_channel(channel, request.channel_name), who))
        case Subcommand(name, _) if name in _DEEDS:
            return _text(_DEEDS[name](tx, channel, who))
        case Unknown(word, nearest):
            return Text(unknown_text("digest", word, nearest, [(one.words, one.does) for one in USAGE]))
        case Subcommand() | Words():
            return Text(_help())


def every(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All digests they know of."""
    return _note(forms.listed(service.known_to(tx, request.who)), replace=False)


def start(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Start it as it was proposed."""
    channel, who = service.channel_of(request.value), request.who
    if not is_id(channel):
        return Note(OLD_BUTTON)
    why = service.refusal(tx, channel, ChannelKind.PUBLIC)
    if coming_in.may(tx, channel, ChannelKind.PUBLIC, why):
        coming_in.come_in(tx, channel, who.person)
        return _note(forms.told(forms.JOINING))
    if why is not None:
        return _note(forms.told(forms.WHY_NOT[why]))
    if not service.reads_there(tx, channel, who):
        return _note(forms.told(forms.NOT_A_READER))
    recurrence = service.proposed(tx, channel, who)
    if service.find(tx, channel) is not None:
        return _note(forms.shown(service.standing(tx, channel, recurrence)))
    service.keep(tx, channel, recurrence, who)
    standing = service.standing(tx, channel, recurrence)
    return _note(forms.shown(standing, f"The digest of {standing.place} is started"))


def change(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form that says when it comes."""
    channel, who = service.channel_of(request.value), request.who
    found = service.find(tx, channel)
    refused = _refused(tx, channel, found and found[1], who)
    if refused is not None:
        return _note(forms.told(refused), replace=False)
    standing = service.standing(tx, channel, service.proposed(tx, channel, who))
    zones = digests.readers(tx, channel).zones
    most = sorted(zones, key=lambda zone: (-zones[zone], zone))
    own = [standing.recurrence.zone or "UTC", who.zone]
    offered = list(dict.fromkeys([*most, *(one for one in own if known_zone(one))]))[:100]
    return OpenModal(forms.form(standing, offered, starting=found is None))


def changed(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """When it comes, as somebody chose."""
    form = read(DigestForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = _may_keep(tx, form, request.who)
    if refused is not None:
        return UpdateModal(forms.told_modal(refused))
    channel = ChannelId(form.channel)
    days = [int(one) for one in request.choices(ids.BLOCK_DAYS) if one in set("1234567")]
    if not days:
        return FieldErrors({ids.BLOCK_DAYS: forms.CHOOSE_DAYS})
    zone = request.choice(ids.BLOCK_ZONE) or ""
    zone = zone if known_zone(zone) else "UTC"
    at, today = request.time_of_day(ids.BLOCK_AT) or rules.AT, local_date(tx.now, zone)
    recurrence = forms.chosen(days, request.choice(ids.BLOCK_EVERY), at, zone, today)
    service.keep(tx, channel, recurrence, request.who)
    return UpdateModal(forms.saved(service.standing(tx, channel, recurrence)))


def preview(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Show me one now."""
    return _note(
        _preview(tx, service.channel_of(request.value), ChannelKind.PUBLIC, request.who), replace=False
    )


def all_needs(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Everything that needs attention, for who reads the channel."""
    channel = service.channel_of(request.value)
    found = service.find(tx, channel)
    if found is None or not service.reads_there(tx, channel, request.who):
        return Note(forms.NONE_HERE)
    digest, series = found
    return OpenModal(needing.all_needs(reading.edition(tx, channel, series.recurrence, digest.told_until)))


def press(name: str) -> Callable[[Tx, ButtonRequest], ButtonReply]:
    """The button that does what the subcommand of that name does."""

    def pressed(tx: Tx, request: ButtonRequest) -> ButtonReply:
        return _note(_DEEDS[name](tx, service.channel_of(request.value), request.who))

    return pressed


# ---------------------------------------------------------------------------------------------------------


def _help() -> str:
    return help_text("digest", [(one.words, one.does) for one in USAGE])


def _text(content: MessageContent) -> Text:
    return Text(content.text, content.blocks)


def _note(content: MessageContent, *, replace: bool = True) -> Note:
    return Note(content.text, content.blocks, replace=replace)


def _here(tx: Tx, channel: ChannelId, kind: ChannelKind, who: Who) -> MessageContent:
    """How the channel's digest stands, or a proposal of one."""
    found, why = service.find(tx, channel), service.refusal(tx, channel, kind)
    if found is not None:
        return forms.shown(service.standing(tx, channel, found[1].recurrence))
    if why is not None and not coming_in.may(tx, channel, kind, why):
        return forms.told(forms.WHY_NOT[why])
    if who.kind not in MEMBERS:
        return forms.told(MEMBERS.refusal)
    if why is not None:
        return forms.proposal_unseen(channel)
    standing = service.standing(tx, channel, service.proposed(tx, channel, who))
    return forms.proposal(standing, digests.readers(tx, channel))


def _preview(tx: Tx, channel: ChannelId, kind: ChannelKind, who: Who) -> MessageContent:
    why, found = service.refusal(tx, channel, kind), service.find(tx, channel)
    if why is not None:
        return forms.told(forms.WHY_NOT[why])
    if not service.reads_there(tx, channel, who):
        return forms.told(forms.NOT_A_READER)
    recurrence = service.proposed(tx, channel, who) if found is None else found[1].recurrence
    edition = reading.edition(tx, channel, recurrence, None if found is None else found[0].told_until)
    if edition.quiet:
        return forms.told(forms.quiet_preview(edition.period.first))
    return views.digest(edition, preview=True)


def _refused(tx: Tx, channel: ChannelId, series: Series | None, who: Who) -> str | None:
    """Why this person may not change it; None where they may."""
    if who.kind not in MEMBERS:
        return MEMBERS.refusal
    if not service.reads_there(tx, channel, who):
        return forms.NOT_A_READER
    if series is None or service.may_change(tx, series, who):
        return None
    owner = series.owner and people.person(tx, series.owner)
    return forms.NOT_YOURS.format(owner=(owner and owner.name) or "the colleague")


def _may_keep(tx: Tx, form: DigestForm, who: Who) -> str | None:
    channel = ChannelId(form.channel)
    why, found = service.refusal(tx, channel, ChannelKind.PUBLIC), service.find(tx, channel)
    return forms.WHY_NOT[why] if why is not None else _refused(tx, channel, found and found[1], who)


def _deed(
    act: Callable[[Tx, ChannelId, Who], object], words: str, *, ends: bool = False, needs_place: bool = False
) -> Callable[[Tx, ChannelId, Who], MessageContent]:
    """Something done to a digest that is there, by somebody who may; then how it stands."""

    def do(tx: Tx, channel: ChannelId, who: Who) -> MessageContent:
        found = service.find(tx, channel)
        refused = forms.NONE_HERE if found is None else _refused(tx, channel, found[1], who)
        if refused is None and needs_place and (why := service.refusal(tx, channel, ChannelKind.PUBLIC)):
            refused = forms.WHY_NOT[why]
        if found is None or refused is not None:
            return forms.told(refused or forms.NONE_HERE)
        act(tx, channel, who)
        said = words.format(place=service.place_of(tx, channel))
        return (
            forms.told(said)
            if ends
            else forms.shown(service.standing(tx, channel, found[1].recurrence), said)
        )

    return do


def _send(tx: Tx, channel: ChannelId, who: Who) -> MessageContent:
    """Post it now, and say what became of it."""
    found = service.find(tx, channel)
    refused = forms.NONE_HERE if found is None else _refused(tx, channel, found[1], who)
    if found is None or refused is not None:
        return forms.told(refused or forms.NONE_HERE)
    why_not: Refusal | None = service.refusal(tx, channel, ChannelKind.PUBLIC)
    if why_not is not None:
        return forms.told(forms.WHY_NOT[why_not])
    digest, series = found
    why = service.post(tx, digest, series, tx.now + rules.A_WEEK)
    place, since = (
        service.place_of(tx, channel),
        rules.period(digest.told_until, tx.now, series.recurrence.zone or "UTC"),
    )
    if why is Why.QUIET:
        return forms.told(forms.posted_nothing(place, since.first))
    if why is Why.SENT_TODAY:
        return forms.told(forms.ALREADY_SENT)
    return forms.shown(
        service.standing(tx, channel, series.recurrence), f"The digest of {place} is on its way"
    )


_DEEDS: dict[str, Callable[[Tx, ChannelId, Who], MessageContent]] = {
    "pause": _deed(service.pause, "The digest of {place} is paused"),
    "resume": _deed(service.resume, "The digest of {place} is on again", needs_place=True),
    "skip": _deed(service.skip, "The next digest of {place} is left out"),
    "end": _deed(service.end, "The digest of {place} has ended. `/digest` starts a new one.", ends=True),
    "send": _send,
}
