"""What happens in the month whatever the draw says: Throughline is set up, two launches slip and ship, one is big."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from bot.seeding.story import Story
from tests.simulation import when
from tests.simulation.habits import Reader
from tests.simulation.when import LONDON, NEW_YORK, STOCKHOLM

Scene = Callable[[Story], Awaitable[None]]


async def set_up(story: Story) -> None:
    """On the Friday before: everybody says where they live, and each job begins where it is wanted."""
    for who in when.LIVES_IN:
        await story.commands(who, "#launches", "/throughline", "settings")
        await story.fills(who)
        await story.puts_away(who)
    for who, (first, last) in when.AWAY.items():
        cover = f" cover @{when.COVERS[who]}" if who in when.COVERS else ""
        await story.commands(who, "#launches", "/throughline", f"away {first} to {last}{cover}")
    for command, button in (("/decision", "decisions"), ("/launch", "launches"), ("/checkin", "check-ins"),
                            ("/digest", "digests")):  # fmt: skip
        await story.switches_on(command, f"Switch on {button}")
    for who, channel in (("dana", "#sales"), ("ben", "#support"), ("maya", "#product")):
        await story.accepts(who, channel, "/capture", "Capture 💡 and 🐞 here")
    for who, channel in (("maya", "#product"), ("ben", "#support")):
        await story.accepts(who, channel, "/checkin", "Start")
    await story.accepts("dana", "#sales", "/checkin", "Change…")
    await story.fills("dana", name="Sales weekly", often="every friday")
    await story.puts_away("dana")
    for who, channel in (("maya", "#product"), ("ben", "#support"), ("dana", "#sales"), ("omar", "#general")):
        await story.accepts(who, channel, "/digest", "Start")


def of(day: date) -> list[tuple[str, str, Scene]]:
    """What happens on a day: by which clock, in whose zone, and what."""
    return [
        (clock, zone, scene) for week, name, clock, zone, scene in SCENES if when.day_of(week, name) == day
    ]


# -- launches ---------------------------------------------------------------------------------------------


def _makes(who: str, name: str, tier: str, on: tuple[int, str], **owners: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.commands(who, "#launches", "/launch", f'new "{name}"')
        await story.fills(who, day=story.day(*on), tier=tier)
        await story.fills(who, **{key.replace("_", " "): owner for key, owner in owners.items()})
        await story.puts_away(who)

    return scene


def _moves(who: str, launch: str, on: tuple[int, str], why: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.commands(who, "#launches", "/launch", f"move {launch} {story.day(*on)}")
        await story.fills(who, reason=why)
        await story.puts_away(who)

    return scene


def _opens_the_vote(who: str, launch: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.commands(who, "#launches", "/launch", launch)
        await story.slack.click(await story.slack.modal(who), "Go / no-go…", as_=who)
        await story.fills(who)
        await story.puts_away(who)

    return scene


def _ships(who: str, launch: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.commands(who, "#launches", "/launch", launch)
        await story.slack.click(await story.slack.modal(who), "Ship it", as_=who)
        await story.puts_away(who)

    return scene


def _links(who: str, one: str, other: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.links(who, one, other)

    return scene


def _supersedes(who: str, decision: str, what: str) -> Scene:
    async def scene(story: Story) -> None:
        await story.commands(who, "#product", "/decision", f"supersede {decision}")
        await story.fills(who, what=what)
        await story.puts_away(who)

    return scene


# -- decisions --------------------------------------------------------------------------------------------


async def decides(reader: Reader, what: str, today: date) -> None:
    """Somebody records a decision; mostly others approve it, are asked for their view or are to know."""
    story, who, rng = reader.story, reader.who, reader.rng
    others = [one for one in when.LIVES_IN if one not in (who, "gil")]
    approver, *asked = rng.sample(others, 6)
    await story.commands(who, "#general", "/decision", what)
    await story.fills(who)
    await story.slack.click(await story.slack.modal(who), "More…", as_=who)
    named: dict[str, Any] = {
        "contributors": asked[: rng.randint(0, 3)],
        "informed": asked[3 : 3 + rng.randint(0, 2)],
    }
    if rng.random() < 0.7:
        named["approver"] = approver
    await story.page(who, "Name people", **named)
    due, review = (today + timedelta(days=rng.randint(*span)) for span in ((2, 5), (6, 14)))
    await story.page(who, "Set dates", due_on=due.isoformat(), review_on=review.isoformat())
    await story.fills(who)
    await story.confirms(who)
    await story.puts_away(who)


def _decides(who: str, what: str, **named: object) -> Scene:
    async def scene(story: Story) -> None:
        await story.decides(who, "#product", what, "It came up in three calls this month.", **named)

    return scene


SCENES: tuple[tuple[int, str, str, str, Scene], ...] = (
    (1, "Mon", "10:20", LONDON, _decides("omar", "Exports may hold 200,000 rows", approver="ines",
                                         contributors=["tomas", "kenji"], informed=["ben", "ruth"])),
    (1, "Mon", "11:30", LONDON, _makes("omar", "Scheduled exports", "normal", (3, "Thu"), Product="omar",
                                       Engineering="ines", Design="aiko", Marketing="priya", Sales="sam",
                                       Customer_Success="ruth")),
    (1, "Tue", "10:00", STOCKHOLM, _makes("maya", "Wall displays for everybody", "small", (2, "Thu"),
                                          Engineering="tomas", Customer_Success="ben")),
    (1, "Wed", "14:30", NEW_YORK, _links("sam", "F-1", "L-1")),
    (1, "Thu", "10:15", LONDON, _links("omar", "L-1", "D-1")),
    (1, "Thu", "10:40", LONDON, _links("ben", "F-2", "L-2")),
    (1, "Fri", "10:30", STOCKHOLM, _links("maya", "L-1", "D-2")),
    (1, "Fri", "11:10", LONDON, _links("ben", "F-3", "L-1")),
    (2, "Mon", "15:10", STOCKHOLM, _moves("maya", "L-2", (3, "Tue"), "The screens come later")),
    (2, "Wed", "15:00", LONDON, _moves("omar", "L-1", (4, "Tue"), "The mail service needs a week more")),
    (2, "Thu", "11:00", STOCKHOLM, _makes("maya", "Hosting in Europe", "big", (8, "Tue"))),
    (3, "Tue", "15:00", STOCKHOLM, _ships("maya", "L-2")),
    (3, "Wed", "11:15", LONDON, _moves("omar", "L-1", (4, "Thu"), "Design wants two days more")),
    (3, "Thu", "10:30", LONDON, _supersedes("omar", "D-1", "Exports have no limit; large ones run at night")),
    (4, "Mon", "11:00", LONDON, _opens_the_vote("omar", "L-1")),
    (4, "Thu", "15:30", LONDON, _ships("omar", "L-1")),
)  # fmt: skip
"""Week, day, by which clock, in whose zone, and what happens."""
