"""Where new feedback goes, each kind to whoever it is for: triage, whoever answers, who built it, whose account it is.

Who may not see it is sent nothing of it; what was said in private stays with those who read it there.
"""

from collections.abc import Iterable

from handlers.asks import service as asks
from handlers.feedback import answering, cards, routing_views, rules, triage_cards, triaging
from handlers.links import service as links
from storage.accounts import queries as accounts
from storage.database import Tx
from storage.feedback import accounts as its_account
from storage.feedback.values import Feedback, FeedbackState, Kind, WordsState
from storage.people import queries as people
from storage.things import queries as things
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind

HEAR = (PersonKind.MEMBER, PersonKind.GUEST)


def arrived(tx: Tx, feedback: Feedback) -> None:
    """Its words, kind and account are known: whoever it is for is sent it; said again, it does nothing more."""
    if feedback.state is not FeedbackState.NEW or feedback.words_state is WordsState.PENDING:
        return
    if triaging.waits(feedback):
        triage_cards.put(tx, feedback)
        cards.sorted_anew(tx, feedback)
    match feedback.kind:
        case Kind.QUESTION:
            _ask(tx, feedback)
        case Kind.PRAISE:
            _praise(tx, feedback)
        case Kind.CHURN_RISK:
            _warn(tx, feedback)


def withdraw(tx: Tx, feedback: Feedback) -> None:
    """It was taken back: nobody is asked or told of it any more, and nothing they were sent quotes it."""
    asks.withdraw(tx, rules.question_key(feedback.number))
    for prefix in rules.quoting_prefixes(feedback.number):
        for one in asks.report(tx, prefix):
            asks.withdraw(tx, one.key)


# ---------------------------------------------------------------------------------------------------------


def _ask(tx: Tx, feedback: Feedback) -> None:
    """Whoever looks after its area now answers it."""
    found = answering.keeper(tx, answering.area_of(tx, feedback))
    for person in _seeing(tx, feedback, [] if found is None else [found[0]]):
        summary, blocks = routing_views.question(cards.card(tx, feedback, person))
        about = str(feedback.reference)
        asks.ask(tx, person, rules.question_key(feedback.number), summary, blocks, about=about)


def _praise(tx: Tx, feedback: Feedback) -> None:
    """Those who built it: whose what is that it names, else who looks after its area."""
    viewer = Viewer(feedback.captured_by, PersonKind.MEMBER)
    named = {one.thing.owner for one in links.linked(tx, feedback.reference, viewer)}
    area = answering.area_of(tx, feedback)
    look_after = set() if area is None else {area.owner, area.deputy}
    found = (named - {None}) or look_after
    for person in _seeing(tx, feedback, (one for one in found if one is not None)):
        summary, blocks = routing_views.praise(cards.card(tx, feedback, person))
        key = f"{rules.passed_prefix(feedback)}{person}"
        asks.tell(tx, person, key, summary, blocks, about=str(feedback.reference))


def _warn(tx: Tx, feedback: Feedback) -> None:
    """Whose account it is, and who leads them, at once; who looks after its area where nobody is known."""
    number = its_account.of(tx, feedback.number)
    account = None if number is None else accounts.find(tx, number)
    theirs = [] if account is None else [one for one in (account.owner, account.lead) if one is not None]
    found = answering.keeper(tx, answering.area_of(tx, feedback))
    hear = theirs or ([] if found is None else [found[0]])
    for person in _seeing(tx, feedback, hear):
        summary, blocks = routing_views.churn_risk(cards.card(tx, feedback, person), owned=bool(theirs))
        key = f"{rules.passed_prefix(feedback)}{person}"
        asks.tell(tx, person, key, summary, blocks, first=True, about=str(feedback.reference))


def _seeing(tx: Tx, feedback: Feedback, found: Iterable[PersonId]) -> list[PersonId]:
    """Those of them who may see it; whoever captured it knows it already."""
    known = people.people(tx, sorted({*found} - {feedback.captured_by}))
    return [
        one.id
        for one in known.values()
        if one.kind in HEAR and things.visible(tx, feedback.reference, Viewer(one.id, one.kind))
    ]
