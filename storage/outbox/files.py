"""Files for one person, in our conversation with them: made and sent to Slack first, then shown.

What is in one is read when it is sent and kept nowhere. An upload nobody completed is seen by nobody, so that it is
simply made again; whether it was shown is looked up, as of any message.
"""

from datetime import datetime
from typing import Any

from storage.database import Tx
from storage.outbox import letters
from storage.outbox.calls import enqueue
from storage.outbox.values import SHOWING, UPLOADING, Answer, Call
from storage.values import Json, PersonId


def upload(
    tx: Tx,
    key: str,
    to: PersonId,
    maker: str,
    subject: dict[str, Json],
    name: str,
    *,
    last_moment: datetime,
    then: str,
    about: dict[str, Json],
) -> None:
    """Have a file made by the registry's `maker` and sent to Slack; its `then` shows it, or says why not."""
    arguments: dict[str, Json] = {"maker": maker, "subject": subject, "filename": name}
    letters.enqueue_direct(
        tx, Call(key, UPLOADING, arguments, to=to, last_moment=last_moment, then=then, about=about)
    )


def show(
    tx: Tx,
    key: str,
    to: PersonId,
    uploaded: Answer,
    title: str,
    words: str,
    then: str,
    about: dict[str, Json],
) -> None:
    """Show what was `uploaded` in our conversation with this person, below these words."""
    data: dict[str, Any] = dict(uploaded.data)
    arguments: dict[str, Json] = {
        "channel": str(data["channel"]),
        "files": [{"id": str(data["file_id"]), "title": title}],
        "initial_comment": words,
    }
    enqueue(tx, Call(key, SHOWING, arguments, thread=f"dm:{to}", then=then, about=about))
