"""What the product team says in its check-in on Mondays and Thursdays, each in their own morning."""

from dataclasses import dataclass

from bot.seeding.days import HOME
from bot.seeding.story import Story

TOKYO, LONDON, NEW_YORK = "Asia/Tokyo", "Europe/London", "America/New_York"
LIVES_IN = {
    **dict.fromkeys(("kenji", "aiko"), TOKYO),
    **dict.fromkeys(("maya", "tomas", "lena"), HOME),
    **dict.fromkeys(("omar", "ines", "priya"), LONDON),
    "ruth": NEW_YORK,
}
_BEFORE_TEN = (TOKYO, HOME, LONDON)
"""Where it is nine before it is ten in London."""
_NINE = "09:06"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's answer: what was done, what is next, what is in the way and on whom that waits."""

    who: str
    done: str
    next: str
    blocker: str | None = None
    waits_on: str | None = None


ROUNDS: dict[tuple[int, str], tuple[Said, ...]] = {
    (2, "Mon"): (
        Said("kenji", "Search index rebuilds in 40 minutes", "Audit log: where do we keep it"),
        Said("maya", "The roadmap page", "Last open ends of the wall displays"),
        Said("tomas", "The date filter remembers its year", "Roll-out of the wall displays"),
        Said("ines", "Load test for 200,000 rows", "Switch the new limit on for everybody"),
        Said("omar", "Talked to Fjord about groups", "Write down what comes first"),
        Said("ruth", "Two renewals", "Orchard Health, they ask about invoices"),
    ),
    (2, "Thu"): (
        Said("aiko", "Sketches for the schedule dialog", "Two variants of it"),
        Said("maya", "Visited two beta customers", "What comes after the export limit"),
        Said("ines", "The new export limit is live", "Plan for scheduled exports"),
        Said("priya", "Guest list for Lisbon", "Announcement of the wall displays"),
    ),
    (3, "Mon"): (
        Said("kenji", "A first audit log, writing only", "Reading it"),
        Said("maya", "Beta customers like the wall displays", "Release note"),
        Said("tomas", "Wall displays are ready to go", "Sending mail from a schedule"),
        Said("omar", "Scheduled exports are planned", "Ship the wall displays on Wednesday"),
        Said("ruth", "Bluebird’s review", "Find out why their export fails"),
    ),
    (3, "Thu"): (
        Said("maya", "Wall displays are out", "Interviews about audit logs"),
        Said("ines", "Schedules run, most of them", "Find out why mail ends up in spam"),
        Said(
            "ruth",
            "Trained Harbour Freight",
            "Bluebird",
            blocker="Bluebird’s monthly export has failed since Monday, and Support cannot see why",
            waits_on="Engineering",
        ),
    ),
    (4, "Mon"): (
        Said("aiko", "Final designs of the schedule dialog", "Empty states for it"),
        Said("maya", "Three interviews about audit logs", "Write up what they said"),
        Said("tomas", "Mail from schedules is signed now", "Wait for the mail service to notice"),
        Said("omar", "Numbers for the export queue", "Replace the export limit"),
        Said("ruth", "Bluebird’s export runs again", "Tell them about schedules"),
    ),
    (4, "Thu"): (
        Said(
            "kenji",
            "The audit log can be read",
            "Exporting it",
            blocker="The mail service has not unblocked our domain",
            waits_on="Outside: the mail service",
        ),
        Said("maya", "Audit logs: what they want is a file", "A decision about that"),
        Said("lena", "Back from leave, read everything", "Pictures for the changelog"),
        Said("ines", "Exports run at night", "Roll-out and roll-back of schedules"),
    ),
}


async def until_ten(story: Story, week: int, day: str) -> None:
    """Tokyo, Stockholm and London answer in their mornings."""
    for zone in _BEFORE_TEN:
        if await story.is_before(week, day, _NINE, zone):
            await answers(story, week, day, zone)


async def answers(story: Story, week: int, day: str, zone: str = NEW_YORK) -> None:
    """Those of one zone answer a little after nine."""
    await story.at(week, day, _NINE, zone)
    for said in ROUNDS[week, day]:
        if LIVES_IN[said.who] == zone:
            await _answers(story, said)


async def _answers(story: Story, said: Said) -> None:
    letters = [one for one in await story.slack.dms(said.who) if "Answer" in one.buttons]
    await story.slack.click(letters[-1], "Answer", as_=said.who)
    stuck = {"blocker": said.blocker, "checkins.waits_on": said.waits_on} if said.blocker else {}
    await story.fills(said.who, question0=said.done, question1=said.next, **stuck)
    await story.puts_away(said.who)
