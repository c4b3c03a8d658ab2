"""What schedules register: the job that runs what is due, and the button of the note about what was missed."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.kit.features import Button, Feature, Job, Mode, series_of
from handlers.kit.permissions import PEOPLE_HERE, allowed
from handlers.kit.replies import ButtonReply, Note
from handlers.kit.requests import ButtonRequest
from handlers.schedules import ids, service
from storage.database import Tx
from storage.schedules import queries as schedules

TICK = timedelta(seconds=5)
NOT_YOURS = "Only who runs it, or an admin, can do that."
ON_IT = "On it: for “{title}”, whoever was not asked today is asked now."
PAUSED = "It is paused or has ended, so nobody is asked."


def feature(features: Iterable[Feature]) -> Feature:
    """The schedules over what these features register."""
    kinds = series_of(features)
    return Feature(
        name="schedules",
        buttons=(Button(ids.RUN_NOW, "ask now, if it is their series", PEOPLE_HERE, Mode.WRITES, run_now),),
        jobs=(Job("schedules.tick", TICK, lambda tx: service.tick(tx, kinds)),),
    )


def run_now(tx: Tx, request: ButtonRequest) -> ButtonReply:
    """Do not wait for the next date."""
    series = schedules.find(tx, request.value)
    if series is None or not allowed(request.who.person, roles=[series.owner], admin=request.who.admin):
        return Note(NOT_YOURS)
    on_it = schedules.run_now(tx, series.key)
    return Note(ON_IT.format(title=series.title) if on_it else PAUSED)
