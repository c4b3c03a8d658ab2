"""Slack in: `/decision`, *Record a decision* on a message, and the one field that is all it takes."""

from handlers.decisions import cards, ids, listing, modals, replacing, rules, service
from handlers.decisions.consequences import consequences
from handlers.decisions.modals import RecordForm
from handlers.kit import commands, forms, places
from handlers.kit.commands import Empty, Subcommand, Takes, Unknown, Words
from handlers.kit.help import help_text
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    ShortcutReply,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    MessageShortcutRequest,
    SubmitRequest,
    Who,
)
from handlers.kit.words import words_of
from storage.database import Tx
from storage.decisions import queries as decisions
from storage.decisions.values import Decision, Details, NewDecision, Source
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import Audience, ChannelId

SUBCOMMANDS = {
    "list": Takes.NOTHING,
    "search": Takes.TEXT,
    "show": Takes.REFERENCE,
    "supersede": Takes.REFERENCE,
    "export": Takes.NOTHING,
}
USAGE = (
    ("", "record what was decided"),
    ("some words", "the same, with the words filled in"),
    ("list", "the newest decisions you can see"),
    ("search words", "those with all of these words in them"),
    ("show D-7", "one decision"),
    ("supersede D-7", "decide something else instead of it"),
    ("export", "the decisions you can see, as Markdown"),
    ("help", "this list"),
)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/decision`: alone the field, with words the field filled in, else what the first word says."""
    match commands.parse(request.text, SUBCOMMANDS, free_text=True):
        case Words(words):
            return OpenModal(modals.record(_form(tx, request.channel, request.channel_name), words))
        case Subcommand("list", _):
            return listing.listed(tx, request.who, "")
        case Subcommand("search", words):
            return listing.listed(tx, request.who, words) if words else Text(listing.SEARCH_FOR_WHAT)
        case Subcommand("show", rest):
            return listing.show(tx, request.who, rest)
        case Subcommand("supersede", rest):
            return replacing.command(tx, request.who, rest)
        case Subcommand("export", _):
            return OpenModal(listing.export(tx, request.who, decisions.NEWEST))
        case Subcommand("help", _):
            return Text(help_text("decision", USAGE))
        case Empty() | Subcommand() | Unknown():
            return OpenModal(modals.record(_form(tx, request.channel, request.channel_name), ""))


def on_message(tx: Tx, request: MessageShortcutRequest) -> ShortcutReply:
    """The field with the message's words in it, or the card if it was recorded before."""
    ts = str(request.message.get("ts", ""))
    known = decisions.of_message(tx, request.channel, ts, cards.viewer(request.who))
    if known is not None:
        return OpenModal(modals.shown(cards.card(tx, known, request.who)))
    thread = str(request.message.get("thread_ts") or ts)
    form = _form(tx, request.channel, request.channel_name).model_copy(update={"ts": ts, "thread": thread})
    return OpenModal(modals.record(form, words_of(request.message)))


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The field, empty, from a button in Home."""
    del tx, request
    return OpenModal(modals.record(RecordForm(), ""))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep it, or say what is wrong with the field."""
    form = forms.read(RecordForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    what = request.text(ids.BLOCK_WHAT)
    if what is None:
        return FieldErrors(modals.what_error(what))
    if form.replaces:
        return replacing.submitted(tx, form.replaces, what, request.who)
    known = _known(tx, form, request.who)
    return UpdateModal(
        _saved(tx, known or _record(tx, form, what, request.who), request.who, known=bool(known))
    )


# ---------------------------------------------------------------------------------------------------------


def _form(tx: Tx, channel: ChannelId, name: str) -> RecordForm:
    known = people.channel(tx, channel)
    where = places.kind_of_channel(channel, name) if known is None else known.kind
    return RecordForm(channel=channel, where=where)


def _known(tx: Tx, form: RecordForm, who: Who) -> Decision | None:
    return decisions.of_message(tx, ChannelId(form.channel), form.ts, cards.viewer(who)) if form.ts else None


def _record(tx: Tx, form: RecordForm, what: str, who: Who) -> Decision:
    details = Details(what, who.person)
    channel = ChannelId(form.channel) if form.channel else None
    source = Source(channel, form.ts, form.thread) if channel and form.ts else None
    new = NewDecision(details, rules.state_of(details, who.person), who.person, channel, source)
    return service.record(tx, new, _audience(tx, form, who))


def _audience(tx: Tx, form: RecordForm, who: Who) -> Audience:
    """What is typed to us is not secret; what is typed in a talk between people stays theirs."""
    known = people.person(tx, who.person)
    with_us = not form.ts and known is not None and known.dm == form.channel
    where = form.where if form.channel else ChannelKind.PUBLIC
    return places.audience_of(ChannelId(form.channel), where, who.person, with_us=with_us)


def _saved(tx: Tx, decision: Decision, who: Who, *, known: bool) -> View:
    card = cards.card(tx, decision, who)
    return modals.saved(card, consequences(card, cards.place(tx, decision)), known=known)
