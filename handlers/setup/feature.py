"""What setting up registers: the switches of the jobs these features are."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.kit.features import Button, Feature, HomeSections, Job, Mode
from handlers.kit.permissions import ADMINS
from handlers.setup import ids, service
from handlers.setup.listeners import Listeners


def feature(features: Iterable[Feature]) -> Feature:
    """The set-up guide over the jobs among these features, suggested in their order."""
    over = Listeners(tuple(one.switch for one in features if one.switch is not None))
    return Feature(
        name="setup",
        buttons=(
            Button(ids.SWITCH_ON, "switch a job on", ADMINS, Mode.WRITES, over.switch_on),
            Button(ids.SWITCH_OFF, "switch a job off", ADMINS, Mode.WRITES, over.switch_off),
            Button(ids.ALL_JOBS, "see every job", ADMINS, Mode.READS, over.all_jobs),
            Button(ids.NOT_NOW, "put the set-up guide aside", ADMINS, Mode.WRITES, over.not_now),
        ),
        jobs=(Job("setup.draw_homes", timedelta(seconds=5), service.draw_homes),),
        home=HomeSections(first=(over.guide,), last=(over.afterwards,)),
    )
