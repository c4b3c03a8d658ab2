"""Every view of decisions at its smallest, usual and largest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.asks.views import single
from handlers.decisions import letters, markdown, modals, pages, views
from handlers.decisions.consequences import Place, consequences
from handlers.decisions.letters import Reached, Said
from handlers.decisions.modals import RecordForm
from handlers.decisions.rules import Concern
from handlers.decisions.views import Card
from handlers.kit.blocks import preformatted
from handlers.kit.examples import Example
from handlers.kit.functions import FUNCTIONS
from handlers.kit.roles import named
from handlers.kit.surfaces import MessageContent, View, home, modal
from storage.decisions.values import (
    Decision,
    DecisionState,
    Details,
    Draft,
    Line,
    Named,
    Source,
    Stance,
    Voice,
)
from storage.roles.values import AT_FIRST, Role, Rule
from storage.values import AtFirst, AudienceKind, ChannelId, Past, PersonId, RoleId

OMAR, INES, TOMAS, LENA, PRIYA = (PersonId(f"U0{one}") for one in ("OMAR", "INES", "TOMAS", "LENA", "PRIYA"))
NAMES = {
    OMAR: "Omar Haddad",
    INES: "Inês Duarte",
    TOMAS: "Tomás Vidal",
    LENA: "Lena Fischer",
    PRIYA: "Priya Nair",
}
LARGEST = "<!channel> *not bold* & <https://example.com|not a link> שלום עולם 👩‍👩‍👧‍👦 " * 60

_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
_later = datetime(2026, 6, 1, tzinfo=UTC)
_launches = ChannelId("C0LAUNCH")
_details = Details(
    "We invoice in euro first; dollars follow when three customers ask for them.",
    OMAR,
    "Nine of the ten who asked pay in euro, and the bank opens a dollar account only in June.",
    "Dollars first · both at once, six weeks later · neither before the audit",
    INES,
    (LENA, TOMAS),
    (PRIYA,),
    (AtFirst.ENGINEERING, AtFirst.SALES),
    date(2026, 3, 10),
    date(2026, 9, 3),
)
_source = Source(_launches, "1790000000.000100", "1790000000.000100")
_link = "https://northwind.example/archives/C0LAUNCH/p1790000000000100"
_decided = Decision(
    7, DecisionState.DECIDED, _details, OMAR, _AT, INES, _AT, _launches, _source, _link, None, None, 1, INES, 3
)  # fmt: skip
_proposed = replace(_decided, state=DecisionState.PROPOSED, decided_by=None, decided_at=None)
_alone = replace(
    _decided, number=1, details=Details("Euro first", OMAR), decided_by=OMAR, changed_by=OMAR, source=None,
    permalink=None, channel=None, version=1,
)  # fmt: skip
_handed_on = replace(_proposed, details=replace(_details, approver=TOMAS), changed_by=OMAR)
_superseded = replace(_decided, state=DecisionState.SUPERSEDED, replaced_by=12)
_withdrawn = replace(_alone, state=DecisionState.WITHDRAWN)
_new = replace(_alone, number=12, replaces=7, details=replace(_details, what="Both at once.", why=None))
_largest = replace(
    _decided,
    number=2_000_000_000,
    details=replace(
        _details,
        what=LARGEST[:3000],
        why=LARGEST[:3000],
        options=LARGEST[:3000],
        functions=tuple(one for one, _ in FUNCTIONS.items()),
    ),
)
_agrees = Voice(LENA, Stance.AGREE, None, 1, datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 1)
_objects = Voice(TOMAS, Stance.OBJECT, "Nobody has checked the forms yet.", 1, _agrees.at, 1)
_afterwards = replace(_objects, at=datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
_refusal = Voice(INES, Stance.NOT_YET, "What does finance say?", 1, _agrees.at, 1)
_long = replace(_objects, reason=LARGEST[:1000])


_REMINDED = Reached(asked=True, reminded=True)
_UNREMINDED = (
    ("stuck while away", Reached(asked=True, reminded=True, away_until=date(2026, 3, 20))),
    ("stuck unreminded", Reached(asked=True, reminded=False)),
    ("stuck unasked", Reached(asked=False, reminded=False)),
    ("stuck unasked while away", Reached(asked=False, reminded=False, away_until=date(2026, 3, 20))),
)


def _card(decision: Decision, *voices: Voice, viewer: PersonId | None = None) -> Card:
    return Card(decision, {one.person: one for one in voices}, NAMES, viewer)


def _message(name: str, size: str, content: MessageContent) -> Example:
    return Example("decisions", name, size, "message", content.payload)  # type: ignore[arg-type]  # one of the three sizes


def _modal(name: str, size: str, view: View) -> Example:
    return Example("decisions", name, size, "modal", view)  # type: ignore[arg-type]  # one of the three sizes


def _said(name: str, said: Said, size: str = "usual") -> Example:
    return _message(name, size, single(said.summary, said.blocks))


def _cards() -> Iterator[Example]:
    yield _message("card", "smallest", views.card_message(_card(_alone)))
    yield _message("card", "usual", views.card_message(_card(_decided, _agrees, _objects)))
    yield _message("card", "largest", views.card_message(_card(_largest, _agrees, _long)))
    yield _message("card proposed", "usual", views.card_message(_card(_proposed, _agrees, _refusal)))
    yield _message("card of the unheard", "usual", views.card_message(_card(_decided, _afterwards)))
    yield _message("card superseded", "usual", views.card_message(_card(_superseded, _agrees, _objects)))
    yield _message("card withdrawn", "usual", views.card_message(_card(_withdrawn)))
    yield _message("in the old thread", "usual", letters.in_thread(_card(_new)))
    yield _message("in the old thread", "largest", letters.in_thread(_card(replace(_largest, replaces=7))))


def _asks() -> Iterator[Example]:
    yield _said("approve", letters.approve(_card(replace(_proposed, details=Details("Euro first", OMAR, approver=INES)))),
                "smallest")  # fmt: skip
    yield _said("approve", letters.approve(_card(_proposed)))
    yield _said("approve", letters.approve(_card(replace(_largest, state=DecisionState.PROPOSED))), "largest")
    yield _said("view", letters.view(_card(_proposed)))
    yield _said("stuck", letters.stuck(_card(_proposed), _REMINDED))
    for name, reached in _UNREMINDED:
        yield _said(name, letters.stuck(_card(_proposed), reached))
    yield _said("stuck after not yet", letters.stuck(_card(_proposed, _refusal), _REMINDED))
    yield _said("review", letters.review(_card(_decided)))
    yield _said("approved", letters.approved(_card(_decided)))
    yield _said("not yet told", letters.not_yet(_card(_proposed), "What does finance say?"))
    yield _said("informed", letters.decided(_card(_decided)))
    yield _said("informed of the new one", letters.replaced(_card(_new)))
    yield _said("driving", letters.driving(_card(_alone)))
    yield _said("passed over", letters.passed_over(_card(_handed_on)))
    yield _said("withdrawn told", letters.withdrawn(_card(_withdrawn)))


_HELD = (
    ("Inês Duarte, to approve it", "waits until Monday 9 March 9:00: away until Friday 6 March"),
    (
        "Tomás Vidal, for a view",
        "waits until Wednesday 4 March 9:00: their 3 questions for the day were used",
    ),
)


def _modals() -> Iterator[Example]:
    form, everybody = RecordForm(channel="C0LAUNCH"), Place("launches", AudienceKind.WORKSPACE)
    members = Place(None, AudienceKind.CHANNEL, "pricing-private")
    yield _modal("record", "smallest", modals.record(form, ""))
    yield _modal("record", "usual", modals.record(form, _details.what))
    yield _modal("record", "largest", modals.record(form, LARGEST))
    for size, card, place in (
        ("smallest", _card(_alone, viewer=OMAR), everybody),
        ("usual", _card(replace(_proposed, version=1), viewer=OMAR), members),
        ("largest", _card(_largest, viewer=OMAR), everybody),
    ):
        yield _modal("saved", size, modals.saved(card, consequences(card, place)))
    new, away = _card(_new, viewer=OMAR), replace(everybody, old_thread=False)
    yield _modal(
        "saved in place of another",
        "usual",
        modals.saved(new, consequences(new, away)),
    )
    yield _modal(
        "supersede",
        "usual",
        modals.supersede(_decided, NAMES[INES], "Everybody in this workspace can see it."),
    )
    yield _modal("shown", "smallest", modals.shown(_card(_alone, viewer=LENA)))
    yield _modal("shown", "usual", modals.shown(_card(_decided, _agrees, _objects, viewer=OMAR)))
    yield _modal("shown", "largest", modals.shown(_card(_largest, _agrees, _long, viewer=OMAR)))
    unheard = replace(_card(_proposed, viewer=OMAR), not_asked=_HELD)
    yield _modal("shown to its driver", "usual", modals.shown(unheard))
    yield _modal("shown to its approver", "usual", modals.shown(_card(_proposed, viewer=INES)))
    yield _modal("shown to a contributor", "usual", modals.shown(_card(_proposed, viewer=TOMAS)))
    yield _modal("shown superseded", "usual", modals.shown(_card(_superseded, viewer=OMAR)))
    yield _modal("shown withdrawn", "usual", modals.shown(_card(_withdrawn, viewer=OMAR)))
    yield _modal("changed meanwhile", "usual", modals.changed_meanwhile(_card(_proposed, viewer=INES)))
    yield _modal("not yet", "usual", modals.not_yet(_proposed))
    yield _modal("objection", "largest", modals.objection(_largest))
    yield _modal("keep", "usual", modals.keep(_decided, date(2027, 3, 3)))
    yield _modal("told", "usual", modals.TOO_OLD)
    yield _modal(
        "export",
        "usual",
        modal("Export", [preformatted(markdown.entry(_card(_decided, _agrees)))], close="Close"),
    )


def _behind_more() -> Iterator[Example]:
    draft = Draft(3, _AT, {"why": "Three more asked since.", "review_on": "2026-12-01"})
    yield _modal("overview", "smallest", pages.overview(_card(_alone), None))
    yield _modal("overview", "usual", pages.overview(_card(_proposed), draft))
    yield _modal(
        "overview changed meanwhile",
        "usual",
        pages.overview(_card(_proposed), draft, "Changed meanwhile by Inês Duarte."),
    )
    yield _modal("overview", "largest", pages.overview(_card(_largest), None))
    for concern in Concern:
        yield _modal(f"page {concern}", "usual", pages.page(_proposed, _details, concern))
    yield _modal("page people of what is approved", "usual", pages.page(_decided, _details, Concern.PEOPLE))
    yield from _with_roles_of_their_own()
    yield _modal("page what", "largest", pages.page(_largest, _largest.details, Concern.WHAT))


def _with_roles_of_their_own() -> list[Example]:
    """RACI's words, a role that was split, and one that is retired."""
    words = ("DRI", "Accountable", "Consulted", "Notified")
    first = [
        replace(one, name=word, past=(Past(one.name, _later),))
        for one, word in zip(AT_FIRST, words, strict=True)
    ]
    reviewers = Role(RoleId("reviewers"), "Reviewers", Rule.CONTRIBUTOR, 5, part_of=Rule.CONTRIBUTOR.first)
    experts = Role(RoleId("experts"), "Experts", Rule.CONTRIBUTOR, 6, retired=True)
    people = (Named(Rule.CONTRIBUTOR, LENA, reviewers.id), Named(Rule.CONTRIBUTOR, TOMAS, experts.id))
    details = replace(_details, named=people)
    open_, over = replace(_proposed, details=details), replace(_decided, details=details)
    with named([*first, reviewers, experts]):
        return [
            _modal(
                "page people with roles of their own", "largest", pages.page(open_, details, Concern.PEOPLE)
            ),
            _modal("overview with roles of their own", "usual", pages.overview(_card(open_), None)),
            _modal("shown with roles of their own", "usual", modals.shown(_card(over, _agrees, viewer=OMAR))),
            _said("driving with roles of their own", letters.driving(_card(_alone))),
            _modal(
                "supersede with roles of their own",
                "usual",
                modals.supersede(over, None, "Everybody can see it."),
            ),
        ]


def _lists() -> Iterator[Example]:
    lines = [
        Line(12, DecisionState.PROPOSED, "Both at once.", None, OMAR, INES, None, None),
        Line(7, DecisionState.SUPERSEDED, "We invoice in euro first", _link, OMAR, None, None, 12),
        Line(3, DecisionState.DECIDED, LARGEST[:80], None, OMAR, None, None, None),
    ]
    rows = [(lines[0], "waits for your approval"), *[(one, "") for one in lines[1:]]]
    yield Example(
        "decisions", "list", "usual", "home", home(views.lines("Decisions that need you", rows, ""))
    )
    yield Example("decisions", "list", "smallest", "home", home(views.lines("Decisions", [], "Nothing yet.")))


EXAMPLES = (*_cards(), *_asks(), *_modals(), *_behind_more(), *_lists())
