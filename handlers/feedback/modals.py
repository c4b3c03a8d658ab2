"""The modals of feedback, and the ids they carry between their pages."""

from collections.abc import Sequence
from typing import Literal

from handlers.feedback import answers, history_views, ids, merging_views, rules, views
from handlers.feedback.history_views import Told, Voice
from handlers.feedback.likeness import Near
from handlers.feedback.rules import WORDS_LIMIT
from handlers.feedback.views import Card
from handlers.kit import limits
from handlers.kit.blocks import Block, actions, context, input_select, input_text, quote, section
from handlers.kit.elements import button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.objects import option, options
from handlers.kit.pickers import input_found
from handlers.kit.requests import MaybeId
from handlers.kit.shortening import length, shorten
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.areas.values import Area
from storage.feedback.values import KEPT, Asked, Feedback, FeedbackState, Kind, MessageRef, Source
from storage.people.values import ChannelKind
from storage.values import AudienceKind, ChannelId, PersonId, folded


class CaptureForm(Form):
    """Where a capture comes from: ids and enumerated values only."""

    v: Literal[1] = 1
    source: Source
    channel: MaybeId = ""
    where: ChannelKind = ChannelKind.PUBLIC
    ts: str = ""
    author: str = ""
    probed: str = ""
    """Which words were compared with what was said before."""

    @property
    def message(self) -> MessageRef | None:
        """The message it is about, if any."""
        return MessageRef(ChannelId(self.channel), self.ts) if self.ts else None


class EditForm(Form):
    """Which feedback, and the version the person saw. Words too long for a field are not `editable`."""

    v: Literal[1] = 1
    number: int
    seen: int
    editable: bool = True


NEW = "new"
"""What somebody chooses who says that it is none of those that were said before."""


def capture(
    form: CaptureForm,
    words: str,
    kind: Kind,
    account: str | None = None,
    near: Sequence[Near] = (),
    about: Sequence[Area] = (),
) -> View:
    """What was said, what sort of thing it is, optionally for which account, and what was said before.

    `about` are the areas it may be about, the likeliest first; one alone is not asked for.
    """
    longer = length(words) > WORDS_LIMIT
    blocks: list[Block] = [
        _words_input(words),
        _kind_input(kind),
        account_input(account),
        *_area(about),
        *_near(near),
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


def joined(card: Card, asked: Asked, *, new: bool) -> View:
    """The last page of asking for what was said before: whose it is, and what is known of it."""
    feedback = card.feedback
    what = f"You asked for it for {escape(asked.account)}" if asked.account else "You asked for it"
    words = f"*{feedback.reference} was there already.* {what}, in your own words, which are kept."
    known = [] if card.answer is None else answers.blocks(feedback, card.answer)
    label = f"Do not ask for {feedback.reference}"
    undo = button("Undo", ids.UNASK, f"{asked.id}|{int(new)}", accessibility_label=label)
    before = [quote(feedback.words or "…"), context(*views.facts(card))]
    return modal("Saved", [section(words), *before, *known, actions(undo)], close="Done")


SAVED_WORDS = 300
"""Of longer words the last page shows the beginning: they are all kept, and whoever wrote them has just seen them."""


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
    known_ = [] if card.answer is None else answers.blocks(feedback, card.answer)
    account = f"For {escape(feedback.account)}. " if feedback.account else ""
    sees = context(f"{account}{SEES[audience]} You find it again with `/capture` and in Home.")
    linked = links.lines(feedback.reference, card.links)
    return modal(
        "Saved",
        [section(words), quote(feedback.words or "…", SAVED_WORDS), *known_, sees, *undo, *linked],
        close="Done",
    )


SEES = {
    AudienceKind.WORKSPACE: "Everybody in this workspace can see it.",
    AudienceKind.CHANNEL: "Members of this channel can see it.",
    AudienceKind.PEOPLE: "Only you and whoever said it can see it.",
}


def shown(
    card: Card,
    *,
    led: str | None = None,
    near: Sequence[Near] = (),
    heard: Sequence[Voice] = (),
    told: Sequence[Told] = (),
) -> View:
    """A card as a modal, for whoever may see it; `led` says why it is another one than they looked for.

    `near` is what this viewer may merge it with, `heard` who asked for it since, `told` what was said of it so far.
    """
    feedback = card.feedback
    if feedback.state not in KEPT:
        return withdrawn(feedback, card.viewer)
    why = [] if led is None else [section(led)]
    heading = section(f"*{views.heading(feedback)}*")
    offers = merging_views.offers(feedback, near)
    body = [
        *views.card_blocks(card, alone=True),
        *offers,
        *history_views.voices(heard),
        *history_views.lines(told),
    ]
    return modal(str(feedback.reference), [*why, heading, *body], close="Close")


def withdrawn(feedback: Feedback, viewer: PersonId) -> View:
    """It was undone, or its author objected."""
    if feedback.state is FeedbackState.OBJECTED:
        words = f"*{feedback.reference} is not kept:* whoever said it asked so, and the words are deleted."
        return modal("Not kept", [section(words)], close="Done")
    blocks: list[Block] = [section(f"*{feedback.reference} is undone.* Nothing of it goes anywhere.")]
    if viewer == feedback.captured_by:
        blocks.append(actions(button("Bring it back", ids.REDO, str(feedback.number))))
    return modal("Undone", blocks, close="Done")


def edit(feedback: Feedback, about: Sequence[Area] = ()) -> View:
    """Words, kind, area and account of something captured; the area it is `about` now stands first."""
    said = feedback.words or ""
    editable = length(said) <= WORDS_LIMIT
    form = EditForm(number=feedback.number, seen=feedback.version, editable=editable)
    whole = context("The words are longer than fits into a field, so they stay as they are.")
    return modal(
        f"Edit {feedback.reference}",
        [
            *([_words_input(said)] if editable else [quote(shorten(said, 300)), whole]),
            _kind_input(feedback.kind),
            *_area(about),
            account_input(feedback.account),
            _key_input(feedback.outside),
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
        [*said, account_input(feedback.account, optional=False)],
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


def _area(about: Sequence[Area]) -> list[Block]:
    choices = [(one.name, str(one.id)) for one in about[: limits.SELECT_OPTIONS]]
    if len(choices) < 2:
        return []
    return [input_select("Area", ids.BLOCK_AREA, ids.BLOCK_AREA, options(*choices), initial=choices[0][1])]


def _near(near: Sequence[Near]) -> list[Block]:
    """What may be the same, why, and the choice; nothing is attached that nobody chose."""
    if not near:
        return []
    said = [f"*F-{one.said.number}* {escape(one.title)}\n{escape(one.reason)}" for one in near]
    choices = [(f"It is F-{one.said.number}: {one.title}", str(one.said.number)) for one in near]
    chosen = input_select(
        "Was it said before?",
        ids.BLOCK_NEAR,
        ids.BLOCK_NEAR,
        options(("It is new", NEW), *choices),
        initial=NEW,
        hint="If it was, all who see that one see that you asked, too, and for which account.",
    )
    return [section("\n".join(["This may have been said before:", *said])), chosen]


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


def _key_input(key: str | None) -> Block:
    return input_text(
        "Its key in your tracker",
        ids.BLOCK_KEY,
        ids.BLOCK_KEY,
        initial=key,
        optional=True,
        max_length=rules.KEY_LIMIT,
        placeholder="Such as PAY-12",
        hint="A tracker's automation can then say how it stands.",
    )


def account_input(name: str | None, text: str = "For which account", *, optional: bool = True) -> Block:
    """An account, chosen while one types."""
    return input_found(
        text,
        ids.BLOCK_ACCOUNT,
        initial=option(name, name) if name else None,
        optional=optional,
        placeholder="Type the customer's name",
        least=1,
    )
