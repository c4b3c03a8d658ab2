"""Slack in: `/launch` and what it says, *New launch*, and the owners of its functions."""

from datetime import date

from handlers.asks import service as asks
from handlers.kit import commands, forms, places
from handlers.kit.blocks import Block, actions
from handlers.kit.commands import Empty, Subcommand, Takes, Unknown, Words, split_quoted
from handlers.kit.dates import parse_date
from handlers.kit.elements import button
from handlers.kit.help import help_text, unknown_text
from handlers.kit.permissions import MEMBERS
from handlers.kit.references import find_references, parse_reference
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    OpenModal,
    SubmitReply,
    Text,
    UpdateModal,
)
from handlers.kit.requests import ButtonRequest, CommandRequest, SubmitRequest, Who
from handlers.launches import cards, ids, joining, listing, modals, moving, rules, service
from handlers.launches.modals import LaunchForm, NewForm
from handlers.launches.shown import together
from handlers.links import service as links
from storage.database import Tx
from storage.launches.values import Tier
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.things import queries as things
from storage.things.values import Letter, Reference
from storage.values import ChannelId, FunctionId, PersonId

SUBCOMMANDS = {
    "new": Takes.TEXT,
    "list": Takes.NOTHING,
    "show": Takes.REFERENCE,
    "move": Takes.TEXT,
    "items": Takes.NOTHING,
}
USAGE = (
    ("", "what needs you, then what is launched next"),
    ("new", 'a launch with the items of its tier; also `new "Invoices in euro" 10 december`'),
    ("list", "the launches you can see"),
    ("show L-4", "one launch; `/launch L-4` does the same"),
    ("move L-4 friday", "another date: first what moves, then who is told"),
    ("items", "your items, over all launches"),
    ("help", "this list"),
)
SHARED = (
    "People from outside are in this channel, so nothing is launched from here. Type it in one of your own."
)


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/launch`: alone what needs me and what comes next, else what the first word says."""
    named = parse_reference(request.text)
    if named is not None:
        return listing.show(tx, request.who, request.text)
    match commands.parse(request.text, SUBCOMMANDS, free_text=False):
        case Subcommand("new", rest):
            return _new(tx, request, rest)
        case Subcommand("list", _):
            return listing.listed(tx, request.who)
        case Subcommand("show", rest):
            return listing.show(tx, request.who, rest)
        case Subcommand("move", rest):
            return moving.command(tx, request.who, rest)
        case Subcommand("items", _):
            return listing.items(tx, request.who)
        case Subcommand("help", _):
            return Text(help_text("launch", USAGE))
        case Unknown(word, nearest):
            return Text(unknown_text("launch", word, nearest, USAGE))
        case Empty() | Subcommand() | Words():
            return _alone(tx, request.who)


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*New launch* in Home or in a list."""
    return forms.open_view(request, modals.new(_form_here(tx, request), "", None, ""))


def make_from(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Make a launch* on something it is made for."""
    reference = parse_reference(request.value)
    made_from = "" if reference is None else reference.name
    return forms.open_view(request, modals.new(_form_here(tx, request), "", None, made_from))


def made(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Keep the launch; its owners come on the next page."""
    form = forms.read(NewForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    name, on, tier = request.text(ids.BLOCK_NAME), request.day(ids.BLOCK_DAY), request.choice(ids.BLOCK_TIER)
    errors = _errors(tx, request, form)
    if errors or name is None or on is None or tier not in set(Tier):
        return FieldErrors(errors or {ids.BLOCK_TIER: "Choose how big it is."})
    channel, where = _place(tx, request, form)
    audience = places.audience_of(channel, where, request.who.person, with_us=False)
    launch = service.make(tx, name, on, Tier(tier), request.who, _board_channel(channel, where), audience)
    for one in _made_for(request):
        links.join(tx, launch.reference, one, request.who.person)
    links.read(tx, launch.reference, name, request.who)
    shown = cards.shown(tx, launch, request.who)
    follows = [joining.settle(tx, launch, where), *filter(None, [modals.unowned(shown)]), TELLING]
    return UpdateModal(modals.owners(shown, follows, new=True))


TELLING = "Its owners are told in ten minutes."


def owners(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """*Owners…* was pressed: open them."""
    launch = cards.see(tx, forms.numbers(request.value)[0], request.who)
    if launch is None:
        return forms.say(request, listing.GONE)
    if not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return forms.say(request, listing.whose(tx, launch))
    return forms.open_view(request, modals.owners(cards.shown(tx, launch, request.who)))


def owners_named(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Who sees to each function's part from now on."""
    form = forms.read(LaunchForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    launch = cards.see(tx, form.number, request.who)
    if launch is None or not rules.may_change(launch, request.who.person, admin=request.who.admin):
        return UpdateModal(
            forms.told("Not saved", listing.GONE if launch is None else listing.whose(tx, launch))
        )
    named = _named(request)
    wrong = service.strangers(tx, launch, list(named.values()))
    errors = {f"{modals.OWNER_BLOCK}{one}": wrong[who] for one, who in named.items() if who in wrong}
    if errors:
        return FieldErrors(errors)
    now = service.name_leads(tx, launch, named, request.who)
    shown = cards.shown(tx, now, request.who)
    return UpdateModal(modals.made(shown, [*filter(None, [modals.unowned(shown)]), TELLING]))


# ---------------------------------------------------------------------------------------------------------


def _new(tx: Tx, request: CommandRequest, rest: str) -> CommandReply:
    if request.who.kind not in MEMBERS:
        return Text(MEMBERS.refusal)
    known = people.channel(tx, request.channel)
    if known is not None and known.shared:
        return Text(SHARED)
    where = places.kind_of_channel(request.channel, request.channel_name) if known is None else known.kind
    name, on = named_and_dated(rest, cards.week_of(tx, request.who.person)[1])
    here = _board_channel(request.channel, where)
    form = NewForm(channel=here or "", where=where if here else ChannelKind.PUBLIC)
    return OpenModal(modals.new(form, name, on, ""))


def _form_here(tx: Tx, request: ButtonRequest) -> NewForm:
    """Where the button stands, if a board can stand there; else the form asks for a channel."""
    known = None if request.channel is None else people.channel(tx, request.channel)
    if known is None or known.shared or _board_channel(known.id, known.kind) is None:
        return NewForm(channel="")
    return NewForm(channel=known.id, where=known.kind)


def named_and_dated(words: str, today: date) -> tuple[str, date | None]:
    """`"Invoices in euro" 10 december`: the name, and the day it ends in if it ends in one."""
    parts = split_quoted(words)
    for last in (3, 2, 1):
        on = parse_date(" ".join(parts[-last:]), today) if len(parts) >= last else None
        if on is not None:
            return " ".join(parts[:-last]), on
    return " ".join(parts), None


def _alone(tx: Tx, who: Who) -> Text:
    waiting, listed = asks.open_blocks(tx, who.person), listing.listed(tx, who)
    text = "\n".join(one for one in (waiting.text, listed.text) if one)
    return Text(text, [*waiting.blocks, *listed.blocks])


def new_button() -> Block:
    """*New launch*, for whoever may make one."""
    return actions(button("New launch", ids.NEW))


def _errors(tx: Tx, request: SubmitRequest, form: NewForm) -> dict[str, str]:
    errors: dict[str, str] = {}
    if request.text(ids.BLOCK_NAME) is None:
        errors[ids.BLOCK_NAME] = "What is launched needs a name."
    on = request.day(ids.BLOCK_DAY)
    if on is None or on <= cards.week_of(tx, request.who.person)[1]:
        errors[ids.BLOCK_DAY] = "Choose a day after today."
    viewer = cards.viewer(request.who)
    gone = [str(one) for one in _made_for(request) if things.find(tx, one, viewer) is None]
    if gone:
        errors[ids.BLOCK_FOR] = f"I find no {together(gone)} that you can see."
    elif request.text(ids.BLOCK_FOR) and not _made_for(request):
        errors[ids.BLOCK_FOR] = "Name decisions and feedback as they are called: D-7 F-12."
    if not form.channel and not _may_stand(tx, request.channel(ids.BLOCK_CHANNEL), request.who):
        errors[ids.BLOCK_CHANNEL] = (
            "Choose a channel that you and I are both in, or type /launch new in the one you mean."
        )
    return errors


def _made_for(request: SubmitRequest) -> list[Reference]:
    found = find_references((request.text(ids.BLOCK_FOR) or "").upper())
    return [Reference(Letter(one.letter), one.number) for one in found]


def _may_stand(tx: Tx, channel: ChannelId | None, who: Who) -> bool:
    found = cards.open_channel(tx, channel)
    return found is not None and people.is_member(tx, found.id, who.person)


def _place(tx: Tx, request: SubmitRequest, form: NewForm) -> tuple[ChannelId, ChannelKind]:
    channel = ChannelId(form.channel) if form.channel else request.channel(ids.BLOCK_CHANNEL)
    assert channel is not None
    known = people.channel(tx, channel)
    return channel, form.where if known is None else known.kind


def _board_channel(channel: ChannelId, where: ChannelKind) -> ChannelId | None:
    return channel if where in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else None


def _named(request: SubmitRequest) -> dict[FunctionId, PersonId | None]:
    blocks = [one for one in request.state if one.startswith(modals.OWNER_BLOCK)]
    return {FunctionId(one.removeprefix(modals.OWNER_BLOCK)): request.person(one) for one in blocks}
