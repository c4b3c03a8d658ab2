"""Looking for what was said before: read while a form opens, and again before it saves other words."""

from handlers.feedback import answering, ids, likeness, listeners, modals, service
from handlers.feedback.likeness import Near, Said
from handlers.feedback.modals import CaptureForm
from handlers.kit import forms
from handlers.kit.replies import SubmitReply, UpdateModal, View
from handlers.kit.requests import Filled, SubmitRequest, Who
from storage.areas import queries as areas
from storage.areas.values import Area
from storage.database import Tx
from storage.feedback import likes
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, same
from storage.things import queries as things
from storage.values import ChannelId


def form(tx: Tx, who: Who, carried: CaptureForm, words: str, kind: Kind) -> View:
    """The form with these words, and what may be the same."""
    found, about = near(tx, who, words, None), _areas(tx, carried, None)
    return modals.capture(_probed(carried, words), words, kind, near=found, about=about)


def unsure(form: Filled) -> bool:
    """Whether it is about to save words that were not compared yet."""
    carried, words = forms.read(CaptureForm, form.metadata), form.text(ids.BLOCK_WORDS)
    return carried is not None and words is not None and carried.probed != (same(words) or "")


def look(tx: Tx, request: SubmitRequest) -> SubmitReply | None:
    """Before such words are saved: the form once more, if something is like them."""
    carried = forms.read(CaptureForm, request.metadata)
    words, account, kind = listeners.read_fields(request)
    if carried is None or words is None:
        return None
    if listeners.field_errors(words, account) or _captured(tx, carried):
        return None
    found = near(tx, request.who, words, account)
    if not found or request.choice(ids.BLOCK_NEAR) == str(found[0].said.number):
        return None
    about = _areas(tx, carried, request.choice(ids.BLOCK_AREA))
    return UpdateModal(modals.capture(_probed(carried, words), words, kind, account, found, about))


def near(tx: Tx, who: Who, words: str, account: str | None) -> list[Near]:
    """What this person may see that may be the same."""
    sought = likeness.sought_in(words)
    if sought is None:
        return []
    said = likes.said(tx, things.viewing(service.viewer(who)), sought, account)
    return likeness.nearest(words, account, [Said(*one) for one in said])


# ---------------------------------------------------------------------------------------------------------


def _areas(tx: Tx, carried: CaptureForm, chosen: str | None) -> list[Area]:
    """All areas in use; what somebody chose, else the one of the channel, stands first."""
    likely = chosen or answering.area_in(tx, ChannelId(carried.channel))
    return sorted((one for one in areas.every(tx) if not one.retired), key=lambda one: one.id != likely)


def _probed(carried: CaptureForm, words: str) -> CaptureForm:
    return carried.model_copy(update={"probed": same(words) or ""})


def _captured(tx: Tx, carried: CaptureForm) -> bool:
    """Whether its message was captured before: then it is that."""
    return carried.message is not None and feedbacks.of_message(tx, carried.message) is not None
