"""Week 3: a small launch goes out, a bigger one gets ready."""

from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Day by day."""
    await story.at(3, "Mon", "11:05", LONDON)
    await story.item("ben", "L-1/2", "Done")
    await story.at(3, "Mon", "09:35", NEW_YORK)
    await story.presses("ruth", "Which account", "Type the account", account="Bluebird Analytics")
    await story.at(3, "Tue", "10:00")
    await story.item("tomas", "L-1/4", "Done")
    await story.item("maya", "L-1/3", "Done")
    await _wednesday(story)
    await story.at(3, "Thu", "10:10", TOKYO)
    await story.says("aiko", "#product", "Two variants of the schedule dialog are ready. The first one needs no"
                     " explanation, I think.", "heart by omar, ines")  # fmt: skip
    await story.at(3, "Thu", "16:20", LONDON)
    await story.item(
        "ines", "L-2/3", "Blocked…", reason="The mail service counts a schedule as spam; Tomás is on it"
    )
    await story.at(3, "Fri", "11:00", LONDON)
    await story.item("priya", "L-2/4", "Done")
    await story.at(3, "Fri", "10:40", NEW_YORK)
    await story.says(
        "sam", "#sales", "Tidewater would like a read-only guest for their auditor, two weeks a year."
    )
    await story.captures("sam", "#sales", "Tidewater would like a read-only guest")
    await story.account("sam", "Tidewater would like", "Tidewater Logistics")


async def _wednesday(story: Story) -> None:
    await story.at(3, "Wed", "10:15", TOKYO)
    await story.item("aiko", "L-2/2", "Doing")
    await story.at(3, "Wed", "10:40", LONDON)
    await story.item("omar", "L-2/1", "Done")
