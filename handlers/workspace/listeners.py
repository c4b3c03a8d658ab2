"""Slack in: `/throughline`, and "help" written to us in our messages or by mentioning us."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.feedback import talking, typed
from handlers.feedback.talking import Typed
from handlers.kit import switches, turned_off
from handlers.kit.commands import nearest
from handlers.kit.features import Command, Feature
from handlers.kit.jobs import Switch
from handlers.kit.mrkdwn import escape
from handlers.kit.replies import CommandReply, Text
from handlers.kit.requests import CommandRequest, EventRequest, Who
from handlers.kit.surfaces import message
from handlers.kit.words import readable
from handlers.workspace import overview
from handlers.workspace.overview import Entry, Overview
from storage.database import Tx

HELP = "help"


@dataclass(frozen=True, slots=True)
class Listeners:
    """Over all features, the one of what is typed to us among them."""

    features: Sequence[Feature]
    own: Sequence[Entry]
    keeping: Switch

    def command(self, tx: Tx, request: CommandRequest) -> CommandReply:
        """`/throughline`: what there is; a word nobody knows is answered with the nearest."""
        word = readable(request.text).partition(" ")[0]
        unknown = "" if word.casefold() in ("", HELP) else self._unknown(word)
        content = overview.said(self._overview(tx, request.who), unknown)
        return Text(content.text, content.blocks)

    def written(self, tx: Tx, request: EventRequest[Typed]) -> None:
        """Somebody wrote to us: what there is, or that nothing of it is kept while feedback is off."""
        if request.who is None or (words := talking.words_of(tx, request.event)) is None:
            return
        keeps = switches.is_on(tx, self.keeping)
        if typed.wants_help(words):
            talking.answer(tx, request.event, overview.letter(self._overview(tx, request.who), keeps=keeps))
        elif not keeps:
            admins = switches.admins(tx)
            said = turned_off.said(self.keeping, admins, admin=request.who.admin)
            title = turned_off.plainly(self.keeping)
            blocks = turned_off.blocks(
                self.keeping, said.removeprefix(title).strip(), admin=request.who.admin
            )
            talking.answer(tx, request.event, message(title, said.removeprefix(title).strip(), blocks))

    def _unknown(self, word: str) -> str:
        commands = {one.name: one for one in self._commands()}
        meant = nearest(word, [*commands, HELP])
        name = commands[meant].typed if meant in commands else f"throughline {meant}"
        return f"I do not know “{escape(word)}”.{f' Did you mean `/{name}`?' if meant else ''}"

    def _overview(self, tx: Tx, who: Who) -> Overview:
        off = switches.off(tx, [one.switch for one in self.features if one.switch is not None])
        entries = [
            Entry(one.typed, one.summary, each.switch in off)
            for each in self.features
            for one in each.commands
            if who.kind in one.may
        ]
        on = [each.home for each in self.features if each.switch not in off]
        begin = [element for home in on for one in home.begin for element in one(who)]
        return Overview([*entries, *self.own], switches.admins(tx), who.admin, begin)

    def _commands(self) -> list[Command]:
        return [one for each in self.features for one in each.commands]


def from_outside(tx: Tx, request: EventRequest[Typed]) -> None:
    """Somebody of another workspace wrote to us: silence would look as if we were broken."""
    if talking.words_of(tx, request.event) is not None:
        talking.answer(tx, request.event, overview.from_outside())
