"""Slack in: confirming, undoing and choosing links, the one card, and following. One call into the service each."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.kit import commands
from handlers.kit.commands import Empty, Subcommand
from handlers.kit.features import Opens
from handlers.kit.help import help_text, usage_text
from handlers.kit.replies import (
    ButtonReply,
    CommandReply,
    FieldErrors,
    Note,
    OpenModal,
    Options,
    SubmitReply,
    Text,
    UpdateModal,
    View,
)
from handlers.kit.requests import ButtonRequest, CommandRequest, OptionsRequest, SubmitRequest, Who
from handlers.links import ids, modals, rules, service
from handlers.links.service import Outcome
from storage.database import Tx
from storage.things.values import Reference

OFFERED = 20
NAMES = "Names of things look like F-12, D-7, L-4, B-2."
GONE = "I find nothing of that name that you can see."
NOT_YOURS = "Only whoever linked them, or owns one of them, can undo that."
USAGE = (
    ("F-12", "why it exists, who must know when it changes, and what it is linked to"),
    ("help", "this list"),
)
CONFIRMED = "{one} and {other} are linked. Whoever one of them belongs to hears when the other changes."
UNDONE = "{one} and {other} are not linked. Writing the name again does not link them; “Link…” does."


@dataclass(frozen=True, slots=True)
class Listeners:
    """Over the features' own cards, by the letters of their things."""

    opens: Mapping[str, Opens]

    def show(self, tx: Tx, request: CommandRequest) -> CommandReply:
        """`/throughline show F-12`: the one card of anything."""
        match commands.parse(request.text, {}, free_text=False):
            case Empty() | Subcommand():
                return Text(help_text("throughline show", USAGE))
        about = rules.reference_of(request.text)
        if about is None:
            return Text(f"{usage_text('throughline show', request.text, USAGE)}\n{NAMES}")
        view = self._joint(tx, about, request.who)
        return Text(GONE) if view is None else OpenModal(view)

    def why(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """*Why?* on a card."""
        return self._shown(tx, request, rules.reference_of(request.value))

    def row(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """The menu beside a linked thing: look at it, or undo the link."""
        what, _, value = request.value.partition("|")
        if what == "why":
            return self._shown(tx, request, rules.reference_of(value))
        return self._settled(tx, request, value)

    def open(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """The thing's own card."""
        about = rules.reference_of(request.value)
        opens = None if about is None else self.opens.get(about.letter)
        view = None if about is None or opens is None else opens(tx, request.who, about.number)
        return _say(request, GONE) if view is None else _open(request, view)

    def confirm(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """They do belong together."""
        pair = rules.pair_of(request.value)
        outcome = Outcome.GONE if pair is None else service.confirm(tx, *pair, request.who)
        if pair is None or outcome is Outcome.GONE:
            return _say(request, GONE)
        return self._answer(tx, request, pair, CONFIRMED)

    def undo(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """They do not."""
        return self._settled(tx, request, request.value)

    def pick(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """*Link…*: what to link it to."""
        about = rules.reference_of(request.value)
        card = None if about is None else service.joint(tx, about, request.who)
        return _say(request, GONE) if card is None else _open(request, modals.picker(card.thing))

    def found(self, tx: Tx, request: OptionsRequest) -> Options:
        """What the picker offers while somebody types."""
        found = service.find(tx, request.who, request.value, OFFERED)
        return Options([(f"{one.reference} {one.title}", str(one.reference)) for one in found])

    def picked(self, tx: Tx, request: SubmitRequest) -> SubmitReply:
        """Link the two."""
        about, other = modals.read(request.metadata), rules.reference_of(request.choice(ids.BLOCK_TO) or "")
        if about is None:
            return UpdateModal(modals.TOO_OLD)
        if other is None or other == about:
            itself = (
                f"{about} is what you link; choose something else." if other else "Choose what to link it to."
            )
            return FieldErrors({ids.BLOCK_TO: itself})
        outcome = service.choose(tx, about, other, request.who)
        notice = f"{about} and {other} are linked{' already' if outcome is Outcome.ALREADY else ''}."
        view = None if outcome is Outcome.GONE else self._joint(tx, about, request.who, notice)
        return UpdateModal(modals.told(GONE) if view is None else view)

    def look(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """*Find something…*: what?"""
        del tx
        return _open(request, modals.finder())

    def chosen(self, tx: Tx, request: SubmitRequest) -> SubmitReply:
        """The one card of what was found."""
        about = rules.reference_of(request.choice(ids.BLOCK_TO) or "")
        if about is None:
            return FieldErrors({ids.BLOCK_TO: "Choose what to look at."})
        view = self._joint(tx, about, request.who)
        return UpdateModal(modals.told(GONE) if view is None else view)

    def follow(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Hear of every change of it."""
        return self._follow(tx, request, follows=True)

    def unfollow(self, tx: Tx, request: ButtonRequest) -> ButtonReply:
        """Hear of it no more."""
        return self._follow(tx, request, follows=False)

    def _follow(self, tx: Tx, request: ButtonRequest, *, follows: bool) -> ButtonReply:
        about = rules.reference_of(request.value)
        if about is None or not service.follow(tx, about, request.who, follows=follows):
            return _say(request, GONE)
        return self._shown(tx, request, about)

    def _settled(self, tx: Tx, request: ButtonRequest, value: str) -> ButtonReply:
        pair = rules.pair_of(value)
        outcome = Outcome.GONE if pair is None else service.undo(tx, *pair, request.who)
        if pair is None or outcome is Outcome.GONE:
            return _say(request, GONE)
        if outcome is Outcome.NOT_THEIRS:
            return _say(request, NOT_YOURS)
        return self._answer(tx, request, pair, UNDONE)

    def _answer(
        self, tx: Tx, request: ButtonRequest, pair: tuple[Reference, Reference], words: str
    ) -> ButtonReply:
        said = words.format(one=pair[0], other=pair[1])
        if not _in_modal(request):
            return Note(said)
        view = self._joint(tx, pair[0], request.who, said.replace("*", ""))
        return _say(request, said) if view is None else UpdateModal(view)

    def _shown(self, tx: Tx, request: ButtonRequest, about: Reference | None) -> ButtonReply:
        view = None if about is None else self._joint(tx, about, request.who)
        return _say(request, GONE) if view is None else _open(request, view)

    def _joint(self, tx: Tx, about: Reference, who: Who, notice: str = "") -> View | None:
        card = service.joint(tx, about, who, opens=about.letter in self.opens)
        return None if card is None else modals.joint(card, notice)


# ---------------------------------------------------------------------------------------------------------


def _in_modal(request: ButtonRequest) -> bool:
    return request.view is not None and request.view.get("type") == "modal"


def _open(request: ButtonRequest, view: View) -> ButtonReply:
    return UpdateModal(view) if _in_modal(request) else OpenModal(view)


def _say(request: ButtonRequest, words: str) -> ButtonReply:
    return UpdateModal(modals.told(words)) if _in_modal(request) else Note(words)
