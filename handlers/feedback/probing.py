"""Looking for what was said before: read while a form opens, and again before it saves other words."""

from handlers.feedback import ids, likeness, listeners, modals, service
from handlers.feedback.likeness import Near, Said
from handlers.feedback.modals import CaptureForm
from handlers.kit import forms
from handlers.kit.replies import SubmitReply, UpdateModal, View
from handlers.kit.requests import SubmitRequest, Who
from storage.database import Tx
from storage.feedback import likes
from storage.feedback import queries as feedbacks
from storage.feedback.values import Kind, same


def form(tx: Tx, who: Who, carried: CaptureForm, words: str, kind: Kind) -> View:
    """The form with these words, and what may be the same."""
    return modals.capture(_probed(carried, words), words, kind, near=near(tx, who, words, None))


def look(tx: Tx, request: SubmitRequest) -> SubmitReply | None:
    """Before words are saved that were not compared yet: the form once more, if something is like them."""
    carried = forms.read(CaptureForm, request.metadata)
    words, account, kind = listeners.read_fields(request)
    if carried is None or words is None or carried.probed == (same(words) or ""):
        return None
    if listeners.field_errors(words, account) or _captured(tx, carried):
        return None
    found = near(tx, request.who, words, account)
    if not found or request.choice(ids.BLOCK_NEAR) == str(found[0].said.number):
        return None
    return UpdateModal(modals.capture(_probed(carried, words), words, kind, account, found))


def near(tx: Tx, who: Who, words: str, account: str | None) -> list[Near]:
    """What this person may see that may be the same."""
    known = [Said(*one) for one in likes.said(tx, service.viewer(who))] if words else []
    return likeness.nearest(words, account, known)


# ---------------------------------------------------------------------------------------------------------


def _probed(carried: CaptureForm, words: str) -> CaptureForm:
    return carried.model_copy(update={"probed": same(words) or ""})


def _captured(tx: Tx, carried: CaptureForm) -> bool:
    """Whether its message was captured before: then it is that."""
    return carried.message is not None and feedbacks.of_message(tx, carried.message) is not None
