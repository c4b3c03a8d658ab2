"""The seeded company: Northwind Labs, its people and channels, as a fresh sandbox has them."""

from datetime import datetime, timedelta

from bot.sandbox.company_talk import TALK, Said
from bot.sandbox.config import Manifest, Workspace
from bot.sandbox.mentions import pings
from bot.sandbox.rich_text import write
from bot.sandbox.world import Channel, ChannelKind, Group, Message, Person, PersonKind, Reaction, World

BOT_USER, BOT_ID, APP_ID = "U0THROUGH", "B0THROUGH", "A0THROUGH"

_STOCKHOLM, _LONDON, _TOKYO, _NEW_YORK = "Europe/Stockholm", "Europe/London", "Asia/Tokyo", "America/New_York"
_MEMBERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("maya", "Maya Lindqvist", "Product", _STOCKHOLM, "4a7bd0"),
    ("omar", "Omar Haddad", "Product", _LONDON, "9b59b6"),
    ("ines", "Inês Duarte", "Engineering", _LONDON, "d35f5f"),
    ("kenji", "Kenji Mori", "Engineering", _TOKYO, "2e8b74"),
    ("tomas", "Tomás Vidal", "Engineering", _STOCKHOLM, "c7822b"),
    ("aiko", "Aiko Tanabe", "Design", _TOKYO, "c2549d"),
    ("lena", "Lena Fischer", "Design", _STOCKHOLM, "5c8a3a"),
    ("priya", "Priya Nair", "Marketing", _LONDON, "e0683c"),
    ("sam", "Sam Okafor", "Sales", _NEW_YORK, "3a6ea5"),
    ("dana", "Dana Whitfield", "Sales", _NEW_YORK, "8a6d3b"),
    ("ruth", "Ruth Castellanos", "Customer Success", _NEW_YORK, "7a5195"),
    ("ben", "Ben Adeyemi", "Support (Customer Success)", _LONDON, "1f8a9e"),
)
_EVERYBODY = tuple(f"U0{name.upper()}" for name, *_ in _MEMBERS)
_CHANNELS: tuple[tuple[str, str, ChannelKind, tuple[str, ...], str], ...] = (
    ("C0GENERAL", "general", "public", (*_EVERYBODY, BOT_USER), "Company-wide news and work-based matters"),
    (
        "C0SALES",
        "sales",
        "public",
        ("U0SAM", "U0DANA", "U0MAYA", "U0OMAR", "U0RUTH", "U0PRIYA"),
        "Pipeline, calls, what prospects ask for",
    ),
    (
        "C0PRODUCT",
        "product",
        "public",
        ("U0MAYA", "U0OMAR", "U0INES", "U0KENJI", "U0TOMAS", "U0AIKO", "U0LENA", "U0PRIYA"),
        "What we build and why",
    ),
    (
        "C0SUPPORT",
        "support",
        "public",
        ("U0BEN", "U0RUTH", "U0MAYA", "U0INES", "U0TOMAS", "U0KENJI"),
        "Tickets that need more than one head",
    ),
    ("C0LAUNCH", "launches", "public", (*_EVERYBODY, "U0GIL", BOT_USER), "Getting things out of the door"),
    (
        "G0PRICING",
        "pricing-private",
        "private",
        ("U0MAYA", "U0OMAR", "U0SAM"),
        "Pricing review, please keep it here",
    ),
    (
        "C0ACME",
        "acme-shared",
        "shared",
        ("U0SAM", "U0MAYA", "U0RUTH", "U0NORA"),
        "Northwind and Acme together",
    ),
)
_GROUPS = (
    ("S0PRICING", "pricing-people", "Who decides on prices", ("U0MAYA", "U0OMAR", "U0SAM")),
    ("S0ONCALL", "on-call", "Whoever looks after production", ("U0INES", "U0KENJI", "U0TOMAS")),
)


def found_company(manifest: Manifest, now: datetime, workspace: Workspace | None = None) -> World:
    """A new workspace with its people, channels and a few dozen messages that end at `now`."""
    workspace = workspace or Workspace()
    world = World(workspace.id, workspace.name, workspace.domain, BOT_USER, BOT_ID, APP_ID)
    world.people = {person.id: person for person in _people(manifest, workspace.id)}
    founded = int((now - timedelta(days=400)).timestamp())
    for ident, name, kind, members, topic in _CHANNELS:
        world.channels[ident] = Channel(ident, name, kind, list(members), topic, created=founded)
    world.groups = {ident: Group(ident, handle, name, members) for ident, handle, name, members in _GROUPS}
    for said in TALK:
        _say(world, said, now)
    for channel in world.channels.values():
        channel.messages = dict(sorted(channel.messages.items()))
        newest = max(channel.messages, default="0")
        channel.read = dict.fromkeys(channel.members, newest)
    return world


def _people(manifest: Manifest, team: str) -> list[Person]:
    people = [
        Person(f"U0{name.upper()}", name, real_name, title, zone, color, admin=name == "maya", team=team)
        for name, real_name, title, zone, color in _MEMBERS
    ]
    others: tuple[tuple[str, str, str, str, PersonKind], ...] = (
        ("gil", "Gil Moreau", "Event agency", _STOCKHOLM, "guest"),
        ("pete", "Pete Larsson", "Engineering", _STOCKHOLM, "deactivated"),
    )
    people += [
        Person(
            f"U0{n.upper()}", n, real, title, tz, "8d8d8d", kind, team=team, single_channel=kind == "guest"
        )
        for n, real, title, tz, kind in others
    ]
    return [
        *people,
        Person(
            "U0NORA",
            "nora",
            "Nora Weiss",
            "Acme · Operations",
            _NEW_YORK,
            "6b6b6b",
            "stranger",
            team="T0ACME",
        ),
        Person("U0HELPLINE", "helpline", "Helpline", "App", "UTC", "555555", "bot", team=team),
        Person(BOT_USER, manifest.bot_name, manifest.app_name, "App", "UTC", "1d1c1d", "bot", team=team),
    ]


def _working_hours_ago(now: datetime, hours: float) -> datetime:
    """So many hours ago, Saturdays and Sundays not counted."""
    at = now
    for _ in range(int(hours // 24)):
        at = _workday_before(at)
    return _on_a_workday(at - timedelta(hours=hours % 24))


def _workday_before(at: datetime) -> datetime:
    return _on_a_workday(at - timedelta(days=1))


def _on_a_workday(at: datetime) -> datetime:
    return at - timedelta(days=max(0, at.weekday() - 4))


def _say(world: World, said: Said, now: datetime, thread: str | None = None, order: int = 0) -> None:
    at = _working_hours_ago(now, said.hours_ago)
    micros = len(world.channels[said.channel].messages) + order
    ts = f"{int(at.timestamp())}.{micros:06d}"
    text, blocks = write(said.text, world) if said.text else ("", None)
    message = Message(
        ts=ts,
        at=at.isoformat(),
        channel=said.channel,
        user=said.user,
        text=text,
        blocks=said.blocks or blocks,
        attachments=said.attachments,
        thread_ts=thread,
        bot_id=said.bot_id,
        username=said.username,
        app_id="A0HELPLINE" if said.bot_id else None,
        client_msg_id=None if said.bot_id else f"5eed{micros:04d}-0000-4000-8000-{int(at.timestamp()):012d}",
        reactions=[Reaction(name, list(users)) for name, users in said.reactions],
    )
    message.mentions = message.notifies = pings(message.text, message.blocks, message.attachments)
    if said.replies:
        message.thread_ts = ts
    world.channels[said.channel].messages[ts] = message
    for number, reply in enumerate(said.replies):
        _say(world, reply, now, thread=ts, order=number)
