"""Every view of feedback at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from handlers.asks.views import single
from handlers.feedback import modals, typed, views
from handlers.feedback.modals import CaptureForm
from handlers.feedback.typed import Choice
from handlers.feedback.views import Card
from handlers.kit.examples import Example
from handlers.kit.surfaces import MessageContent, View
from storage.feedback.values import Feedback, FeedbackState, Kind, MessageRef, Source, WordsState
from storage.values import AudienceKind, ChannelId, PersonId

SAM, BEN, RUTH = PersonId("U0SAM"), PersonId("U0BEN"), PersonId("U0RUTH")
USUAL = "Acme would like to pay by invoice in two currencies; they keep a spreadsheet for it today."
LARGEST = "<!channel> *not bold* & <https://example.com|not a link> שלום עולם 👩‍👩‍👧‍👦 " * 60

_SALES = ChannelId("C0SALES")
_TYPED = MessageRef(_SALES, "1790000000.000200")
_usual = Feedback(
    12,
    Kind.IDEA,
    FeedbackState.NEW,
    USUAL,
    WordsState.KNOWN,
    "Acme",
    Source.EMOJI,
    MessageRef(_SALES, "1790000000.000100"),
    "https://northwind.example/archives/C0SALES/p1790000000000100",
    BEN,
    SAM,
    datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
    touched=True,
    version=3,
)
_smallest = replace(
    _usual, number=1, words=None, words_state=WordsState.PENDING, account=None, permalink=None, author=None
)
_unreadable = replace(_smallest, words_state=WordsState.UNREADABLE)
_largest = replace(
    _usual,
    number=2_000_000_000,
    words=LARGEST,
    account="Österreichische & Söhne <b>" * 2,
    kind=Kind.CHURN_RISK,
)
_undone = replace(_usual, state=FeedbackState.UNDONE)
_objected = replace(_usual, state=FeedbackState.OBJECTED, words=None)


def _card(feedback: Feedback, supporters: int = 1, viewer: PersonId = SAM) -> Card:
    author = None if feedback.author is None else "Ben Adeyemi"
    return Card(feedback, supporters, "Sam Okafor", author, "sales" if feedback.permalink else None, viewer)


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("feedback", name, size, "message", {"text": content.text, "blocks": content.blocks})  # type: ignore[arg-type]  # one of the three sizes


def _modal(name: str, size: str, view: View) -> Example:
    return Example("feedback", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _ask(feedback: Feedback, channel: str | None) -> MessageContent:
    return single(*views.account_ask(feedback, channel))


def _letter(feedback: Feedback) -> MessageContent:
    return single(*views.object_letter(_card(feedback, viewer=BEN)))


def _messages() -> Iterator[Example]:
    yield _message("card", "smallest", views.card_message(_card(_smallest)))
    yield _message("card", "usual", views.card_message(_card(_usual, 3)))
    yield _message("card", "largest", views.card_message(_card(_largest, 100)))
    yield _message("card unreadable", "usual", views.card_message(_card(_unreadable)))
    yield _message("card undone", "usual", views.card_message(_card(_undone)))
    yield _message("card objected", "usual", views.card_message(_card(_objected)))
    yield _message("card handed over", "usual", views.card_message(_card(replace(_usual, captured_by=RUTH))))
    yield _message("account ask", "smallest", _ask(_smallest, None))
    yield _message("account ask", "usual", _ask(_usual, "sales"))
    yield _message("account ask", "largest", _ask(_largest, "a-channel-with-a-very-long-name-indeed" * 2))
    yield _message("author's first", "usual", _letter(_usual))
    yield _message("listening", "usual", views.listening_letter("Dana Whitfield", "C0SALES"))
    yield _message("offer", "smallest", typed.offer("x", Choice(Kind.IDEA, _TYPED)))
    yield _message("offer", "usual", typed.offer(USUAL, Choice(Kind.IDEA, _TYPED, SAM)))
    yield _message("offer", "largest", typed.offer(LARGEST, Choice(Kind.CHURN_RISK, _TYPED, SAM)))


def _modals() -> Iterator[Example]:
    form = CaptureForm(source=Source.COMMAND, channel="C0SALES")
    yield _modal("capture", "smallest", modals.capture(form, "", Kind.IDEA))
    yield _modal("capture", "usual", modals.capture(form, USUAL, Kind.IDEA))
    yield _modal("capture", "largest", modals.capture(form, LARGEST, Kind.CHURN_RISK))
    yield _modal("saved", "usual", modals.saved(_card(_usual), AudienceKind.WORKSPACE))
    yield _modal(
        "saved", "largest", modals.saved(_card(_largest, 100, BEN), AudienceKind.CHANNEL, known=True)
    )
    yield _modal("shown", "smallest", modals.shown(_card(_smallest)))
    yield _modal("shown", "usual", modals.shown(_card(_usual)))
    yield _modal("shown to its author", "usual", modals.shown(_card(_usual, viewer=BEN)))
    yield _modal("shown", "largest", modals.shown(_card(_largest)))
    yield _modal("undone", "usual", modals.shown(_card(_undone)))
    yield _modal("edit", "usual", modals.edit(_usual))
    yield _modal("edit", "largest", modals.edit(_largest))
    yield _modal("account", "usual", modals.account(_usual))
    yield _modal("account saved", "usual", modals.account_saved(_usual, "Acme"))
    yield _modal("told", "usual", modals.TOO_OLD)


EXAMPLES = (*_messages(), *_modals())
