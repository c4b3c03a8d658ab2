"""Slack in: `/checkin` and what can stand behind it."""

from collections.abc import Callable

from handlers.asks import service as asks
from handlers.checkins import (
    answers,
    blocker_listeners,
    cards,
    ids,
    managing,
    modals,
    pressed,
    service,
    starting,
    views,
)
from handlers.kit import commands
from handlers.kit.blocks import Block, actions, divider
from handlers.kit.commands import Empty, Subcommand, Takes, Unknown, Words
from handlers.kit.elements import button
from handlers.kit.help import help_text, unknown_text
from handlers.kit.mrkdwn import escape
from handlers.kit.references import parse_reference
from handlers.kit.replies import ButtonReply, CommandReply, Note, OpenModal, Text
from handlers.kit.requests import ButtonRequest, CommandRequest, Who
from storage.checkins import queries as checkins
from storage.checkins.values import CheckIn
from storage.database import Tx

SUBCOMMANDS = {
    "list": Takes.NOTHING,
    "show": Takes.REFERENCE,
    "answer": Takes.REFERENCE,
    "blockers": Takes.NOTHING,
    "new": Takes.NOTHING,
    "pause": Takes.REFERENCE,
    "resume": Takes.REFERENCE,
    "skip": Takes.REFERENCE,
    "run": Takes.REFERENCE,
    "end": Takes.REFERENCE,
}
USAGE = (
    ("", "propose one where the channel has none; else what needs you, and the check-in here"),
    ("list", "the check-ins you can see"),
    ("show C-3", "one check-in, or one blocker such as B-5"),
    ("answer", "answer in the round under way"),
    ("blockers", "what is in somebody's way, and for how long"),
    ("new", "one more check-in in this channel"),
    ("pause C-3", "ask nobody until it is resumed"),
    ("resume C-3", "go on with the next date"),
    ("skip C-3", "leave out the next date"),
    ("run C-3", "ask now whoever was not asked today"),
    ("end C-3", "ask nobody any more"),
    ("help", "this list"),
)
SHOWN = 10
NOTHING = "None yet that you can see. Type `/checkin` in a channel: it proposes one."
WHICH = "Which one? Type `/checkin {word} C-3`; `/checkin list` shows them all."

Deed = Callable[[Tx, CheckIn, Who], str]


def command(tx: Tx, request: CommandRequest) -> CommandReply:
    """`/checkin`: alone what is here, else what the first word says."""
    match commands.parse(request.text, SUBCOMMANDS, free_text=False):
        case Subcommand("list", _):
            return listed(tx, request.who)
        case Subcommand("show", rest):
            return _show(tx, request, rest)
        case Subcommand("answer", rest):
            return _answer(tx, request, rest)
        case Subcommand("blockers", _):
            return blocker_listeners.listed(tx, request.who)
        case Subcommand("new", _):
            return starting.command(tx, request)
        case Subcommand("help", _):
            return Text(help_text("checkin", USAGE))
        case Subcommand(word, rest):
            return _manage(tx, request, word, rest)
        case Unknown(word, nearest):
            return Text(unknown_text("checkin", word, nearest, USAGE))
        case Empty() | Words():
            return _alone(tx, request)


def listed(tx: Tx, who: Who, after: int = 0) -> Text:
    """A page of those this person may see."""
    found = checkins.visible(tx, cards.viewer(who), SHOWN + 1, after)
    shown = [cards.brief(tx, one) for one in found[:SHOWN]]
    blocks: list[Block] = views.lines("Check-ins", shown, NOTHING)
    if len(found) > SHOWN:
        blocks.append(actions(button("More", ids.MORE, str(found[SHOWN - 1].number))))
    said = "\n".join(["Check-ins", *map(views.said_line, shown)]) if shown else NOTHING
    return Text(escape(said) if shown else said, blocks)


def more(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page, in place of this one."""
    page = listed(tx, request.who, pressed.number(request))
    return Note(page.text, page.blocks, replace=True)


# ---------------------------------------------------------------------------------------------------------


def _alone(tx: Tx, request: CommandRequest) -> CommandReply:
    here = service.of_channel(tx, request.channel, request.who)
    if here:
        return _here(tx, request, here)
    known = starting.is_channel(tx, request)
    if known:
        return starting.propose(tx, request)
    return _elsewhere(tx, request.who)


def _here(tx: Tx, request: CommandRequest, here: list[CheckIn]) -> Text:
    """What needs me, then the check-ins of this channel with their buttons."""
    needs, found = (
        asks.open_blocks(tx, request.who.person),
        [cards.card(tx, one, request.who) for one in here],
    )
    blocks: list[Block] = [*needs.blocks]
    for one in found:
        blocks += [*([divider()] if blocks else []), *views.card_blocks(one)]
    blocks.append(actions(button("Another one…", ids.NEW, request.channel)))
    said = [*([needs.text] if needs.text else []), *map(views.said_line, found)]
    return Text(escape("\n".join(said)), blocks[:50])


def _elsewhere(tx: Tx, who: Who) -> Text:
    """In a conversation: what needs me, then what I take part in."""
    needs = asks.open_blocks(tx, who.person)
    found = [cards.brief(tx, one) for one in checkins.of_person(tx, cards.viewer(who), SHOWN)]
    blocks = [*needs.blocks, *views.lines("You take part in", found, NOTHING)]
    said = [*([needs.text] if needs.text else []), *(map(views.said_line, found) if found else [NOTHING])]
    return Text(escape("\n".join(said)), blocks)


def _named(tx: Tx, request: CommandRequest, rest: str) -> CheckIn | None:
    """The check-in a command is about: the one named, else the only one of the channel."""
    reference = parse_reference(rest)
    if reference is not None:
        return cards.see(tx, reference.number, request.who) if reference.letter == "C" else None
    here = service.of_channel(tx, request.channel, request.who)
    return here[0] if len(here) == 1 else None


def _missing(rest: str, word: str) -> Text:
    return Text(pressed.GONE if rest else WHICH.format(word=word))


def _show(tx: Tx, request: CommandRequest, rest: str) -> CommandReply:
    reference = parse_reference(rest)
    if reference is not None and reference.letter == "B":
        return blocker_listeners.shown(tx, reference.number, request.who)
    checkin = _named(tx, request, rest)
    if checkin is None:
        return _missing(rest, "show")
    return OpenModal(modals.shown(cards.card(tx, checkin, request.who)))


def _answer(tx: Tx, request: CommandRequest, rest: str) -> CommandReply:
    checkin = _named(tx, request, rest)
    if checkin is None:
        return _missing(rest, "answer")
    found = answers.open_form(tx, checkin, None, request.who)
    return Text(found) if isinstance(found, str) else OpenModal(found)


def _manage(tx: Tx, request: CommandRequest, word: str, rest: str) -> CommandReply:
    checkin = _named(tx, request, rest)
    if checkin is None:
        return _missing(rest, word)
    return Text(escape(managing.DEEDS[word](tx, checkin, request.who)))
