"""Where something was said: what to call the people in it, and who may see what is captured there.

What Slack has told us of a channel counts more than what a request says of it; in doubt the stricter holds.
"""

import json
import re
from collections.abc import Callable, Mapping

from handlers.feedback.modals import CaptureForm
from handlers.kit import places, words
from storage.database import Tx
from storage.feedback.values import Source
from storage.people import queries as people
from storage.people.values import ChannelKind
from storage.values import Audience, ChannelId, PersonId
from storage.workspaces import queries as workspaces

_PERSON = re.compile(r"\b[UW][A-Z0-9]{4,}\b")
_NAMED = 50
"""People a message's words name; nobody reads on after so many."""
_US = "\ue000"


def asked_audience(tx: Tx, captor: PersonId, form: CaptureForm) -> Callable[[], Audience]:
    """Who may see what this form captures, asked now and taken later; what somebody says to us is for everybody here."""
    channel = ChannelId(form.channel)
    if not channel:
        return Audience.workspace
    known = people.asked_channel(tx, channel)

    def found() -> Audience:
        there = known()
        where = form.where if there is None else there.kind
        with_us = where is ChannelKind.IM and (form.source is Source.TYPED or _is_ours(tx, captor, form))
        return places.audience_of(channel, where, captor, with_us=with_us)

    return found


def kind(tx: Tx, channel: ChannelId, hint: ChannelKind) -> ChannelKind:
    """What a conversation is; `hint` is what the request's own words for it say."""
    known = people.channel(tx, channel)
    return hint if known is None else known.kind


def words_of(tx: Tx, message: Mapping[str, object]) -> str:
    """A message's words with the names of the people it mentions, and without a call of our own name."""
    found = dict.fromkeys(_PERSON.findall(json.dumps(message, default=str)))
    known = people.people(tx, [PersonId(one) for one in found][:_NAMED])
    names: dict[str, str] = {one.id: one.name for one in known.values() if one.name}
    if (ours := workspaces.find(tx)) is not None and ours.bot_user is not None:
        names[ours.bot_user] = _US
    return re.sub(rf"[ ,:]*@{_US}[ ,:]*", " ", words.words_of(message, names)).strip()


def _is_ours(tx: Tx, captor: PersonId, form: CaptureForm) -> bool:
    """Whether a command was typed in our own conversation with somebody, not in theirs with a colleague."""
    known = people.person(tx, captor)
    return not form.ts and known is not None and known.dm == form.channel
