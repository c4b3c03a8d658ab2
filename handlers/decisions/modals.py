"""The modals of decisions, apart from the pages behind *More*, and the ids they carry."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from handlers.decisions import ids, rules, views
from handlers.decisions.naming import by_role, placed
from handlers.decisions.rules import REASON_LIMIT, WORDS_LIMIT
from handlers.decisions.views import Card
from handlers.kit.blocks import Block, actions, context, input_text, quote, section
from handlers.kit.elements import button
from handlers.kit.forms import Form
from handlers.kit.mrkdwn import escape
from handlers.kit.pickers import input_day
from handlers.kit.requests import MaybeId
from handlers.kit.surfaces import View, modal
from handlers.links import views as links
from storage.decisions.values import Decision, DecisionState
from storage.people.values import ChannelKind
from storage.roles.values import Rule
from storage.things.values import Linked, Reference

SEARCHED_LIMIT = 200


class RecordForm(Form):
    """Where a decision is recorded from, and which one it replaces: ids and enumerated values only."""

    v: Literal[1] = 1
    channel: MaybeId = ""
    where: ChannelKind = ChannelKind.PUBLIC
    ts: str = ""
    thread: str = ""
    replaces: int = 0


class NumberForm(Form):
    """Which decision a form is about, and the version the person saw."""

    v: Literal[1] = 1
    number: int
    seen: int = 0


def record(form: RecordForm, words: str) -> View:
    """One field: what was decided."""
    blocks: list[Block] = [_what_input("What was decided", words)]
    if len(words) > WORDS_LIMIT:
        blocks.append(context("The message is longer than fits here; the whole of it stays linked."))
    blocks.append(context("That is all it takes. Why, who and until when can follow under *More*."))
    return modal(
        "Record a decision",
        blocks,
        submit="Save",
        callback_id=ids.RECORD,
        private_metadata=form.model_dump_json(),
    )


def supersede(old: Decision, approver: str | None, sees: str) -> View:
    """What is decided instead. `approver` is the name of whoever has to approve it, `sees` who will see it."""
    form = RecordForm(replaces=old.number)
    waits = f"It replaces {old.reference} once {approver} approves it." if approver else ""
    roles = rules.together([*by_role(placed(old.details), None, (Rule.DRIVER, Rule.INFORMED))])
    kept = f"Taken over: {escape(roles)}; change that under *More*."
    blocks = [
        section(f"*{old.reference} says*"),
        quote(old.details.what, 600),
        _what_input("What is decided instead", ""),
        context(" ".join(escape(one) if one is not kept else one for one in (sees, waits, kept) if one)),
    ]
    return modal(
        f"Supersede {old.reference}",
        blocks,
        submit="Save",
        callback_id=ids.RECORD,
        private_metadata=form.model_dump_json(),
    )


def saved(card: Card, follows: Sequence[str], *, known: bool = False) -> View:
    """The last page: it is on disk, how it is called, and what happens now."""
    decision = card.decision
    words = f"*{decision.reference} was there already.*" if known else f"*{decision.reference} is saved.*"
    more = button("More…", ids.MORE, str(decision.number), style="primary")
    undo = [views.withdraw(decision, "Undo")] if _may_undo(card) else []
    deeds = [more, *undo] if _may_change(card) else [views.show(decision.number)]
    happens = [context(escape("\n".join(follows)))] if follows else []
    linked = links.lines(decision.reference, card.links)
    blocks = [section(words), quote(decision.details.what, 600), *happens, actions(*deeds), *linked]
    return modal("Saved", blocks, close="Done")


def shown(card: Card) -> View:
    """A card as a modal, for whoever may see it."""
    title = section(f"*{views.heading(card.decision)}*")
    return modal(str(card.decision.reference), [title, *views.card_blocks(card)], close="Close")


def changed_meanwhile(card: Card) -> View:
    """Its approver pressed *Approve* below words that are not these any more."""
    by = escape(card.name(card.decision.changed_by))
    warning = section(f"*Changed meanwhile by {by}.* This is how it reads now; nothing is decided yet.")
    title = section(f"*{views.heading(card.decision)}*")
    return modal(str(card.decision.reference), [warning, title, *views.card_blocks(card)], close="Close")


def not_yet(decision: Decision) -> View:
    """What is missing before its approver would approve it."""
    return _reason(decision, f"Not yet to {decision.reference}", "What is missing", ids.NOT_YET_SAID)


def objection(decision: Decision) -> View:
    """Why a contributor objects."""
    return _reason(decision, f"Object to {decision.reference}", "Why you object", ids.OBJECTED)


def keep(decision: Decision, offered: date) -> View:
    """It stays; when to look at it again."""
    blocks = [
        quote(decision.details.what, 600),
        input_day(
            "Look at it again on",
            ids.BLOCK_REVIEW,
            initial=offered,
            hint="Leave it empty and nobody is asked again.",
        ),
    ]
    return modal(
        f"Keep {decision.reference}",
        blocks,
        submit="Keep",
        callback_id=ids.KEPT,
        private_metadata=NumberForm(number=decision.number, seen=decision.version).model_dump_json(),
    )


def search(words: str) -> View:
    """Which words to look for; `words` are those looked for before."""
    field = input_text(
        "Words that stand in it",
        ids.BLOCK_WORDS,
        ids.BLOCK_WORDS,
        initial=words,
        max_length=SEARCHED_LIMIT,
        placeholder="invoices euro",
        hint="In what was decided, why, or the options. All of them have to be there.",
    )
    return modal("Search decisions", [field], submit="Search", callback_id=ids.SEARCHED)


def noted(about: Reference, words: str, named: Sequence[Linked]) -> View:
    """It is on disk; `named` is what the words they have just said linked it to."""
    return modal("Saved", [section(escape(words)), *links.lines(about, named)], close="Close")


def told(title: str, words: str) -> View:
    """A page that only says something."""
    return modal(title, [section(escape(words))], close="Close")


TOO_OLD = told("Please open it again", "This form is older than I am, please open it again.")


def what_error(words: str | None) -> dict[str, str]:
    """What is wrong with what was decided."""
    return {} if words else {ids.BLOCK_WHAT: "Write what was decided; one sentence is enough."}


# ---------------------------------------------------------------------------------------------------------


def _what_input(label: str, words: str) -> Block:
    return input_text(
        label,
        ids.BLOCK_WHAT,
        ids.BLOCK_WHAT,
        multiline=True,
        initial=words[:WORDS_LIMIT] or None,
        max_length=WORDS_LIMIT,
        placeholder="One sentence that somebody who was not there understands",
    )


def _reason(decision: Decision, title: str, label: str, callback_id: str) -> View:
    field = input_text(
        label,
        ids.BLOCK_REASON,
        ids.BLOCK_REASON,
        multiline=True,
        max_length=REASON_LIMIT,
        hint="It stands on the card, for everybody who sees it.",
    )
    return modal(
        title,
        [quote(decision.details.what, 600), field],
        submit="Send",
        callback_id=callback_id,
        private_metadata=NumberForm(number=decision.number, seen=decision.version).model_dump_json(),
    )


def _may_change(card: Card) -> bool:
    viewer = card.viewer
    return viewer is not None and rules.may_change(card.decision, viewer, admin=card.admin)


def _may_undo(card: Card) -> bool:
    decision, viewer = card.decision, card.viewer
    fresh = decision.state in (DecisionState.PROPOSED, DecisionState.DECIDED) and decision.version == 1
    return fresh and viewer is not None and rules.may_withdraw(decision, viewer, admin=card.admin)
