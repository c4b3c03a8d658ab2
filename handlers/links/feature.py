"""What links register."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.kit.elements import Element, button
from handlers.kit.features import (
    Button,
    Command,
    Feature,
    HomeSections,
    Job,
    Mode,
    Submit,
    TypeAhead,
    Usage,
)
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import Who
from handlers.links import ids, listeners, ripples
from handlers.links.listeners import Listeners

_READS, _WRITES = Mode.READS, Mode.WRITES


def look(who: Who) -> list[Element]:
    """The button that finds anything by its name or words of it."""
    del who
    return [button("Find something…", ids.FIND)]


def feature(features: Iterable[Feature]) -> Feature:
    """The links over what these features show."""
    on = Listeners({letter: opens for one in features for letter, opens in one.opens.items()})
    usage = tuple(Usage(words, does) for words, does in listeners.USAGE)
    return Feature(
        name="links",
        commands=(
            Command(
                "show",
                "Why something exists, and who must know",
                usage,
                PEOPLE_HERE,
                _READS,
                on.show,
                alone=False,
            ),
        ),
        buttons=(
            Button(ids.WHY, "see why something they may see exists", PEOPLE_HERE, _READS, on.why),
            Button(ids.OPEN, "open something they may see", PEOPLE_HERE, _READS, on.open),
            Button(ids.FIND, "open the search of what they may see", PEOPLE_HERE, _READS, on.look),
            Button(ids.LINK, "open the picker of links", PEOPLE_HERE, _READS, on.pick),
            Button(
                ids.CONFIRM, "confirm a link between things they may see", PEOPLE_HERE, _WRITES, on.confirm
            ),
            Button(
                ids.UNDO, "undo a link that nobody confirmed or that is theirs", PEOPLE_HERE, _WRITES, on.undo
            ),
            Button(ids.ROW, "look along a link, or undo one of theirs", PEOPLE_HERE, _WRITES, on.row),
            Button(ids.FOLLOW, "follow something they may see", PEOPLE_HERE, _WRITES, on.follow),
            Button(ids.UNFOLLOW, "stop following it", PEOPLE_HERE, _WRITES, on.unfollow),
        ),
        submits=(
            Submit(ids.LINKED, "link two things they may see", PEOPLE_HERE, on.picked),
            Submit(ids.FOUND, "look at something they may see", PEOPLE_HERE, on.chosen),
        ),
        type_aheads=(TypeAhead(ids.TO, "search what they may see", PEOPLE_HERE, on.found),),
        jobs=(Job("links.ripple", timedelta(seconds=5), ripples.spread),),
        home=HomeSections(look=(look,)),
    )
