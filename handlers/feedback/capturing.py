"""Slack in: `/capture`, the shortcuts, and the form they open."""

from collections.abc import Callable

from handlers.asks import service as asks
from handlers.feedback import (
    account_views,
    answering,
    answers,
    area_listeners,
    cards,
    exporting,
    finding,
    finding_views,
    ids,
    joining,
    listeners,
    listing,
    merging_listeners,
    modals,
    probing,
    rules,
    service,
    theme_listeners,
    triage_listeners,
    views,
    whereabouts,
)
from handlers.feedback.modals import CaptureForm
from handlers.feedback.service import Saved
from handlers.kit import commands, forms, places
from handlers.kit.blocks import Block, actions, context, section
from handlers.kit.commands import Empty, Subcommand, Takes, Unknown, Words
from handlers.kit.elements import button
from handlers.kit.function_names import known
from handlers.kit.help import help_text
from handlers.kit.mrkdwn import escape
from handlers.kit.permissions import MEMBERS
from handlers.kit.references import parse_reference
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    ShortcutReply,
    SubmitReply,
    Text,
    UpdateModal,
)
from handlers.kit.requests import (
    ButtonRequest,
    CommandRequest,
    GlobalShortcutRequest,
    MessageShortcutRequest,
    SubmitRequest,
    Who,
)
from storage.areas import queries as areas
from storage.database import Tx
from storage.feedback import asking
from storage.feedback import queries as feedbacks
from storage.feedback.listening import where_on
from storage.feedback.values import KEPT, Feedback, FeedbackState, Kind, MessageRef, NewFeedback, Source
from storage.people.values import ChannelKind
from storage.values import Audience, ChannelId, PersonId

SUBCOMMANDS = {
    "show": Takes.REFERENCE,
    "mine": Takes.NOTHING,
    "triage": Takes.NOTHING,
    "list": Takes.NOTHING,
    "search": Takes.TEXT,
    "merge": Takes.TEXT,
    "areas": Takes.NOTHING,
    "themes": Takes.NOTHING,
    "accounts": Takes.NOTHING,
    "export": Takes.NOTHING,
}
LISTED = 5
EMPTY_LIST = (
    "Nothing yet. React 💡 or 🐞 to a message where capturing is on, or type `/capture` and what was said."
)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/capture`: alone what needs me, with words the form, `show F-12` a card."""
    parsed = commands.parse(request.text, SUBCOMMANDS, free_text=True)
    match parsed:
        case Words(words):
            return _capture(tx, request, words)
        case Subcommand("show", rest):
            return _show(tx, request.who, rest)
        case Subcommand("mine", _):
            return OpenModal(listing.page(tx, request.who, listing.MINE))
        case Subcommand("list" | "search", rest):
            form = finding_views.FindForm(typed=bool(rest))
            return OpenModal(finding.listed(tx, request.who, form, rest or None))
        case Subcommand("merge", rest):
            merges = merging_listeners.command(tx, request.who, rest)
            return _capture(tx, request, f"merge {rest}") if merges is None else OpenModal(merges)
        case Subcommand("triage" | "areas" | "themes" | "accounts" | "export" as which, _):
            return _for_members(tx, request.who, which)
        case Subcommand("help", _):
            return Text(help_text("capture", USAGE))
        case Empty() | Subcommand() | Unknown():
            return _overview(tx, request)


def _for_members(tx: Tx, who: Who, which: str) -> CommandReply:
    if who.kind not in MEMBERS:
        return Text(MEMBERS.refusal)
    if which == "triage":
        return OpenModal(triage_listeners.page(tx, who))
    if which == "export":
        return OpenModal(known(exporting.page)(tx, who))
    if which == "themes":
        return OpenModal(theme_listeners.listed(tx, who))
    return OpenModal(area_listeners.listed(tx, who) if which == "areas" else account_views.finder())


USAGE = (
    ("", "what needs you, then what you captured"),
    ("some words", "capture them as feedback, for an account if there is one"),
    ("mine", "all that you captured or want, too"),
    ("list", "all feedback you can see, newest first, with filters"),
    ("search some words", "what was said in these words; a word's beginning is enough"),
    ("show F-12", "one piece of feedback"),
    ("triage", "sort what came in, one after the other"),
    ("merge F-12", "say that it asks for the same as another one; it can be taken apart again"),
    ("areas", "the parts of the product, who looks after each, and by when they answer"),
    ("themes", "what feedback is about, in your own words: renamed, merged, split, retired"),
    ("accounts", "whose an account is and how you stand with it"),
    ("export", "what you can see as a file, for a sheet or to be imported elsewhere"),
    ("help", "this list"),
)


def on_message(tx: Tx, request: MessageShortcutRequest) -> ShortcutReply:
    """*Capture feedback* on a message: the form with its words, or the card if it was captured before."""
    message = MessageRef(request.channel, str(request.message.get("ts", "")))
    known = feedbacks.of_message(tx, message)
    if known is not None and _is_shown(tx, known, request.who):
        return OpenModal(cards.shown(tx, known, request.who))
    words = whereabouts.words_of(tx, request.message)
    author = request.message.get("user")
    form = CaptureForm(
        source=Source.SHORTCUT,
        channel=message.channel,
        where=places.kind_of_channel(request.channel, request.channel_name),
        ts=message.ts,
        author=author if isinstance(author, str) and not request.message.get("bot_id") else "",
    )
    return OpenModal(probing.form(tx, request.who, form, words, rules.likely_kind(words)))


def anywhere(tx: Tx, request: GlobalShortcutRequest) -> ShortcutReply:
    """The form, empty."""
    return OpenModal(probing.form(tx, request.who, CaptureForm(source=Source.COMMAND), "", Kind.IDEA))


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form, empty, from a button in Home."""
    return OpenModal(probing.form(tx, request.who, CaptureForm(source=Source.COMMAND), "", Kind.IDEA))


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Save what the form holds, or say at which field what is wrong."""
    form = forms.read(CaptureForm, request.metadata)
    if form is None:
        return UpdateModal(modals.TOO_OLD)
    words, account, kind = listeners.read_fields(request)
    if errors := listeners.field_errors(words, account):
        return FieldErrors(errors)
    area = answering.area_chosen(tx, request.choice(ids.BLOCK_AREA), ChannelId(form.channel))
    where = whereabouts.asked_audience(tx, request.who.person, form)
    equal = asking.asked_equal(tx, service.viewer(request.who), words)
    areas.want(tx)  # for who is shown it, and who answers it
    audience = where()
    new = NewFeedback(
        kind,
        form.source,
        request.who.person,
        words,
        account,
        form.message,
        PersonId(form.author) if form.author else None,
        area(),
    )
    saved = _joined(tx, request, new, audience, equal) or service.capture(tx, new, audience)
    if not saved.known:
        shown = cards.confirmed(tx, saved.feedback, service.viewer(request.who))
        return UpdateModal(modals.saved(shown, audience.kind))
    shown = cards.card(tx, saved.feedback, request.who.person)
    if saved.asked is not None:
        return UpdateModal(modals.joined(shown, saved.asked, new=saved.supports))
    if saved.feedback.state not in KEPT:
        return UpdateModal(modals.shown(shown))
    return UpdateModal(modals.saved(shown, audience.kind, known=True))


# ---------------------------------------------------------------------------------------------------------


def _capture(tx: Tx, request: CommandRequest, words: str) -> CommandReply:
    return OpenModal(probing.form(tx, request.who, _form(request), words, rules.likely_kind(words)))


def _joined(
    tx: Tx, request: SubmitRequest, new: NewFeedback, audience: Audience, equal: Callable[[], int | None]
) -> Saved | None:
    """What was there already: as somebody chose, else by its message, else by the very same words."""
    if request.choice(ids.BLOCK_NEAR) is not None:
        return joining.chosen(tx, request, new)
    if new.message is not None and feedbacks.of_message(tx, new.message) is not None:
        return None
    return joining.said_before(tx, new, audience, equal)


def _is_shown(tx: Tx, known: Feedback, who: Who) -> bool:
    """Whether its card says all there is to say; what somebody else took back may be captured anew."""
    if known.state is FeedbackState.OBJECTED:
        return True
    mine = known.captured_by == who.person
    seen = feedbacks.see(tx, known.number, service.viewer(who)) is not None
    return seen and (mine or known.state in KEPT)


def _form(request: CommandRequest) -> CaptureForm:
    where = places.kind_of_channel(request.channel, request.channel_name)
    return CaptureForm(source=Source.COMMAND, channel=request.channel, where=where)


def _show(tx: Tx, who: Who, rest: str) -> CommandReply:
    reference = parse_reference(rest)
    feedback = None
    if reference is not None and reference.letter == "F":
        feedback = feedbacks.see(tx, reference.number, service.viewer(who))
    if not rest:
        return Text("Which one? `/capture show F-12`; `/capture` lists what you captured.")
    if feedback is None:
        return Text("I find nothing of that name that you can see. `/capture` lists what you captured.")
    return OpenModal(cards.shown(tx, feedback, who))


def _overview(tx: Tx, request: CommandRequest) -> Text:
    asked = asks.open_blocks(tx, request.who.person)
    mine = feedbacks.mine(tx, service.viewer(request.who), LISTED)
    known = {one.number: answering.known(tx, one, request.who.person) for one in mine}
    titles = [
        f"{one.reference} {rules.title_of(one.words, one.kind)} ({answers.line(one, known[one.number])})"
        for one in mine
    ]
    captured = "You captured: " + " · ".join(titles) if mine else EMPTY_LIST
    here, switch = _switch(tx, request)
    said = [part for part in (asked.text, captured, here) if part]
    blocks = [*asked.blocks, *views.lines("What you captured", mine, EMPTY_LIST, known), *switch]
    return Text(escape("\n".join(said)), blocks)


def _switch(tx: Tx, request: CommandRequest) -> tuple[str, list[Block]]:
    """In a channel: whether emoji capture here, and the button that changes it."""
    kind = places.kind_of_channel(request.channel, request.channel_name)
    if kind in (ChannelKind.IM, ChannelKind.GROUP_IM):
        return "", []
    if where_on(tx, request.channel) is not None:
        off = button("Switch off", ids.UNLISTEN, request.channel)
        return ON_HERE, [context(ON_HERE), actions(off)]
    value = request.channel if kind is ChannelKind.PUBLIC else f"{request.channel}:private"
    on = button("Capture 💡 and 🐞 here", ids.LISTEN, value, style="primary")
    return OFF_HERE, [section(OFF_HERE), actions(on)]


ON_HERE = "💡 and 🐞 are captured in this channel."
OFF_HERE = "Emoji are not captured in this channel."
