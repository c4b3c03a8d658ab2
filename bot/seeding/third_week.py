"""Week 3: a wish becomes a plan."""

from bot.seeding.story import Story

NEW_YORK, LONDON, TOKYO = "America/New_York", "Europe/London", "Asia/Tokyo"


async def tell(story: Story) -> None:
    """Scheduled exports: asked for three times, decided, planned."""
    await story.at(3, "Mon", "09:35", NEW_YORK)
    await story.presses("ruth", "Which account", "Type the account", account="Bluebird Analytics")
    await _scheduled_exports(story)
    await story.at(3, "Thu", "10:10", TOKYO)
    await story.says("aiko", "#product", "Two variants of the schedule dialog are ready. The first one needs no"
                     " explanation, I think.", "heart by omar, ines")  # fmt: skip
    await story.at(3, "Fri", "10:40", NEW_YORK)
    await story.says(
        "sam", "#sales", "Tidewater would like a read-only guest for their auditor, two weeks a year."
    )
    await story.captures("sam", "#sales", "Tidewater would like a read-only guest")
    await story.account("sam", "Tidewater would like", "Tidewater Logistics")


async def _scheduled_exports(story: Story) -> None:
    await story.at(3, "Tue", "10:20", LONDON)
    await story.commands(
        "omar",
        "#product",
        "/decision",
        "We build scheduled exports next: weekly or daily, by e-mail, per report",
    )
    await story.fills("omar")
    await story.slack.click(await story.slack.modal("omar"), "More…", as_="omar")
    await story.page(
        "omar", "Say why", why="Acme would sign the bigger plan, and Bluebird asked for the same thing."
    )
    await story.page("omar", "Name people", approver="maya", informed=["sam", "ruth", "priya", "ben"])
    await story.fills("omar")
    await story.puts_away("omar")
    await story.at(3, "Wed", "09:25")
    await story.presses("maya", "asks you to approve", "Approve")
