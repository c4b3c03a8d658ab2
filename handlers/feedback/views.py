"""What people see of feedback: cards, asks, letters. Values in, Block Kit out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.feedback import answers, closing_views, ids, merging_views, rules
from handlers.feedback.answers import Answer
from handlers.feedback.likeness import Near
from handlers.feedback.merging_views import Merged
from handlers.feedback.rules import MARKS, NAMES
from handlers.kit.blocks import Block, actions, context, plain, quote, section
from handlers.kit.elements import Element, button
from handlers.kit.mrkdwn import escape, link
from handlers.kit.objects import confirm
from handlers.kit.surfaces import MessageContent, message
from handlers.links import views as links
from storage.accounts.values import AccountState
from storage.feedback.values import (
    CARRIED,
    KEPT,
    OPEN,
    Closing,
    Feedback,
    FeedbackState,
    Kind,
    Shipment,
    Source,
    WordsState,
)
from storage.things.values import Linked
from storage.values import PersonId

THEN = {
    AccountState.PROSPECT: "a prospect",
    AccountState.RENEWAL: "renewing within 60 days",
    AccountState.CHURNED: "churned",
    AccountState.LOST: "a lost deal",
}
"""How an account stood when it was named, where that is worth a word."""
FROM = {Source.IMPORT: "from an import", Source.API: "sent to the API"}
"""Where it is from that no person captured."""
NOTHING_KNOWN: Mapping[int, Answer] = {}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: the feedback, how many want it, names as plain text, and who is looking."""

    feedback: Feedback
    supporters: int
    captor: str
    author: str | None
    channel: str | None
    viewer: PersonId
    links: Sequence[Linked] = ()
    shipment: Shipment | None = None
    """What shipped it, if this viewer may tell those who wanted it."""
    closing: Closing | None = None
    closer: str = ""
    told: Sequence[str] = ()
    answer: Answer | None = None
    score: str = ""
    """What an idea is worth doing, with its parts, once somebody judged it."""
    theme: str | None = None
    may_say: bool = False
    """Whether this viewer may say what becomes of it."""
    parts: Sequence[Merged] = ()
    """What was merged into it."""
    near: Near | None = None
    """What it probably is the same as, in a message where that is offered."""
    may_take_back: bool = False
    """Whether this viewer may say that it has not shipped after all."""


def heading(feedback: Feedback) -> str:
    """`💡 F-12 · Idea`: how every card and list line of it begins."""
    return f"{MARKS[feedback.kind]} {feedback.reference} · {NAMES[feedback.kind]}"


BECAME = {
    FeedbackState.TRIAGED: "is triaged",
    FeedbackState.PLANNED: "is planned",
    FeedbackState.IN_PROGRESS: "is in progress",
    FeedbackState.DECLINED: "is declined",
    FeedbackState.ANSWERED: "is answered",
    FeedbackState.SHIPPED: "has shipped",
}
"""How a card begins, once there is more to say than that it is saved."""


def card_message(card: Card) -> MessageContent:
    """The card as a message to whoever captured it."""
    feedback = card.feedback
    if feedback.state not in KEPT:
        return _withdrawn(feedback, card.viewer)
    if card.viewer != feedback.captured_by:
        words = "You had taken it back. Nothing is needed from you."
        return message(f"{card.captor} captured {feedback.reference} again", words, [section(words)])
    said = {
        WordsState.KNOWN: feedback.words or "",
        WordsState.PENDING: "",
        WordsState.UNREADABLE: "I cannot read that message; please add the words.",
    }[feedback.words_state]
    title = f"{heading(feedback)} {BECAME.get(feedback.state, 'is saved')}"
    known = [*_answer_said(card), *([card.score] if card.score else [])]
    near = [merging_views.offer_said(card.near)] if card.near else []
    lines = [said, *known, _facts(card), *_closing_said(card), *near, *links.said(card.links)]
    text = "\n".join(filter(None, lines))
    return message(title, text, card_blocks(card))


def card_blocks(card: Card, *, alone: bool = False) -> list[Block]:
    """The card's body: the words, the facts, and what this viewer may do; `alone` in a window there is room."""
    feedback = card.feedback
    linked = links.lines(feedback.reference, card.links)
    deeds = _deeds(card, _further(card) if alone else [])
    known, parts = _answer(card), merging_views.lines(card.parts) if alone else []
    scored = [context(escape(card.score))] if card.score else []
    about = [*_words(feedback), *known, *scored, context(*facts(card)), *_closing(card)]
    near = merging_views.offer(feedback, card.near) if card.near else []
    return [*about, *near, *parts, *linked, *deeds]


def make_launch(feedback: Feedback) -> Element:
    """The button that makes a launch for what somebody wants."""
    name = str(feedback.reference)
    return button("Make a launch", ids.MAKE_LAUNCH, name, accessibility_label=f"Make a launch for {name}")


def object_letter(card: Card) -> tuple[str, list[Block]]:
    """Told to an author the first time ever that something they said was captured."""
    feedback = card.feedback
    where = f" in #{card.channel}" if card.channel else ""
    summary = f"{card.captor} captured something you said{where} as {feedback.reference}"
    words = (
        "Product people read what is captured and can tell you what became of it. I tell you this once: from"
        " now on my ✅ under a message is the sign, and *Home* lists what was captured from you."
    )
    deeds = actions(
        button("Show it", ids.SHOW, str(feedback.number)), object_button(feedback, "Do not keep it")
    )
    return summary, [section(words), deeds]


def account_ask(feedback: Feedback, channel: str | None) -> tuple[str, list[Block]]:
    """Asked once, the next working morning: which account was an emoji capture for?"""
    where = f" from #{channel}" if channel else ""
    summary = f"Which account was {feedback.reference}{where} for?"
    said = plain(feedback.words, 300) if feedback.words else []
    deeds = actions(
        button("Type the account", ids.ACCOUNT, str(feedback.number), style="primary"),
        button("None", ids.NO_ACCOUNT, str(feedback.number), accessibility_label="It was for no account"),
    )
    return summary, [*said, deeds]


def listening_letter(by: str, channel: str) -> MessageContent:
    """Said once in a channel where capturing was switched on."""
    title = "💡 and 🐞 are captured here from now on"
    words = (
        f"{by} switched this on. React with 💡 to an idea or 🐞 to a problem and it reaches the product"
        " people; my ✅ says it is saved. Take the emoji away and it is undone."
    )
    off = button(
        "Switch off",
        ids.UNLISTEN,
        channel,
        confirm=confirm("Stop capturing here?", "What was captured stays.", "Switch off"),
    )
    return message(title, words, [section(escape(words)), actions(off)])


NOT_A_MEMBER = (
    "Emoji are not captured in {where}: only its members can switch that on",
    "Join it first; then `/capture` in the channel, or my Home, switches it on.",
)
SHARED = (
    "Emoji are not captured in {where}: people from outside are in it",
    "What they say is not ours to keep by an emoji. `/capture` and the message's menu work everywhere.",
)


def unannounced(channel: str) -> tuple[str, list[Block]]:
    """Told to whoever switched capturing on where we may not write."""
    where = f"#{channel}" if channel else "the channel you chose"
    summary = f"I could not say in {where} that 💡 and 🐞 are captured there"
    words = "Slack does not let me write there. Emoji are captured all the same: please tell the others."
    return summary, [section(words)]


def line(feedback: Feedback) -> str:
    """One line of a list: reference, kind, and the words' beginning as a link where there is one."""
    title = rules.title_of(feedback.words, feedback.kind)
    shown = link(feedback.permalink, title) if feedback.permalink else escape(title)
    account = f" · {escape(feedback.account)}" if feedback.account else ""
    return f"{MARKS[feedback.kind]} *{feedback.reference}* {shown}{account}"


def line_said(feedback: Feedback) -> str:
    """The same in plain words, without its account."""
    return f"{feedback.reference} {rules.title_of(feedback.words, feedback.kind)}"


def lines(
    title: str, found: Sequence[Feedback], empty: str, known: Mapping[int, Answer] = NOTHING_KNOWN
) -> list[Block]:
    """A titled list with what is known of each, or what to do when there is nothing in it."""
    if not found:
        return [section(f"*{title}*\n{empty}")]
    rows = [section(_listed(one, known), button("Show", ids.SHOW, str(one.number), accessibility_label=_show(one)))
            for one in found]  # fmt: skip
    return [section(f"*{title}*"), *rows]


def _listed(feedback: Feedback, known: Mapping[int, Answer]) -> str:
    answer = known.get(feedback.number)
    if answer is not None:
        return f"{line(feedback)}\n{escape(answers.line(feedback, answer))}"
    stands = f" · {answers.STANDS[feedback.state]}" if feedback.state in answers.STANDS else ""
    return f"{line(feedback)}{stands}"


def object_button(feedback: Feedback, words: str = "Object") -> Element:
    """For the author: what they said is not to be kept."""
    return button(
        words,
        ids.OBJECT,
        str(feedback.number),
        confirm=confirm(
            "Not keep it?", "Your words are deleted here. The message itself stays.", "Do not keep it"
        ),
        accessibility_label=f"Object to keeping {feedback.reference}",
    )


# ---------------------------------------------------------------------------------------------------------


def _show(feedback: Feedback) -> str:
    return f"Show {feedback.reference}"


def _withdrawn(feedback: Feedback, viewer: PersonId) -> MessageContent:
    if feedback.state is FeedbackState.OBJECTED:
        words = "Whoever said it asked not to keep it, so the words are deleted."
        return message(f"{feedback.reference} is not kept", words, [section(words)])
    if viewer != feedback.captured_by:
        words = "Nothing of it goes anywhere."
        return message(f"{feedback.reference} is undone", words, [section(words)])
    words = "Nothing of it goes anywhere. Changed your mind?"
    again = button("Bring it back", ids.REDO, str(feedback.number))
    return message(f"{feedback.reference} is undone", words, [section(words), actions(again)])


def _words(feedback: Feedback) -> list[Block]:
    if feedback.words:
        return [quote(feedback.words)]
    if feedback.words_state is WordsState.UNREADABLE:
        return [section("I cannot read that message. *Edit* to add the words.")]
    return [section("_Fetching the words…_")]


def _facts(card: Card) -> str:
    return " · ".join(facts(card, linked=False))


def facts(card: Card, *, linked: bool = True) -> list[str]:
    """Who said it where, for which account, how many want it; `linked` as mrkdwn with the way to the message."""
    feedback = card.feedback
    said = (
        f"said by {card.author}" if card.author else FROM.get(feedback.source, f"captured by {card.captor}")
    )
    where = f"in #{card.channel}" if card.channel else ""
    facts = [escape(part) if linked else part for part in (f"{said} {where}".strip(),)]
    then = THEN.get(feedback.account_state) if feedback.account_state else None
    account = (
        f"for {feedback.account}{f' ({then} then)' if then else ''}" if feedback.account else "no account yet"
    )
    facts.append(escape(account) if linked else account)
    if feedback.outside:
        facts.append(escape(feedback.outside) if linked else feedback.outside)
    if card.parts:
        facts.append(f"with {_names(card.parts)}, merged into it")
    if card.supporters > 1:
        facts.append(f"{card.supporters} people want it")
    if card.theme:
        facts.append(escape(card.theme) if linked else card.theme)
    if linked and feedback.permalink:
        facts.append(link(feedback.permalink, "the message"))
    return facts


def _names(parts: Sequence[Merged]) -> str:
    shown = ", ".join(str(one.feedback.reference) for one in parts[: merging_views.SHOWN])
    return (
        shown if len(parts) <= merging_views.SHOWN else f"{shown} and {len(parts) - merging_views.SHOWN} more"
    )


def _answer(card: Card) -> list[Block]:
    """What is known; what it shipped with is said by how it was closed."""
    if card.answer is None or card.closing is not None:
        return []
    return answers.blocks(card.feedback, card.answer, named=False)


def _answer_said(card: Card) -> list[str]:
    if card.answer is None or card.closing is not None:
        return []
    return answers.said(card.feedback, card.answer)


def _closing(card: Card) -> list[Block]:
    if card.closing is None:
        return [context(escape(closing_views.heard(card.told)))] if card.told else []
    return closing_views.lines(card.closing, card.closer, card.told)


def _closing_said(card: Card) -> list[str]:
    if card.closing is None:
        return [closing_views.heard(card.told)] if card.told else []
    return closing_views.said(card.closing, card.closer, card.told)


def _further(card: Card) -> list[Element]:
    """What there is room for in a window."""
    feedback = card.feedback
    deeds = [make_launch(feedback)] if feedback.state in OPEN else []
    if feedback.state in OPEN and (card.may_say or card.viewer == feedback.captured_by):
        name = f"Merge {feedback.reference} with what asks for the same"
        deeds.append(button("Merge…", ids.MERGE, str(feedback.number), accessibility_label=name))
    if card.may_say and feedback.state is not FeedbackState.SHIPPED and rules.ENDS[feedback.kind]:
        label = f"Say what becomes of {feedback.reference}"
        deeds.append(button("What becomes of it…", ids.SAY, str(feedback.number), accessibility_label=label))
    if card.may_take_back:
        deeds.append(closing_views.take_back(feedback))
    return deeds


def _deeds(card: Card, further: Sequence[Element]) -> list[Block]:
    feedback, viewer = card.feedback, card.viewer
    number = str(feedback.number)
    deeds: list[Element] = []
    if card.shipment is not None:
        deeds.append(closing_views.close_button(card.shipment, feedback))
    theirs = viewer == feedback.captured_by or (card.may_say and feedback.source in CARRIED)
    if theirs and feedback.state in OPEN:
        what = "Change account" if feedback.account else "Add account"
        deeds += [button(what, ids.ACCOUNT, number), button("Edit", ids.EDIT, number)]
    if rules.may_undo(feedback, viewer):
        deeds.append(button("Undo", ids.UNDO, number, accessibility_label=f"Undo {feedback.reference}"))
    if rules.may_object(feedback, viewer):
        deeds.append(object_button(feedback))
    if feedback.kind is Kind.IDEA and feedback.state in OPEN and card.may_say and further:
        label = f"Score {feedback.reference}"
        further = [*further, button("Score…", ids.SCORE, number, accessibility_label=label)]
    linking = (links.link_button(feedback.reference), links.why_button(feedback.reference))
    return [actions(*deeds, *further, *linking)]


def kinds() -> list[tuple[str, str]]:
    """The kinds as choices of a menu."""
    return [(f"{MARKS[kind]} {NAMES[kind]}", kind.value) for kind in Kind]
