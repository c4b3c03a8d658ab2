"""The modals of feedback, and the ids they carry between their pages."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from handlers.feedback import ids, rules, views
from handlers.feedback.rules import WORDS_LIMIT
from handlers.feedback.views import Card
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, input_select, input_text, quote, section
from handlers.kit.elements import button
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.objects import option, options
from handlers.kit.pickers import input_found
from handlers.kit.shortening import length, shorten
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.accounts.values import folded
from storage.feedback.values import Feedback, FeedbackState, Kind, MessageRef, Source
from storage.people.values import ChannelKind
from storage.values import AudienceKind, ChannelId, PersonId


class CaptureForm(BaseModel):
    """Where a capture comes from: ids and enumerated values only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    source: Source
    channel: str = ""
    where: ChannelKind = ChannelKind.PUBLIC
    ts: str = ""
    author: str = ""

    @property
    def message(self) -> MessageRef | None:
        """The message it is about, if any."""
        return MessageRef(ChannelId(self.channel), self.ts) if self.ts else None


class EditForm(BaseModel):
    """Which feedback, and the version the person saw. Words too long for a field are not `editable`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    number: int
    seen: int
    editable: bool = True


def read_capture(metadata: str) -> CaptureForm | None:
    """The form's metadata, or None when the form is older than this version of Throughline."""
    try:
        return CaptureForm.model_validate_json(metadata)
    except ValidationError:
        return None


def read_edit(metadata: str) -> EditForm | None:
    """The form's metadata, or None when the form is older than this version of Throughline."""
    try:
        return EditForm.model_validate_json(metadata)
    except ValidationError:
        return None


def capture(form: CaptureForm, words: str, kind: Kind) -> View:
    """What was said, what sort of thing it is, and optionally for which account."""
    longer = length(words) > WORDS_LIMIT
    blocks: list[Block] = [
        _words_input(words),
        _kind_input(kind),
        _account_input(None),
    ]
    if longer:
        blocks.insert(1, context("The message is longer than fits here; the whole of it stays linked."))
    return modal(
        "Capture feedback",
        blocks,
        submit="Save",
        callback_id=ids.CAPTURE,
        private_metadata=form.model_dump_json(),
    )


def saved(card: Card, audience: AudienceKind, *, known: bool = False) -> View:
    """The last page of a capture: it is on disk, this is how it is called, and who sees it."""
    feedback = card.feedback
    words = f"*{feedback.reference} is saved.*"
    if known and feedback.captured_by != card.viewer:
        words = f"*{feedback.reference} was there already.* You are now one of {card.supporters} who want it."
    undo = (
        [actions(button("Undo", ids.UNDO, str(feedback.number)))]
        if rules.may_undo(feedback, card.viewer)
        else []
    )
    sees = context(f"{SEES[audience]} You find it again with `/capture` and in Home.")
    linked = links.lines(feedback.reference, card.links)
    return modal("Saved", [section(words), quote(feedback.words or "…"), sees, *undo, *linked], close="Done")


SEES = {
    AudienceKind.WORKSPACE: "Everybody here can see it.",
    AudienceKind.CHANNEL: "Members of this channel can see it.",
    AudienceKind.PEOPLE: "Only you and whoever said it can see it.",
}


def shown(card: Card) -> View:
    """A card as a modal, for whoever may see it."""
    feedback = card.feedback
    if feedback.state not in rules.KEPT:
        return withdrawn(feedback, card.viewer)
    return modal(str(feedback.reference), [section(f"*{views.heading(feedback)}*"), *views.card_blocks(card, alone=True)],
                 close="Close")  # fmt: skip


def withdrawn(feedback: Feedback, viewer: PersonId) -> View:
    """It was undone, or its author objected."""
    if feedback.state is FeedbackState.OBJECTED:
        words = f"*{feedback.reference} is not kept:* whoever said it asked so, and the words are deleted."
        return modal("Not kept", [section(words)], close="Done")
    blocks: list[Block] = [section(f"*{feedback.reference} is undone.* Nothing of it goes anywhere.")]
    if viewer == feedback.captured_by:
        blocks.append(actions(button("Bring it back", ids.REDO, str(feedback.number))))
    return modal("Undone", blocks, close="Done")


def edit(feedback: Feedback) -> View:
    """Words, kind and account of something captured."""
    said = feedback.words or ""
    editable = length(said) <= WORDS_LIMIT
    form = EditForm(number=feedback.number, seen=feedback.version, editable=editable)
    whole = context("The words are longer than fits into a field, so they stay as they are.")
    return modal(
        f"Edit {feedback.reference}",
        [
            *([_words_input(said)] if editable else [quote(shorten(said, 300)), whole]),
            _kind_input(feedback.kind),
            _account_input(feedback.account),
        ],
        submit="Save",
        callback_id=ids.EDITED,
        private_metadata=form.model_dump_json(),
    )


def account(feedback: Feedback) -> View:
    """For which account it was."""
    form = EditForm(number=feedback.number, seen=feedback.version)
    said = [quote(shorten(feedback.words, 300))] if feedback.words else []
    return modal(
        f"Account of {feedback.reference}",
        [*said, _account_input(feedback.account, optional=False)],
        submit="Save",
        callback_id=ids.ACCOUNT_GIVEN,
        private_metadata=form.model_dump_json(),
    )


def account_saved(feedback: Feedback, name: str) -> View:
    """The last page after an account was given."""
    return modal("Saved", [section(f"*{feedback.reference}* is for *{escape(name)}*.")], close="Done")


def told(title: str, words: str) -> View:
    """A page that only says something."""
    return modal(title, [section(escape(words))], close="Close")


TOO_OLD = told("Please open it again", "This form is older than I am, please open it again.")


def accounts(known: Sequence[str], typed: str) -> list[tuple[str, str]]:
    """What is offered while somebody types an account: those there are, and what they type as a new one."""
    name = one_line(typed)[: limits.OPTION_VALUE]
    same = {folded(one) for one in known}
    new = [(f"Add “{name}”", name)] if name and folded(name) not in same else []
    return [*((one, one) for one in known), *new]


def account_error(account: str | None) -> str | None:
    """What is wrong with an account's name."""
    if account is not None and len(account) > rules.ACCOUNT_LIMIT:
        return f"An account's name has at most {rules.ACCOUNT_LIMIT} characters; this has {len(account)}."
    return None


def _words_input(words: str) -> Block:
    return input_text(
        "What was said",
        ids.BLOCK_WORDS,
        ids.BLOCK_WORDS,
        multiline=True,
        initial=words or None,
        max_length=WORDS_LIMIT,
        placeholder="In their own words",
    )


def _kind_input(kind: Kind) -> Block:
    return input_select("It is", ids.BLOCK_KIND, ids.BLOCK_KIND, options(*views.kinds()), initial=kind.value)


def _account_input(name: str | None, *, optional: bool = True) -> Block:
    return input_found(
        "For which account",
        ids.BLOCK_ACCOUNT,
        initial=option(name, name) if name else None,
        optional=optional,
        placeholder="Type the customer's name",
        least=1,
    )
