"""Slack in: starting a check-in, by the proposal's buttons or the form behind *Change…*."""

from handlers.checkins import cards, coming_in, ids, modals, places, pressed, rules, service, views
from handlers.checkins.choosing import chosen, form_of
from handlers.checkins.modals import SettingsForm
from handlers.checkins.places import Trouble
from handlers.kit import forms
from handlers.kit.places import kind_of_channel
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
from storage.checkins import queries as checkins
from storage.checkins.values import MOST_PEOPLE
from storage.database import Tx
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import ChannelId, PersonKind

FULL_MEMBERS = "A full member of the channel starts a check-in; guests take part. Ask one of them."
JOINING = "I am joining; in a moment the check-in's card is here, and you are told."
SAME_NOW = "Changed meanwhile by {who}. Close this and open it again to see how it is now."
THERE = "{name} is in {where} already. `/checkin` there shows it."


def propose(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/checkin` where the channel has none: everything at once."""
    known = people.channel(tx, request.channel)
    found = places.trouble(known)
    if known is None and found is Trouble.NOT_IN:
        return _unseen(request)
    if found is Trouble.NOT_IN and known is not None and known.kind is ChannelKind.PUBLIC:
        shown = views.proposal_unseen(places.where(tx, request.channel), request.channel)
        return Text(shown.text, shown.blocks)
    if found is not None:
        return Text(places.words(tx, found, request.channel))
    proposal, where = service.propose(tx, request.channel, request.who), places.where(tx, request.channel)
    shown = views.proposal(where, proposal.settings, len(proposal.people), request.who.zone)
    return Text(shown.text, shown.blocks)


def is_channel(tx: Tx, request: CommandRequest) -> bool:
    """Whether the command was typed in a channel."""
    known = people.channel(tx, request.channel)
    kind = kind_of_channel(request.channel, request.channel_name) if known is None else known.kind
    return kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/checkin new`: the form for one more in this channel."""
    if request.who.kind is not PersonKind.MEMBER:
        return Text(FULL_MEMBERS)
    known = people.channel(tx, request.channel)
    if not is_channel(tx, request):
        return Text(places.SAID[Trouble.NOT_A_CHANNEL])
    if places.trouble(known) is not None:
        return propose(tx, request)
    return OpenModal(_form(tx, request.channel, request.who))


def start(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Start*: as proposed; a second press changes nothing."""
    if not is_id(request.value):
        return Note(forms.OLD_BUTTON)
    channel = ChannelId(request.value)
    if request.who.kind is not PersonKind.MEMBER:
        return Note(FULL_MEMBERS)
    known = people.channel(tx, channel)
    found = places.trouble(known)
    if found is Trouble.NOT_IN and (known is None or known.kind is ChannelKind.PUBLIC):
        coming_in.come_in(tx, channel, request.who.person)
        return Note(JOINING, replace=True)
    if found is not None:
        return Note(places.words(tx, found, channel))
    if there := service.of_channel(tx, channel, request.who):
        return Note(THERE.format(name=there[0].reference, where=places.where(tx, channel)), replace=True)
    proposal = service.propose(tx, channel, request.who)
    if len(proposal.people) > MOST_PEOPLE:
        return pressed.open_view(request, _form(tx, channel, request.who))
    checkin = service.start(tx, proposal.settings, proposal.people, request.who.person)
    said = views.started(cards.card(tx, checkin, request.who))
    return Note(said.text, said.blocks, replace=True)


def new(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Change…* on the proposal, or *Another one…*: the form."""
    channel = ChannelId(request.value)
    if request.who.kind is not PersonKind.MEMBER:
        return pressed.say(request, FULL_MEMBERS)
    if (found := places.trouble(people.channel(tx, channel))) is not None:
        return pressed.say(request, places.words(tx, found, channel))
    return pressed.open_view(request, _form(tx, channel, request.who))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Begin it or change it, or say which field is wrong."""
    form = forms.read(SettingsForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    if form.number:
        return _changed(tx, form, request)
    channel = ChannelId(form.channel)
    if request.who.kind is not PersonKind.MEMBER or places.trouble(people.channel(tx, channel)) is not None:
        return UpdateModal(modals.told("Not started", FULL_MEMBERS))
    typed = chosen(tx, request, None, channel)
    if isinstance(typed, dict):
        return FieldErrors(typed)
    checkin = service.start(tx, typed.settings, typed.people, request.who.person)
    return UpdateModal(modals.started(cards.card(tx, checkin, request.who)))


def change(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Change…* on a card."""
    checkin = pressed.checkin(tx, request)
    if checkin is None:
        return pressed.say(request, pressed.GONE)
    if not rules.may_manage(checkin, request.who.person, admin=request.who.admin):
        return pressed.say(request, whose(tx, checkin.number, request.who))
    form = SettingsForm(number=checkin.number, seen=checkin.version, channel=checkin.channel)
    return pressed.open_view(
        request, modals.settings(form, form_of(tx, checkin.settings, checkin, request.who))
    )


def whose(tx: Tx, number: int, who: Who) -> str:
    """Who may change it, for somebody who may not."""
    card = cards.card(tx, checkins.must(tx, number), who)
    return f"{card.owner} runs {card.checkin.reference}: they or an admin can do that."


# ---------------------------------------------------------------------------------------------------------


def _unseen(request: CommandRequest) -> CommandReply:
    """We do not know the channel: a public one we can join, for a private one we need to be asked in."""
    kind = kind_of_channel(request.channel, request.channel_name)
    named = kind is ChannelKind.PUBLIC and request.channel_name
    where = f"#{request.channel_name}" if named else "this channel"
    if kind is ChannelKind.PUBLIC:
        shown = views.proposal_unseen(where, request.channel)
        return Text(shown.text, shown.blocks)
    found = Trouble.NOT_IN if kind is ChannelKind.PRIVATE else Trouble.NOT_A_CHANNEL
    return Text(places.SAID[found].format(where=where))


def _form(tx: Tx, channel: ChannelId, who: Who) -> dict[str, object]:
    proposal = service.propose(tx, channel, who)
    shown = form_of(tx, proposal.settings, None, who, proposal.people)
    return modals.settings(SettingsForm(channel=channel), shown)


def _changed(tx: Tx, form: SettingsForm, request: SubmitRequest) -> SubmitReply:
    checkin = cards.see(tx, form.number, request.who)
    if checkin is None:
        return UpdateModal(modals.told("Not there any more", pressed.GONE))
    if not rules.may_manage(checkin, request.who.person, admin=request.who.admin):
        return UpdateModal(modals.told("Not saved", whose(tx, checkin.number, request.who)))
    typed = chosen(tx, request, checkin, checkin.channel)
    if isinstance(typed, dict):
        return FieldErrors(typed)
    if checkin.version != form.seen or not service.change(
        tx, checkin, typed.settings, typed.people, request.who.person
    ):
        by = places.names(tx, [checkin.changed_by]).get(checkin.changed_by, "a colleague")
        return FieldErrors({ids.BLOCK_NAME: SAME_NOW.format(who=by)})
    return UpdateModal(modals.shown(cards.card(tx, checkins.must(tx, form.number), request.who), "Saved."))
