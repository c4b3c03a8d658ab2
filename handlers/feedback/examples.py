"""Every view of feedback at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.asks.views import single
from handlers.feedback import (
    account_views,
    area_views,
    closing_views,
    drafts,
    exporting_views,
    finding_views,
    heading_views,
    likeness,
    merging_views,
    modals,
    routing_views,
    saying_views,
    scoring_views,
    triage_views,
    typed,
    views,
)
from handlers.feedback.answers import Answer
from handlers.feedback.closing_views import Heard, Offer
from handlers.feedback.finding_views import FindForm, Page
from handlers.feedback.heading_views import Heading, Which
from handlers.feedback.history_views import Told, Voice
from handlers.feedback.likeness import Said
from handlers.feedback.merging_views import Merged
from handlers.feedback.modals import CaptureForm
from handlers.feedback.typed import Choice
from handlers.feedback.views import Card
from handlers.kit.blocks import actions
from handlers.kit.examples import Example
from handlers.kit.requests import Filled
from handlers.kit.surfaces import MessageContent, View
from storage.accounts.values import Account, AccountId, AccountState
from storage.areas.values import Area, AreaId
from storage.feedback.values import (
    Asked,
    Closing,
    Feedback,
    FeedbackState,
    Kept,
    Kind,
    MessageRef,
    News,
    Part,
    Reach,
    Reopening,
    Score,
    Shipment,
    Source,
    Standing,
    Turn,
    Under,
    Voices,
    Wish,
    WordsState,
)
from storage.things.values import Letter, Reference, Thing
from storage.values import AtFirst, AudienceKind, ChannelId, PersonId

SAM, BEN, RUTH = PersonId("U0SAM"), PersonId("U0BEN"), PersonId("U0RUTH")
USUAL = "Acme would like to pay by invoice in two currencies; they keep a spreadsheet for it today."
SENTENCE = "Invoices in euro are live: choose the currency under Settings, Billing."
LARGEST = "<!channel> *not bold* & <https://example.com|not a link> שלום עולם 👩‍👩‍👧‍👦 " * 60

_AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
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
_carried = replace(_smallest, words=USUAL, words_state=WordsState.KNOWN, source=Source.API, outside="PAY-12")
_undone = replace(_usual, state=FeedbackState.UNDONE)
_objected = replace(_usual, state=FeedbackState.OBJECTED, words=None)


def stands(state: FeedbackState) -> Feedback:
    """The usual feedback, as it stands then."""
    return replace(_usual, state=state)


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
    thing = Thing(Reference(Letter.DECISION, 7), "We build no banks.", "decided", SAM, None, _AT)
    yield _message("named", "smallest", typed.named(replace(thing, title="x")))
    yield _message("named", "usual", typed.named(thing))
    yield _message("named", "largest", typed.named(replace(thing, title=LARGEST[:300])))
    yield _message("offer", "largest", typed.offer(LARGEST, Choice(Kind.CHURN_RISK, _TYPED, SAM)))


def _shipped() -> Iterator[Example]:
    ship = Shipment(4, RUTH, _AT)
    closing = Closing(12, 4, SENTENCE, RUTH, _AT, _AT)
    closed = replace(_usual, state=FeedbackState.SHIPPED)
    card = replace(
        _card(closed), closing=closing, closer="Ruth Castellanos", told=["Ben Adeyemi", "Sam Okafor"]
    )
    yield _message("card shipped", "usual", views.card_message(card))
    yield _message(
        "card that can be closed", "usual", views.card_message(replace(_card(_usual), shipment=ship))
    )
    alone, two = [Offer(_usual, 3)], [Offer(_usual, 3), Offer(replace(_usual, number=14, account=None), 1)]
    many = [Offer(replace(_largest, number=one), 100) for one in range(1, 12)]
    for size, offers in (("smallest", alone), ("usual", two), ("largest", many)):
        yield _message("ask what to tell", size, single(*closing_views.ask(ship.reference, offers)))
        yield _modal("tell them", size, closing_views.form(ship, offers))
    yield _modal("closed", "smallest", closing_views.closed([closed], 0, 0))
    yield _modal("closed", "usual", closing_views.closed([closed, replace(closed, number=14)], 3, 1))
    launch = Thing(ship.reference, "Invoices in euro", "shipped", RUTH, None, _AT)
    wanted, today = date(2026, 3, 3), date(2026, 3, 10)
    news = News(12, 0, FeedbackState.SHIPPED, RUTH, _AT, SENTENCE, launch=4)
    heard = Heard(Wish(news, "Acme", _AT, Part.CAPTURED), "Ruth Castellanos", launch, wanted, today, today,
                  title="Acme wants invoices in euro")  # fmt: skip
    bare = replace(heard, wish=Wish(news, None, _AT, Part.WANTED), launch=None, read_on=date(2027, 3, 11))
    other = replace(heard, wish=replace(heard.wish, news=replace(news, number=14, sentence="Another.")))
    second = replace(bare, wish=replace(bare.wish, news=replace(news, number=13)), read_on=today)
    long = replace(news, sentence=LARGEST[:600])
    wide = [
        replace(heard, wish=Wish(replace(long, number=one, sentence=f"{one} {long.sentence}"[:600]), LARGEST[:80],
                                 _AT, Part.CAPTURED), title=LARGEST[:80])
        for one in range(1, 9)
    ]  # fmt: skip
    yield _message("it shipped", "smallest", single(*closing_views.letter([bare])))
    yield _message("it shipped", "usual", single(*closing_views.letter([heard])))
    yield _message("several shipped", "usual", single(*closing_views.letter([heard, second, other])))
    yield _message("several shipped", "largest", single(*closing_views.letter(wide)))


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
    parts = [Area(AreaId("a"), "Payments"), Area(AreaId("b"), "Reports")]
    yield _modal("edit where there are areas", "usual", modals.edit(_usual, parts))
    yield _modal("edit", "largest", modals.edit(_largest))
    yield _modal("shown from elsewhere", "usual", modals.shown(_card(_carried, 0, BEN)))
    yield _modal("edit from elsewhere", "usual", modals.edit(_carried))
    yield _modal("account", "usual", modals.account(_usual))
    yield _modal("account saved", "usual", modals.account_saved(_usual, "Acme"))
    yield _modal("told", "usual", modals.TOO_OLD)


def _known() -> Iterator[Example]:
    """What is known of it, who looks after it, and saying what becomes of it."""
    day, today = date(2026, 3, 20), date(2026, 3, 10)
    waits = Answer(today, Reach(1, 1), area="Payments", keeper="Omar Haddad", promised=date(2026, 3, 12))
    planned = Answer(today, Reach(6, 2), planned_for=day, sentence=SENTENCE, customer="Acme")
    huge = replace(planned, reach=Reach(1_000_000, 2), sentence=LARGEST[:600], customer="<b>&" * 20)
    stands = replace(_usual, state=FeedbackState.PLANNED)
    yield _message("card answered", "usual", views.card_message(replace(_card(_usual, 3), answer=waits)))
    for size, feedback, answer in (("usual", stands, planned), ("largest", _large_and_planned(), huge)):
        yield _message("card planned", size, views.card_message(replace(_card(feedback, 3), answer=answer)))
        shown = replace(_card(feedback, 3), answer=answer, may_say=True)
        yield _modal("shown planned", size, modals.shown(shown))
        yield _modal("said", size, saying_views.saved(feedback, answer, told=True))
    asked = Asked("0189", 12, BEN, "Acme", "Euro", _AT)
    joined = replace(_card(_usual, 4, BEN), answer=waits)
    yield _modal("joined", "usual", modals.joined(joined, asked, new=True))
    yield _modal(
        "joined", "smallest", modals.joined(_card(_smallest), replace(asked, account=None), new=False)
    )
    near = likeness.nearest(USUAL, "Acme", [Said(number, USUAL, "Acme") for number in (7, 8)])
    form = CaptureForm(source=Source.COMMAND)
    about = [Area(AreaId("a"), "Payments"), Area(AreaId("b"), "Reports")]
    yield _modal("capture near", "usual", modals.capture(form, USUAL, Kind.IDEA, "Acme", near, about))
    near = likeness.nearest(
        LARGEST, "Acme" * 20, [Said(2_000_000_000 - n, LARGEST, "Acme" * 20) for n in range(3)]
    )
    yield _modal("capture near", "largest", modals.capture(form, LARGEST, Kind.IDEA, "Acme" * 20, near))
    standing = Standing(day, SENTENCE, "The bank is ready by then.", RUTH, _AT)
    question, problem = replace(_usual, kind=Kind.QUESTION), replace(_usual, kind=Kind.PROBLEM)
    for name, size, of in (
        ("say", "smallest", _smallest),
        ("say of a question", "usual", question),
        ("say of a problem", "usual", problem),
    ):
        yield _modal(name, size, saying_views.form(of, drafts.opened(of, None)))
    draft = drafts.opened(stands, standing)
    yield _modal("say", "usual", saying_views.form(stands, draft))
    for state in (FeedbackState.SHIPPED, FeedbackState.DECLINED):
        now = drafts.chosen(stands, standing, draft.carried(stands), Filled("", "", {}), state)
        said = saying_views.REDRAWN if state is FeedbackState.SHIPPED else ""
        yield _modal(f"say that it is {state}", "usual", saying_views.form(stands, now, said))
    long = replace(standing, sentence=LARGEST[:600], reason=LARGEST[:1000])
    again = Reopening(accounts=999_999, on=day, value=2_000_000_000)
    declined = replace(_largest, kind=Kind.IDEA, state=FeedbackState.DECLINED)
    yield _modal("say", "largest", saying_views.form(declined, drafts.opened(declined, long, again)))
    wide = drafts.opened(replace(declined, state=FeedbackState.NEW), long, again)
    yield _modal("say that it is planned", "largest", saying_views.form(declined, wide))
    shown = replace(_card(declined), answer=Answer(today, Reach(6, 2), again=again))
    yield _message("card declined", "largest", views.card_message(shown))
    taken = replace(
        _card(replace(_usual, state=FeedbackState.TRIAGED)), answer=Answer(today, keeper="Omar Haddad")
    )
    yield _message("card taken", "usual", views.card_message(taken))
    quiet = Answer(today, Reach(6, 2), again=Reopening(accounts=8))
    yield _modal(
        "said quietly",
        "usual",
        saying_views.saved(replace(stands, state=FeedbackState.DECLINED), quiet, told=False),
    )
    for size, of, true, why in (
        ("smallest", _smallest, Reopening(on=today), None),
        ("usual", _usual, Reopening(accounts=5), "We build no banks."),
        ("largest", _largest, Reopening(value=2_000_000_000), LARGEST[:1000]),
    ):
        yield _message("open again", size, single(*saying_views.reopened(of, true, today, why)))
    day = date(2026, 12, 10)
    words = Standing(day, SENTENCE, "The bank is ready by then.", RUTH, _AT)
    unsaid = Standing(None, None, None, RUTH, _AT)
    against = replace(unsaid, reason="We build no banks.")
    turns = [(FeedbackState.PLANNED, words), (FeedbackState.NEW, unsaid), (FeedbackState.DECLINED, against)]
    so_far = [Told(Turn(3 - n, state, said), "Ruth Castellanos") for n, (state, said) in enumerate(turns)]
    card = _card(replace(_usual, state=FeedbackState.PLANNED), 3)
    asked = Asked("a", 12, BEN, "Globex", "Globex pays in euro, too:\nfor its branch in Lisbon.", _AT)
    heard = [Voice(asked, "Ben Adeyemi", words=True), Voice(asked, "Ruth Castellanos", words=False)]
    yield _modal("card with its history", "usual", modals.shown(card, heard=heard, told=so_far))
    long = replace(words, reason=LARGEST[:1000])
    loud = [Voice(replace(asked, account=LARGEST[:80], words=LARGEST), LARGEST[:80], words=True)] * 100
    many = [Told(Turn(n, FeedbackState.IN_PROGRESS, long), LARGEST[:80]) for n in range(10)]
    yield _modal(
        "card with its history", "largest", modals.shown(_card(_largest, 100), heard=loud, told=many)
    )
    yield from _became()


def _became() -> Iterator[Example]:
    """What somebody reads of what became of it, beside that it shipped."""
    wanted, today = date(2026, 3, 3), date(2026, 3, 10)
    day = date(2026, 12, 10)
    planned = News(12, 1, FeedbackState.PLANNED, RUTH, _AT, SENTENCE, "The bank is ready by then.", day)
    declined = News(13, 2, FeedbackState.DECLINED, RUTH, _AT, None, "We build no banks.")
    answered = News(14, 1, FeedbackState.ANSWERED, RUTH, _AT, SENTENCE)
    one = Heard(Wish(planned, "Acme", _AT, Part.CAPTURED), "Ruth Castellanos", None, wanted, today, today,
                title="Acme wants invoices in euro")  # fmt: skip
    two = replace(one, wish=Wish(declined, "Acme", _AT, Part.OWNS), again=Reopening(accounts=5))
    three = replace(one, wish=Wish(answered, None, _AT, Part.FOLLOWS), ours=False)
    yield _message("it is planned", "usual", single(*closing_views.letter([one])))
    yield _message("it is declined", "usual", single(*closing_views.letter([two])))
    yield _message("it is answered", "usual", single(*closing_views.letter([three])))
    yield _message("news of several", "usual", single(*closing_views.letter([one, two, three])))
    wrong = replace(planned, sentence=None, reason=None, taken_back=True)
    four = replace(
        one, wish=Wish(replace(wrong, state=FeedbackState.NEW, planned_for=None), None, _AT, Part.WANTED)
    )
    yield _message("it has not shipped", "smallest", single(*closing_views.letter([four])))
    five = replace(one, wish=Wish(wrong, "Acme", _AT, Part.CAPTURED))
    yield _message("it has not shipped", "usual", single(*closing_views.letter([five])))
    for size, corrected in (("smallest", 0), ("usual", 1), ("largest", 1_000)):
        view = saying_views.taken_back(
            _usual if corrected < 2 else _large_and_planned(), Answer(today), corrected
        )
        yield _modal("taken back", size, view)
    shipped = stands(FeedbackState.SHIPPED)
    yield _modal("said to have shipped", "usual", saying_views.saved(shipped, Answer(today), told=True))
    yield _modal("shown shipped", "usual", modals.shown(replace(_card(shipped), may_take_back=True)))
    long = replace(planned, sentence=LARGEST[:600], reason=LARGEST[:1000])
    wide = [
        replace(one, wish=Wish(replace(long, number=n, sentence=f"{n} {long.sentence}"[:600]), LARGEST[:80], _AT, Part.OWNS),
                title=LARGEST[:80])
        for n in range(1, 9)
    ]  # fmt: skip
    yield _message("news of several", "largest", single(*closing_views.letter(wide)))


def _large_and_planned() -> Feedback:
    return replace(_largest, state=FeedbackState.PLANNED)


def _whose() -> Iterator[Example]:
    """Areas and accounts."""
    payments = Area(AreaId("a"), "Payments", SAM, BEN, _SALES)
    many = [Area(AreaId(str(n)), "<!channel> *Reports* & " * 2, SAM, BEN) for n in range(40)]
    names = {SAM: "Sam Okafor", BEN: "Ben Adeyemi"}
    yield _modal("areas", "smallest", area_views.listed([], {}, 5, admin=False))
    yield _modal(
        "areas",
        "usual",
        area_views.listed(
            [payments, Area(AreaId("b"), "Reports")],
            names,
            5,
            {payments.id: triage_views.kept_said(Kept(20, 18, 1))},
            admin=True,
        ),
    )
    yield _modal("areas", "largest", area_views.listed(many, names, 10, admin=True))
    yield _modal("area", "smallest", area_views.form(None, ()))
    yield _modal("area", "usual", area_views.form(payments, [_SALES]))
    acme = Account(AccountId("a"), "Acme", True, "Enterprise", 120_000, SAM, AccountState.RENEWAL)
    bare = Account(AccountId("b"), "Ö" * 80, public=False)
    yield _modal("accounts", "usual", account_views.finder())
    yield _modal("account form", "usual", account_views.form(acme))
    yield _modal("account form", "largest", account_views.form(bare))
    yield _modal("account said", "usual", account_views.saved(acme, "Sam Okafor"))
    yield _modal("account said", "smallest", account_views.saved(bare, None))


def _own_words() -> Iterator[Example]:
    """Areas and themes: renamed, merged, split, retired."""
    huge = "<!channel> *Reports* & " * 3
    billing = Heading(Which.THEME, "a", "Billing", 1, Under(23, 4), area="Payments")
    bare = Heading(Which.THEME, "b", "SSO", 1, Under(), retired=True, place="U0SAM")
    wide = Heading(
        Which.THEME, "c" * 32, huge[:60], 999, Under(201, 150), retired=True, place="C0PRIVATE", area=huge
    )
    area = Heading(Which.AREA, "d", "Payments", 3, Under(1, 1), keeper="Omar Haddad")
    parts = [heading_views.Part(str(n), huge[:60]) for n in range(20)]
    payments = Area(AreaId("a"), "Payments", SAM, BEN)
    many = [Area(AreaId(str(n)), huge) for n in range(120)]
    found = [replace(_largest, number=2_000_000_000 - n) for n in range(100)]
    for size, one, under, about, those in (
        ("smallest", bare, [], [], []),
        ("usual", billing, [heading_views.Part("p", "Invoices")], [payments], [_usual, _smallest]),
        ("largest", wide, parts, many, found),
    ):
        yield _modal("theme", size, heading_views.theme(one, under, may=size != "smallest"))
        yield _modal("rename a theme", size, heading_views.rename(one, about, "a"))
        yield _modal("merge a theme", size, heading_views.merge(one))
        yield _modal(
            "merge a theme looked at", size, heading_views.merge_preview(one, replace(one, name=huge[:60]))
        )
        yield _modal("split a theme", size, heading_views.split(one, those))
        yield _modal("split a theme looked at", size, heading_views.split_preview(one, those or [_smallest]))
        yield _modal("retire a theme", size, heading_views.retire(one))
    yield _modal("themes", "smallest", heading_views.themes([], more=False, may=False))
    yield _modal("themes", "usual", heading_views.themes([billing, bare], more=False, may=True))
    yield _modal("themes", "largest", heading_views.themes([wide] * 30, more=True, may=True))
    done = heading_views.theme(billing, [], may=True, said="✓ They are merged.")
    yield _modal("theme changed", "usual", done)
    yield _modal(
        "merge an area looked at", "usual", heading_views.merge_preview(replace(area, name="Invoices"), area)
    )
    yield _modal("merge an area", "usual", heading_views.merge(area))
    yield _modal("split an area looked at", "usual", heading_views.split_preview(area, [_usual]))
    yield _modal("retire an area", "usual", heading_views.retire(area))
    about_it = [*heading_views.part_lines(Which.AREA, parts, may=True), actions(*heading_views.deeds(area))]
    yield _modal("area", "with parts", area_views.form(payments, [_SALES], about_it))


def _passed_on() -> Iterator[Example]:
    """What those are sent a kind of feedback is for."""
    largest = replace(_card(_largest, 100), author=LARGEST[:80])
    for kind, words in (
        (Kind.QUESTION, routing_views.question),
        (Kind.PRAISE, routing_views.praise),
    ):
        usual, huge = replace(_usual, kind=kind), replace(largest, feedback=replace(_largest, kind=kind))
        yield _message(f"{kind} passed on", "usual", single(*words(_card(usual))))
        yield _message(f"{kind} passed on", "largest", single(*words(huge)))
    risk = replace(_usual, kind=Kind.CHURN_RISK)
    yield _message("churn risk", "usual", single(*routing_views.churn_risk(_card(risk), owned=True)))
    bare = replace(risk, account=None)
    yield _message("churn risk", "smallest", single(*routing_views.churn_risk(_card(bare), owned=False)))
    yield _message("churn risk", "largest", single(*routing_views.churn_risk(largest, owned=True)))
    praised = replace(
        _card(replace(_usual, kind=Kind.PRAISE)),
        answer=Answer(date(2026, 3, 10), passed_to=["Omar Haddad", "Ruth Castellanos"]),
    )
    yield _message("card of praise", "usual", views.card_message(praised))
    question = replace(_usual, kind=Kind.QUESTION)
    yield _message("answer there", "usual", saying_views.answer(question, SENTENCE, "Ruth Castellanos"))
    yield _message("answer there", "largest", saying_views.answer(_largest, LARGEST[:600], LARGEST[:80]))


def _scored() -> Iterator[Example]:
    """An idea's score, and its parts."""
    parts, voices = Score(2, 80, 2), Voices(4, 2, 5)
    yield _modal("score", "smallest", scoring_views.form(_smallest, None, Voices()))
    yield _modal("score", "usual", scoring_views.form(_usual, parts, voices))
    huge = Score(5, 100, 500), Voices(1_000_000, 100_000, 1_000_000)
    yield _modal("score", "largest", scoring_views.form(_largest, *huge))
    for size, of, score in (("usual", _usual, (parts, voices)), ("largest", _largest, huge)):
        card = replace(
            _card(replace(of, kind=Kind.IDEA)),
            score=scoring_views.line(*score),
            theme="Billing",
            may_say=True,
        )
        yield _modal("shown scored", size, modals.shown(card))
    told = replace(_card(replace(_usual, state=FeedbackState.PLANNED)), told=["Ben Adeyemi", "Sam Okafor"])
    yield _message("card told", "usual", views.card_message(told))


def _triage() -> Iterator[Example]:
    """Sorting what came in, and its cards in a channel."""
    day = date(2026, 3, 12)
    others = [replace(_usual, number=number, account=None) for number in range(13, 26)]
    alone = triage_views.Shown(_card(_unreadable), [], 1)
    usual = triage_views.Shown(_card(_usual, 3), others, 14, "Payments in euro")
    huge = replace(_largest, kind=Kind.IDEA)
    wide = [replace(huge, number=number) for number in range(1, 30)]
    largest = triage_views.Shown(_card(huge, 100), wide, 100, LARGEST[:60])
    question = triage_views.Shown(_card(replace(_usual, kind=Kind.QUESTION)), [], 2)
    yield _modal("triage", "smallest", triage_views.item(alone, 0))
    yield _modal(
        "triage", "usual", triage_views.item(usual, 6, triage_views.done([_usual], FeedbackState.PLANNED))
    )
    said = triage_views.done(wide, FeedbackState.DECLINED)
    yield _modal("triage", "largest", triage_views.item(largest, 1_000, said))
    yield _modal("triage a question", "usual", triage_views.item(question, 0, triage_views.done([], None)))
    for state in triage_views.DECIDING:
        form = triage_views.TriageForm(number=12, also=(13, 14), state=state)
        yield _modal(f"triage {state}", "usual", triage_views.decide(_usual, form))
    most = triage_views.TriageForm(number=1, also=tuple(range(2, 12)), state=FeedbackState.DECLINED)
    yield _modal("triage declined", "largest", triage_views.decide(huge, most))
    yield _modal("triage done", "smallest", triage_views.nothing(0))
    yield _modal("triage done", "usual", triage_views.nothing(20, triage_views.done([_usual], None, day)))
    stands = replace(_usual, state=FeedbackState.PLANNED)
    yield _message("triage card", "smallest", triage_views.card(_card(_smallest), "", None, None))
    yield _message("triage card", "usual", triage_views.card(_card(_usual, 3), "", "Omar Haddad", day))
    yield _message("triage card", "largest", triage_views.card(_card(_largest, 100), "", LARGEST[:80], day))
    sorted_ = triage_views.card(_card(stands, 3), "planned for 10 Dec 2026", None, None)
    yield _message("triage card sorted", "usual", sorted_)
    yield _message("triage card gone", "usual", triage_views.gone("F-12"))
    payments, kept = Area(AreaId("a"), "Payments", SAM, BEN, _SALES), Kept(20, 18, 1)
    yield _message("triage day", "smallest", triage_views.day(payments, [], 0, kept, named=False))
    yield _message(
        "triage day", "usual", triage_views.day(payments, [_usual, *others[:2]], 0, kept, named=True)
    )
    named = replace(payments, name=LARGEST[:60])
    yield _message("triage day", "largest", triage_views.day(named, wide[:10], 90, kept, named=True))
    yield _message("triage day gone", "usual", triage_views.day_gone(payments, date(2026, 3, 9), named=True))


def _finding() -> Iterator[Example]:
    """The list, the search and the filters."""
    everything = FindForm(
        kind=Kind.CHURN_RISK,
        state=FeedbackState.IN_PROGRESS,
        area="a",
        account="b",
        function=AtFirst.CUSTOMER_SUCCESS,
        days=365,
        typed=True,
    )
    some = Page([replace(_usual, number=14, state=FeedbackState.PLANNED), _usual], {14: 4}, older=12)
    many = Page([replace(_largest, number=2_000_000_000 - n) for n in range(20)], {}, older=1, first=False)
    huge = "<!channel> *Reports* & " * 3
    yield _modal("list", "smallest", finding_views.listed(FindForm(), None, Page([], {}), None, None))
    yield _modal("list", "usual", finding_views.listed(FindForm(), "invoice", some, None, None))
    yield _modal("list", "largest", finding_views.listed(everything, LARGEST[:3000], many, huge, huge))
    for name, page in (("nothing older", Page([], {}, first=False)), ("looked long", Page([], {}, older=9))):
        yield _modal("list", name, finding_views.listed(FindForm(), "the", page, None, None))
    yield _modal("list", "nothing fits", finding_views.listed(everything, "euro", Page([], {}), huge, huge))
    many_areas = [Area(AreaId(str(n)), huge) for n in range(120)]
    yield _modal("filters", "smallest", finding_views.narrowing(FindForm(), None, [], None))
    yield _modal("filters", "largest", finding_views.narrowing(everything, LARGEST, many_areas, "b" * 80))
    yield _modal("export", "smallest", exporting_views.form(FindForm(), None, [], None))
    yield _modal("export", "largest", exporting_views.form(everything, LARGEST[:3000], many_areas, "b" * 80))
    yield _modal("export on its way", "usual", exporting_views.on_its_way())
    for why, words in (("no scope", exporting_views.NO_SCOPE), ("refused", exporting_views.REFUSED)):
        yield _message("export unsent", why, single(*exporting_views.unsent(words)))
    yield _message("export unsent", "empty", single(*exporting_views.unsent(exporting_views.EMPTY)))


def _merging() -> Iterator[Example]:
    """The form, what came of it, and what was merged on the card."""
    today, huge = date(2026, 3, 10), "<b>&<!channel>" * 10
    known = Answer(today, Reach(2, 1), area="Payments", keeper="Omar Haddad", promised=date(2026, 3, 12))
    planned = Answer(today, Reach(6, 2), planned_for=date(2026, 3, 20), sentence=LARGEST[:600], customer=huge)
    other = replace(_usual, number=14, words="Bills should come in our own currency", account="BP")
    near = likeness.nearest(USUAL, "Acme", [Said(number, USUAL, "Acme") for number in (7, 8)])
    many = likeness.nearest(LARGEST, huge, [Said(2_000_000_000 - n, LARGEST, huge) for n in range(3)])
    yield _modal("merge", "smallest", merging_views.form(None))
    yield _modal("merge", "usual", merging_views.form(other, near))
    way = triage_views.back(triage_views.TriageForm(number=14, done=3, also=(15,)))
    yield _modal("merge while sorting", "usual", merging_views.form(other, near, done=3, back=[way]))
    yield _modal("merge", "largest", merging_views.form(_largest, many, ("F-7 " + "Ö" * 71, "7")))
    yield _modal("merged", "usual", merging_views.merged(other, _usual, known))
    yield _modal("merged", "largest", merging_views.merged(_largest, _largest, planned))
    yield _modal("taken apart", "usual", merging_views.parted(other, _usual))
    part = Merged(other, "Ben Adeyemi", "Maya Lindqvist", may_undo=True)
    parts = [replace(part, feedback=replace(_largest, number=n), by=huge, captor=huge) for n in range(40)]
    whole = replace(_card(_usual, 2), answer=known, parts=[part])
    led = merging_views.led(other, _usual, "Maya Lindqvist")
    yield _message("card with a part", "usual", views.card_message(whole))
    yield _modal("shown with a part", "usual", modals.shown(whole, led=led))
    yield _modal(
        "shown with what is near", "usual", modals.shown(replace(_card(other), answer=known), near=near)
    )
    yield _modal("shown with what is near", "largest", modals.shown(_card(_largest), near=many))
    large = replace(_card(_largest, 2), answer=planned, parts=parts)
    yield _modal(
        "shown with parts", "largest", modals.shown(large, led=merging_views.led(_largest, _largest, huge))
    )
    for size, one, answer, by in (
        ("usual", other, known, "Maya Lindqvist"),
        ("largest", _largest, planned, huge),
    ):
        yield _message(
            "card of a part", size, merging_views.card(one, _usual, by, answer, seen=True, may=True)
        )
    moved = merging_views.elsewhere(other, _usual, "Maya Lindqvist")
    yield _message("triage card of a part", "usual", moved)
    bare = merging_views.card(_smallest, _usual, "a colleague", known, seen=False, may=False)
    yield _message("card of a part", "smallest", bare)


EXAMPLES = (
    *_messages(),
    *_shipped(),
    *_modals(),
    *_known(),
    *_whose(),
    *_own_words(),
    *_triage(),
    *_passed_on(),
    *_scored(),
    *_finding(),
    *_merging(),
)
