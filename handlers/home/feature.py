"""Home itself: published when somebody opens it, and kept true from then on."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.kit import switches
from handlers.kit.blocks import context, divider, header, section
from handlers.kit.features import Content, Event, Feature, Section
from handlers.kit.permissions import PEOPLE_HERE
from handlers.kit.requests import EventRequest, Payload, Who
from handlers.kit.surfaces import home
from storage.database import Tx
from storage.outbox import boards
from storage.people import queries as people
from storage.values import PersonId, PersonKind
from storage.worktime import queries as worktimes

RENDERER = "home"
MOST = 95
"""Blocks; Slack takes a hundred in a Home."""


class Opened(Payload):
    """`app_home_opened`; `tab` is `home` or `messages`."""

    user: str
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
    sections: list[Section] = [one for part in PARTS for home in homes for one in getattr(home, part)]
    blocks = [header("Throughline"), section(_GREETING)]
    for one in sections:
        made = one(tx, who)
        blocks += [divider(), *made] if made else []
    blocks = blocks[:MOST]
    return home([*blocks, divider(), context(_FOOT)])


def _who(tx: Tx, person: PersonId) -> Who:
    known = people.person(tx, person)
    kind = known.kind if known is not None else PersonKind.MEMBER
    zone = worktimes.of(tx, person).zone
    return Who(tx.workspace, person, kind, zone, admin=known is not None and known.admin)


PARTS = ("first", "needs_you", "waiting", "information", "places", "settings", "last")
_GREETING = "What you captured, what was captured from you, and what needs you. Only you see this page."
_FOOT = "`/throughline help` shows every command. You can also just write to me under *Messages*."
