"""Slack in: the workspace's themes, and what areas and themes have in common: merged, split, retired, taken apart."""

from handlers.feedback import area_listeners, heading_views, headings, ids, service
from handlers.feedback.heading_views import SHOWN, Heading, HeadingForm, Which
from handlers.kit import forms
from handlers.kit.mrkdwn import escape, one_line
from handlers.kit.replies import ButtonReply, FieldErrors, Options, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, OptionsRequest, SubmitRequest, Who
from storage.areas import queries as areas
from storage.areas.values import AreaId
from storage.database import Tx
from storage.feedback import themes
from storage.feedback.values import ThemeId
from storage.values import folded

OFFERED = 20
CHOOSE = "Choose the one it counts under."
NONE_CHOSEN = "Choose some, or type words that they say."
NO_NAME = "Give it a name."


def show(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """All themes, from a button."""
    return forms.open_view(request, listed(tx, request.who))


def listed(tx: Tx, who: Who) -> View:
    """All themes whose names this person may read."""
    found = themes.every(tx, service.viewer(who), SHOWN + 1)
    shown = [headings.of_theme(tx, who, one) for one in found[:SHOWN]]
    may = headings.may(tx, who, Which.THEME)
    return heading_views.themes(shown, len(found) > SHOWN, may=may)


def open_one(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """One theme."""
    return forms.open_view(request, _page(tx, request.who, Which.THEME, request.value))


def found(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The one whose name was typed."""
    chosen = request.choice(ids.BLOCK_INTO_THEME)
    if chosen is None:
        return FieldErrors({ids.BLOCK_INTO_THEME: "Choose a theme."})
    return UpdateModal(_page(tx, request.who, Which.THEME, chosen))


def name(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What a new name would change."""
    one = headings.find(tx, request.who, Which.THEME, request.value)
    if one is None:
        return forms.say(request, headings.GONE)
    theme = themes.see(tx, ThemeId(one.id), service.viewer(request.who))
    about = [area for area in areas.every(tx) if not area.retired or (theme and area.id == theme.area)]
    return forms.open_view(request, heading_views.rename(one, about, None if theme is None else theme.area))


def named(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """It is called so, or say at which field what is wrong."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    written = one_line(request.text(ids.BLOCK_NAME) or "")[: heading_views.NAME_LIMIT].strip()
    if not written:
        return FieldErrors({ids.BLOCK_NAME: NO_NAME})
    chosen = request.choice(ids.BLOCK_AREA)
    area = None if chosen is None else areas.find(tx, AreaId(chosen))
    refused = headings.rename(tx, request.who, form, written, None if area is None else area.id)
    if refused is not None:
        return FieldErrors({ids.BLOCK_NAME: refused})
    return UpdateModal(_page(tx, request.who, form.which, form.id, f"✓ It is called {escape(written)} now."))


def merge(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Into which other one?"""
    one = _asked(tx, request)
    return (
        forms.say(request, one)
        if isinstance(one, str)
        else forms.open_view(request, heading_views.merge(one))
    )


def into(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What merging would change."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    block = ids.BLOCK_INTO_THEME if form.which is Which.THEME else ids.BLOCK_INTO_AREA
    chosen = request.choice(block)
    if chosen is None:
        return FieldErrors({block: CHOOSE})
    one = headings.find(tx, request.who, form.which, form.id)
    other = headings.find(tx, request.who, form.which, chosen)
    if one is None or other is None:
        return FieldErrors({block: headings.GONE})
    if refused := headings.allowed_into(tx, request.who, one, other):
        return FieldErrors({block: refused})
    return UpdateModal(heading_views.merge_preview(one, other))


def merged(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """The one counts under the other."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = headings.merge(tx, request.who, form)
    return UpdateModal(_page(tx, request.who, form.which, form.into, refused or "✓ They are merged."))


def split(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Which of it go elsewhere?"""
    one = _asked(tx, request)
    if isinstance(one, str):
        return forms.say(request, one)
    return forms.open_view(request, heading_views.split(one, headings.under(tx, request.who, one)))


def chosen(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """What splitting it so would change."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    one = headings.find(tx, request.who, form.which, form.id)
    if one is None:
        return UpdateModal(forms.told("Not split", headings.GONE))
    words = request.text(ids.BLOCK_SOUGHT)
    ticked = {number for value in request.choices(ids.BLOCK_CHOSEN) for number in forms.numbers(value)}
    those = headings.under(tx, request.who, one, words) if words else []
    these = [item for item in headings.under(tx, request.who, one) if item.number in ticked]
    both = {item.number: item for item in (*those, *these)}
    if not both:
        none = "Nothing under it says that." if words else NONE_CHOSEN
        return FieldErrors({ids.BLOCK_SOUGHT: none})
    return UpdateModal(heading_views.split_preview(one, [*both.values()][: heading_views.AT_ONCE]))


def divided(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """They go there."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    written = one_line(request.text(ids.BLOCK_NAME) or "")[: heading_views.NAME_LIMIT].strip()
    if not written:
        return FieldErrors({ids.BLOCK_NAME: NO_NAME})
    done = headings.split(tx, request.who, form, written)
    if isinstance(done, str):
        return FieldErrors({ids.BLOCK_NAME: done})
    return UpdateModal(
        _page(tx, request.who, form.which, done.id, f"✓ Split: this is {escape(done.name)} now.")
    )


def retire(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What retiring it would change; a retired one is in use again at once."""
    one = _asked(tx, request)
    if isinstance(one, str):
        return forms.say(request, one)
    if not one.retired:
        return forms.open_view(request, heading_views.retire(one))
    refused = headings.retire(tx, request.who, one.form, retired=False)
    said = refused or "✓ It is in use again."
    return forms.open_view(request, _page(tx, request.who, one.which, one.id, said))


def retired(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Nobody is offered it any more."""
    form = forms.read(HeadingForm, request.metadata)
    if form is None:
        return UpdateModal(forms.TOO_OLD)
    refused = headings.retire(tx, request.who, form, retired=True)
    said = refused or "✓ It is retired. It can be used again."
    return UpdateModal(_page(tx, request.who, form.which, form.id, said))


def take_apart(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """What counted under another one stands for itself again."""
    which, part = _named(request.value)
    done = headings.apart(tx, request.who, which, part)
    if isinstance(done, str):
        return forms.say(request, done)
    return forms.open_view(request, _page(tx, request.who, which, done.id, "✓ They are taken apart."))


def offered_themes(tx: Tx, request: OptionsRequest) -> Options:
    """Themes whose names somebody may read, while they type."""
    known = themes.offered(tx, service.viewer(request.who), request.value, OFFERED, retired=True)
    return Options([(one.name, one.id) for one in known])


def offered_areas(tx: Tx, request: OptionsRequest) -> Options:
    """Areas, while somebody types."""
    typed = folded(request.value)
    return Options([(one.name, one.id) for one in areas.every(tx) if typed in folded(one.name)][:OFFERED])


# ---------------------------------------------------------------------------------------------------------


def _page(tx: Tx, who: Who, which: Which, of: str, said: str = "") -> View:
    one = headings.find(tx, who, which, of)
    if one is None:
        return forms.told("Not there", headings.GONE)
    if which is Which.AREA:
        return area_listeners.listed(tx, who, said)
    may = headings.may(tx, who, which)
    return heading_views.theme(one, headings.parts(tx, who, one), may=may, said=said)


def _asked(tx: Tx, request: ButtonRequest) -> Heading | str:
    """What a button is about, for who may change it."""
    which, of = _named(request.value)
    if not headings.may(tx, request.who, which):
        return headings.NOT_YOURS
    return headings.find(tx, request.who, which, of) or headings.GONE


def _named(value: str) -> tuple[Which, str]:
    which, _, of = value.partition("|")
    return Which.AREA if which == Which.AREA else Which.THEME, of
