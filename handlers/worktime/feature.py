"""What working time registers."""

from handlers.kit.blocks import Block
from handlers.kit.features import Button, Command, Feature, Mode, Submit, TypeAhead, Usage
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import Who
from handlers.worktime import ids, listeners, service, views
from storage.database import Tx

_READS, _WRITES = Mode.READS, Mode.WRITES

AWAY_USAGE = (
    Usage("", "say it in a form, and who covers for you"),
    Usage("until friday", "you are away from today, Friday included"),
    Usage("3 march to 7 march cover @sam", "you are away on those days, and Sam covers"),
    Usage("@sam until friday", "for admins: Sam is away"),
)


def my_settings(tx: Tx, who: Who) -> list[Block]:
    """When I work, how much I am sent, and whether I am away."""
    return views.home(service.mine(tx, who.person))


FEATURE = Feature(
    name="worktime",
    commands=(
        Command(
            "settings",
            "When you work, and how much I may send you",
            (Usage("", "your zone, days, hours, quiet hours, holidays, budget, and when you are away"),),
            PEOPLE_HERE,
            _READS,
            listeners.open_settings,
            alone=False,
        ),
        Command(
            "away", "Say that you are away", AWAY_USAGE, PEOPLE_HERE, _WRITES, listeners.away, alone=False
        ),
        Command(
            "back",
            "Say that you are back",
            (Usage("", "you are back, and what waited for you comes"),),
            PEOPLE_HERE,
            _WRITES,
            listeners.back,
            alone=False,
        ),
    ),
    buttons=(
        Button(ids.OPEN_SETTINGS, "open their own settings", PEOPLE_HERE, _READS, listeners.press_settings),
        Button(ids.OPEN_AWAY, "open the form for being away", PEOPLE_HERE, _READS, listeners.press_away),
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
    ),
    type_aheads=(
        TypeAhead(ids.ZONE, "find a time zone", PEOPLE_HERE, listeners.offer_zones),
        TypeAhead(ids.COUNTRY, "find a country", PEOPLE_HERE, listeners.offer_countries),
    ),
    home=(my_settings,),
)
