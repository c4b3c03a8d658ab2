"""Home itself: published when somebody opens it, and kept true from then on."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.home import views
from handlers.home.rules import Part
from handlers.kit import switches
from handlers.kit.blocks import Block
from handlers.kit.features import Content, Event, Feature, HomeSections
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import EventRequest, Payload, SlackId, Who
from storage.database import Tx
from storage.outbox import boards
from storage.people import queries as people
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

RENDERER = "home"


class Opened(Payload):
    """`app_home_opened`; `tab` is `home` or `messages`."""

    user: SlackId
    tab: str = "home"


def opened(tx: Tx, request: EventRequest[Opened]) -> None:
    """Somebody looks at their Home: keep it true from now on."""
    if request.event.tab == "home":
        boards.put_home(tx, PersonId(request.event.user), RENDERER)


def feature(features: Iterable[Feature]) -> Feature:
    """Home over these features' sections, in their order."""
    all_ = tuple(features)
    return Feature(
        name="home",
        events=(Event("app_home_opened", Opened, "open Home", PEOPLE_HERE, opened),),
        renderers={RENDERER: lambda tx, subject: _render(tx, subject, all_)},
    )


def _render(tx: Tx, subject: Mapping[str, Any], features: Iterable[Feature]) -> Content:
    who = _who(tx, PersonId(str(subject["person"])))
    off = switches.off(tx, [one.switch for one in features if one.switch is not None])
    homes = [one.home for one in features if one.switch not in off]
    begin = [element for home in homes for one in home.begin for element in one(who)]
    look = [element for home in homes for one in home.look for element in one(who)]
    sections = [part for part in Part if part not in (Part.BEGIN, Part.LOOK)]
    return views.page(begin, look, {part: _sections(tx, who, homes, part) for part in sections})


def _sections(tx: Tx, who: Who, homes: Iterable[HomeSections], part: Part) -> list[list[Block]]:
    made = [one(tx, who) for home in homes for one in getattr(home, part)]
    return [blocks for blocks in made if blocks]


def _who(tx: Tx, person: PersonId) -> Who:
    known = people.person(tx, person)
    kind = known.kind if known is not None else PersonKind.MEMBER
    zone = worktimes.of(tx, person).zone
    return Who(tx.workspace, person, kind, zone, admin=known is not None and known.admin)
