"""Slack in: the list of all feedback somebody may see, searched and filtered, a page at a time in a window."""

from typing import Any

from handlers.feedback import finding_views, ids, naming, probing, rules, service
from handlers.feedback.finding_views import PERIODS, SHOWN, FindForm, Page
from handlers.feedback.modals import CaptureForm
from handlers.kit import forms
from handlers.kit.functions import FUNCTIONS
from handlers.kit.permissions import MEMBERS
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, Filled, SubmitRequest, Who
from storage.accounts import queries as accounts
from storage.accounts.values import AccountId
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.database import Tx
from storage.feedback import accounts as known_accounts
from storage.feedback import closing, finding, themes
from storage.feedback.queries import NEWEST
from storage.feedback.values import KEPT, FeedbackState, Kind, Source, Theme, ThemeId

UNKNOWN = "I know no account of that name that you can see."
ALL = FindForm()


def listed(
    tx: Tx, who: Who, form: FindForm = ALL, words: str | None = None, before: int | None = None
) -> View:
    """A page of what fits."""
    start = NEWEST if before is None else before
    theme = theme_of(tx, who, form)
    form = form if theme is not None else form.model_copy(update={"theme": None})
    found, older = finding.find(tx, service.viewer(who), form.filters(words), SHOWN, start)
    wanted = closing.wanted_by(tx, [one.number for one in found])
    page = Page(found, wanted, older, first=before is None, exports=who.kind in MEMBERS)
    name = None if theme is None else theme.name
    return finding_views.listed(form, words, page, _area(tx, form), account_of(tx, who, form), name)


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All of it, from the beginning, or what is about the theme the button names."""
    form = ALL if not request.value else FindForm(theme=request.value)
    return forms.open_view(request, listed(tx, request.who, form))


def older(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The next page, or the first again; with what the search box holds now."""
    form, words = carried(request)
    before, *_ = forms.numbers(request.value)
    return UpdateModal(listed(tx, request.who, form, words, before or None))


def narrow(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The filters, as they are."""
    form, words = carried(request)
    themed, theme = request.who.kind in MEMBERS, theme_of(tx, request.who, form)
    view = finding_views.narrowing(
        form, words, areas.every(tx), account_of(tx, request.who, form), theme, themed=themed
    )
    return forms.open_view(request, view)


def capture(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """`/capture search is slow` was no search: the form, with all that was typed."""
    _, words = carried(request)
    said = f"Search {words or ''}".strip()
    return forms.open_view(
        request,
        probing.form(tx, request.who, CaptureForm(source=Source.COMMAND), said, rules.likely_kind(said)),
    )


def searched(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What the box holds is searched for, with the filters the list has."""
    form = forms.read(FindForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    return UpdateModal(listed(tx, request.who, form, request.text(ids.BLOCK_SOUGHT)))


def narrowed(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The list with these filters."""
    form = chosen(tx, request)
    if form is None:
        return FieldErrors({ids.BLOCK_ACCOUNT: UNKNOWN})
    return UpdateModal(listed(tx, request.who, form, request.text(ids.BLOCK_SOUGHT)))


def chosen(tx: Tx, request: SubmitRequest) -> FindForm | None:
    """The filters somebody chose; None where they know no such account."""
    name, account = naming.account_in(request), None
    if name is not None:
        known = accounts.by_name(tx, name)
        if known is None or not known_accounts.may_know(tx, service.viewer(request.who), known.id):
            return None
        account = known.id
    form = _read(request, account)
    return form if theme_of(tx, request.who, form) else form.model_copy(update={"theme": None})


def carried(request: ButtonRequest) -> tuple[FindForm, str | None]:
    """The filters and the words of the window a button stands in; all of it where it stands in none of ours."""
    view: dict[str, Any] = dict(request.view or {})
    if view.get("callback_id") not in (ids.FOUND, ids.FILTERED):
        return ALL, None
    state = view.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    filled = Filled(
        str(view["callback_id"]),
        str(view.get("private_metadata") or "{}"),
        values if isinstance(values, dict) else {},
    )
    return forms.read(FindForm, filled.metadata) or ALL, filled.text(ids.BLOCK_SOUGHT)


def account_of(tx: Tx, who: Who, form: FindForm) -> str | None:
    """The name of the account filtered by, for whoever may know of it."""
    if form.account is None or not known_accounts.may_know(tx, service.viewer(who), AccountId(form.account)):
        return None
    found = accounts.find(tx, AccountId(form.account))
    return None if found is None else found.name


def theme_of(tx: Tx, who: Who, form: FindForm) -> Theme | None:
    """The theme filtered by, for whoever may read its name."""
    return None if form.theme is None else themes.see(tx, ThemeId(form.theme), service.viewer(who))


# ---------------------------------------------------------------------------------------------------------


def _read(request: SubmitRequest, account: AccountId | None) -> FindForm:
    kind, state = request.choice(ids.BLOCK_KIND), request.choice(ids.BLOCK_STATE)
    function, days = request.choice(ids.BLOCK_FUNCTION), request.choice(ids.BLOCK_PERIOD)
    return FindForm(
        kind=Kind(kind) if kind in set(Kind) else None,
        state=FeedbackState(state) if state in KEPT else None,
        area=request.choice(ids.BLOCK_AREA),
        account=account,
        function=FUNCTIONS.chosen(function),
        theme=request.choice(ids.BLOCK_INTO_THEME),
        days=next((one for one in PERIODS if str(one) == days), None),
    )


def _area(tx: Tx, form: FindForm) -> str | None:
    found = None if form.area is None else areas.find(tx, AreaId(form.area))
    return None if found is None else found.name
