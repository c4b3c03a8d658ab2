"""`/capture export`: all feedback somebody may see, with the filters of the list, as a file in their messages."""

import csv
import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.asks import service as asks
from handlers.feedback import exchange, exporting_views, finding, ids, service
from handlers.feedback.exporting_views import Format
from handlers.feedback.finding_views import FindForm
from handlers.kit import forms
from handlers.kit.features import FilePart
from handlers.kit.forms import Form
from handlers.kit.replies import ButtonReply, FieldErrors, SubmitReply, UpdateModal, View
from handlers.kit.requests import ButtonRequest, SubmitRequest, Who
from storage.areas import queries as areas
from storage.audit import queries as audit
from storage.database import Tx, new_id
from storage.feedback import exporting
from storage.feedback import finding as findings
from storage.feedback.queries import NEWEST
from storage.outbox import files
from storage.outbox.values import Answer, Verdict
from storage.people import queries as people
from storage.things.values import Viewer
from storage.values import PersonId, PersonKind

MAKER = "feedback.export"
AT_ONCE = exporting.AT_ONCE
WORTH = timedelta(days=1)
"""So long a file is waited for."""
NOTHING = "Nothing fits. Fewer words find more, or other filters."


class Wanted(Form):
    """What somebody wants a file of."""

    person: str
    form: FindForm
    words: str | None = None
    format: Format


def open_form(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """The form, with the filters of the list the button stands in."""
    form, words = finding.carried(request)
    return forms.open_view(request, page(tx, request.who, form, words))


def page(tx: Tx, who: Who, form: FindForm = finding.ALL, words: str | None = None) -> View:
    """The form."""
    account, theme = finding.account_of(tx, who, form), finding.theme_of(tx, who, form)
    return exporting_views.form(form, words, areas.every(tx), account, theme)


def submitted(tx: Tx, request: SubmitRequest) -> SubmitReply:
    """Begin to make it, or say that nothing fits."""
    form = finding.chosen(tx, request)
    words, format_ = request.text(ids.BLOCK_SOUGHT), request.choice(ids.BLOCK_FORMAT)
    if form is None:
        return FieldErrors({ids.BLOCK_ACCOUNT: finding.UNKNOWN})
    viewer = service.viewer(request.who)
    if not findings.find(tx, viewer, form.filters(words), 1)[0]:
        return FieldErrors({ids.BLOCK_SOUGHT: NOTHING})
    chosen = Format.LINES if format_ == Format.LINES else Format.SHEET
    wanted = Wanted(person=request.who.person, form=form, words=words, format=chosen)
    name, which = f"feedback-{tx.now:%Y-%m-%d}.{chosen}", new_id()
    files.upload(
        tx,
        f"feedback.export:{which}",
        request.who.person,
        MAKER,
        wanted.model_dump(mode="json", exclude_none=True),
        name,
        last_moment=tx.now + WORTH,
        then="feedback.export_made",
        about={"person": request.who.person, "export": which, "name": name},
    )
    audit.note(tx, request.who.person, "feedback.exported", f"export {which}")
    return UpdateModal(exporting_views.on_its_way())


def part(tx: Tx, subject: Mapping[str, Any], after: int | None) -> FilePart:
    """The next of what they want, of what they may see now."""
    wanted = Wanted.model_validate(dict(subject))
    known = people.person(tx, PersonId(wanted.person))
    if known is None or known.kind is not PersonKind.MEMBER:
        return FilePart(b"", 0, None)
    viewer, before = Viewer(known.id, known.kind), NEWEST if after is None else after
    found, older = findings.find(tx, viewer, wanted.form.filters(wanted.words), AT_ONCE, before)
    whole = exporting.of(tx, [one.number for one in found], viewer)
    if wanted.format is Format.LINES:
        text = "".join(f"{exchange.line(one)}\n" for one in whole)
    else:
        rows = [exchange.row(one) for one in whole]
        text = _sheet([exchange.HEADS, *rows] if after is None and (rows or older) else rows)
    return FilePart(text.encode(), len(whole), older)


def made(tx: Tx, answer: Answer) -> None:
    """It stands with Slack, where nobody sees it: show it. Or it could not be sent there: say so."""
    person, which = PersonId(str(answer.about["person"])), str(answer.about["export"])
    if not answer.ok:
        _unsent(tx, person, which, answer)
    elif "file_id" not in answer.data:
        asks.tell_back(tx, person, f"feedback.unsent:{which}", *exporting_views.unsent(exporting_views.EMPTY))
    else:
        count, more = int(answer.data["count"]), bool(answer.data["more"])
        words = exporting_views.above(count, more=more)
        key, about = f"feedback.export_shown:{which}", {"person": str(person), "export": which}
        files.show(
            tx, key, person, answer, str(answer.about["name"]), words, "feedback.export_shown", {**about}
        )


def shown(tx: Tx, answer: Answer) -> None:
    """They have it, or Slack would not show it."""
    if not answer.ok:
        _unsent(tx, PersonId(str(answer.about["person"])), str(answer.about["export"]), answer)


# ---------------------------------------------------------------------------------------------------------


def _unsent(tx: Tx, person: PersonId, which: str, answer: Answer) -> None:
    waits = answer.verdict is Verdict.BLOCKED and answer.code == "missing_scope"
    words = exporting_views.NO_SCOPE if waits else exporting_views.REFUSED
    asks.tell_back(tx, person, f"feedback.unsent:{which}", *exporting_views.unsent(words))


def _sheet(rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
