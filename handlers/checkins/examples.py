"""Every view of check-ins at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from handlers.asks.views import receipt, single
from handlers.checkins import letters, modals, rules, views
from handlers.checkins.letters import News, Said, Summary
from handlers.checkins.modals import Asking, Choosing, SettingsForm
from handlers.checkins.views import Card
from handlers.kit.examples import Example
from handlers.kit.surfaces import MessageContent, View, home
from storage.asks.values import Ask, AskKind, AskState
from storage.checkins.values import (
    MOST_PEOPLE,
    Answer,
    Blocker,
    BlockerState,
    CheckIn,
    Moved,
    Party,
    Round,
    RoundState,
    Settings,
    Waits,
)
from storage.recurrence import monthly, weekdays
from storage.schedules.values import SeriesState
from storage.values import AtFirst, ChannelId, PersonId, WorkspaceId

NAUGHTY = "<!channel> *Loud* & <https://example.com|not a link> "
MONDAY = date(2026, 3, 2)
SEVEN = datetime(2026, 3, 2, 7, tzinfo=UTC)
MAYA, KENJI, SAM, LENA = (PersonId(f"U0{name}") for name in ("MAYA", "KENJI", "SAM", "LENA"))
NAMES = {MAYA: "Maya Lindqvist", KENJI: "Kenji Mori", SAM: "Sam Okafor", LENA: "Lena Fischer"}
MANY = {PersonId(f"U{at:04}"): f"{NAUGHTY}{at}"[:60] for at in range(MOST_PEOPLE)}
STOCKHOLM = "Europe/Stockholm"
CHANNEL = ChannelId("C0PRODUCT")
USUAL = Settings("Daily check-in", CHANNEL, rules.QUESTIONS, weekdays(MONDAY, time(9)), time(13), STOCKHOLM)
FAR = "America/Argentina/ComodRivadavia"
FULL = Settings(
    (NAUGHTY * 2)[: rules.NAME_LIMIT].strip(),
    CHANNEL,
    (*[f"{at} {NAUGHTY * 4}"[: rules.QUESTION_LIMIT].strip() for at in range(4)], rules.IN_THE_WAY),
    monthly(-1, 5, MONDAY, time(9, 30), FAR),
    time(17, 45),
    FAR,
)
CHECKIN = CheckIn(3, USUAL, MAYA, SeriesState.ACTIVE, MAYA, 1)
LARGEST = CheckIn(123456789, FULL, MAYA, SeriesState.ACTIVE, MAYA, 7)
ROUND = Round(3, MONDAY, rules.QUESTIONS, RoundState.OPEN, SEVEN, SEVEN + timedelta(hours=5))
WIDE = Round(123456789, MONDAY, FULL.questions, RoundState.OPEN, SEVEN, SEVEN + timedelta(days=1))
LONG = (NAUGHTY * 40)[: rules.WORDS_LIMIT].strip()
BLOCKER = Blocker(
    5, 3, MONDAY, CHANNEL, SAM, "Acme's sandbox needs a key that only Engineering can make.",
    Party(Waits.FUNCTION, function=AtFirst.ENGINEERING), KENJI, BlockerState.OPEN, SEVEN, None, SAM, None, 1, 1,
)  # fmt: skip
CLEARED = replace(
    BLOCKER, number=4, words="The contract is not signed", waits=Party(Waits.OUTSIDE, outside="Acme legal"),
    asked=None, state=BlockerState.CLEARED, settled_at=SEVEN, changed_by=MAYA, note="Signed this morning",
)  # fmt: skip
HUGE = replace(BLOCKER, words=LONG, waits=Party(Waits.OUTSIDE, outside=(NAUGHTY * 3)[:100]), asked=None)
SAID = (
    Answer(MONDAY, KENJI, ("The importer runs at night", "The error page", "No"), SEVEN, 1),
    Answer(MONDAY, SAM, ("Two calls", None, BLOCKER.words), SEVEN, 2),
)
WHERE = "#product"
ASKED = "B-5 waits on Engineering; Kenji Mori is asked."
NOT_IN = "I am not in #product. Type `/invite @Throughline` there, then try again."


def _card(checkin: CheckIn = CHECKIN, **changes: object) -> Card:
    card = Card(
        checkin, WHERE, {one: NAMES[one] for one in (MAYA, KENJI, SAM)}, NAMES[MAYA], date(2026, 3, 3)
    )
    return replace(card, **changes)  # type: ignore[arg-type]  # named fields of the card


def _cards() -> Iterator[Example]:
    yield _message("proposal", "usual", views.proposal(WHERE, USUAL, 8, "Europe/London"))
    yield _message("proposal", "smallest", views.proposal(WHERE, USUAL, 1, STOCKHOLM))
    yield _message(
        "proposal", "largest", views.proposal(f"#{'long-name-' * 8}", FULL, MOST_PEOPLE, STOCKHOLM)
    )
    yield _message("proposal where I am not in", "usual", views.proposal_unseen(WHERE, CHANNEL))
    yield _message("started", "usual", views.started(_card()))
    yield _message("card", "usual", views.card_message(_card()))
    yield _message("card", "smallest", views.card_message(_card(people={}, next_on=None)))
    yield _message("card", "largest", views.card_message(_card(LARGEST, people=MANY)))
    yield _message(
        "card ended", "usual", views.card_message(_card(replace(CHECKIN, state=SeriesState.ENDED)))
    )
    mine = _card(viewer=MAYA, manages=True, due=True, asked_on=MONDAY)
    yield _view("shown", "usual", modals.shown(_card(viewer=KENJI, due=True, answered=True)))
    yield _view("shown to who runs it", "usual", modals.shown(mine, "C-3 leaves out Tuesday 3 March."))
    paused = _card(replace(CHECKIN, state=SeriesState.PAUSED), viewer=MAYA, manages=True, asked_on=MONDAY)
    yield _view("shown paused", "usual", modals.shown(paused))
    yield _view("shown", "largest", modals.shown(_card(LARGEST, people=MANY, viewer=MAYA, manages=True)))
    yield _view("shown", "smallest", modals.shown(_card(people={}, next_on=None, viewer=LENA)))
    yield _list("list", "usual", [_card(), _card(replace(CHECKIN, state=SeriesState.PAUSED))])
    yield _list("list", "smallest", [])


def _forms() -> Iterator[Example]:
    zones = (STOCKHOLM, "Asia/Tokyo", "America/New_York")
    new = modals.settings(SettingsForm(channel=CHANNEL), Choosing(USUAL, (MAYA, KENJI), zones, WHERE))
    yield _view("settings", "usual", new)
    every = tuple(sorted({FULL.closes_zone, STOCKHOLM, "Asia/Tokyo"}))
    form = SettingsForm(number=123456789, seen=7, channel=CHANNEL)
    yield _view("settings", "largest", modals.settings(form, Choosing(FULL, tuple(MANY), every, WHERE)))
    yield _view("questions", "smallest", modals.asking(Asking(CHECKIN, ROUND, WHERE, "13:00")))
    last = {rules.DONE: "The importer", rules.NEXT: "The error page"}
    filled = rules.prefilled(rules.QUESTIONS, None, last)
    usual = Asking(CHECKIN, ROUND, WHERE, "13:00", filled, last, None, ("B-2",))
    yield _view("questions", "usual", modals.asking(usual))
    party = (BLOCKER.waits, "Engineering")
    full = Asking(LARGEST, WIDE, WHERE, "4:00 on Tuesday 3 March", [LONG] * 5, dict.fromkeys(FULL.questions, LONG), party,
                  [f"B-{number}" for number in range(1, 9)])  # fmt: skip
    yield _view("questions", "largest", modals.asking(full))
    yield _view("questions afterwards", "usual", modals.asking(replace(usual, until=None)))
    follows = [
        "It comes to #product at 13:00; until then you can change it.",
        "B-5 waits on Engineering; Kenji Mori is asked.",
    ]
    yield _view("answered", "usual", modals.answered(ROUND, follows))
    yield _view("too late", "largest", modals.too_late(WIDE, [LONG, LONG]))
    yield _view(
        "told",
        "usual",
        modals.told("Throughline", "You do not take part in C-3. “Take part” on its card does."),
    )


def _letters() -> Iterator[Example]:
    yield _letter("prompt", "smallest", letters.prompt(CHECKIN, ROUND, WHERE, STOCKHOLM, News()))
    news = News((BLOCKER,), SAID[:1], NAMES)
    yield _letter("prompt", "usual", letters.prompt(CHECKIN, ROUND, WHERE, STOCKHOLM, news))
    many = News(
        [replace(HUGE, number=number) for number in range(1, 10)],
        [Answer(MONDAY, MAYA, (LONG,) * 5, SEVEN, 1)] * 9,
        {MAYA: NAUGHTY},
    )
    yield _letter("prompt", "largest", letters.prompt(LARGEST, WIDE, WHERE, "Asia/Tokyo", many))
    yield _message("prompt answered", "usual", receipt(_settled(AskState.ANSWERED)))
    yield _message("prompt over", "usual", receipt(_settled(AskState.WITHDRAWN)))
    quiet = Summary(CHECKIN, ROUND, WHERE, SAID[:1], (), NAMES, 1)
    yield _message("summary", "smallest", letters.summary(quiet))
    usual = Summary(CHECKIN, ROUND, WHERE, SAID, (CLEARED, BLOCKER), NAMES, 5, (LENA,))
    yield _message("summary", "usual", letters.summary(usual))
    late = replace(usual, round=replace(ROUND, moved=Moved.WE_WERE_DOWN), missed=2)
    yield _message("summary later than planned", "usual", letters.summary(late))
    yield _message("summary", "largest", letters.summary(_largest()))
    yield _message("reply", "usual", letters.reply(usual, SAID[1]))
    yield _message("reply afterwards", "usual", letters.reply(usual, SAID[0], late=True))
    yield _message("reply", "largest", letters.reply(_largest(), _largest().answers[0]))
    yield _letter(
        "paused",
        "usual",
        letters.paused(CHECKIN, "I am not in #product. Type `/invite @Throughline` there, then try again."),
    )


def _largest() -> Summary:
    answers = [Answer(MONDAY, one, (LONG,) * 5, SEVEN, 1) for one in MANY]
    blockers = [replace(HUGE, number=100 + at, blocked=one) for at, one in enumerate(MANY)]
    closing = replace(WIDE, moved=Moved.NOT_DELIVERED)
    return Summary(LARGEST, closing, WHERE, answers, blockers, MANY, MOST_PEOPLE, tuple(MANY), 50)


def _settled(state: AskState) -> Ask:
    left = letters.receipt(ROUND, answered=state is AskState.ANSWERED)
    said = letters.prompt(CHECKIN, ROUND, WHERE, STOCKHOLM, News())
    return Ask(WorkspaceId("T1"), "k", MAYA, AskKind.ASK, said.summary, left, SEVEN, state, MAYA, SEVEN)


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("checkins", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


def _letter(name: str, size: str, said: Said) -> Example:
    return _message(name, size, single(said.summary, said.blocks))


def _view(name: str, size: str, view: View) -> Example:
    return Example("checkins", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _list(name: str, size: str, cards: list[Card]) -> Example:
    blocks = views.lines(
        "Check-ins", cards, "None yet that you can see. Type `/checkin` in a channel: it proposes one."
    )
    return Example("checkins", name, size, "home", home(blocks))  # type: ignore[arg-type]  # one of the three sizes


EXAMPLES = (*_cards(), *_forms(), *_letters())
