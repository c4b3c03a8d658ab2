"""What working time registers."""

from collections.abc import Callable, Iterable

from handlers.kit.blocks import Block
from handlers.kit.features import Button, Command, Feature, HomeSections, Mode, Submit, TypeAhead, Usage
from handlers.kit.permissions import ADMINS, PEOPLE_HERE
from handlers.kit.replies import CommandReply
from handlers.kit.requests import CommandRequest, Who
from handlers.worktime import functions, ids, listeners, service, views
from storage.database import Tx

_READS, _WRITES = Mode.READS, Mode.WRITES


def _usage(lines: Iterable[tuple[str, str]]) -> tuple[Usage, ...]:
    return tuple(Usage(words, does) for words, does in lines)


def my_settings(tx: Tx, who: Who) -> list[Block]:
    """When I work, how much I am sent, and whether I am away."""
    return views.home(service.mine(tx, who.person, admin=who.admin))


def feature(**pages: Callable[[Tx, Who], CommandReply]) -> Feature:
    """Working time; `pages` open what is typed as `/throughline settings functions` and the like."""

    def settings(tx: Tx, request: CommandRequest) -> CommandReply:
        """My settings, somebody's function, or a page of what the workspace calls things."""
        page = pages.get(request.text.strip().casefold())
        return listeners.open_settings(tx, request) if page is None else page(tx, request.who)

    return Feature(
        name="worktime",
        commands=(
            Command(
                "settings",
                "When you work, and how much I may send you",
                _usage(listeners.SETTINGS_USAGE),
                PEOPLE_HERE,
                _READS,
                settings,
                alone=False,
            ),
            Command(
                "away",
                "Say that you are away",
                _usage(listeners.AWAY_USAGE),
                PEOPLE_HERE,
                _WRITES,
                listeners.away,
                alone=False,
            ),
            Command(
                "back",
                "Say that you are back",
                _usage(listeners.BACK_USAGE),
                PEOPLE_HERE,
                _WRITES,
                listeners.back,
                alone=False,
            ),
        ),
        buttons=(
            Button(
                ids.OPEN_SETTINGS, "open their own settings", PEOPLE_HERE, _READS, listeners.press_settings
            ),
            Button(ids.OPEN_AWAY, "open the form for being away", PEOPLE_HERE, _READS, listeners.press_away),
            Button(
                ids.OPEN_FUNCTION, "open the form for somebody's function", ADMINS, _READS, functions.press
            ),
            Button(ids.BACK, "say that they are back", PEOPLE_HERE, _WRITES, listeners.press_back),
        ),
        submits=(
            Submit(ids.SETTINGS, "change their own settings", PEOPLE_HERE, listeners.settings_given),
            Submit(
                ids.AWAY,
                "say that they are away, and admins that others are",
                PEOPLE_HERE,
                listeners.away_given,
            ),
            Submit(ids.FUNCTION, "say in which function somebody works", ADMINS, functions.given),
        ),
        type_aheads=(
            TypeAhead(ids.ZONE, "find a time zone", PEOPLE_HERE, listeners.offer_zones),
            TypeAhead(ids.COUNTRY, "find a country", PEOPLE_HERE, listeners.offer_countries),
        ),
        home=HomeSections(settings=(my_settings,)),
    )
