"""Week 3: a small launch goes out and is answered for, a bigger one slips."""

from bot.seeding import standup
from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Day by day."""
    await standup.until_ten(story, 3, "Mon")
    await story.at(3, "Mon", "11:05", LONDON)
    await story.item("ben", "L-1/2", "Done")
    await standup.answers(story, 3, "Mon")
    await story.at(3, "Mon", "09:35", NEW_YORK)
    await story.presses("ruth", "Which account", "Type the account", account="Bluebird Analytics")
    await story.links("ruth", "F-10", "L-2")
    await story.at(3, "Tue", "10:00")
    await story.item("tomas", "L-1/4", "Done")
    await story.item("maya", "L-1/3", "Done")
    await _wednesday(story)
    await _thursday(story)
    await _friday(story)


async def _wednesday(story: Story) -> None:
    await story.at(3, "Wed", "10:15", TOKYO)
    await story.item("aiko", "L-2/2", "Doing")
    await story.at(3, "Wed", "10:40", LONDON)
    await story.item("omar", "L-2/1", "Done")
    await story.at(3, "Wed", "14:00")
    await story.ships("maya", "L-1")
    await story.says("maya", "#launches", "Wall displays are on for everybody. Thank you, all of you.",
                     "tada by tomas, priya, ben, lena, gil", "raised_hands by ruth, kenji")  # fmt: skip
    await story.at(3, "Wed", "14:30")
    await story.presses(
        "maya", "L-1 has shipped", "Write the sentence…",
        sentence="Wall displays are on for everybody, and the letters can be twice as large: Settings, then Display.",
    )  # fmt: skip


async def _thursday(story: Story) -> None:
    await standup.answers(story, 3, "Thu", TOKYO)
    await story.says("aiko", "#product", "Two variants of the schedule dialog are ready. The first one needs no"
                     " explanation, I think.", "heart by omar, ines")  # fmt: skip
    await standup.until_ten(story, 3, "Thu")
    await standup.answers(story, 3, "Thu")
    await story.at(3, "Thu", "16:20", LONDON)
    stuck = {"reason": "The mail service takes our schedules for spam", "checkins.waits_on": "Tomás Vidal"}
    await story.item("ines", "L-2/3", "Blocked…", **stuck)


async def _friday(story: Story) -> None:
    await story.at(3, "Fri", "10:20", LONDON)
    await story.presses(
        "ines", "can you clear B-1", "Cleared…", words="A column was renamed; their export runs again"
    )
    await story.at(3, "Fri", "11:00", LONDON)
    await story.item("priya", "L-2/4", "Done")
    await story.at(3, "Fri", "11:30", LONDON)
    await story.moves("omar", "L-2", story.day(5, "Tue"), "Mail from schedules must not end up in spam first")
    await story.at(3, "Fri", "10:40", NEW_YORK)
    await story.says(
        "sam", "#sales", "Tidewater would like a read-only guest for their auditor, two weeks a year."
    )
    await story.captures("sam", "#sales", "Tidewater would like a read-only guest")
    await story.account("sam", "Tidewater would like", "Tidewater Logistics")
